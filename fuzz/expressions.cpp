#include <ranvier/fuzz/expressions.hpp>

#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ranvier/grammar/parse.hpp>
#include <vector>

namespace ranvier::fuzz {
namespace {

/// What may stand for a number with a fraction; functions that give integers would leave what the interpreter
/// keeps exactly.
const std::vector<const Builtin*>& callable() {
  static const std::vector<const Builtin*> rows = [] {
    std::vector<const Builtin*> all;
    for (const Builtin& row : builtins())
      if (row.stateless && row.type != TypeRule::integer) all.push_back(&row);
    return all;
  }();
  return rows;
}

Inputs make_inputs() {
  constexpr double edges[elements] = {0.0,   -0.0,   1.0,      -1.0,      0.3, -2.5,  7.0,  1e-310,
                                      1e300, -1e300, INFINITY, -INFINITY, NAN, 1e-17, 1e15, 0.1};
  Inputs in;
  for (std::size_t k = 0; k < element_padding; ++k) {
    in.x[k] = edges[k % elements], in.y[k] = edges[k * 7 / 3 % elements];
    in.i[k] = static_cast<std::int32_t>(k * 5 % 17) - 8, in.b[k] = k % 3 == 1;
  }
  return in;
}

}  // namespace

std::string Writer::real(int depth) {
  switch (depth <= 0 ? take() % 4 : take() % 16) {
    case 0:
      return "x";
    case 1:
      return "y";
    case 2:
      return "a";
    case 3:
      return pick({"0.0", "1.5", "2.25", "1e-300", "1e300", "0.1", "3.0", "1e16", "1.0"});
    case 4:
    case 5:
    case 6:
      return binary(real(depth - 1), {"+", "-", "*", "/", "//", "%", "**"}, real(depth - 1));
    case 7:
      return call(depth);
    case 8:
      return "(" + any(depth - 1) + ")**" + pick({"2.0", "3.0", "4", "-1", "-2", "0.0", "0.5", "-0", "7.0"});
    case 9:
      return "-" + any(depth - 1) + "/1";
    case 10:
      return "-" + real(depth - 1);
    case 11:
      return binary(any(depth - 1), {"/"}, integer(depth - 1));
    case 12:
      return binary(boolean(depth - 1), {"*", "+"}, real(depth - 1));
    case 13:
      return binary(integer(depth - 1), {"+", "*", "//", "%", "-"}, real(depth - 1));
    case 14:
      return "(" + pick({"1*", "1.0*", "+", "-+-"}) + real(depth - 1) + ")";
    default:
      return call(depth);
  }
}

std::string Writer::call(int depth) {
  const Builtin& row = *callable()[take() % callable().size()];
  std::string text(row.name);
  for (int k = 0; k < row.arity; ++k) text += (k == 0 ? "(" : ", ") + real(depth - 1);
  return text + ")";
}

std::string Writer::integer(int depth) {
  switch (depth <= 0 ? take() % 3 : take() % 9) {
    case 0:
      return "i";
    case 1:
      return "_element";
    case 2:
      return pick({"0", "1", "2", "7", "3", "10"});
    case 3:
      return "(" + binary(integer(depth - 1), {"+", "-", "*"}, integer(depth - 1)) + " % 97)";
    case 4:
      return binary(integer(depth - 1), {"//", "%"}, integer(depth - 1));
    case 5:
      return "int(clip(" + real(depth - 1) + ", -100, 100))";
    case 6:
      return pick({"abs", "sign", "-", "+"}) + "(" + integer(depth - 1) + ")";
    case 7:
      return "(" + integer(depth - 1) + " % 9)**" + pick({"0", "1", "2", "3"});
    default:
      return binary(boolean(depth - 1), {"+", "-", "//", "%"}, boolean(depth - 1));
  }
}

std::string Writer::boolean(int depth) {
  switch (depth <= 0 ? 0 : take() % 5) {
    case 0:
      return pick({"b", "True", "False"});
    case 1:
      return binary(real(depth - 1), {"<", "<=", ">", ">=", "==", "!="}, real(depth - 1));
    case 2:
      return binary(integer(depth - 1), {"<", "<=", ">", ">=", "==", "!="}, any(depth - 1));
    case 3:
      return binary(boolean(depth - 1), {"and", "or", "==", "!="}, boolean(depth - 1));
    default:
      return "(not " + boolean(depth - 1) + ")";
  }
}

std::string Writer::any(int depth) {
  const int kind = take() % 3;
  return kind == 0 ? real(depth) : kind == 1 ? integer(depth) : boolean(depth);
}

const Inputs& inputs() {
  static const Inputs in = make_inputs();
  return in;
}

Kernel empty_kernel() {
  Kernel kernel;
  kernel.name = "fuzz";
  kernel.columns = {{"x", Owner::self, "x", Storage::f64, Index::element, false},
                    {"y", Owner::self, "y", Storage::f64, Index::element, false},
                    {"i", Owner::self, "i", Storage::i32, Index::element, false},
                    {"b", Owner::self, "b", Storage::u8, Index::element, false}};
  kernel.scalars = {{"a", ScalarKind::constant, Type::real}};
  return kernel;
}

void add_result(Kernel& kernel, std::size_t k, const Expr& value) {
  const std::string name = "r" + std::to_string(k);
  kernel.columns.push_back({name, Owner::self, name, Storage::f64, Index::element, true});
  kernel.body.push_back({name, Type::real, true, value, {}});
}

Expr parse(const std::string& text) {
  Diagnostics diagnostics;
  const Expr expr = parse_expression(make_source("fuzz", text), diagnostics);
  if (diagnostics.has_errors()) {
    std::fprintf(stderr, "%s\n%s\n", text.c_str(), render(diagnostics.all()).c_str());
    std::abort();
  }
  return expr;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

void disagree(const std::string& text, std::size_t element, double one, double other) {
  std::fprintf(stderr, "%s\nelement %zu: %.17g and %.17g\n", text.c_str(), element, one, other);
  std::abort();
}

}  // namespace ranvier::fuzz
