#include <algorithm>
#include <cmath>
#include <iterator>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/models/param_checks.hpp>

namespace ranvier {
namespace {

constexpr std::string_view words[] = {
    "t",    "dt",    "t_in_timesteps", "i",        "N", "xi", "and", "or", "not",
    "True", "False", "not_refractory", "lastspike"};

/// What a name already means in every model string, which a constant cannot change; "": nothing.
std::string meaning_of(const std::string& name) {
  const auto is_it = [&](const auto& row) { return row.name == name; };
  if (name.starts_with("_")) return "reserved (names with a leading _ belong to the compiler)";
  if (std::ranges::find(words, name) != std::end(words)) return "a word of the language";
  if (const Builtin* builtin = find_builtin(name); builtin && !builtin->extension) return "a function";
  if (std::ranges::any_of(named_constants(), is_it)) return "a constant of the language";
  return find_unit(name) ? "a unit" : "";
}

}  // namespace

void check_param_name(const std::string& name, Problems& problems) {
  if (!is_identifier(name)) {
    problems.add("\"" + name +
                 "\" is not a name; expected letters, digits and _, not beginning with a digit");
    return;
  }
  const std::string meaning = meaning_of(name);
  if (!meaning.empty()) problems.add("\"" + name + "\" is " + meaning + "; choose another name");
}

void check_param_value(const std::string& name, const NamespaceValue& value, const Parameter* declared,
                       Problems& problems) {
  const AnyQuantity* quantity = value.quantity();
  if (!declared) {
    if (quantity && std::isnan(quantity->value)) problems.add(name + " is not a number; give a value");
  } else if (!quantity) {
    problems.add(name + " must be a quantity in " + to_string(declared->dimension) + ", but it is " +
                 to_string(value));
  } else if (!(quantity->dimension == declared->dimension)) {
    problems.add(name + " must be a quantity in " + to_string(declared->dimension) + ", but " +
                 to_string(value) + " is in " + to_string(quantity->dimension));
  } else {
    check_range(name, *quantity, declared->range, problems);
  }
}

}  // namespace ranvier
