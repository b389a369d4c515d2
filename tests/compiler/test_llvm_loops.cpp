#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

constexpr int all_lanes[] = {1, 2, 4, 8};

}  // namespace

TEST_CASE("an elements kernel updates every element in place") {
  for (const int lanes : all_lanes) {
    const auto backend = llvm_backend_of(lanes);
    const Bench bench = Bench().column("v", counted(13)).scalar("a", 0.5).store("v", "v + a*2");
    const Outcome outcome = bench.run(*backend);
    for (std::size_t k = 0; k < 13; ++k) CHECK(outcome.columns.at("v")[k] == static_cast<double>(k) + 1);
  }
}

TEST_CASE("a condition lists its elements in order and never one beyond the end") {
  for (const int lanes : all_lanes)
    for (const std::size_t n : {1u, 7u, 8u, 9u, 64u, 100u}) {
      CAPTURE(lanes);
      CAPTURE(n);
      const auto backend = llvm_backend_of(lanes);
      const Outcome all =
          Bench().column("v", counted(n)).where("v > -1").event_store("v", "0*v").run(*backend);
      REQUIRE(all.list.size() == n);
      for (std::size_t k = 0; k < n; ++k) CHECK(all.list[k] == static_cast<std::int32_t>(k));
      // What lies beyond the end is zero here, and would be an event.
      const Outcome none = Bench().column("v", counted(n)).where("v + 1 < 1").run(*backend);
      CHECK(none.list.empty());
    }
}

TEST_CASE("a part of the elements is updated and listed by their own numbers") {
  for (const int lanes : all_lanes) {
    const Bench bench = Bench().column("v", counted(150)).store("v", "-v").where("v < -140");
    const Outcome outcome = bench.run(*llvm_backend_of(lanes), 64, 150);
    CHECK(outcome.columns.at("v")[63] == 63);
    CHECK(outcome.columns.at("v")[64] == -64);
    CHECK(outcome.list == std::vector<std::int32_t>{141, 142, 143, 144, 145, 146, 147, 148, 149});
  }
}

TEST_CASE("on_event changes exactly the elements where the condition holds") {
  for (const int lanes : all_lanes) {
    const auto backend = llvm_backend_of(lanes);
    Bench bench;
    bench.column("v", counted(21))
        .column("w", std::vector<double>(21, 5))
        .column("k", counted(21), Storage::i32);
    bench.store("v", "v + 1").where("v % 3 == 0");
    bench.event_local("old", Type::real, "v").event_store("v", "-old").event_store("w", "w + old");
    bench.event_store("k", "-k", "k > 10");
    const Outcome outcome = bench.run(*backend);
    std::vector<std::int32_t> expected;
    for (int k = 0; k < 21; ++k) {
      const auto at = static_cast<std::size_t>(k);
      const bool event = (k + 1) % 3 == 0;
      if (event) expected.push_back(k);
      CHECK(outcome.columns.at("v")[at] == (event ? -(k + 1) : k + 1));
      CHECK(outcome.columns.at("w")[at] == (event ? 5 + k + 1 : 5));
      CHECK(outcome.columns.at("k")[at] == (event && k > 10 ? -k : k));
    }
    CHECK(outcome.list == expected);
  }
}

TEST_CASE("a slice gives the bits of the whole, wherever it begins and ends, and leaves what is around it") {
  Bench bench;
  bench.column("v", counted(70))
      .column("f", counted(70), Storage::f32)
      .column("k", counted(70), Storage::i32);
  bench.column("on", std::vector<double>(70), Storage::u8)
      .column("at", counted(70), Storage::f64, Index::computed);
  bench.scalar("c", 3.7).random().local("u", Type::real, "_rand(0)/c + exp(-v/c) + _randn(1)");
  bench.store("v", "u + _load(at, int(69 - v))").store("f", "f/c", "u > 1").store("k", "k + _poisson(c, 2)");
  bench.where("v > 50 and _rand(3) > 0.3").event_store("on", "True").event_store("k", "-1");
  const auto whole = bench.run(*llvm_backend_of(1));
  bench.part();
  for (const int lanes : all_lanes)
    for (const auto& [begin, end] :
         {std::pair{0, 70}, {1, 70}, {3, 5}, {8, 24}, {13, 61}, {17, 33}, {69, 70}}) {
      CAPTURE(lanes);
      CAPTURE(begin);
      const auto backend = llvm_backend_of(lanes);
      const Outcome outcome = bench.run(*backend, begin, end);
      const Outcome nothing = bench.run(*backend, 0, 0);
      for (const auto& [name, values] : outcome.columns) {
        std::vector<double> wanted = nothing.columns.at(name);
        std::copy_n(whole.columns.at(name).begin() + begin, end - begin, wanted.begin() + begin);
        CHECK(same_numbers(values, wanted));
      }
      std::vector<std::int32_t> listed = whole.list;
      std::erase_if(listed, [&](std::int32_t k) { return k < begin || k >= end; });
      CHECK(outcome.list == listed);
    }
}

TEST_CASE("a list kernel touches the elements of its list only") {
  for (const int lanes : all_lanes) {
    const auto backend = llvm_backend_of(lanes);
    Bench bench(Loop::list);
    bench.column("v", counted(10)).store("v", "v + 100").list({1, 4, 9, 3});
    const Outcome outcome = bench.run(*backend, 0, 3);
    CHECK(outcome.columns.at("v") == std::vector<double>{0, 101, 2, 3, 104, 5, 6, 7, 8, 109});
  }
}

TEST_CASE("a rows kernel visits the synapses of each source in order") {
  Bench bench(Loop::rows);
  bench.column("_row", {0, 2}, Storage::i64).column("_row_end", {2, 5}, Storage::i64);
  bench.column("_target", {3, 4, 3, 3, 5}, Storage::i32);
  bench.column("w", {1, 2, 3, 4, 5});
  bench.column("g", std::vector<double>(6, 1), Storage::f64, Index::post);
  bench.store("g", "g*2 + w").list({10, 12});
  for (const int lanes : all_lanes) {
    const Outcome outcome = bench.run(*llvm_backend_of(lanes));
    // Neuron 3 receives w = 1, then 3, then 4: ((1*2 + 1)*2 + 3)*2 + 4.
    CHECK(outcome.columns.at("g") == std::vector<double>{1, 1, 1, 22, 4, 7});
  }
}

TEST_CASE("a rows kernel sees its own writes through every name of an array") {
  Bench bench(Loop::rows);
  bench.column("_row", {0, 1}, Storage::i64).column("_row_end", {1, 2}, Storage::i64);
  bench.column("_target", {1, 0}, Storage::i32);
  bench.column("v_post", {1, 10}, Storage::f64, Index::post).alias("v_pre", "v_post", Index::pre);
  bench.store("v_post", "v_post + v_pre").store("v_pre", "v_pre + 100").store("v_post", "v_post + v_pre");
  bench.list({0, 1});
  for (const int lanes : all_lanes) {
    // Synapse 0 -> 1: v1 = 11, v0 = 101, v1 = 112. Synapse 1 -> 0: v0 = 213, v1 = 212, v0 = 425.
    CHECK(bench.run(*llvm_backend_of(lanes)).columns.at("v_post") == std::vector<double>{425, 212});
  }
}
