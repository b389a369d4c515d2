#include <ranvier/compiler/backends/llvm/operators.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/step_counts.hpp>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {
namespace {

Id elementary(Operations& o, std::string_view name, std::vector<Id> arguments, std::int64_t detail = 0) {
  for (Id& argument : arguments) argument = o.convert(argument, Type::real);
  const Elementary* row = find_elementary(name);
  if (!row) throw BackendError("no machine code for the function '" + std::string(name) + "'");
  const Op op = o.precise() ? Op::library : Op::elementary;
  return o.make(op, Type::real, std::move(arguments), detail + (row - elementary_functions().data()));
}

Id real_op(Operations& o, Op op, Id a, Id b) {
  return o.make(op, Type::real, {a, b});
}
Id compare(Operations& o, Op op, Id a, Id b) {
  return o.make(op, Type::boolean, {a, b});
}

Type common_type(Operations& o, Id a, Id b) {
  return std::max({o.type(a), o.type(b), Type::integer});
}

/// True where a remainder has to move to the side of the divisor.
Id wrong_side(Operations& o, Id rest, Id divisor) {
  const Id zero = o.real(0);
  const Id signs_differ =
      compare(o, Op::not_equal, compare(o, Op::less, rest, zero), compare(o, Op::less, divisor, zero));
  return compare(o, Op::both, compare(o, Op::not_equal, rest, zero), signs_differ);
}

// Both follow Python and NumPy, so that x == (x // y)*y + x % y as nearly as doubles can: the quotient comes
// from the exact remainder, not from a rounded division (1 // 0.1 is 9); a zero has the sign of x/y.
Id real_modulo(Operations& o, Id x, Id y) {
  const Id rest = real_op(o, Op::remainder, x, y);
  const Id zero = o.select(compare(o, Op::less, y, o.real(0)), o.real(-0.0), o.real(0));
  const Id moved = o.select(wrong_side(o, rest, y), real_op(o, Op::add, rest, y), rest);
  return o.select(compare(o, Op::equal, rest, o.real(0)), zero, moved);
}

Id real_floor_divide(Operations& o, Id x, Id y) {
  const Id rest = real_op(o, Op::remainder, x, y);
  const Id near = real_op(o, Op::divide, real_op(o, Op::subtract, x, rest), y);
  const Id quotient = o.select(wrong_side(o, rest, y), real_op(o, Op::subtract, near, o.real(1)), near);
  const Id below = o.make(Op::floor, Type::real, {quotient});
  const Id far = compare(o, Op::less, o.real(0.5), real_op(o, Op::subtract, quotient, below));
  const Id rounded = o.select(far, real_op(o, Op::add, below, o.real(1)), below);
  const Id divided = real_op(o, Op::divide, x, y);
  const Id signed_zero = real_op(o, Op::multiply, o.real(0), divided);
  const Id whole = o.select(compare(o, Op::equal, rounded, o.real(0)), signed_zero, rounded);
  return o.select(compare(o, Op::equal, y, o.real(0)), divided, whole);
}

Id integer_or_real(Operations& o, BinaryOp op, Type type, Id a, Id b) {
  const bool real = type == Type::real;
  switch (op) {
    case BinaryOp::add:
      return o.make(Op::add, type, {a, b});
    case BinaryOp::subtract:
      return o.make(Op::subtract, type, {a, b});
    case BinaryOp::multiply:
      return o.make(Op::multiply, type, {a, b});
    case BinaryOp::floor_divide:
      return real ? real_floor_divide(o, a, b) : o.make(Op::floor_divide, type, {a, b});
    case BinaryOp::modulo:
      return real ? real_modulo(o, a, b) : o.make(Op::modulo, type, {a, b});
    case BinaryOp::less:
      return compare(o, Op::less, a, b);
    case BinaryOp::less_equal:
      return compare(o, Op::less_equal, a, b);
    case BinaryOp::greater:
      return compare(o, Op::less, b, a);
    case BinaryOp::greater_equal:
      return compare(o, Op::less_equal, b, a);
    case BinaryOp::equal:
      return compare(o, Op::equal, a, b);
    default:
      return compare(o, Op::not_equal, a, b);
  }
}

Id absolute(Operations& o, Id x) {
  const Type type = std::max(o.type(x), Type::integer);
  return o.make(Op::absolute, type, {o.convert(x, type)});
}

Id sign(Operations& o, Id x) {  // NaN stays NaN: a broken model shows itself
  const Type type = std::max(o.type(x), Type::integer);
  x = o.convert(x, type);
  const Id zero = o.convert(o.integer(0), type), one = o.convert(o.integer(1), type);
  const Id minus_one = o.convert(o.integer(-1), type);
  const Id flat = type == Type::real ? o.select(compare(o, Op::equal, x, zero), zero, x) : zero;
  const Id below = o.select(compare(o, Op::less, x, zero), minus_one, flat);
  return o.select(compare(o, Op::less, zero, x), one, below);
}

Id clip(Operations& o, Id x, Id low, Id high) {
  const Type type = std::max(common_type(o, x, low), o.type(high));
  x = o.convert(x, type), low = o.convert(low, type), high = o.convert(high, type);
  const Id raised = o.select(compare(o, Op::less, x, low), low, x);
  return o.select(compare(o, Op::less, high, raised), high, raised);
}

/// The smaller or larger of two numbers, the first of equal ones; NaN if either is.
Id extreme(Operations& o, Id a, Id b, bool larger) {
  const Type type = common_type(o, a, b);
  a = o.convert(a, type), b = o.convert(b, type);
  const Id nearer = o.select(larger ? compare(o, Op::less, a, b) : compare(o, Op::less, b, a), b, a);
  return type == Type::real ? o.select(compare(o, Op::not_equal, b, b), b, nearer) : nearer;
}

Id heaviside(Operations& o, Id x) {  // NaN stays NaN
  x = o.convert(x, Type::real);
  const Id zero = o.real(0);
  const Id flat = o.select(compare(o, Op::equal, x, zero), o.real(0.5), x);
  return o.select(compare(o, Op::less, zero, x), o.real(1),
                  o.select(compare(o, Op::less, x, zero), zero, flat));
}

/// Where expm1(x) is infinite, the divisor is a number: then the quotient is infinite, too.
Id exprel(Operations& o, Id x) {
  x = o.convert(x, Type::real);
  const Id divisor = o.select(compare(o, Op::less, o.real(710), x), o.real(710), x);
  const Id general = real_op(o, Op::divide, elementary(o, "expm1", {x}, not_tiny), divisor);
  const Id tiny = compare(o, Op::less, o.make(Op::absolute, Type::real, {x}), o.real(1e-16));
  return o.select(tiny, o.real(1), general);
}

Id timestep(Operations& o, Id t, Id dt) {
  t = o.convert(t, Type::real), dt = o.convert(dt, Type::real);
  const Id shifted = real_op(o, Op::add, t, real_op(o, Op::multiply, o.real(1e-3), dt));
  return o.convert(real_op(o, Op::divide, shifted, dt), Type::integer);
}

Id rounded(Operations& o, Op op, Id x) {
  return o.make(op, Type::real, {o.convert(x, Type::real)});
}

/// SLEEF's log1p is infinite above 1e307; there log1p(x) is log1p(x/2^64) + 64 log 2 to the last bit.
Id log1p(Operations& o, Id x) {
  if (o.precise()) return elementary(o, "log1p", {x});
  x = o.convert(x, Type::real);
  const Id huge = compare(o, Op::less, o.real(1e300), x);
  const Id near = elementary(o, "log1p", {o.select(huge, real_op(o, Op::multiply, x, o.real(0x1p-64)), x)});
  return o.select(huge, real_op(o, Op::add, near, o.real(64 * 0.6931471805599453)), near);
}

/// SLEEF's sinh and cosh are infinite above 709.78, a little early: there f(x) = 2 f(x - log 2), with log 2
/// as a part that is subtracted exactly and a rest that is a factor.
Id hyperbolic(Operations& o, std::string_view name, Id x) {
  if (o.precise()) return elementary(o, name, {x});
  constexpr double high = 0x1.62e42fefap-1;       // log 2 to 2^-37: exact beside numbers below 2^16
  constexpr double rest = 0x1.cf79abc9e3b39p-40;  // log 2 - high
  x = o.convert(x, Type::real);
  const Id large = compare(o, Op::less, o.real(709), o.make(Op::absolute, Type::real, {x}));
  const Id shift = o.select(compare(o, Op::less, x, o.real(0)), o.real(-high), o.real(high));
  const Id near = elementary(o, name, {o.select(large, real_op(o, Op::subtract, x, shift), x)});
  // exp(-rest)*2; the product is formed in two steps because 2 f(x - log 2) overflows only where f(x) does.
  const Id scaled = real_op(o, Op::multiply, real_op(o, Op::multiply, near, o.real(1 - rest)), o.real(2));
  return o.select(large, scaled, near);
}

struct Special {
  std::string_view name;
  Id (*make)(Operations&, const std::vector<Id>&);
};

constexpr Special specials[] = {
    {"sqrt", [](Operations& o, const std::vector<Id>& a) { return rounded(o, Op::square_root, a[0]); }},
    {"floor", [](Operations& o, const std::vector<Id>& a) { return rounded(o, Op::floor, a[0]); }},
    {"ceil", [](Operations& o, const std::vector<Id>& a) { return rounded(o, Op::ceil, a[0]); }},
    {"round", [](Operations& o, const std::vector<Id>& a) { return rounded(o, Op::round_to_even, a[0]); }},
    {"min", [](Operations& o, const std::vector<Id>& a) { return extreme(o, a[0], a[1], false); }},
    {"max", [](Operations& o, const std::vector<Id>& a) { return extreme(o, a[0], a[1], true); }},
    {"heaviside", [](Operations& o, const std::vector<Id>& a) { return heaviside(o, a[0]); }},
    {"abs", [](Operations& o, const std::vector<Id>& a) { return absolute(o, a[0]); }},
    {"sign", [](Operations& o, const std::vector<Id>& a) { return sign(o, a[0]); }},
    {"int", [](Operations& o, const std::vector<Id>& a) { return o.convert(a[0], Type::integer); }},
    {"clip", [](Operations& o, const std::vector<Id>& a) { return clip(o, a[0], a[1], a[2]); }},
    {"timestep", [](Operations& o, const std::vector<Id>& a) { return timestep(o, a[0], a[1]); }},
    {"exprel", [](Operations& o, const std::vector<Id>& a) { return exprel(o, a[0]); }},
    {"log1p", [](Operations& o, const std::vector<Id>& a) { return log1p(o, a[0]); }},
    {"sinh", [](Operations& o, const std::vector<Id>& a) { return hyperbolic(o, "sinh", a[0]); }},
    {"cosh", [](Operations& o, const std::vector<Id>& a) { return hyperbolic(o, "cosh", a[0]); }},
};

}  // namespace

