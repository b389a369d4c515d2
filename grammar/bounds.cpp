#include <ranvier/grammar/reporter.hpp>

namespace ranvier {
namespace {

using enum TokenKind;

bool is_operator(TokenKind kind) {
  return kind >= logical_and && kind <= not_equal;
}

/// Follows how deep the grammar recurses: one level for each open parenthesis, sign, power and `not` that the
/// operand at hand lies in.
class Nesting {
 public:
  std::size_t depth() const { return levels_.back().outer + levels_.back().nots + levels_.back().chain; }

  void add(TokenKind kind, bool prefix) {
    Level& level = levels_.back();
    if (kind == open) {
      levels_.push_back({depth() + 1});
    } else if (kind == close) {
      if (levels_.size() > 1) levels_.pop_back();
    } else if (kind == logical_and || kind == logical_or || kind == comma) {
      level.nots = level.chain = 0;
    } else if (kind == logical_not) {
      ++level.nots;
    } else if (prefix || kind == power) {
      ++level.chain;
    } else if (is_operator(kind)) {
      level.chain = 0;  // back to a product, a sum or a comparison
    }
  }

 private:
  struct Level {
    std::size_t outer = 0, nots = 0, chain = 0;
  };
  std::vector<Level> levels_{1};
};

}  // namespace

bool ends_operand(const Token& token) {
  return (token.kind >= number && token.kind <= false_literal) || token.kind == close ||
         token.kind == malformed_number;
}

bool starts_operand(const Token& token) {
  return (token.kind >= number && token.kind <= false_literal) || token.kind == open ||
         token.kind == malformed_number;
}

bool check_size(Tokens tokens, Reporter& reporter) {
  const Limits& limits = reporter.limits;
  Nesting nesting;
  std::size_t nodes = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const TokenKind kind = tokens[i].kind;
    const bool sign = kind == plus || kind == minus;
    nesting.add(kind, sign && (i == 0 || !ends_operand(tokens[i - 1])));
    if (nesting.depth() > limits.depth) {
      reporter
          .error(
              DiagnosticCode::too_deep, tokens[i].span,
              "the expression is nested more than " + std::to_string(limits.depth) + " deep (Limits::depth)")
          .helped_by("name its parts with subexpressions");
      return false;
    }
    nodes += kind <= false_literal || is_operator(kind) ? 1 : 0;
    if (nodes > limits.nodes) {
      reporter
          .error(DiagnosticCode::too_many_nodes, tokens[i].span,
                 "the expression has more than " + std::to_string(limits.nodes) +
                     " names, numbers and operators (Limits::nodes)")
          .helped_by("name its parts with subexpressions");
      return false;
    }
  }
  return true;
}

}  // namespace ranvier
