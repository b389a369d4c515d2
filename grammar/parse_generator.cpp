// Generators are cut at their words `for`, `in`, `if` and at the commas of the range; what lies between is an
// expression each.
#include <algorithm>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/reporter.hpp>

namespace ranvier {
namespace {

using enum TokenKind;
using enum DiagnosticCode;

constexpr const char* shape = "a generator is `element for k in range(low, high, step) if condition`";
constexpr const char* ranges =
    "a loop runs over `range(low, high, step)`, `sample(low, high, step, p=...)` or `sample(low, high, step, "
    "size=...)`";

/// Other names of what a sample is told.
struct Alias {
  std::string_view word, meaning;
};
constexpr Alias aliases[] = {{"prob", "p"},     {"probability", "p"}, {"k", "size"}, {"n", "size"},
                             {"count", "size"}, {"number", "size"},   {"P", "p"},    {"Size", "size"}};

/// Positions of one level of parentheses: those of a word of Python, or of commas.
class Outline {
 public:
  explicit Outline(Tokens tokens) {
    std::size_t depth = 0;
    for (const Token& token : tokens) {
      if (token.kind == close && depth > 0) --depth;
      depth_.push_back(depth);
      if (token.kind == open) ++depth;
    }
  }
  bool outside(std::size_t position) const { return depth_[position] == 0; }
  /// The partner of the parenthesis that opens at `position`, or the number of tokens.
  std::size_t closing(Tokens tokens, std::size_t position) const {
    std::size_t at = position + 1;
    while (at < tokens.size() && (tokens[at].kind != close || depth_[at] != depth_[position])) ++at;
    return at;
  }

 private:
  std::vector<std::size_t> depth_;
};

class GeneratorReader {
 public:
  GeneratorReader(Tokens tokens, Reporter& reporter)
      : tokens_(tokens), outline_(tokens), reporter_(reporter) {}

  std::optional<Generator> read() {
    if (report_brackets()) return std::nullopt;
    const std::vector<std::size_t> loops = words("for"), conditions = words("if");
    check_clauses(loops, conditions);
    if (reporter_.problems() > 0) return std::nullopt;
    const std::size_t loop = loops.empty() ? tokens_.size() : loops[0];
    const std::size_t condition = conditions.empty() ? tokens_.size() : conditions[0];
    Generator generator;
    generator.place = reporter_.place(cover(tokens_.front().span, tokens_.back().span));
    generator.element = expression(tokens_.first(std::min(loop, condition)), tokens_[0].span.begin);
    if (!loops.empty()) read_loop(loop, tokens_.subspan(loop + 1, condition - loop - 1), generator);
    if (!conditions.empty()) generator.condition = behind(condition, tokens_.subspan(condition + 1));
    return generator;
  }

 private:
  bool is_word(const Token& token, std::string_view word) const {
    return token.kind == keyword && reporter_.text(token) == word;
  }

  std::vector<std::size_t> words(std::string_view word) const {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < tokens_.size(); ++at)
      if (outline_.outside(at) && is_word(tokens_[at], word)) found.push_back(at);
    return found;
  }

  Expr expression(Tokens tokens, std::uint32_t begin) {
    const Span nothing{begin, begin};
    return read_expression(tokens, tokens.empty() ? nothing : cover(tokens.front().span, tokens.back().span),
                           reporter_);
  }
  /// The expression that follows a token.
  Expr behind(std::size_t position, Tokens tokens) { return expression(tokens, tokens_[position].span.end); }

  bool report_brackets();
  void check_clauses(const std::vector<std::size_t>& loops, const std::vector<std::size_t>& conditions);
  void report_second_condition(const std::vector<std::size_t>& conditions);
  void report_early_condition(std::size_t condition, std::size_t loop);
  void read_loop(std::size_t loop, Tokens clause, Generator& generator);
  bool check_loop(std::size_t loop, Tokens clause);
  void report_target(Tokens clause);
  void report_missing_in(Tokens clause);
  void report_no_range(Tokens range, std::uint32_t end);
  void read_arguments(const Token& callee, Tokens arguments, Span whole, IndexRange& range);
  void read_keyword(const Token& callee, Tokens argument, IndexRange& range);
  void report_keyword(const Token& callee, Tokens argument, std::size_t position);
  void check_arguments(const Token& callee, const std::vector<Tokens>& bounds, Span whole,
                       const IndexRange& range);

