#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <ranvier/runtime/bins.hpp>
#include <ranvier/runtime/due_synapses.hpp>
#include <ranvier/runtime/target_lists.hpp>
#include <vector>

using namespace ranvier;

namespace {

constexpr std::int64_t first = 40, targets = 17;

std::vector<std::int32_t> random_numbers(std::size_t count, std::int32_t low, std::int32_t end) {
  std::mt19937 random(3);
  std::vector<std::int32_t> numbers(count);
  for (std::int32_t& n : numbers)
    n = low + static_cast<std::int32_t>(random() % static_cast<unsigned>(end - low));
  return numbers;
}

}  // namespace

TEST_CASE("a list divided by targets has each synapse once, those of a target together and in order") {
  const auto target = random_numbers(100, first, first + targets);
  for (const std::size_t count : {0, 1, 5, 1000}) {
    const auto synapses = random_numbers(count, 0, 100);
    for (const int threads : {1, 2, 3, 8, 30}) {
      CAPTURE(threads);
      Team team(threads);
      TargetLists lists;
      std::vector<std::int32_t> found;
      std::vector<int> owner(targets, -1);
      int k = 0;
      for (const auto& list : lists.divide(synapses, target, first, targets, team)) {
        for (const std::int32_t synapse : list) {
          int& own = owner[static_cast<std::size_t>(target[static_cast<std::size_t>(synapse)] - first)];
          CHECK((own == -1 || own == k));
          own = k;
        }
        found.insert(found.end(), list.begin(), list.end());
        ++k;
      }
      // Sorted by target, what is in the order of the list stays so.
      const auto by_target = [&](std::int32_t s) { return target[static_cast<std::size_t>(s)]; };
      auto expected = synapses;
      std::ranges::stable_sort(expected, {}, by_target);
      std::ranges::stable_sort(found, {}, by_target);
      CHECK(found == expected);
    }
  }
}

TEST_CASE("a list that was divided may be divided again, longer or shorter") {
  const auto target = random_numbers(100, first, first + targets);
  Team team(2);
  TargetLists lists;
  for (const std::size_t count : {1000, 10, 2000}) {
    std::size_t found = 0;
    for (const auto& list : lists.divide(random_numbers(count, 0, 100), target, first, targets, team))
      found += list.size();
    CHECK(found == count);
  }
}

TEST_CASE("room for several due synapses lies behind those that there are") {
  DueSynapses due;
  due.push(3, 7);
  due.push(4, 8);
  std::vector<std::int64_t> counts(998);
  counts[0] = 1, counts[1] = 2, counts[997] = 1;
  const std::vector<std::int32_t*> places = due.extend(3, counts);
  places[1][0] = 1, places[1][1] = 2, *places[0] = 3, *places[997] = 4;
  CHECK(due.size() == 6);
  CHECK(std::ranges::equal(due.at(3), std::vector{7, 3}));
  CHECK(std::ranges::equal(due.at(4), std::vector{8, 1, 2}));
  CHECK(std::ranges::equal(due.at(1000), std::vector{4}));
}
