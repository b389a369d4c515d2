#pragma once
#include <map>
#include <string>
#include <unordered_map>

#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// What an expression of a method's text is made of: what stands there once, and what stands there for each
/// noise. Empty: nothing.
struct Terms {
  Expr drift, noise;
};

/// What is known of a name that a line of a method defines.
struct KnownTerm {
  Terms terms;
  bool per_noise = false;
};
using KnownTerms = std::map<std::string, KnownTerm, std::less<>>;

/// Splits one line of a method's text. Names are calls f(x, t), g(x, t), the increment dW, and earlier lines.
class TermSplitter {
 public:
  TermSplitter(const KnownTerms& known, Diagnostics& diagnostics)
      : known_(known), diagnostics_(diagnostics) {}

  /// Multiplies out where a factor has terms of both kinds; reports where that is not possible.
  Terms split(const Expr& expr);
  /// Whether anything in it has to do with a noise.
  bool mentions_noise(const Expr& expr);
  /// Whether f was met at a state on which a noise has acted.
  bool rate_with_noise() const { return rate_with_noise_; }
  /// Whether g was met anywhere but at the old state and time.
  bool moved_factor() const { return moved_factor_; }

 private:
  Terms leaf(const Expr& expr);
  Terms sum(const Expr& expr, const ast::Binary& binary);
  Terms product(const Expr& expr, const ast::Binary& binary);
  Terms inseparable(const Expr& expr);
  void report(const Place& place);
  bool is_noise(const Expr& expr);
  void look_at_call(const ast::Call& call);

  const KnownTerms& known_;
  Diagnostics& diagnostics_;
  std::unordered_map<const Node*, bool> noise_;
  bool rate_with_noise_ = false, moved_factor_ = false;
};

}  // namespace ranvier::pass
