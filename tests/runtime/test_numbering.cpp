#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <ranvier/runtime/numbering.hpp>
#include <vector>

using namespace ranvier;

namespace {

using Numbers = std::vector<std::int32_t>;

void check(const Numbers& numbers) {
  const Numbering numbering(numbers);
  const std::int64_t count = std::ssize(numbers);
  CHECK(numbering.of_all(count) == numbers);
  const Numbers places = numbering.places(count);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    CHECK(numbering[static_cast<std::int64_t>(k)] == numbers[k]);
    CHECK(places[static_cast<std::size_t>(numbers[k])] == static_cast<std::int32_t>(k));
  }
  Numbers sorted(numbers.size());
  std::iota(sorted.begin(), sorted.end(), 0);
  CHECK(numbering.identity() == (numbers == sorted));
  CHECK(numbering.bytes() <= 4.0 * static_cast<double>(numbers.size()));
}

}  // namespace

TEST_CASE("a numbering gives back the numbers it was made of, and where each is") {
  check({});
  check({0});
  check({0, 1, 2});
  check({1, 0});
  check({2, 3, 4, 0, 1});
  check({0, 1, 2, 3, 5, 6, 7, 4});
  std::mt19937 random(1);
  Numbers numbers(1000);
  std::iota(numbers.begin(), numbers.end(), 0);
  for (int shuffles = 0; shuffles < 50; ++shuffles) {  // from few runs to many
    const auto middle = static_cast<std::ptrdiff_t>(random() % 1000);
    const auto end = middle + static_cast<std::ptrdiff_t>(random() % static_cast<unsigned>(1001 - middle));
    std::rotate(numbers.begin(), numbers.begin() + middle, numbers.begin() + end);
    check(numbers);
  }
  std::ranges::shuffle(numbers, random);
  check(numbers);
}

TEST_CASE("a numbering takes memory for each run of numbers, or for each number") {
  Numbers rows;
  for (std::int32_t row = 0; row < 10; ++row)
    for (const std::int32_t call : {0, 1000})
      for (std::int32_t k = 0; k < 100; ++k) rows.push_back(call + 100 * row + k);
  CHECK(Numbering(rows).bytes() == 20 * 8);
  std::ranges::reverse(rows);
  CHECK(Numbering(rows).bytes() == 2000 * 4);
  CHECK(Numbering(Numbers{0, 1, 2}).bytes() == 0);
}
