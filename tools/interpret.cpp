#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>
#include <ranvier/tools/show.hpp>

// What kind of line this is.
namespace ranvier::tool {
namespace {

/// A line as words, and where in it things stand that decide what it is.
struct Words {
  Place line;
  std::vector<Token> tokens;
  std::size_t assignment, colon;  // tokens that stand in no parentheses; npos: there is none
  static constexpr std::size_t none = std::string_view::npos;

  explicit Words(const Place& place) : line(place), assignment(none), colon(none) {
    const std::string_view text = line.text();
    tokens = tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
    int depth = 0;
    for (std::size_t k = 0; k < tokens.size(); ++k) {
      const TokenKind kind = tokens[k].kind;
      const std::string_view word = this->word(k);
      depth += word == "(" || word == "[" ? 1 : word == ")" || word == "]" ? -1 : 0;
      if (depth > 0) continue;
      if (assignment == none && (kind == TokenKind::assign || kind == TokenKind::augmented)) assignment = k;
      if (colon == none && kind == TokenKind::colon) colon = k;
    }
  }
  std::string_view word(std::size_t k) const {
    return line.text().substr(tokens[k].span.begin, tokens[k].span.end - tokens[k].span.begin);
  }
  bool is(std::size_t k, TokenKind kind) const { return k < tokens.size() && tokens[k].kind == kind; }
  Place before(std::size_t k) const { return trimmed(part(line, 0, tokens[k].span.begin)); }
  Place behind(std::size_t k) const { return trimmed(part(line, tokens[k].span.end, line.text().size())); }
};

/// What people write who know another simulator.
struct Habit {
  std::string_view word, help;
};
constexpr Habit habits[] = {
    {"NeuronGroup",
     "a group is written: group NAME N; its equations, threshold, reset and method are lines below it"},
    {"PoissonGroup", "Poisson neurons are written: poisson NAME N RATE"},
    {"SpikeGeneratorGroup", "given spikes are written: generator NAME N indices=... times=..."},
    {"TimedArray", "values over time are written: timed_array NAME dt=... values=..."},
    {"PoissonInput", "written: poisson_input cells.v n=... rate=... weight=..."},
    {"Synapses", "synapses are written: synapses NAME SOURCE -> TARGET, then on_pre and connect"},
    {"SpikeMonitor", "spikes are recorded by: spikes NEURONS"},
    {"StateMonitor", "variables are recorded by: trace NEURONS VARIABLES"},
    {"PopulationRateMonitor", "a rate is recorded by: rate NEURONS"},
    {"Equations", "equations are lines of their own, below: group NAME N"},
    {"Network", "all that is said belongs to one network: run 100*ms"},
    {"set_device", "everything is compiled: run 100*ms"},
    {"prefs", "everything is compiled: run 100*ms"},
    {"store", "a session is written by: save FILE"},
    {"restore", "the last line is taken back by: undo"},
    {"show", "pictures appear at once: plot v, raster"},
    {"figure", "pictures appear at once: plot v, raster"},
    {"network_operation", "statements in every step are written: regularly NEURONS STATEMENTS"},
    {"start_scope", "a session begins empty; `reset` empties it again"},
    {"import", "nothing has to be imported"},
    {"from", "nothing has to be imported"},
    {"defaultclock", "the length of a step is written: dt 0.1*ms"},
    {"print", "an expression alone is printed"},
    {"plt", "pictures: plot v, raster"},
    {"exit", "to end a session: quit"},
};

constexpr Habit methods[] = {
    {"connect", "connections are written: connect p=0.1, or connect NAME p=0.1"},
    {"run_regularly", "statements in every step are written: regularly NEURONS STATEMENTS"},
    {"run", "a run is written: run 100*ms"},
    {"store", "a session is written by: save FILE"},
    {"restore", "the last line is taken back by: undo"},
};

const Habit* find_habit(const Words& words) {
  const bool of_object = words.tokens.size() > 3 && words.word(1) == "." && words.is(3, TokenKind::open);
  if (of_object) {
    const auto* const found = std::ranges::find(methods, words.word(2), &Habit::word);
    if (found != std::end(methods)) return found;
  }
  for (std::size_t k = 0; k < words.tokens.size(); ++k) {
    const bool starts =
        k == 0 || (k > 0 && words.is(k - 1, TokenKind::assign) && words.is(k + 1, TokenKind::open));
    if (!starts) continue;
    const auto found = std::ranges::find(habits, words.word(k), &Habit::word);
    if (found != std::end(habits)) return &*found;
  }
  return nullptr;
}

/// `f(x, y) = ...`
bool defines_function(const Words& words) {
  if (!words.is(0, TokenKind::name) || !words.is(1, TokenKind::open) || words.assignment == Words::none)
    return false;
  for (std::size_t k = 2; k + 1 < words.assignment; ++k)
    if (!words.is(k, k % 2 == 0 ? TokenKind::name : TokenKind::comma)) return false;
  return words.is(words.assignment, TokenKind::assign) && words.assignment >= 4 &&
         words.is(words.assignment - 1, TokenKind::close);
}

/// `dv/dt = ...`, also without a unit, which is then asked for.
bool is_equation(const Words& words) {
  if (words.colon != Words::none && words.is(0, TokenKind::name)) return true;
  return words.is(0, TokenKind::name) && words.is(1, TokenKind::slash) && words.is(2, TokenKind::name) &&
         words.word(2) == "dt" && words.is(3, TokenKind::assign);
}

/// '''...''', also after `eqs =`, and in other quotation marks if there is a differential equation between
/// them.
std::optional<Place> block_of_equations(const Words& words) {
  const bool named = words.assignment == 1 && words.is(0, TokenKind::name);
  const Place all = named ? words.behind(1) : words.line;
  const bool one = all.text().starts_with('\'') || all.text().starts_with('"');
  const bool quoted = all.text().starts_with("'''") || all.text().starts_with("\"\"\"") ||
                      (one && all.text().find("/dt") != std::string_view::npos);
  return quoted ? std::optional(unquoted(all)) : std::nullopt;
}

const Command* command_of(const Words& words) {
  if (!words.is(0, TokenKind::name)) return nullptr;
  const Command* command = find_command(words.word(0));
  if (!command || words.colon == 1) return nullptr;
  if (words.tokens.size() > 1 && words.word(1) == ".")
    return nullptr;  // of something that has a command's name
  if (words.assignment == 1 && !(command->assignable && words.is(1, TokenKind::assign))) return nullptr;
  return command;
}

/// `run(100*ms, report='text')`: what is between parentheses is no expression.
void refuse_arguments(const Words& words, const Command& command) {
  const std::size_t last = words.tokens.size() - 1;
  if (!words.is(1, TokenKind::open) || !words.is(last, TokenKind::close)) return;
  std::string inner(
      trimmed(part(words.line, words.tokens[1].span.end, words.tokens[last].span.begin)).text());
  if (inner.find_first_of(",=") == std::string::npos || inner.find_first_of("<>!") != std::string::npos)
    return;
  for (std::size_t at = 0; (at = inner.find(',', at)) != std::string::npos;) inner.erase(at, 1);
  throw problem(DiagnosticCode::unknown_command, words.line, "commands have no parentheses and commas",
                fmt::format("write: {} {}\nit is written: {}", command.name, inner, command.syntax));
}

/// `gain *= 2`, where gain is a constant.
void refuse_change_of_constant(Session& session, const Words& words, const Place& target,
                               const Place& value) {
  const std::string name(target.text());
  if (words.is(words.assignment, TokenKind::assign) || !session.description().constants.contains(name))
    return;
  const std::string_view op = words.word(words.assignment);
  refuse(words.line, fmt::format("`{}` is a constant, which is given a value as a whole", name),
         fmt::format("write: {} = {}{}({})", name, name, op.substr(0, op.size() - 1), value.text()));
}

/// `inhibitory = cells[300:400]`
void refuse_part_of_neurons(Session& session, const Words& words, const Place& value) {
  const std::string_view text = value.text();
  if (!text.ends_with(']') || !session.description().neurons(text.substr(0, text.find('[')))) return;
  throw problem(DiagnosticCode::unknown_command, words.line, "a part of neurons is not assigned to a name",
                fmt::format("write: slice {} {}", words.before(words.assignment).text(), text));
}

void assign(Session& session, const Words& words) {
  const std::size_t at = words.assignment;
  const Place target = words.before(at), value = words.behind(at);
  refuse_part_of_neurons(session, words, value);
  if (value.text().empty()) refuse(words.line, "here should stand a value");
  const Step* open = session.description().find(session.description().open);
  const bool variable = open && defines(session, *open, target.text());
  if (at == 1 && words.is(1, TokenKind::assign) && words.is(0, TokenKind::name) && !variable)
    return say_constant(session, words.line, std::string(target.text()), value);
  if (!variable) refuse_change_of_constant(session, words, target, value);
  constexpr std::pair<std::string_view, AssignOp> operators[] = {{"=", AssignOp::set},
                                                                 {"+=", AssignOp::add},
                                                                 {"-=", AssignOp::subtract},
                                                                 {"*=", AssignOp::multiply},
                                                                 {"/=", AssignOp::divide}};
  for (const auto& [spelling, op] : operators)
    if (words.word(at) == spelling) return say_assignment(session, words.line, target, op, value);
  refuse(words.line, fmt::format("`{}` cannot be used here", words.word(at)));
}

/// A word that is none of the session's, followed by something that no expression goes on with.
void refuse_unknown_command(const Session& session, const Words& words) {
  const bool followed =
      words.is(1, TokenKind::name) || words.is(1, TokenKind::number) || words.is(1, TokenKind::string);
  if (!words.is(0, TokenKind::name) || (words.tokens.size() > 1 && !followed)) return;
  const std::string word(words.word(0));
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  const std::string near = nearest_name(word, names);
  const bool means_something = find_unit(word).has_value();
  if (!followed && (means_something || near.empty())) return;
  (void)session;
  throw problem(DiagnosticCode::unknown_command, part(words.line, 0, word.size()),
                fmt::format("`{}` is no command", word),
                near.empty() ? "`help` lists the commands" : fmt::format("did you mean `{}`?", near));
}

}  // namespace

bool defines(Session& session, const Step& step, std::string_view variable) {
  const auto* group = std::get_if<GroupStep>(&step.what);
  const auto* synapses = std::get_if<SynapsesStep>(&step.what);
  if (!group && !synapses) return false;
  (void)session;
  const auto& lines = group ? group->equations : synapses->equations;
  return std::ranges::find(lines, variable, &EquationLine::name) != lines.end();
}

void interpret(Session& session, const Place& line) {
  const Words words(line);
  if (words.tokens.empty()) return;
  if (const auto block = block_of_equations(words)) return add_equation(session, *block);
  if (const Habit* habit = find_habit(words))
    throw problem(DiagnosticCode::unknown_command, line, "this is Python, not a line of a session",
                  std::string(habit->help));
  if (const Command* command = command_of(words)) {
    refuse_arguments(words, *command);
    Reader reader(line, command->syntax);
    reader.skip(command->name.size());
    if (words.assignment == 1) reader.skip(1);
    if (session.options().dry && command->kind == CommandKind::show) return;
    return command->function(session, reader);
  }
  if (is_equation(words)) return add_equation(session, line);
  if (defines_function(words)) return say_function(session, line);
  if (words.assignment != Words::none) return assign(session, words);
  const Step* open = session.description().find(session.description().open);
  const bool known = session.description().constants.contains(std::string(words.word(0))) ||
                     (open && defines(session, *open, words.word(0)));
  if (!known) refuse_unknown_command(session, words);
  show_value(session, line);
}

}  // namespace ranvier::tool
