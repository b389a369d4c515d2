// Random expressions by the whole compiler and by muParser from the same raw text.
//   oracle [--count N] [--seed S] [--mode precise|default] [--lanes L] [--batch B]
// Without lanes given, three batches in four are scalar code and one has the widest vectors of the machine.
// The contract: the same bits in precise mode; otherwise within 4 ulp for each call of an elementary
// function, and whatever follows from that. What follows is computed beside every value as a range
// (value.hpp).
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <stdexcept>

#include "tests/oracle/compiled.hpp"
#include "tests/oracle/muparser_oracle.hpp"
#include "tests/oracle/writer.hpp"

using namespace ranvier;
using namespace ranvier::oracle;

namespace {

constexpr int contract_ulps = 4;

struct Options {
  std::uint64_t count = 20'000, seed = 1, batch = 200;
  bool precise = true;
  int lanes = 0;
};

Options read_options(int argc, char** argv) {
  Options options;
  for (int k = 1; k + 1 < argc; k += 2) {
    const std::string name = argv[k], value = argv[k + 1];
    if (name == "--count")
      options.count = std::stoull(value);
    else if (name == "--seed")
      options.seed = std::stoull(value);
    else if (name == "--batch")
      options.batch = std::stoull(value);
    else if (name == "--lanes")
      options.lanes = std::stoi(value);
    else if (name == "--mode" && (value == "precise" || value == "default"))
      options.precise = value == "precise";
    else
      throw std::invalid_argument(name + " " + value);
  }
  if (argc % 2 == 0) throw std::invalid_argument(argv[argc - 1]);
  return options;
}

struct Tally {
  std::uint64_t expressions = 0, values = 0, identical = 0, ranged = 0, undecided = 0, disagreements = 0;
  std::map<std::string, double> worst;  // of single calls, by function [ulp]
};

double edge(std::mt19937_64& random) {
  constexpr double edges[] = {0.0,    -0.0,     1.0,       -1.0,   0.5,    -2.5, 3.0, 7.0,
                              1e-310, -1e-310,  1e300,     -1e300, 1e-17,  1e15, 0.1, 709.0,
                              -745.0, INFINITY, -INFINITY, NAN,    0x1p53, 2.0};
  return edges[random() % std::size(edges)];
}

double usual(std::mt19937_64& random) {
  const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
  return (unit * 2 - 1) * std::exp2(static_cast<double>(random() % 16) - 8);
}

Inputs make_inputs(std::mt19937_64& random) {
  constexpr std::int32_t whole[] = {0, 1, -1, 2, 3, 7, -7, 100, -13, 2147483647, -2147483647 - 1};
  const auto number = [&] { return random() % 3 == 0 ? edge(random) : usual(random); };
  Inputs inputs;
  for (std::size_t k = 0; k < elements; ++k) {
    inputs.x.push_back(number()), inputs.y.push_back(number());
    inputs.n.push_back(whole[random() % std::size(whole)]);
    inputs.b.push_back(random() % 2), inputs.c.push_back(random() % 2);
  }
  inputs.a = number(), inputs.k = whole[random() % std::size(whole)];
  return inputs;
}

std::vector<Value> values_of(const Inputs& in, std::size_t e) {
  return {real(in.x[e]), real(in.y[e]),    real(in.a),      integer(in.n[e]),
          integer(in.k), boolean(in.b[e]), boolean(in.c[e])};
}

void report(const std::string& text, const Inputs& in, std::size_t e, const Value& expected, double found) {
  std::printf("DISAGREE %s\n  x=%.17g y=%.17g a=%.17g n=%d k=%lld b=%d c=%d\n", text.c_str(), in.x[e],
              in.y[e], in.a, in.n[e], static_cast<long long>(in.k), in.b[e], in.c[e]);
  std::printf("  muParser %.17g in [%.17g, %.17g], compiled %.17g\n", expected.real, expected.low,
              expected.high, found);
}

/// Whether what the compiled code gave is what muParser allows.
bool compare(const Value& v, double found, Tally& tally) {
  ++tally.values;
  if (v.undecided) return ++tally.undecided;
  const Value expected = as_real(v);
  if (!v.called.empty()) {
    double& worst = tally.worst[std::string(v.called)];
    worst = std::max(worst, distance(expected.real, found));
  }
  if (same_bits(expected.real, found)) return ++tally.identical;
  if (expected.exact() || !(expected.low <= found && found <= expected.high)) return false;
  return ++tally.ranged;
}

void check_expression(const std::string& text, const std::vector<double>& found, const Inputs& inputs,
                      MuParserOracle& oracle, Tally& tally) {
  constexpr std::uint64_t shown = 20;
  ++tally.expressions;
  oracle.read(text);
  for (std::size_t e = 0; e < elements; ++e) {
    const Value expected = oracle.evaluate(values_of(inputs, e));
    if (compare(expected, found[e], tally)) continue;
    if (tally.disagreements++ < shown) report(text, inputs, e, as_real(expected), found[e]);
    return;  // one is enough for an expression
  }
}

Tally run(const Options& options) {
  allowed_ulps = options.precise ? 0 : contract_ulps;
  Writer writer(options.seed);
  std::mt19937_64 random(options.seed * 2 + 1);
  Compiler scalar({.name = "llvm", .lanes = options.lanes ? options.lanes : 1, .precise = options.precise});
  Compiler wide({.name = "llvm", .lanes = options.lanes, .precise = options.precise});
  MuParserOracle oracle(names());
  Tally tally;
  for (std::uint64_t batch = 0; tally.expressions < options.count; ++batch) {
    Compiler& compiler = batch % 4 == 3 ? wide : scalar;
    std::vector<std::string> texts;
    while (texts.size() < std::min(options.batch, options.count - tally.expressions)) {
      texts.push_back(writer.expression());
      compiler.add(texts.back());
    }
    const Inputs inputs = make_inputs(random);
    const auto results = compiler.run(inputs);
    for (std::size_t k = 0; k < texts.size(); ++k)
      check_expression(texts[k], results[k], inputs, oracle, tally);
  }
  return tally;
}

void print(const Options& options, const Tally& t) {
  std::printf("%llu expressions, seed %llu, mode %s\n", static_cast<unsigned long long>(t.expressions),
              static_cast<unsigned long long>(options.seed), options.precise ? "precise" : "default");
  std::printf("%llu values: %llu of the same bits, %llu within the range, %llu undecided\n",
              static_cast<unsigned long long>(t.values), static_cast<unsigned long long>(t.identical),
              static_cast<unsigned long long>(t.ranged), static_cast<unsigned long long>(t.undecided));
  if (!t.worst.empty()) std::printf("worst of single calls [ulp]:");
  for (const auto& [name, worst] : t.worst) std::printf(" %s %g", name.c_str(), worst);
  std::printf("%s%llu disagreements\n", t.worst.empty() ? "" : "\n",
              static_cast<unsigned long long>(t.disagreements));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Options options = read_options(argc, argv);
    const Tally tally = run(options);
    print(options, tally);
    return tally.disagreements == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::printf("oracle: %s\n", error.what());
    return 2;
  }
}
