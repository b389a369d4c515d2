#include <algorithm>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/reporter.hpp>

namespace ranvier {
namespace {

using enum TokenKind;
using enum DiagnosticCode;

constexpr std::string_view about_units =
    "the unit stands at the end, as in `: volt`, `: siemens/meter**2`, or `: 1` for a plain number";
constexpr std::string_view shapes =
    "an equation is `dv/dt = expression : unit`, `x = expression : unit` or `x : unit`";

/// The left-hand side of an equation, up to its `=` or, for a parameter, its `:`.
struct Head {
  EquationKind kind;
  Span name, whole;
  std::size_t end;  // index of the `=` or `:`
};

bool is_word(const Token& token) {
  return token.kind == keyword || (token.kind >= name && token.kind <= logical_not);
}

/// Reads a block equation by equation. After an error it goes on with the next line that looks like the start
/// of an equation, so that one mistake does not hide others.
class BlockReader {
 public:
  BlockReader(Tokens tokens, Reporter& reporter) : tokens_(tokens), reporter_(reporter) {}

  Block read();

 private:
  bool is(std::size_t i, TokenKind kind) const { return i < tokens_.size() && tokens_[i].kind == kind; }
  std::string_view text(std::size_t i) const {
    return i < tokens_.size() ? reporter_.text(tokens_[i]) : std::string_view();
  }
  bool same_line(std::size_t i) const { return i < tokens_.size() && !tokens_[i].starts_line; }
  Span last_span() const { return tokens_[at_ - 1].span; }

  std::optional<Head> derivative_at(std::size_t i) const;
  std::optional<Head> head_at(std::size_t i) const;
  bool line_starts_equation(std::size_t i) const;
  bool resembles_equation(std::size_t i) const;
  std::size_t expression_end(std::size_t i) const;
  void recover();

  void read_equation();
  bool read_rhs(const Head& head, Equation& equation);
  bool read_unit(Equation& equation);
  bool check_behind_unit();
  bool read_flags(Equation& equation);
  Span flags_end() const;
  bool read_flag(Equation& equation);
  void report_head();
  void report_derivative(const Head& head);
  void report_missing_unit(std::string_view lhs, Equation& equation);
  void report_separator();
  void read_lone_word();
  Equation& broken_equation(const Token& name);
  void broken_derivative(Span variable);