Id emit_unary(Operations& o, UnaryOp op, Id operand) {
  if (op == UnaryOp::logical_not)
    return o.make(Op::invert, Type::boolean, {o.convert(operand, Type::boolean)});
  const Type type = std::max(o.type(operand), Type::integer);
  operand = o.convert(operand, type);
  return op == UnaryOp::plus ? operand : o.make(Op::negate, type, {operand});
}

Id emit_binary(Operations& o, BinaryOp op, Id left, Id right) {
  if (op == BinaryOp::logical_and || op == BinaryOp::logical_or) {
    const Op logic = op == BinaryOp::logical_and ? Op::both : Op::either;
    return compare(o, logic, o.convert(left, Type::boolean), o.convert(right, Type::boolean));
  }
  if (op == BinaryOp::power) return elementary(o, "pow", {left, right});
  const bool real = op == BinaryOp::divide;
  const Type type = real ? Type::real : common_type(o, left, right);
  left = o.convert(left, type), right = o.convert(right, type);
  if (type == Type::integer && BinaryOp::less <= op && op <= BinaryOp::not_equal)
    if (const Id compared = compare_steps(o, op, left, right); compared != none) return compared;
  return real ? real_op(o, Op::divide, left, right) : integer_or_real(o, op, type, left, right);
}