  Tokens tokens_;
  Outline outline_;
  Reporter& reporter_;
};

/// `[k for k in range(3)]` and the same between parentheses are Python's lists and generators.
bool GeneratorReader::report_brackets() {
  const Token& first = tokens_.front();
  const Token& last = tokens_.back();
  const bool square = first.kind == foreign_operator && reporter_.text(first) == "[";
  const bool round = first.kind == open && outline_.closing(tokens_, 0) + 1 == tokens_.size();
  const auto loop = [&](const Token& token) { return is_word(token, "for"); };
  if ((!square && !round) || std::ranges::none_of(tokens_, loop)) return false;
  Diagnostic& problem =
      reporter_.error(bad_generator, first.span, "a generator stands without brackets around it");
  problem.fixed_by(reporter_.place(first), "");
  if (round || reporter_.text(last) == "]") problem.fixed_by(reporter_.place(last), "");
  return true;
}

void GeneratorReader::check_clauses(const std::vector<std::size_t>& loops,
                                    const std::vector<std::size_t>& conditions) {
  if (loops.size() > 1)
    reporter_.error(bad_generator, tokens_[loops[1]].span, "a generator has only one `for`")
        .helped_by("one loop over `range(n*m)` visits all pairs: `k//m` and `k % m` are their parts");
  if (conditions.size() > 1) report_second_condition(conditions);
  if (loops.size() == 1 && conditions.size() == 1 && conditions[0] < loops[0])
    report_early_condition(conditions[0], loops[0]);
}

void GeneratorReader::report_second_condition(const std::vector<std::size_t>& conditions) {
  Diagnostic& problem = reporter_.error(bad_generator, tokens_[conditions[1]].span,
                                        "a generator has only one `if`: join its conditions with `and`");
  problem.helped_by(shape);
  const auto looser = [](const Token& token) { return token.kind == logical_or; };
  const bool alike = std::ranges::none_of(tokens_.subspan(conditions[0]), looser);
  if (alike) problem.fixed_by(reporter_.place(tokens_[conditions[1]]), "and");
}

void GeneratorReader::report_early_condition(std::size_t condition, std::size_t loop) {
  const Token& last = tokens_.back();
  const Span moved{tokens_[condition].span.begin, tokens_[loop].span.begin};
  std::string text(reporter_.text(Span{moved.begin, tokens_[loop - 1].span.end}));
  Diagnostic& problem =
      reporter_.error(bad_generator, tokens_[condition].span, "the condition stands behind the loop");
  if (std::ranges::any_of(tokens_, [&](const Token& t) { return is_word(t, "else"); })) return;
  problem.fixed_by(reporter_.place(moved), "")
      .fixed_by(reporter_.place(Span{last.span.end, last.span.end}), ' ' + text);
}

void GeneratorReader::report_target(Tokens clause) {
  const auto in = std::ranges::find_if(clause, [&](const Token& t) { return is_word(t, "in"); });
  const bool several = std::any_of(clause.begin(), in, [](const Token& t) { return t.kind == comma; });
  const Span span = in == clause.begin() ? in->span : cover(clause.front().span, (in - 1)->span);
  reporter_
      .error(bad_generator, span,
             several ? "a loop has one variable" : "the name of the loop variable is expected after `for`")
      .helped_by(shape);
}

void GeneratorReader::report_missing_in(Tokens clause) {
  const Token& variable = clause[0];
  const bool call = clause.size() > 2 && clause[1].kind == name && clause[2].kind == open;
  Diagnostic& problem = reporter_.error(bad_generator, clause.size() > 1 ? clause[1].span : variable.span,
                                        "expected `in` after " + quoted(reporter_.text(variable)));
  problem.helped_by(shape);
  const Span after{variable.span.end, variable.span.end};
  if (call) problem.fixed_by(reporter_.place(after), " in");
}

bool GeneratorReader::check_loop(std::size_t loop, Tokens clause) {
  if (clause.empty()) {
    reporter_.error(bad_generator, tokens_[loop].span, "a loop variable is expected after `for`")
        .helped_by(shape);
    return false;
  }
  const bool named = clause[0].kind == name && (clause.size() == 1 || clause[1].kind != comma);
  if (!named) {
    report_target(clause);
  } else if (clause.size() == 1 || !is_word(clause[1], "in")) {
    report_missing_in(clause);
  } else {
    return true;
  }
  return false;
}

/// `for k in 10`, `for k in [1, 2]`.
void GeneratorReader::report_no_range(Tokens range, std::uint32_t end) {
  const Span span = range.empty() ? Span{end - 2, end} : cover(range.front().span, range.back().span);
  Diagnostic& problem = reporter_.error(bad_generator, span, ranges);
  const bool list = !range.empty() && reporter_.text(range[0]) == "[";
  problem.helped_by(list ? "single pairs of neurons are listed in .i and .j, as numbers" : shape);
  if (range.size() == 1 && (range[0].kind == name || range[0].kind == number))
    problem.fixed_by(reporter_.place(span), "range(" + std::string(reporter_.text(span)) + ')');
}

void GeneratorReader::read_loop(std::size_t loop, Tokens clause, Generator& generator) {
  if (!check_loop(loop, clause)) return;
  generator.variable = reporter_.text(clause[0]);
  generator.variable_place = reporter_.place(clause[0]);
  const Tokens range = clause.subspan(2);
  if (range.size() < 2 || range[0].kind != name || range[1].kind != open)
    return report_no_range(range, clause[1].span.end);
  const std::string_view callee = reporter_.text(range[0]);
  const std::size_t end = Outline(range).closing(range, 1);
  if (end == range.size()) {
    Diagnostic& problem =
        reporter_.error(unbalanced_parenthesis, range[1].span, "this parenthesis is never closed")
            .helped_by("close it behind the last argument");
    const std::uint32_t behind = range.back().span.end;
    if (ends_operand(range.back())) problem.fixed_by(reporter_.place(Span{behind, behind}), ")");
  } else if (end + 1 < range.size()) {
    reporter_
        .error(bad_generator, cover(range[end + 1].span, range.back().span),
               "only `if` and a condition may follow the range")
        .helped_by("compute with the loop variable in the element: `2*k + 1 for k in range(5)`");
  } else if (callee != "range" && callee != "sample") {
    const std::string near = nearest_name(callee, {"range", "sample", "arange", "xrange"});
    Diagnostic& problem = reporter_.error(bad_generator, range[0].span,
                                          quoted(callee) + " is nothing that a loop can run over");
    problem.helped_by(ranges);
    if (!near.empty()) problem.fixed_by(reporter_.place(range[0]), near == "sample" ? near : "range");
  } else {
    const Span whole = cover(range[0].span, range[end].span);
    generator.range.emplace();
    generator.range->sampled = callee == "sample";
    generator.range->place = reporter_.place(whole);
    read_arguments(range[0], range.subspan(2, end - 2), whole, *generator.range);
  }
}

void GeneratorReader::read_arguments(const Token& callee, Tokens arguments, Span whole, IndexRange& range) {
  const Outline outline(arguments);
  std::vector<Tokens> bounds;
  std::size_t begin = 0;
  std::size_t count = 0;
  for (std::size_t at = 0; at <= arguments.size() && !arguments.empty(); ++at) {
    const bool last = at == arguments.size();
    if (!last && (arguments[at].kind != comma || !outline.outside(at))) continue;
    const Tokens argument = arguments.subspan(begin, at - begin);
    const bool keyed = argument.size() > 1 && argument[0].kind == name && argument[1].kind == assign;
    if (argument.empty()) {
      reporter_.error(empty_expression, last ? arguments[at - 1].span : arguments[at].span,
                      "an argument is missing here");
    } else if (keyed && range.sampled) {
      read_keyword(callee, argument, range);
    } else if (keyed) {
      report_keyword(callee, argument, count);
    } else {
      bounds.push_back(argument);
    }
    ++count;
    begin = at + 1;
  }
  check_arguments(callee, bounds, whole, range);
  const std::size_t n = std::min<std::size_t>(bounds.size(), 3);
  Expr* const places[3][3] = {
      {&range.high}, {&range.low, &range.high}, {&range.low, &range.high, &range.step}};
  for (std::size_t k = 0; k < n; ++k) *places[n - 1][k] = expression(bounds[k], whole.end);
}

void GeneratorReader::read_keyword(const Token& callee, Tokens argument, IndexRange& range) {
  const std::string_view word = reporter_.text(argument[0]);
  if (word != "p" && word != "size") return report_keyword(callee, argument, 3);
  if (range.p || range.size) {
    reporter_
        .error(bad_generator, argument[0].span,
               "a sample is given either a probability `p` or a `size`, once")
        .helped_by("`p` keeps each number with this probability; `size` keeps so many of them");
  }
  Expr& value = word == "p" ? range.p : range.size;
  value = expression(argument.subspan(2), argument[1].span.end);
}

void GeneratorReader::report_keyword(const Token& callee, Tokens argument, std::size_t position) {
  const std::string_view own = reporter_.text(argument[0]), function = reporter_.text(callee);
  constexpr std::string_view names[3][3] = {{"start", "low"}, {"stop", "high", "end"}, {"step"}};
  if (function == "sample") {
    const auto* alias = std::ranges::find(aliases, own, &Alias::word);
    Diagnostic& problem = reporter_.error(bad_generator, argument[0].span,
                                          "`sample` knows no " + quoted(own) + ": give it `p` or `size`");
    problem.helped_by(ranges);
    if (alias != std::end(aliases))
      problem.fixed_by(reporter_.place(argument[0]), std::string(alias->meaning));
    return;
  }
  Diagnostic& problem = reporter_.error(bad_generator, argument[0].span,
                                        "`range` takes its arguments by their position, not by name");
  problem.helped_by("write `range(low, high, step)`");
  const bool in_place = position < 3 && std::ranges::find(names[position], own) != std::end(names[position]);
  if (in_place) problem.fixed_by(reporter_.place(cover(argument[0].span, argument[1].span)), "");
}

void GeneratorReader::check_arguments(const Token& callee, const std::vector<Tokens>& bounds, Span whole,
                                      const IndexRange& range) {
  const std::string function = quoted(reporter_.text(callee));
  if (reporter_.problems() > 0) return;
  if (bounds.empty() || bounds.size() > 3) {
    reporter_
        .error(wrong_argument_count, whole,
               function + " takes one, two or three bounds, not " + std::to_string(bounds.size()))
        .helped_by("they are `high`, or `low, high`, or `low, high, step`; low is 0 and step 1 if left out");
  } else if (range.sampled && !range.p && !range.size) {
    Diagnostic& problem =
        reporter_.error(bad_generator, whole, "a sample needs a probability `p=...` or a size `size=...`");
    const Tokens last = bounds.back();
    const std::string_view own = reporter_.text(last[0]);
    const bool fraction = last.size() == 1 && last[0].kind == number && own.find('.') != own.npos;
    const Span before{last[0].span.begin, last[0].span.begin};
    if (bounds.size() > 1 && fraction)
      problem.fixed_by(reporter_.place(before), "p=");
    else
      problem.helped_by("write `sample(N_post, p=0.1)` or `sample(N_post, size=10)`");
  }
}

}  // namespace

std::optional<Generator> parse_generator(const SourcePtr& source, Diagnostics& diagnostics,
                                         const Limits& limits) {
  Reporter reporter(source, diagnostics, limits);
  std::optional<Generator> result;
  if (check_length(reporter)) {
    const Span whole{0, static_cast<std::uint32_t>(source->text().size())};
    const std::vector<Token> tokens = tokenize(source->text(), whole);
    check_tokens(tokens, reporter);
    if (tokens.empty())
      reporter.error(empty_expression, whole, "a generator is missing here").helped_by(shape);
    else if (reporter.problems() == 0)
      result = GeneratorReader(tokens, reporter).read();
    if (reporter.problems() > 0) result.reset();
  }
  reporter.finish();
  return result;
}

}  // namespace ranvier
