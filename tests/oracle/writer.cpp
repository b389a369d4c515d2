#include "tests/oracle/writer.hpp"

#include "tests/oracle/functions.hpp"

namespace ranvier::oracle {
namespace {

constexpr int deepest = 3;
const std::vector<std::string> arithmetic = {"+", "-", "*", "/", "//", "%", "**", "+", "-", "*"};
const std::vector<std::string> comparisons = {"<", "<=", ">", ">=", "==", "!="};
const std::vector<std::string> signs = {"-", "-", "-", "+", "--", "-+", "+-", "++"};

}  // namespace

const std::vector<std::string>& names() {
  static const std::vector<std::string> all = {"x", "y", "a", "n", "k", "b", "c"};
  return all;
}

std::string Writer::expression() {
  const int depth = 1 + static_cast<int>(below(deepest));
  switch (below(8)) {
    case 0:  // one call of numbers as they are: nothing but its own error
      return call(0);
    case 1:
      return condition(depth);
    default:
      return sum(depth);
  }
}

std::string Writer::sum(int depth, std::size_t operators) {
  std::string text = operand(depth);
  for (std::size_t more = operators + below(depth <= 0 ? 2 : 5); more > 0; --more) {
    const std::string op = pick(arithmetic);
    const bool power = op == "**" && below(3) > 0;
    text += blank() + op + blank() + (power ? exponent(depth - 1) : operand(depth - 1));
  }
  return text;
}

std::string Writer::operand(int depth) {
  return below(4) == 0 ? pick(signs) + blank() + number_atom(depth) : atom(depth);
}

/// Signs are for numbers: nothing that may be a condition.
std::string Writer::number_atom(int depth) {
  switch (below(depth <= 0 ? 5 : 8)) {
    case 0:
      return pick({"x", "y", "a"});
    case 1:
      return pick({"n", "k"});
    case 2:
      return number();
    case 3:
      return whole_number();
    case 4:
      return pick({"pi", "e", "inf", "(mV/volt)", "(second/ms)"});
    case 5:
      return call(depth);
    default:
      return "(" + blank() + sum(depth - 1, 1) + blank() + ")";
  }
}

std::string Writer::atom(int depth) {
  switch (below(depth <= 0 ? 7 : 12)) {
    case 0:
    case 1:
    case 2:
      return pick({"x", "y", "a"});
    case 3:
      return pick({"n", "k", "n", "b", "c"});
    case 4:
      return number();
    case 5:
      return whole_number();
    case 6:
      return pick({"pi", "e", "True", "False", "inf", "(mV/volt)", "(second/ms)"});
    case 7:
    case 8:
      return "(" + blank() + sum(depth - 1) + blank() + ")";
    case 9:
      return "(" + condition(depth - 1) + ")";
    default:
      return call(depth);
  }
}

std::string Writer::call(int depth) {
  const Function& f = functions()[below(functions().size())];
  const std::string unit = f.name == "timestep" ? "*ms" : "";
  std::string arguments;
  for (int k = 0; k < f.arity; ++k) {
    const std::string value = depth <= 0 ? operand(0) : sum(depth - 1);
    arguments += (k > 0 ? "," + blank() : "") + (unit.empty() ? value : "(" + value + ")" + unit);
  }
  return std::string(f.name) + "(" + arguments + ")";
}

std::string Writer::condition(int depth) {
  std::string text;
  for (std::size_t more = 1 + below(3); more > 0; --more) {
    if (!text.empty()) text += pick({" and ", " or "});
    const std::string inner = clause(depth);
    const bool prefixed = inner[0] == '-' || inner[0] == '+';  // muParser takes no sign behind a `not`
    const std::string negation = below(3) == 0 ? pick({"not ", "not ", "not not "}) : "";
    text += negation.empty() || !prefixed ? negation + inner : negation + "(" + inner + ")";
  }
  return text;
}

std::string Writer::clause(int depth) {
  switch (below(depth <= 0 ? 3 : 5)) {
    case 0:
      return pick({"b", "c", "True", "False"});
    case 1:
      return depth > 0 ? "(" + condition(depth - 1) + ")" : comparison(depth);
    default:
      return comparison(depth);
  }
}

std::string Writer::comparison(int depth) {
  return sum(depth - 1) + blank() + pick(comparisons) + blank() + sum(depth - 1);
}

std::string Writer::exponent(int depth) {
  const std::string small = pick({"0", "1", "2", "3", "4", "5", "0.5", "2.0", "1.5"});
  switch (below(6)) {
    case 0:
      return "-" + small;
    case 1:
      return "(" + pick({"-", "", "+"}) + small + ")";
    case 2:
      return operand(depth);
    default:
      return small;
  }
}

std::string Writer::number() {
  switch (below(6)) {
    case 0:
      return pick(
          {"0.0", "1.0", ".5", "5.", "2.", "1e3", "1.5E-3", "1_000.5", "1e-300", "1e300", "1e16", "1.e2"});
    case 1:
      return std::to_string(below(100)) + "." + std::to_string(below(1000));
    case 2:
      return std::to_string(below(1000)) + "e-" + std::to_string(below(20));
    default:
      return std::to_string(below(10)) + "." + std::to_string(below(10));
  }
}

std::string Writer::whole_number() {
  switch (below(8)) {
    case 0:
      return pick({"0x10", "0o17", "0b101", "1_000", "0", "2147483647", "9007199254740992", "0xff"});
    case 1:
      return std::to_string(below(100000));
    default:
      return std::to_string(below(10));
  }
}

}  // namespace ranvier::oracle
