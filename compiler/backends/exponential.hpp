#pragma once

// exp and expm1 as arithmetic that every machine with FMA does alike: written once, for numbers (this
// process) and for the values that a back end emits, of any width. x = k ln2 + r with |r| <= ln2/2, r to some
// 70 bits as r + c; exp(r) - 1 = r + r^2 q(r), with q the interpolant of degree 10 at the Chebyshev nodes,
// off by less than 2^-61. The last sums are made of leading and trailing parts (T. J. Dekker, Numerische
// Mathematik 18, 224 (1971)), so that exp is within 0.65 ulp of the true value (0.8 where it is subnormal)
// and expm1 within 1.1; tests/compiler/test_exponential.cpp holds them to that.
namespace ranvier {

/// Both of the same argument share everything but their last few operations, which equal values let an
/// optimiser see. `A` has the type Value and: number(double), add, subtract, multiply, fused(x, y, z) for
/// x y + z, clamp(x, low, high), which lets NaN pass, unless_small(x, limit, y) for y, or x if |x| is below
/// the limit, and scaled(x, k) for x 2^k, rounded once. `shift`: a sum with it has been rounded to an
/// integer, in its last bits.
constexpr double exponential_shift = 0x1.8p52;

template <class A>
class Exponential {
 public:
  using Value = typename A::Value;

  explicit Exponential(A& arithmetic, Value x) : a_(arithmetic), x_(x) {
    const Value inside = a_.clamp(x, -746, 710), shift = a_.number(exponential_shift);
    k_ = a_.subtract(a_.fused(inside, a_.number(0x1.71547652b82fep+0), shift), shift);
    const Value near = a_.fused(k_, a_.number(-0x1.62e42fefa3800p-1), inside);  // exact
    const Value low = a_.number(-0x1.ef35793c76730p-45);
    r_ = a_.fused(k_, low, near);
    const Value c = a_.fused(k_, low, a_.subtract(near, r_)), r2 = a_.multiply(r_, r_);
    rest_ = a_.fused(r2, a_.number(0.5), a_.fused(a_.multiply(r2, r_), series(r2), c));
  }

  /// 2^k (1 + r + rest).
  Value exp() {
    const Value one = a_.number(1), sum = a_.add(one, r_);
    const Value error = a_.add(a_.subtract(one, sum), r_);
    return a_.scaled(a_.add(sum, a_.add(error, rest_)), k_);
  }

  Value expm1() { return a_.unless_small(x_, 0x1p-54, expm1_of_normal()); }

  /// 2 (2^(k-1) - 1/2 + 2^(k-1) (r + rest)), in which nothing overflows before the result does; of a negative
  /// zero and of subnormal numbers something else.
  Value expm1_of_normal() {
    const Value one = a_.number(1), scale = a_.scaled(one, a_.subtract(k_, one));
    const Value first = a_.subtract(scale, a_.number(0.5)), second = a_.multiply(scale, r_);
    const Value sum = a_.add(first, second);
    const Value error = a_.add(a_.subtract(first, sum), second);
    const Value half = a_.add(sum, a_.fused(scale, rest_, error));
    return a_.add(half, half);
  }

 private:
  Value series(Value r2) {
    const auto pair = [&](double odd, double even) { return a_.fused(a_.number(odd), r_, a_.number(even)); };
    const Value r4 = a_.multiply(r2, r2), r8 = a_.multiply(r4, r4);
    const Value q01 = pair(0x1.5555555555556p-5, 0x1.5555555555557p-3);
    const Value q23 = pair(0x1.6c16c16c162ccp-10, 0x1.11111111100cep-7);
    const Value q45 = pair(0x1.a01a01a6dcaffp-16, 0x1.a01a01abef415p-13);
    const Value q67 = pair(0x1.27e4db57442fbp-22, 0x1.71de021a90822p-19);
    const Value q89 = pair(0x1.1f731ea5352cap-29, 0x1.af4e196027428p-26);
    return a_.fused(q89, r8, a_.fused(a_.fused(q67, r2, q45), r4, a_.fused(q23, r2, q01)));
  }

  A& a_;
  Value x_, k_, r_, rest_;
};

}  // namespace ranvier
