#include <ranvier/compiler/passes/suggest.hpp>

#include <algorithm>
#include <iterator>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {
namespace {

struct Entry {
  std::string_view name;
  std::string_view text;
};

constexpr Entry other_functions[] = {
    {"trunc", "write `int(x)`"},
    {"float", "a float needs no conversion: `n/2` and `1.0*n` are floats"},
    {"bool", "a condition is a comparison: `x != 0`"},
    {"pow", "a power is written `x**y`"},
    {"power", "a power is written `x**y`"},
    {"square", "write `x**2`"},
    {"mod", "write `x % y`"},
    {"fmod", "write `x % y`"},
    {"step", "write `heaviside(x)`, or `int(x > 0)` for an integer"},
    {"theta", "write `heaviside(x)`, or `int(x > 0)` for an integer"},
    {"where", "a choice is written `int(c)*a + int(not c)*b`"},
    {"if", "a choice is written `int(c)*a + int(not c)*b`"},
    {"ln", "the natural logarithm is `log(x)`"},
    {"exp2", "write `2**x`"},
    {"fabs", "write `abs(x)`"},
    {"absolute", "write `abs(x)`"},
    {"asin", "write `arcsin(x)`"},
    {"acos", "write `arccos(x)`"},
    {"atan", "write `arctan(x)`"},
    {"sigmoid", "write `1/(1 + exp(-x))`"},
    {"logistic", "write `1/(1 + exp(-x))`"},
    {"random", "`rand()` is uniform in [0, 1), `randn()` normal with mean 0 and variance 1"},
    {"uniform", "`a + (b - a)*rand()` is uniform between a and b"},
    {"normal", "`mean + deviation*randn()` is normally distributed"},
    {"gauss", "`mean + deviation*randn()` is normally distributed"},
    {"binomial", "`int(rand() < p)` is 1 with probability p"},
    {"erfc", "write `1 - erf(x)`"},
};

constexpr Entry other_names[] = {{"ln", "log"},        {"fabs", "abs"},    {"absolute", "abs"},
                                 {"asin", "arcsin"},   {"acos", "arccos"}, {"atan", "arctan"},
                                 {"atan2", "arctan2"}, {"maximum", "max"}, {"fmax", "max"},
                                 {"minimum", "min"},   {"fmin", "min"},    {"rint", "round"}};

constexpr Entry other_units[] = {
    {"V", "volt"},       {"A", "amp"},      {"S", "siemens"},      {"F", "farad"},   {"s", "second"},
    {"m", "metre"},      {"sec", "second"}, {"msec", "ms"},        {"usec", "us"},   {"millisecond", "ms"},
    {"millivolt", "mV"}, {"Ohm", "ohm"},    {"candela", "candle"}, {"nm", "nmetre"}, {"fF", "ffarad"},
};

constexpr Entry other_words[] = {{"PI", "pi"}, {"Pi", "pi"}, {"infinity", "inf"}, {"Inf", "inf"}};

constexpr Entry signatures[] = {{"clip", "clip(x, low, high)"},
                                {"timestep", "timestep(t, dt)"},
                                {"min", "min(a, b)"},
                                {"max", "max(a, b)"},
                                {"arctan2", "arctan2(y, x)"}};

std::string_view look_up(std::span<const Entry> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Entry::name);
  return found == table.end() ? std::string_view() : found->text;
}

}  // namespace

std::string advice_for_function(std::string_view name) {
  return std::string(look_up(other_functions, name));
}

std::string other_name_of_function(std::string_view name) {
  return std::string(look_up(other_names, name));
}

std::string advice_for_name(std::string_view name) {
  for (const std::string_view end : {"_pre", "_post"})
    if (name.ends_with(end)) name.remove_suffix(end.size());
  struct Special {
    std::string_view name, advice;
  };
  constexpr Special special[] = {
      {"lastspike", "a group has it only with a refractory period"},
      {"lastupdate",
       "synapses have it only with event-driven equations; otherwise add `lastupdate : second` to the "
       "equations, and let the code end in `lastupdate = t`"},
      {"not_refractory", "a group has it only with a refractory period"},
      {"lastupdate",
       "define it as `lastupdate : second`, and set it at the end of the code: `lastupdate = t`"},
  };
  const auto row = std::ranges::find(special, name, &Special::name);
  return row == std::end(special) ? std::string() : std::string(row->advice);
}

std::string suggest_name(std::string_view name, std::vector<std::string> candidates) {
  const std::string_view word = look_up(other_words, name);
  if (!word.empty()) return std::string(word);
  const std::string near = nearest_name(name, candidates);
  if (!near.empty()) return near;
  const std::string_view unit = look_up(other_units, name);
  return unit.empty() ? nearest_name(name, unit_names()) : std::string(unit);
}

std::string suggest_function(std::string_view name, std::vector<std::string> candidates) {
  for (const Builtin& builtin : builtins()) candidates.emplace_back(builtin.name);
  return nearest_name(name, candidates);
}

std::string signature_of(std::string_view builtin) {
  const std::string_view known = look_up(signatures, builtin);
  if (!known.empty()) return std::string(known);
  return text(builtin, find_builtin(builtin)->arity == 0 ? "()" : "(x)");
}

}  // namespace ranvier::pass
