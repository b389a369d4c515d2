#include <ranvier/compiler/passes/declare.hpp>

#include <algorithm>
#include <map>

#include <ranvier/compiler/passes/check_definitions.hpp>
#include <ranvier/compiler/passes/identifiers.hpp>
#include <ranvier/compiler/passes/remove_flag.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/unit_text.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// Kinds of equations and kinds of objects, as sets.
enum : unsigned { parameter = 1, subexpression = 2, differential = 4 };
enum : unsigned { groups = 1, synapses = 2 };

struct FlagRow {
  std::string_view name;
  unsigned kinds;
  unsigned objects;
  bool Variable::* member;   // nullptr: planned, not built yet
  std::string_view instead;  // of a planned flag
};
constexpr FlagRow flags[] = {
    {"constant", parameter, groups | synapses, &Variable::constant, ""},
    {"shared", parameter | subexpression, groups | synapses, &Variable::shared, ""},
    {"unless refractory", differential, groups, &Variable::unless_refractory, ""},
    {"constant over dt", subexpression, groups | synapses, nullptr,
     "without it, the subexpression is computed whenever it is used"},
    {"linked", parameter, groups | synapses, nullptr,
     "give the group a parameter of its own and set its values"},
    {"event-driven", differential, synapses, nullptr, ""},
    {"clock-driven", differential, synapses, nullptr, ""},
    {"summed", subexpression, synapses, nullptr, "let `on_pre` add to a variable of the target"},
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

class Declarer {
 public:
  Declarer(Object object, Diagnostics& diagnostics)
      : object_(static_cast<unsigned>(object)), diagnostics_(diagnostics) {}

  void declare(const Equation& equation) {
    const bool named =
        check_identifier(equation.name, equation.name_place, object_ == synapses, diagnostics_);
    if (is_duplicate(equation)) return;
    Variable variable;
    variable.name = equation.name;
    variable.kind = equation.kind;
    variable.rhs = equation.rhs;
    variable.name_place = equation.name_place;
    variable.unit_place = equation.unit_place;
    variable.broken = equation.broken || !named;
    const auto unit = equation.unit.empty()
                          ? std::nullopt  // reported by the parser
                          : parse_unit_text(equation.unit, equation.unit_place, diagnostics_);
    variable.unit_known = unit.has_value() && named;
    variable.dimension = unit.value_or(DeclaredUnit{}).dimension;
    variable.type = unit.value_or(DeclaredUnit{}).type;
    check_kind(variable);
    for (const Flag& flag : equation.flags) apply(flag, variable);
    variables.push_back(std::move(variable));
  }

  std::vector<Variable> variables;

 private:
  bool is_duplicate(const Equation& equation) {
    const auto [first, added] = defined_.try_emplace(equation.name, equation.name_place);
    if (added) return false;
    diagnostics_.error(duplicate_name, equation.name_place, text("`", equation.name, "` is defined twice"))
        .note("the first definition", first->second)
        .helped_by("rename one of the two, or add both right-hand sides in one equation");
    return true;
  }

  void check_kind(const Variable& variable) {
    if (variable.kind != EquationKind::differential) return;
    if (variable.type != Type::real)
      diagnostics_
          .error(differential_type, variable.unit_place,
                 text("`", variable.name, "` changes continuously and cannot be ", to_string(variable.type)))
          .helped_by(
              "give it a unit, or `1`; booleans and integers are assigned by statements, as in a reset")
          .fixed_by(variable.unit_place, "1");
    if (object_ == synapses)
      diagnostics_
          .error(not_supported, variable.name_place,
                 "differential equations of synapses are planned, not built yet")
          .helped_by(
              text("a current that all synapses of a neuron share can be an equation of the target group, ",
                   "to which `on_pre` adds"));
  }

  void apply(const Flag& flag, Variable& variable) {
    const std::string name = normalised(flag.text);
    const auto row = std::ranges::find(flags, name, &FlagRow::name);
    if (row == std::end(flags)) return report_unknown(flag, name, variable);
    const KindWords& kind = words_of(variable.kind);
    if (!(row->kinds & kind.bit)) {
      diagnostics_
          .error(misplaced_flag, flag.place,
                 text("`", name, "` is a flag of ", kinds_in(row->kinds), "; `", variable.name, "` is ",
                      kind.singular))
          .helped_by(flags_for(kind))
          .fixed_by(extent_of_flag(flag), "");
    } else if (!(row->objects & object_)) {
      diagnostics_
          .error(misplaced_flag, flag.place,
                 text("`", name, "` is a flag of ", object_ == groups ? "synapses" : "neurons", ", not of ",
                      object_ == groups ? "neurons" : "synapses"))
          .helped_by(flags_for(kind))
          .fixed_by(extent_of_flag(flag), "");
    } else if (!row->member) {
      if (row->instead.empty()) return;  // a flag of equations that are refused as a whole
      diagnostics_.error(not_supported, flag.place, text("the flag `", name, "` is planned, not built yet"))
          .helped_by(std::string(row->instead));
    } else {
      variable.*(row->member) = true;
    }
  }

  void report_unknown(const Flag& flag, const std::string& name, const Variable& variable) {
    Diagnostic& error = diagnostics_.error(unknown_flag, flag.place, text("there is no flag `", name, "`"));
    std::vector<std::string> names;
    for (const FlagRow& row : flags) names.emplace_back(row.name);
    const std::string near = nearest_name(name, names);
    const auto gap = std::ranges::find_if(names, [&](const std::string& known) {
      const bool first = name.starts_with(known + " ");
      return first && std::ranges::find(names, name.substr(known.size() + 1)) != names.end();
    });
    if (gap != names.end()) {
      const std::string rest = name.substr(gap->size() + 1);
      error.helped_by("flags are separated by commas").fixed_by(flag.place, text(*gap, ", ", rest));
      return;
    }
    if (near.empty())
      error.helped_by(flags_for(words_of(variable.kind)));
    else
      error.helped_by(text("did you mean `", near, "`?")).fixed_by(flag.place, near);
  }

  /// "the flags of a parameter are `constant`, `shared`"
  std::string flags_for(const KindWords& kind) const {
    std::string list;
    for (const FlagRow& row : flags)
      if (row.member && (row.kinds & kind.bit) && (row.objects & object_))
        list += (list.empty() ? "`" : ", `") + std::string(row.name) + "`";
    const std::string_view owner = object_ == groups ? "neurons" : "synapses";
    if (list.empty()) return text("here, ", kind.singular, " takes no flags");
    return text("the flags of ", kind.singular, " of ", owner, ": ", list);
  }

  unsigned object_;
  Diagnostics& diagnostics_;
  std::map<std::string, Place> defined_;
};

}  // namespace

std::vector<Variable> declare(const Block& block, Object object, Diagnostics& diagnostics,
                              const Limits& limits) {
  Declarer declarer(object, diagnostics);
  for (const Equation& equation : block) declarer.declare(equation);
  check_definitions(declarer.variables, limits, diagnostics);
  return std::move(declarer.variables);
}

}  // namespace ranvier::pass