Id emit_power(Operations& o, Id base, double exponent, bool spelled_integer) {
  const bool integers = spelled_integer && exponent >= 0 && o.type(base) != Type::real;
  const bool product = std::fabs(exponent) <= 4 && exponent == std::floor(exponent);
  if (!integers && !product) return elementary(o, "pow", {base, o.real(exponent)});
  const Type type = integers ? Type::integer : Type::real;
  base = o.convert(base, type);
  Id result = o.convert(o.integer(1), type);
  bool empty = true;
  // Squares from the top bit down: x**3 = (x*x)*x. Beyond 64 bits an integer power only wraps.
  for (auto left = static_cast<std::uint64_t>(std::min(std::fabs(exponent), 0x1p63)); left > 0; left >>= 1) {
    if (left & 1) result = std::exchange(empty, false) ? base : o.make(Op::multiply, type, {base, result});
    if (left > 1) base = o.make(Op::multiply, type, {base, base});
  }
  return exponent < 0 ? real_op(o, Op::divide, o.real(1), result) : result;
}

Id emit_builtin(Operations& o, std::string_view name, const std::vector<Id>& arguments) {
  const Builtin* row = find_builtin(name);
  if (!row || !row->stateless) throw BackendError("kernels cannot call '" + std::string(name) + "'");
  if (static_cast<std::size_t>(row->arity) != arguments.size())
    throw BackendError("wrong number of arguments for '" + std::string(name) + "'");
  for (const Special& special : specials)
    if (special.name == name) return special.make(o, arguments);
  return elementary(o, row->sleef.substr(0, row->sleef.find('_')), arguments);
}

}  // namespace ranvier::llvm_backend
