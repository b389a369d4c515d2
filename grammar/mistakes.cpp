#include <algorithm>
#include <ranvier/grammar/foreign.hpp>
#include <ranvier/grammar/reporter.hpp>
#include <utility>

namespace ranvier {
namespace {

using enum TokenKind;
using enum DiagnosticCode;

bool compares(TokenKind kind) {
  return kind >= less && kind <= not_equal;
}

/// An open parenthesis with what was seen behind it so far. The outermost level has none.
struct Level {
  Token open;
  bool call = false;
  Token comparison{};  // the last one that a further comparison would chain to; `foreign_character`: none
};

class Habits {
 public:
  Habits(Tokens tokens, Reporter& reporter) : tokens_(tokens), reporter_(reporter), levels_(1) {}

  void check() {
    for (at_ = 0; at_ < tokens_.size() && !reporter_.full() && !derailed_; ++at_) check_token();
    if (derailed_) return;
    for (std::size_t i = 1; i < levels_.size(); ++i) {
      Diagnostic& problem =
          reporter_.error(unbalanced_parenthesis, levels_[i].open.span, "this parenthesis is never closed")
              .helped_by("close it behind the operand that it opens");
      const std::uint32_t end = tokens_.back().span.end;
      if (levels_.size() == 2 && ends_operand(tokens_.back()))
        problem.fixed_by(reporter_.place(Span{end, end}), ")");
    }
  }

 private:
  const Token& token() const { return tokens_[at_]; }
  const Token* previous() const { return at_ > 0 ? &tokens_[at_ - 1] : nullptr; }

  void check_token();
  void check_missing_operator();
  void check_open();
  void check_close();
  void check_comparison();
  void report_operator();
  bool report_module();
  void report_shift(Diagnostic& problem);
  void report_unit();
  void report_comma();
  void report_identity();
  void report_string();
  void report_number();
  void report_keyword();
  void report_assignment();
  void report_separator();
  void report_capitals(std::string_view word);
  void fix_word(Diagnostic& problem, std::string word);