  Tokens tokens_;
  Reporter& reporter_;
  std::size_t at_ = 0;
  Block block_;
};

/// `d v / dt` or `dv/dt`, whatever follows.
std::optional<Head> BlockReader::derivative_at(std::size_t i) const {
  if (!is(i, name) || text(i)[0] != 'd') return std::nullopt;
  const bool apart = text(i) == "d" && i + 1 < tokens_.size() && is_word(tokens_[i + 1]);
  const std::size_t last = apart ? i + 1 : i;
  Span variable = tokens_[last].span;
  if (!apart) ++variable.begin;
  const std::string_view spelled = reporter_.text(variable);
  const bool named = !spelled.empty() && (spelled[0] < '0' || spelled[0] > '9');
  if (!named || !is(last + 1, slash) || text(last + 2) != "dt") return std::nullopt;
  return Head{EquationKind::differential, variable, cover(tokens_[i].span, tokens_[last + 2].span), last + 3};
}

std::optional<Head> BlockReader::head_at(std::size_t i) const {
  if (i >= tokens_.size() || !is_word(tokens_[i])) return std::nullopt;
  const Span span = tokens_[i].span;
  if (is(i + 1, colon)) return Head{EquationKind::parameter, span, span, i + 1};
  if (is(i + 1, assign)) return Head{EquationKind::subexpression, span, span, i + 1};
  const auto derivative = derivative_at(i);
  return derivative && is(derivative->end, assign) ? derivative : std::nullopt;
}

/// True if an equation starts at this first token of a line, rather than going on from the line before: `= `
/// cannot go on, and `x :` only where an operand may follow.
bool BlockReader::line_starts_equation(std::size_t i) const {
  if (!tokens_[i].starts_line) return false;
  const auto head = head_at(i);
  return head && (head->kind != EquationKind::parameter || i == 0 || ends_operand(tokens_[i - 1]));
}

std::size_t BlockReader::expression_end(std::size_t i) const {
  const std::size_t begin = i;
  const auto next_line = [&] {  // an operand cannot follow another one: the unit is missing in between
    const bool operand = is_word(tokens_[i]) || is(i, number);
    return i > begin && tokens_[i].starts_line && ends_operand(tokens_[i - 1]) && operand &&
           starts_operand(tokens_[i]);
  };
  std::size_t foreign = 0;  // colons of `c ? a : b` and `lambda x: y`, which belong to the expression
  for (; i < tokens_.size() && !is(i, semicolon) && !line_starts_equation(i) && !next_line(); ++i) {
    if (text(i) == "?" || text(i) == "lambda") ++foreign;
    if (is(i, colon) && (foreign == 0 || tokens_[i].starts_line)) break;
    if (is(i, colon)) --foreign;
  }
  return i;
}

/// True for the start of an equation, also of one with a mistake in its left-hand side.
bool BlockReader::resembles_equation(std::size_t i) const {
  const bool compared = is(i + 1, equal) || is(i + 1, augmented) || is(i + 1, bad_assignment);
  const bool derived = is(i + 1, slash) && text(i + 2) == "dt";
  return head_at(i) || derivative_at(i) || (is_word(tokens_[i]) && (compared || derived));
}

void BlockReader::recover() {
  while (at_ < tokens_.size() && !(tokens_[at_].starts_line && resembles_equation(at_))) ++at_;
}

/// Which unit it should be is for the compiler to find out, which knows what the names stand for.
void BlockReader::report_missing_unit(std::string_view lhs, Equation& equation) {
  const std::uint32_t end = last_span().end;
  equation.unit_place = reporter_.place(Span{end, end});
  reporter_
      .error(missing_unit, {end, end},
             "the equation of " + quoted(lhs) + " has no unit: expected `:` and a unit here")
      .helped_by(std::string(about_units));
}

/// `;` or `,` where a line should end.
void BlockReader::report_separator() {
  const bool last = at_ + 1 == tokens_.size() || tokens_[at_ + 1].starts_line;
  reporter_
      .error(bad_character, tokens_[at_].span,
             "equations are separated by line ends, not by " + quoted(text(at_)))
      .fixed_by(reporter_.place(tokens_[at_]), last ? "" : "\n");
  ++at_;
}

/// Keeps a name whose equation cannot be read, so that nothing is said about its uses.
Equation& BlockReader::broken_equation(const Token& name) {
  Equation equation;
  equation.name = reporter_.text(name);
  equation.place = equation.name_place = reporter_.place(name);
  equation.broken = true;
  return block_.emplace_back(std::move(equation));
}

void BlockReader::broken_derivative(Span variable) {
  broken_equation({name, false, variable}).kind = EquationKind::differential;
}

/// A name alone on its line: most likely a parameter.
void BlockReader::read_lone_word() {
  const Token& word = tokens_[at_++];
  report_missing_unit(reporter_.text(word), broken_equation(word));
}

bool BlockReader::read_rhs(const Head& head, Equation& equation) {
  const std::size_t begin = head.end + 1;
  std::size_t end = expression_end(begin);
  const bool unit = is(end, colon) || report_mistaken_colon(tokens_, begin, end, reporter_);
  const Tokens value = tokens_.subspan(begin, end - begin);
  at_ = end;
  const std::uint32_t behind = tokens_[head.end].span.end;
  const Span range = value.empty() ? Span{behind, behind} : cover(value.front().span, value.back().span);
  equation.rhs = read_expression(value, range, reporter_);
  if (unit) return true;
  if (!value.empty()) report_missing_unit(reporter_.text(head.whole), equation);
  return false;
}

/// The run of unit tokens on one line, which may be a later line than the colon's.
bool BlockReader::read_unit(Equation& equation) {
  const auto belongs = [&](std::size_t i) {
    const TokenKind kind = tokens_[i].kind;
    return is_word(tokens_[i]) || kind == number || kind == malformed_number || kind == star ||
           kind == slash || kind == power || kind == floor_divide || kind == minus || text(i) == ".";
  };
  const std::size_t first = ++at_;
  while (at_ < tokens_.size() && belongs(at_) && (at_ == first || same_line(at_))) {
    const auto head = head_at(at_);
    if (head && same_line(head->end) && (at_ > first || tokens_[at_].starts_line)) break;
    ++at_;
  }
  if (at_ == first) {
    const std::string lhs(reporter_.text(equation.name_place.span));
    if (same_line(at_) && text(at_) == "[") return check_behind_unit();
    equation.unit_place = reporter_.place(last_span());
    reporter_.error(missing_unit, last_span(), "expected the unit of " + quoted(lhs) + " behind the colon")
        .helped_by("a unit is written like volt, siemens/meter**2, or 1 for a plain number");
    return false;
  }
  equation.unit_place = reporter_.place(cover(tokens_[first].span, last_span()));
  if (!check_behind_unit()) return false;
  equation.unit = equation.unit_place.text();
  return true;
}

/// Reports what cannot follow a unit on its line. Behind it stands a flag list, or nothing.
bool BlockReader::check_behind_unit() {
  if (!same_line(at_) || is(at_, semicolon) || is(at_, comma)) return true;
  const Token& next = tokens_[at_];
  if (head_at(at_)) {
    reporter_.error(syntax, next.span, "a new equation starts on a new line")
        .fixed_by(reporter_.place(Span{next.span.begin, next.span.begin}), "\n");
    return true;
  }
  if (next.kind == open && (is_word(tokens_[at_ - 1]) || is(at_ - 1, number))) return true;
  report_unit_mistake(tokens_, at_, reporter_);
  return false;
}

/// One flag, up to the comma or parenthesis behind it.
bool BlockReader::read_flag(Equation& equation) {
  const std::size_t first = at_;
  const auto belongs = [&](std::size_t i) { return is_word(tokens_[i]) || is(i, minus) || is(i, number); };
  while (at_ < tokens_.size() && belongs(at_) && (at_ == first || same_line(at_))) ++at_;
  const bool ended = is(at_, comma) || is(at_, close);
  if (at_ == first || !is_word(tokens_[first]) || !ended) {
    const Span found = at_ < tokens_.size() ? tokens_[at_ == first || ended ? first : at_].span : last_span();
    Diagnostic& problem =
        reporter_
            .error(bad_flag_list, found,
                   at_ == first ? "expected a flag here" : "expected `,` or `)` in the list of flags")
            .helped_by("flags are words such as `(constant, shared)` or `(unless refractory)`");
    // `()` is left out, and so is the comma of `(constant,)`.
    const bool empty = at_ == first && is(at_, close) && tokens_[at_ - 1].kind == open;
    if (at_ == first && is(at_, close))
      problem.fixed_by(reporter_.place(empty ? Span{tokens_[at_ - 2].span.end, tokens_[at_].span.end}
                                             : tokens_[at_ - 1].span),
                       "");
    return false;
  }
  const Place place = reporter_.place(cover(tokens_[first].span, last_span()));
  std::string words;
  for (const char c : place.text()) {
    const bool blank = c == ' ' || c == '\t';
    if (!blank || !words.ends_with(' ')) words += blank ? ' ' : c;
  }
  equation.flags.push_back({std::move(words), place});
  return true;
}

/// Where the words and commas of a list of flags end on its line.
Span BlockReader::flags_end() const {
  std::size_t i = at_ + 1;
  while (same_line(i) && (is_word(tokens_[i]) || is(i, comma) || is(i, minus))) ++i;
  return {tokens_[i - 1].span.end, tokens_[i - 1].span.end};
}

bool BlockReader::read_flags(Equation& equation) {
  const Token opening = tokens_[at_];
  const auto closing = [&] {
    for (std::size_t i = at_; i < tokens_.size() && !is(i, colon) && !is(i, semicolon); ++i) {
      if (is(i, close)) return true;
    }
    return false;
  };
  if (!closing()) {
    reporter_.error(unbalanced_parenthesis, opening.span, "this list of flags is never closed")
        .helped_by("put `)` behind the last flag")
        .fixed_by(reporter_.place(flags_end()), ")");
    return false;
  }
  do {
    ++at_;
    if (!read_flag(equation)) return false;
  } while (is(at_, comma));
  ++at_;
  return true;
}

void BlockReader::read_equation() {
  const std::size_t start = at_;
  const auto head = head_at(at_);
  if (!head) {
    const bool alone = is(at_, name) && !same_line(at_ + 1);
    if (alone && !derivative_at(at_)) return read_lone_word();
    report_head();
    ++at_;
    return recover();
  }
  Equation equation;
  equation.kind = head->kind;
  equation.name = reporter_.text(head->name);
  equation.name_place = reporter_.place(head->name);
  at_ = head->end;
  const bool reserved = head->kind != EquationKind::differential && !is(start, name);
  if (reserved) {
    reporter_
        .error(reserved_name, head->name,
               quoted(equation.name) + " is a word of the language and cannot be defined")
        .helped_by("choose another name")
        .fixed_by(reporter_.place(head->name), equation.name + '_');
  }
  const bool parameter = head->kind == EquationKind::parameter;
  const bool has_unit = parameter || read_rhs(*head, equation);
  const bool complete = has_unit && read_unit(equation) && (!is(at_, open) || read_flags(equation));
  equation.place = reporter_.place(cover(tokens_[start].span, last_span()));
  equation.broken = !complete || (!parameter && !equation.rhs);
  if (!reserved) block_.push_back(std::move(equation));
  if (has_unit && !complete) recover();
}

/// A derivative that is not followed by `=`.
void BlockReader::report_derivative(const Head& head) {
  broken_derivative(head.name);
  const std::string lhs(reporter_.text(head.whole));
  if (is(head.end, colon)) {
    reporter_.error(syntax, head.whole, quoted(lhs) + " has no right-hand side")
        .helped_by("write `" + lhs + " = expression : unit`");
    return;
  }
  Diagnostic& problem =
      reporter_.error(syntax, head.end < tokens_.size() ? tokens_[head.end].span : head.whole,
                      "expected `=` after " + quoted(lhs));
  const bool value = same_line(head.end) && (is(head.end, minus) || starts_operand(tokens_[head.end]));
  problem.helped_by(std::string(shapes));
  if (value) problem.fixed_by(reporter_.place(Span{head.whole.end, head.whole.end}), " =");
}

/// Says what is wrong at a token that should start an equation.
void BlockReader::report_head() {
  const Token& first = tokens_[at_];
  const Token next = at_ + 1 < tokens_.size() ? tokens_[at_ + 1] : first;
  const bool primed = next.kind == foreign_character && text(at_ + 1) == "'" && first.kind == name;
  if (primed) broken_derivative(first.span);
  if (first.kind == foreign_character || next.kind == foreign_character) return;  // reported already
  const bool word = is_word(first);
  if (const auto derivative = derivative_at(at_)) return report_derivative(*derivative);
  if (word && next.kind == slash && text(at_ + 2) == "dt") {
    Diagnostic& problem = reporter_.error(syntax, cover(first.span, tokens_[at_ + 2].span),
                                          "the derivative of a variable v is written `dv/dt`");
    problem.helped_by(std::string(shapes));
    if (first.kind != name || text(at_) == "d") return;
    broken_derivative(first.span);
    problem.fixed_by(reporter_.place(Span{first.span.begin, first.span.begin}), "d");
  } else if (word && next.kind == slash && text(at_)[0] == 'd') {
    const Span last = at_ + 2 < tokens_.size() ? tokens_[at_ + 2].span : next.span;
    reporter_.error(syntax, cover(first.span, last), "derivatives are taken with respect to time only")
        .helped_by(std::string(shapes));
    if (text(at_).size() > 1) broken_derivative({first.span.begin + 1, first.span.end});
  } else if (word && (next.kind == equal || next.kind == augmented || next.kind == bad_assignment)) {
    reporter_.error(syntax, next.span, "an equation is written with `=`")
        .fixed_by(reporter_.place(next), "=");
    broken_equation(first);
  } else if (first.kind == name && next.kind == semicolon && same_line(at_ + 2) && !head_at(at_ + 2)) {
    reporter_.error(syntax, next.span, "the unit stands behind a colon").fixed_by(reporter_.place(next), ":");
    broken_equation(first);
  } else if (first.kind == name && next.kind == open && report_early_flags(tokens_, at_, reporter_)) {
    broken_equation(first);
  } else {
    reporter_.error(syntax, first.span, "expected an equation, but found " + quoted(text(at_)))
        .helped_by(std::string(shapes));
  }
}

Block BlockReader::read() {
  std::size_t count = 0;
  while (at_ < tokens_.size() && !reporter_.full()) {
    if (is(at_, semicolon) || is(at_, comma)) {
      report_separator();
    } else if (++count > reporter_.limits.statements) {
      reporter_.error(
          too_long, tokens_[at_].span,
          "more than " + std::to_string(reporter_.limits.statements) + " equations (Limits::statements)");
      break;
    } else {
      read_equation();
    }
  }
  return std::move(block_);
}

}  // namespace

Block parse_equations(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits) {
  Reporter reporter(source, diagnostics, limits);
  Block block;
  if (check_length(reporter)) {
    const auto tokens = tokenize(source->text(), {0, static_cast<std::uint32_t>(source->text().size())});
    check_tokens(tokens, reporter);
    block = BlockReader(tokens, reporter).read();
  }
  reporter.finish();
  return block;
}

}  // namespace ranvier
