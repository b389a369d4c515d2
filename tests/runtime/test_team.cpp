#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/connectivity.hpp>
#include <ranvier/runtime/team.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <thread>
#include <vector>

using namespace ranvier;
using test::message_of;

TEST_CASE("every part is done once, piece of work after piece of work") {
  Team team(4);
  std::vector<int> done(1000);
  for (int piece = 1; piece <= 500; ++piece) {
    team.each(1000, [&](std::int64_t part, int) { ++done[static_cast<std::size_t>(part)]; });
    REQUIRE(std::ranges::count(done, piece) == 1000);
  }
}

TEST_CASE("those who work are numbered from 0, below the size of the team") {
  for (const int size : {1, 2, 5}) {
    Team team(size);
    std::vector<int> parts(static_cast<std::size_t>(size));
    team.each(10000, [&](std::int64_t, int thread) { ++parts.at(static_cast<std::size_t>(thread)); });
    int sum = 0;
    for (const int n : parts) sum += n;
    CHECK(sum == 10000);
  }
}

TEST_CASE("a team that has fallen asleep wakes up for work") {
  Team team(3);
  int done = 0;
  for (int k = 0; k < 3; ++k) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    std::vector<int> parts(8);
    team.each(8, [&](std::int64_t part, int) { parts[static_cast<std::size_t>(part)] = 1; });
    done += static_cast<int>(std::ranges::count(parts, 1));
  }
  CHECK(done == 24);
}

TEST_CASE("of parts that fail the first one is reported, and the team goes on") {
  for (const int threads : {1, 2, 4}) {
    Team team(threads);
    for (int again = 0; again < 20; ++again)
      CHECK(message_of([&] {
              team.each(100, [](std::int64_t part, int) {
                if (part % 7 == 5) throw NetworkError("part " + std::to_string(part));
              });
            }) == "part 5");
    CHECK(message_of([&] { team.each(100, [](std::int64_t, int) {}); }) == "no error");
  }
}

TEST_CASE("rows are cut at the same targets, if the targets of each source ascend") {
  const Connectivity c = from_pairs(3, {0, 0, 0, 1, 2, 2}, {10, 12, 12, 19, 11, 18});
  const RowBlocks blocks = blocks_of(c, 10, 10, 2);  // targets 10 ... 14, and 15 ... 19
  using Cut = std::vector<std::int64_t>;
  CHECK(blocks.cut == std::vector<Cut>{{0, 3, 4}, {3, 3, 5}, {3, 4, 6}});
  CHECK(blocks_of(from_pairs(2, {0, 0}, {3, 2}), 0, 4, 2).cut.empty());
}