  Tokens tokens_;
  Reporter& reporter_;
  std::vector<Level> levels_;
  std::size_t at_ = 0;
  bool derailed_ = false;  // by a construct of another language; what follows in it would be misunderstood
  bool named_argument_reported_ = false;
};

void Habits::check_token() {
  const std::string_view meant =
      token().kind == name ? word_meant(reporter_.text(token())) : std::string_view();
  if (!meant.empty()) return report_capitals(meant);
  check_missing_operator();
  const TokenKind kind = token().kind;
  if (kind == open) check_open();
  if (kind == close) check_close();
  if (compares(kind)) check_comparison();
  const bool word = kind == logical_and || kind == logical_or || kind == logical_not;
  if (word || kind == comma || kind == foreign_operator)
    levels_.back().comparison = {};  // `&` stands for `and`
  if (kind == comma) report_comma();
  if (kind == foreign_operator) report_operator();
  if (kind == malformed_number) report_number();
  if (kind == keyword) report_keyword();
  if (kind == assign || kind == augmented || kind == bad_assignment) report_assignment();
  if (kind == string) report_string();
  if (kind == foreign_character) derailed_ = !latex_command(reporter_.text(), token()).empty();  // reported
  if (kind == colon) report_unit();
  if (kind == semicolon || (kind == comma && at_ + 1 == tokens_.size())) report_separator();
}

void Habits::report_separator() {
  Diagnostic& problem =
      reporter_
          .error(syntax, token().span,
                 token().kind == comma ? "a comma only separates the arguments of a function"
                                       : "`;` separates statements, but this is a single expression")
          .helped_by("leave it out, and what follows");
  if (at_ + 1 == tokens_.size()) problem.fixed_by(reporter_.place(token()), "");
}

void Habits::check_missing_operator() {
  if (!previous() || !ends_operand(*previous()) || !starts_operand(token())) return;
  if (previous()->kind == name && !word_meant(reporter_.text(*previous())).empty()) return;  // reported
  if (previous()->kind == name && token().kind == open) return;                              // a call
  const Span gap{previous()->span.end, token().span.begin};
  const bool adjacent = reporter_.text(gap).find_first_not_of(" \t") == std::string_view::npos;
  reporter_
      .error(implicit_product, cover(previous()->span, token().span),
             "an operator is missing between " + quoted(reporter_.text(*previous())) + " and " +
                 quoted(reporter_.text(token())))
      .fixed_by(reporter_.place(adjacent ? gap : Span{gap.begin, gap.begin}), "*");
}

void Habits::check_open() {
  levels_.push_back({token(), previous() && previous()->kind == name});
}

void Habits::check_close() {
  const bool nothing = previous() && previous()->kind == open && !levels_.back().call;
  if (levels_.size() == 1) {
    Diagnostic& problem =
        reporter_.error(unbalanced_parenthesis, token().span, "this parenthesis closes nothing")
            .helped_by("leave it out, or open one in front of the operand that it closes");
    const bool doubled = (previous() && previous()->kind == close) || at_ + 1 == tokens_.size();
    if (doubled) problem.fixed_by(reporter_.place(token()), "");
    return;
  }
  if (nothing) {
    reporter_
        .error(empty_expression, cover(previous()->span, token().span),
               "there is nothing between the parentheses")
        .helped_by("write a value, or leave the parentheses out");
  }
  levels_.pop_back();
}

void Habits::check_comparison() {
  Token& first = levels_.back().comparison;
  if (first.kind != foreign_character && previous()) {
    const std::string middle(reporter_.text(Span{tokens_[0].span.begin, previous()->span.end})
                                 .substr(first.span.end - tokens_[0].span.begin));
    const std::string operand = middle.substr(std::min(middle.find_first_not_of(" \t"), middle.size()));
    Diagnostic& problem = reporter_.error(chained_comparison, cover(first.span, token().span),
                                          "comparisons cannot be chained: join two with `and`");
    const auto end = previous()->span.end;
    const bool simple = !operand.empty() && operand.size() <= 40 && operand.find('\n') == std::string::npos;
    if (simple) problem.fixed_by(reporter_.place(Span{end, end}), " and " + operand);
  }
  first = token();
}

void Habits::fix_word(Diagnostic& problem, std::string word) {
  const Span span = token().span;
  const std::string& text = reporter_.text();
  const bool letters = word[0] >= 'a' && word[0] <= 'z';
  if (letters && span.begin > 0 && text[span.begin - 1] != ' ' && text[span.begin - 1] != '(')
    word.insert(0, " ");
  if (letters && span.end < text.size() && text[span.end] != ' ') word += ' ';
  problem.fixed_by(reporter_.place(token()), word);
}

void Habits::report_operator() {
  const std::string_view spelling = reporter_.text(token());
  derailed_ = spelling == "[" || spelling == "{" || spelling == "?";
  if (spelling == "." && report_module()) return;
  const ForeignOperator* row = find_foreign_operator(spelling);
  const bool replaced = row && !row->replacement.empty();
  Diagnostic& problem = reporter_.error(
      row ? row->code : forbidden_operator, token().span,
      quoted(spelling) + (!replaced ? " is not an operator of the language"
                                    : " is not an operator here: it is written " + quoted(row->replacement)));
  if (replaced) fix_word(problem, std::string(row->replacement));
  if (row) problem.help = row->help;
  if (spelling == "<<" || spelling == ">>") report_shift(problem);
  if (spelling != "?") return fix_access(problem, tokens_, at_, reporter_);
  if (const auto choice = arithmetic_choice(tokens_, at_, reporter_)) problem.fixes = {*choice};
}

/// `1 << n` as `1*2**n`, where nothing else binds closer; `v >> 20*mV` as `v > 20*mV`.
void Habits::report_shift(Diagnostic& problem) {
  const auto ends = [&](std::size_t i) {
    return i >= tokens_.size() || compares(tokens_[i].kind) || tokens_[i].kind == comma ||
           tokens_[i].kind == open || tokens_[i].kind == close;
  };
  const auto word = [&](std::size_t i, bool named = true) {
    return i < tokens_.size() && ((named && tokens_[i].kind == TokenKind::name) || tokens_[i].kind == number);
  };
  const bool left = reporter_.text(token()) == "<<";
  const bool counts = (word(at_ - 1, false) || word(at_ + 1, false)) && ends(at_ + 2);  // `1 << n`, `n >> 2`
  if (!counts) {
    const std::string_view meant = left ? "<" : ">";
    problem.helped_by("a comparison is written " + quoted(meant) + "; " + problem.help);
    problem.fixed_by(reporter_.place(token()), std::string(meant));
  } else if (at_ > 0 && word(at_ - 1) && ends(at_ - 2) && word(at_ + 1)) {
    problem.fixed_by(reporter_.place(Span{tokens_[at_ - 1].span.end, tokens_[at_ + 1].span.begin}),
                     left ? "*2**" : " // 2**");
  }
}

/// `np.exp(x)`. False if the point stands behind something else.
bool Habits::report_module() {
  constexpr std::string_view modules[] = {"np", "numpy", "math", "brian2", "b2", "scipy"};
  const bool named =
      previous() && previous()->kind == name && at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == name;
  if (!named || std::ranges::find(modules, reporter_.text(*previous())) == std::end(modules)) return false;
  const Span span = cover(previous()->span, token().span);
  reporter_
      .error(forbidden_operator, span, "functions, constants and units stand without the name of a module")
      .fixed_by(reporter_.place(span), "");
  return true;
}

/// `v > 1 : 1`
void Habits::report_unit() {
  derailed_ = true;
  Diagnostic& problem =
      reporter_.error(syntax, token().span, "a colon stands only in equations, in front of the unit")
          .helped_by("a condition, a value or a statement has no unit: leave it out");
  const auto in_unit = [](const Token& t) {
    return t.kind == name || t.kind == number || t.kind == star || t.kind == slash || t.kind == power ||
           t.kind == minus;
  };
  if (at_ == 0 || !std::ranges::all_of(tokens_.subspan(at_ + 1), in_unit)) return;
  problem.fixed_by(reporter_.place(cover({previous()->span.end, 0}, tokens_.back().span)), "");
}

/// `0,5`: a comma between digits that separates no arguments.
void Habits::report_comma() {
  const bool digits = previous() && previous()->kind == number && at_ + 1 < tokens_.size() &&
                      tokens_[at_ + 1].kind == number && previous()->span.end == token().span.begin &&
                      token().span.end == tokens_[at_ + 1].span.begin;
  if (!digits || levels_.back().call) return;
  reporter_
      .error(bad_number, cover(previous()->span, tokens_[at_ + 1].span), "a decimal point is written as `.`")
      .fixed_by(reporter_.place(token()), ".");
}

/// `x is y`, `x is not y`
void Habits::report_identity() {
  const bool negated = at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == logical_not;
  const Span span = negated ? cover(token().span, tokens_[at_ + 1].span) : token().span;
  const std::string meant = negated ? "!=" : "==";
  reporter_
      .error(forbidden_operator, span,
             quoted(reporter_.text(span)) + " is not an operator here: it is written " + quoted(meant))
      .fixed_by(reporter_.place(span), meant);
  if (negated) ++at_;
}

void Habits::report_string() {
  const std::string_view whole = reporter_.text(token());
  const std::string_view inside = whole.substr(1, whole.size() - 2);
  Diagnostic& problem =
      reporter_.error(forbidden_operator, token().span, "quoted text has no meaning in an expression")
          .helped_by("names and numbers stand without quotation marks");
  if (!inside.empty()) problem.fixed_by(reporter_.place(token()), std::string(inside));
}

void Habits::report_number() {
  const std::string literal(reporter_.text(token()));
  const bool whole = number_length(literal) == literal.size();
  const bool real = literal.find_first_of(".eE") != std::string::npos && !literal.starts_with("0x");
  const bool leading_zero = whole && !real && literal.size() > 1 && literal[0] == '0' && literal[1] <= '9';
  const auto first_digit = literal.find_first_not_of("0_");
  if (leading_zero && first_digit != std::string::npos) {
    reporter_.error(bad_number, token().span, "a whole number does not start with 0")
        .fixed_by(reporter_.place(token()), literal.substr(first_digit));
  } else if (whole && real) {
    reporter_
        .error(bad_number, token().span,
               quoted(literal) + " is out of the range of floating-point numbers (5e-324 to 1.8e308)")
        .helped_by("`inf` stands for infinity, 0.0 for what is too small")
        .fixed_by(reporter_.place(token()),
                  literal.find("e-") != literal.npos || literal.find("E-") != literal.npos ? "0.0" : "inf");
  } else if (whole) {
    Diagnostic& problem =
        reporter_.error(bad_number, token().span, "a whole number beyond 2**53 cannot be represented exactly")
            .helped_by("write it as a real number, like `1e16`, if an approximation will do");
    const bool decimal = literal.find_first_of("xXoObB") == std::string::npos;
    if (decimal && literal.size() < 300) problem.fixed_by(reporter_.place(token()), literal + ".0");
  } else {
    reporter_.error(bad_number, token().span, quoted(literal) + " is not a number")
        .helped_by("numbers are written like 3, 0.5, 1e-3 or 0x1F");
  }
}

void Habits::report_keyword() {
  const std::string_view word = reporter_.text(token());
  if (word == "is") return report_identity();
  derailed_ = true;
  Diagnostic& problem =
      reporter_.error(forbidden_operator, token().span,
                      quoted(word) + " is a word of Python that the language does not have");
  problem.help = help_for_word(word);
  const auto meant = word == "if"   ? arithmetic_choice(tokens_, at_, reporter_)
                     : word == "in" ? comparison_with_each(tokens_, at_, reporter_)
                                    : std::nullopt;
  if (meant) problem.fixes = {*meant};
}

void Habits::report_capitals(std::string_view word) {
  reporter_
      .error(forbidden_operator, token().span,
             quoted(reporter_.text(token())) + " is written " + quoted(word) + " here")
      .fixed_by(reporter_.place(token()), std::string(word));
  levels_.back().comparison = {};  // it stands for `and`, which ends a comparison
}

void Habits::report_assignment() {
  const bool argument = token().kind == assign && levels_.back().call;
  if (argument) {
    if (std::exchange(named_argument_reported_, true)) return;
    reporter_.error(forbidden_operator, token().span, "arguments are given by their position, not by name")
        .helped_by(
            "leave out the names and give the values in the order of the function: `clip(x, low, high)`")
        .fixes = bare_arguments(tokens_, at_, reporter_);
  } else if (token().kind == assign) {
    Diagnostic& problem =
        reporter_.error(forbidden_operator, token().span, "`=` does not compare: write `==`");
    fix_word(problem, "==");
  } else {
    reporter_
        .error(forbidden_operator, token().span,
               quoted(reporter_.text(token())) + " assigns, which cannot be done inside an expression")
        .helped_by("an assignment is a statement of its own");
  }
}

}  // namespace

bool check_habits(Tokens tokens, Reporter& reporter) {
  const std::size_t before = reporter.problems();
  Habits(tokens, reporter).check();
  return reporter.problems() == before && !reporter.full();
}

}  // namespace ranvier
