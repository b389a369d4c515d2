#pragma once
#include <cstdint>
#include <string_view>

/// The values of the language and what its operators and functions do to them, written from the definition of
/// the language (and Python's, where that says "as Python"), with the C library and without a line of the
/// compiler's.
namespace ranvier::oracle {

enum class Kind : std::uint8_t { boolean, integer, real };

/// A value, and for numbers with a fraction everything that a back end may give for it if each call of an
/// elementary function may be off by some ulps. Where that crosses a jump (a comparison, a truncation, the
/// edge of a domain) nothing can be said any more: `undecided`.
struct Value {
  Kind kind = Kind::real;
  std::int64_t whole = 0;  // of integers and booleans
  double real = 0;         // by the C library
  double low = 0, high = 0;
  bool undecided = false;
  bool number = false;        // spelled as a number with signs in front, which matters to an exponent
  bool natural = false;       // ... and without signs and a fraction
  std::string_view called{};  // the function whose exact arguments gave it; "" for anything else

  bool exact() const;
};

Value boolean(bool value);
Value integer(std::int64_t value);
Value real(double value);
Value undecided(Kind kind);
/// The value as a number with a fraction.
Value as_real(const Value& v);
bool truth(const Value& v);

/// How far an elementary function may be off [ulp].
inline int allowed_ulps = 0;

Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value floor_divide(const Value& a, const Value& b);
Value modulo(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
Value less(const Value& a, const Value& b);
Value less_equal(const Value& a, const Value& b);
Value equal(const Value& a, const Value& b);
Value not_equal(const Value& a, const Value& b);
Value both(const Value& a, const Value& b);
Value either(const Value& a, const Value& b);
Value negate(const Value& a);
Value plus(const Value& a);
Value invert(const Value& a);

/// a moved by n representable numbers.
double moved(double a, int n);
/// Representable numbers between a and b; 0 for two NaNs, infinite for one.
double distance(double a, double b);
/// True for the same bits, and for any two NaNs.
bool same_bits(double a, double b);

}  // namespace ranvier::oracle
