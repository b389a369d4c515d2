// Prints a libFuzzer dictionary of the language from its own tables; scripts/run-fuzzers gives it to every
// fuzzer.
#include <cstdio>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/print.hpp>
#include <string>

using namespace ranvier;

namespace {

void entry(std::string_view text) {
  std::string quoted;
  for (const char c : text) quoted += c == '\n' ? std::string("\\x0A") : std::string(1, c);
  std::printf("\"%s\"\n", quoted.c_str());
}

constexpr std::string_view words[] = {"True",
                                      "False",
                                      "not ",
                                      " if ",
                                      " for k in range(",
                                      "int(",
                                      "dv/dt = ",
                                      "v",
                                      "x",
                                      "x_post",
                                      "_pre",
                                      "tau",
                                      "i",
                                      "N",
                                      "t",
                                      "dt",
                                      "xi",
                                      "xi_a",
                                      "rand()",
                                      "lastspike",
                                      "not_refractory",
                                      "(constant)",
                                      "(shared)",
                                      " : volt",
                                      " : 1",
                                      " : boolean",
                                      " : integer",
                                      "(unless refractory)",
                                      "(linked)",
                                      "(summed)",
                                      " += ",
                                      " -= ",
                                      " *= ",
                                      " = ",
                                      "(event-driven)",
                                      "# comment",
                                      "\n",
                                      "; ",
                                      "0x1f",
                                      "1e-3",
                                      "1_000",
                                      "(constant over dt)",
                                      "1e308",
                                      "9007199254740992"};

}  // namespace

int main() {
  for (const Builtin& function : builtins()) entry(std::string(function.name) + "(");
  for (const NamedConstant& constant : named_constants()) entry(constant.name);
  for (const Method& method : methods()) entry(method.name);
  for (const std::string& unit : unit_names())
    if (is_base_unit_name(unit) || unit.size() <= 2) entry(unit);
  for (int op = 0; op <= static_cast<int>(BinaryOp::logical_or); ++op)
    entry(" " + std::string(spelling(static_cast<BinaryOp>(op))) + " ");
  for (const std::string_view word : words) entry(word);
}
