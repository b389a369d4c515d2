#include <ranvier/compiler/passes/check_structure.hpp>

#include <algorithm>
#include <cctype>

#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

void check_threshold(const GroupModel& group, Diagnostics& diagnostics) {
  if (group.threshold) return;
  if (!group.reset.empty()) {
    diagnostics
        .error(reset_without_threshold, group.reset.front().place,
               "this reset would never run: the group has no threshold")
        .helped_by("give a threshold, such as `v > Vth`");
  }
  if (group.refractory) {
    diagnostics
        .error(refractory_without_threshold, group.refractory->place,
               "this refractory period would never begin: the group has no threshold")
        .helped_by("give a threshold, such as `v > Vth`");
  }
}

void check_always_spiking(const GroupModel& group, Diagnostics& diagnostics) {
  // A reset that could not be read is reported already.
  if (diagnostics.has_errors() || !group.threshold || !group.reset.empty() || group.refractory ||
      tree::draws(group.threshold))
    return;
  diagnostics
      .warning(
          always_spiking, group.threshold->place,
          "while this holds, the neuron spikes in every step: there is no reset and no refractory period")
      .helped_by("give a reset, such as `v = Vr`, or a refractory period");
}

void check_refractory(const GroupModel& group, Diagnostics& diagnostics) {
  if (!group.refractory || !tree::draws(group.refractory)) return;
  diagnostics
      .warning(
          random_refractory, group.refractory->place,
          "this is drawn anew in every step of the refractory period, which makes it shorter than it looks")
      .helped_by(
          "draw it once in the reset, into a parameter: `period = ...`, and let refractory be `period`");
}

void check_flags(const GroupModel& group, Diagnostics& diagnostics) {
  if (group.refractory) return;
  for (const Variable& variable : group.variables) {
    if (!variable.unless_refractory) continue;
    diagnostics
        .warning(flag_without_effect, variable.name_place,
                 text("`(unless refractory)` has no effect on `", variable.name,
                      "`: the group has no refractory period"))
        .helped_by("give a refractory period, such as `2*ms`, or leave the flag out");
  }
}

std::string names_of_methods() {
  std::string names;
  for (const Method& method : methods()) names += (names.empty() ? "" : ", ") + std::string(method.name);
  return names;
}

/// Methods by names of books and of other simulators.
struct OtherName {
  std::string_view name;
  std::string_view here;
};
constexpr OtherName other_methods[] = {
    {"rungekutta2", "rk2"},   {"rungekutta4", "rk4"},     {"runge_kutta_2", "rk2"},
    {"runge_kutta_4", "rk4"}, {"runge-kutta", "rk4"},     {"rungekutta", "rk4"},
    {"midpoint", "rk2"},      {"forward_euler", "euler"}, {"forward euler", "euler"}};

std::string lower_case(std::string name) {
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

void check_method(const GroupModel& group, Diagnostics& diagnostics) {
  if (group.method.empty() || find_method(group.method)) return;
  constexpr std::string_view planned[] = {"exponential_euler", "heun", "milstein"};
  if (std::ranges::find(planned, group.method) != std::end(planned)) {
    diagnostics
        .error(not_supported, group.method_place,
               text("the method `", group.method, "` is planned, not built yet"))
        .helped_by(text("the methods are ", names_of_methods()));
    return;
  }
  std::vector<std::string> names;
  for (const Method& method : methods()) names.emplace_back(method.name);
  std::string near = nearest_name(group.method, names);
  const auto* other = std::ranges::find(other_methods, lower_case(group.method), &OtherName::name);
  if (other != std::end(other_methods)) near = other->here;
  Diagnostic& error = diagnostics.error(unknown_method, group.method_place,
                                        text("there is no integration method `", group.method, "`"));
  error.helped_by(near.empty() ? text("the methods are ", names_of_methods())
                               : text("did you mean `", near, "`?"));
  if (!near.empty()) error.fixed_by(group.method_place, near);
}

}  // namespace

void check_structure(const GroupModel& group, Diagnostics& diagnostics) {
  check_threshold(group, diagnostics);
  check_always_spiking(group, diagnostics);
  check_refractory(group, diagnostics);
  check_flags(group, diagnostics);
  check_method(group, diagnostics);
}

void check_structure(const SynapsesModel& synapses, Diagnostics& diagnostics) {
  if (synapses.on_pre.empty() || synapses.source->threshold) return;
  diagnostics
      .error(pathway_without_threshold, synapses.on_pre.front().place,
             text("this code would never run: the source '", synapses.source->name, "' has no threshold"))
      .helped_by("give the source a threshold, such as `v > Vth`");
}

}  // namespace ranvier::pass
