#include <ranvier/compiler/passes/flags.hpp>

#include <algorithm>
#include <string>

#include <ranvier/compiler/passes/remove_flag.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// Kinds of equations and kinds of objects, as sets.
enum : unsigned { parameter = 1, subexpression = 2, differential = 4 };
enum : unsigned { groups = 1, synapses = 2, compartments = 4 };

using Member = bool Variable::*;

struct FlagRow {
  std::string_view name;
  unsigned kinds;
  unsigned objects;
  Member member;
};
constexpr FlagRow rows[] = {
    {"constant", parameter, groups | synapses, &Variable::constant},
    {"shared", parameter | subexpression, groups | synapses, &Variable::shared},
    {"unless refractory", differential, groups, &Variable::unless_refractory},
    {"constant over dt", subexpression, groups | synapses, &Variable::constant_over_dt},
    {"linked", parameter, groups | synapses, &Variable::linked},
    {"event-driven", differential, synapses, &Variable::event_driven},
    {"clock-driven", differential, synapses, &Variable::clock_driven},
    {"summed", subexpression, synapses, &Variable::summed},
    {"point current", parameter | subexpression | differential, compartments, &Variable::point_current},
};

/// Two flags that no equation can have together.
struct Conflict {
  Member one, other;
  std::string_view why;
  std::string_view help;
};
constexpr Conflict conflicts[] = {
    {&Variable::event_driven, &Variable::clock_driven,
     "an equation is integrated either between spikes or in every step",
     "keep `event-driven` for an equation that can be solved between spikes, and `clock-driven` otherwise"},
    {&Variable::summed, &Variable::shared, "every neuron has a sum of its own", "leave out `shared`"},
    {&Variable::summed, &Variable::constant_over_dt, "sums are taken once a step as it is",
     "leave out `constant over dt`"},
    {&Variable::linked, &Variable::constant,
     "whether a linked value changes is up to the variable it stands for",
     "leave out `constant`; the variable that is linked to may be `constant`"},
    {&Variable::linked, &Variable::shared, "how many values there are is up to the variable it stands for",
     "leave out `shared`; a link to a shared variable has one value"},
};

struct KindWords {
  EquationKind kind;
  unsigned bit;
  std::string_view singular, plural;
};
constexpr KindWords kinds[] = {
    {EquationKind::parameter, parameter, "a parameter", "parameters"},
    {EquationKind::subexpression, subexpression, "a subexpression", "subexpressions"},
    {EquationKind::differential, differential, "a differential equation", "differential equations"},
};

const KindWords& words_of(EquationKind kind) {
  return *std::ranges::find(kinds, kind, &KindWords::kind);
}

std::string_view owner_in(unsigned objects) {
  if (objects & compartments) return "neurons with a morphology";
  return objects & groups ? "neurons" : "synapses";
}

/// "parameters and subexpressions"
std::string kinds_in(unsigned set) {
  std::string list;
  for (const KindWords& kind : kinds)
    if (set & kind.bit) list += (list.empty() ? "" : " and ") + std::string(kind.plural);
  return list;
}

