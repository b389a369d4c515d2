#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <tests/support/networks.hpp>
#include <thread>

using namespace test_networks;

namespace {

std::vector<double> final_state(const Recipe& recipe) {
  Built built = build(recipe, {});
  built.net->run(20 * ms);
  return (*built.neurons)["v"].to_vector();
}

}  // namespace

TEST_CASE("networks on different threads are free of each other") {
  const auto all = recipes();
  std::vector<std::vector<double>> expected;
  for (const Recipe& recipe : all) expected.push_back(final_state(recipe));

  std::array<std::vector<std::vector<double>>, 4> found;
  {
    std::vector<std::jthread> threads;
    for (auto& outcomes : found)
      threads.emplace_back([&outcomes, &all] {
        for (const Recipe& recipe : all) outcomes.push_back(final_state(recipe));
      });
  }
  for (const auto& outcomes : found)
    for (std::size_t k = 0; k < all.size(); ++k) {
      CAPTURE(all[k].name);
      REQUIRE(outcomes[k].size() == expected[k].size());
      CHECK(std::memcmp(outcomes[k].data(), expected[k].data(), expected[k].size() * sizeof(double)) == 0);
    }
}
