#include <doctest/doctest.h>

#include <ranvier/runtime/array.hpp>
#include <ranvier/runtime/watch.hpp>

using namespace ranvier;

TEST_CASE("an array gives back what its storage can keep") {
  const auto kept = [](Storage storage, double value) {
    Array array(storage, 3);
    array.set(1, value);
    CHECK(array.get(0) == 0);
    CHECK(array.get(2) == 0);
    CHECK(array.copy().get(1) == array.get(1));
    return array.get(1);
  };
  CHECK(kept(Storage::f64, 0.1) == 0.1);
  CHECK(kept(Storage::f32, 0.1) == static_cast<double>(0.1f));
  CHECK(kept(Storage::i64, -9007199254740991.0) == -9007199254740991.0);
  CHECK(kept(Storage::i32, -2147483648.0) == -2147483648.0);
  CHECK(kept(Storage::u16, 65535) == 65535);
  CHECK(kept(Storage::u8, 0.5) == 1);
}

TEST_CASE("bad values are found in arrays of either precision, and in no others") {
  Array doubles(Storage::f64, 700), floats(Storage::f32, 700), integers(Storage::u16, 700);
  for (Array* array : {&doubles, &floats}) {
    CHECK(find_bad(*array, 0, 700, 1e50) == -1);
    array->set(600, 1e60);  // infinite as a float
    array->set(699, 1e60);
    CHECK(find_bad(*array, 0, 700, 1e50) == 600);
    CHECK(find_bad(*array, 601, 700, 1e50) == 699);
    CHECK(find_bad(*array, 0, 600, 1e50) == -1);
  }
  CHECK(find_bad(integers, 0, 700, -1) == -1);
}