/// One blank between words, none around them.
std::string normalised(std::string_view flag) {
  std::string words;
  for (char c : flag) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      words += c;
    else if (!words.empty() && words.back() != ' ')
      words += ' ';
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

const FlagRow* find_row(const Flag& flag) {
  const auto row = std::ranges::find(rows, normalised(flag.text), &FlagRow::name);
  return row == std::end(rows) ? nullptr : row;
}

class Flags {
 public:
  Flags(const std::vector<Flag>& flags, unsigned object, Variable& variable, Diagnostics& diagnostics)
      : flags_(flags), object_(object), variable_(variable), diagnostics_(diagnostics) {}

  void apply() {
    for (const Flag& flag : flags_) apply(flag);
    for (const Conflict& conflict : conflicts)
      if (variable_.*conflict.one && variable_.*conflict.other) report(conflict);
  }

 private:
  void apply(const Flag& flag) {
    const FlagRow* row = find_row(flag);
    if (!row) return report_unknown(flag);
    if (!(row->objects & object_)) return report_owner(flag, *row);
    if (!(row->kinds & words_of(variable_.kind).bit)) return report_kind(flag, *row);
    variable_.*(row->member) = true;
    if (row->member == &Variable::constant) variable_.constant_flag = flag.place;
  }

  void report_kind(const Flag& flag, const FlagRow& row) {
    const KindWords& kind = words_of(variable_.kind);
    diagnostics_
        .error(misplaced_flag, flag.place,
               text("`", row.name, "` is a flag of ", kinds_in(row.kinds), "; `", variable_.name, "` is ",
                    kind.singular))
        .helped_by(allowed())
        .fixed_by(extent_of_flag(flag), "");
  }

  void report_owner(const Flag& flag, const FlagRow& row) {
    const bool morphology = row.objects == compartments;
    diagnostics_
        .error(misplaced_flag, flag.place,
               text("`", row.name, "` is a flag of ", owner_in(row.objects), ", not of ", owner_in(object_)))
        .helped_by(morphology ? "there, it is a current in ampere into one compartment; here, a current is a "
                                "term of the voltage's own equation, without a flag"
                              : allowed())
        .fixed_by(extent_of_flag(flag), "");
  }

  void report_unknown(const Flag& flag) {
    const std::string name = normalised(flag.text);
    Diagnostic& error = diagnostics_.error(unknown_flag, flag.place, text("there is no flag `", name, "`"));
    std::vector<std::string> names;
    for (const FlagRow& row : rows) names.emplace_back(row.name);
    const std::string near = nearest_name(name, names);
    const auto gap = std::ranges::find_if(names, [&](const std::string& known) {
      const bool first = name.starts_with(known + " ");
      return first && std::ranges::find(names, name.substr(known.size() + 1)) != names.end();
    });
    if (gap != names.end()) {
      const std::string rest = name.substr(gap->size() + 1);
      error.helped_by("flags are separated by commas").fixed_by(flag.place, text(*gap, ", ", rest));
    } else if (near.empty())
      error.helped_by(allowed());
    else
      error.helped_by(text("did you mean `", near, "`?")).fixed_by(flag.place, near);
  }

  const Flag& flag_of(Member member) const {
    return *std::ranges::find_if(flags_, [&](const Flag& flag) {
      const FlagRow* row = find_row(flag);
      return row && row->member == member;
    });
  }

  /// The error points at the later one of the two flags.
  void report(const Conflict& conflict) {
    const Flag &one = flag_of(conflict.one), &other = flag_of(conflict.other);
    const bool in_order = one.place.span.begin < other.place.span.begin;
    const Flag &first = in_order ? one : other, &second = in_order ? other : one;
    Diagnostic& error =
        diagnostics_.error(conflicting_flags, second.place,
                           text("`", normalised(first.text), "` and `", normalised(second.text),
                                "` exclude each other: ", conflict.why));
    error.helped_by(std::string(conflict.help));
    if (conflict.other != &Variable::clock_driven) error.fixed_by(extent_of_flag(other), "");
  }

  /// "the flags of a parameter of neurons: `constant`, `shared`"
  std::string allowed() const {
    const KindWords& kind = words_of(variable_.kind);
    std::string list;
    for (const FlagRow& row : rows)
      if ((row.kinds & kind.bit) && (row.objects & object_))
        list += (list.empty() ? "`" : ", `") + std::string(row.name) + "`";
    return text("the flags of ", kind.singular, " of ", owner_in(object_), ": ", list);
  }

  const std::vector<Flag>& flags_;
  unsigned object_;
  Variable& variable_;
  Diagnostics& diagnostics_;
};

}  // namespace

void apply_flags(const std::vector<Flag>& flags, Object object, Variable& variable,
                 Diagnostics& diagnostics) {
  Flags(flags, static_cast<unsigned>(object), variable, diagnostics).apply();
}

}  // namespace ranvier::pass
