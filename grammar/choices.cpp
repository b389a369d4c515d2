#include <algorithm>
#include <ranvier/grammar/reporter.hpp>

namespace ranvier {
namespace {

using enum TokenKind;

/// The range of tokens [begin, end) around `at` that no parenthesis or comma ends.
struct Group {
  std::size_t begin, end;
};

/// The nearest token from `from` on, in steps of `step`, that ends the group or satisfies `wanted`.
template <class Wanted>
std::size_t walk(Tokens tokens, std::size_t from, int step, Wanted wanted) {
  const TokenKind inwards = step > 0 ? open : close, outwards = step > 0 ? close : open;
  int depth = 0;
  for (std::size_t i = from; i < tokens.size(); i += static_cast<std::size_t>(step)) {
    const TokenKind kind = tokens[i].kind;
    if (depth == 0 && (kind == outwards || kind == comma || wanted(i))) return i;
    depth += kind == inwards ? 1 : kind == outwards ? -1 : 0;
  }
  return step > 0 ? tokens.size() : static_cast<std::size_t>(-1);
}

Group group_around(Tokens tokens, std::size_t at) {
  const auto nothing = [](std::size_t) { return false; };
  return {walk(tokens, at - 1, -1, nothing) + 1, walk(tokens, at + 1, 1, nothing)};
}

/// The text of tokens [begin, end), in parentheses unless they are one token.
std::string factor(Tokens tokens, Group part, const Reporter& reporter) {
  const Span span = cover(tokens[part.begin].span, tokens[part.end - 1].span);
  const std::string own(reporter.text(span));
  return part.end - part.begin == 1 ? own : '(' + own + ')';
}

}  // namespace

std::optional<Fix> arithmetic_choice(Tokens tokens, std::size_t at, const Reporter& reporter) {
  const bool words = tokens[at].kind == keyword;  // `a if c else b`, not `c ? a : b`
  const Group whole = group_around(tokens, at);
  const auto divides = [&](std::size_t i) {
    return words ? reporter.text(tokens[i]) == "else" : tokens[i].kind == colon;
  };
  const std::size_t second = walk(tokens, at + 1, 1, divides);
  const Group first{whole.begin, at}, middle{at + 1, second}, last{second + 1, whole.end};
  if (second >= whole.end) return std::nullopt;
  for (const Group part : {first, middle, last})
    if (part.begin >= part.end) return std::nullopt;
  const auto again = [&](const Token& token) {
    return token.kind == keyword || token.kind == foreign_operator || token.kind == foreign_character;
  };
  const Tokens inside = tokens.subspan(whole.begin, whole.end - whole.begin);
  if (std::ranges::count_if(inside, again) != (words ? 2 : 1)) return std::nullopt;
  const Span condition_span =
      cover(tokens[(words ? middle : first).begin].span, tokens[(words ? middle : first).end - 1].span);
  const std::string condition(reporter.text(condition_span));
  const std::string negated = factor(tokens, words ? middle : first, reporter);
  const Span span = cover(inside.front().span, inside.back().span);
  if (reporter.text(span).find('\n') != std::string_view::npos) return std::nullopt;
  return Fix{reporter.place(span), "int(" + condition + ")*" +
                                       factor(tokens, words ? first : middle, reporter) + " + int(not " +
                                       negated + ")*" + factor(tokens, last, reporter)};
}

std::vector<Fix> bare_arguments(Tokens tokens, std::size_t at, const Reporter& reporter) {
  constexpr std::string_view names[] = {"low",  "min", "a_min",
                                        "high", "max", "a_max"};  // of the second, the third
  std::vector<Fix> fixes;
  const Group first = group_around(tokens, at);
  if (first.begin < 4 || tokens[first.begin - 1].kind != comma) return {};
  const std::size_t value = group_around(tokens, first.begin - 2).begin;
  if (value < 2 || reporter.text(tokens[value - 2]) != "clip") return {};
  std::size_t begin = first.begin;
  for (const std::size_t from : {0, 3}) {
    if (begin + 2 >= tokens.size()) return {};
    const auto known = std::ranges::find(names, reporter.text(tokens[begin]));
    const auto index = static_cast<std::size_t>(known - names);
    const bool named = tokens[begin + 1].kind == assign;
    if (named && (index < from || index >= from + 3)) return {};
    if (named) fixes.push_back({reporter.place(cover(tokens[begin].span, tokens[begin + 1].span)), ""});
    begin = group_around(tokens, begin).end + 1;
  }
  return fixes;
}

std::optional<Fix> comparison_with_each(Tokens tokens, std::size_t at, const Reporter& reporter) {
  if (at == 0 || at + 2 >= tokens.size() || tokens[at - 1].kind != name || tokens[at + 1].kind != open)
    return std::nullopt;
  const std::string left(reporter.text(tokens[at - 1]));
  std::string all;
  for (std::size_t i = at + 2; i + 1 < tokens.size(); i += 2) {
    const bool word = tokens[i].kind == name || tokens[i].kind == number;
    const TokenKind behind = tokens[i + 1].kind;
    if (!word || (behind != comma && behind != close)) return std::nullopt;
    all += (all.empty() ? "(" : " or ") + left + " == " + std::string(reporter.text(tokens[i]));
    if (behind == close)
      return Fix{reporter.place(cover(tokens[at - 1].span, tokens[i + 1].span)), all + ')'};
  }
  return std::nullopt;
}

void fix_access(Diagnostic& problem, Tokens tokens, std::size_t at, const Reporter& reporter) {
  const auto spelled = [&](std::size_t i) {
    return i < tokens.size() ? reporter.text(tokens[i]) : std::string_view();
  };
  if (at == 0 || tokens[at - 1].kind != TokenKind::name || at + 1 >= tokens.size()) return;
  if (spelled(at) == "." && tokens[at + 1].kind == TokenKind::name) {
    problem.fixed_by(reporter.place(cover(tokens[at - 1].span, tokens[at].span)), "");
  } else if (spelled(at) == "[" && spelled(at + 1) == "t" && spelled(at + 2) == "]") {
    problem.fixed_by(reporter.place(tokens[at]), "(").fixed_by(reporter.place(tokens[at + 2]), ")");
  }
}

}  // namespace ranvier
