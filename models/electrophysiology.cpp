#include <numbers>

#include <ranvier/models/electrophysiology.hpp>
#include <ranvier/models/range.hpp>

namespace ranvier {
namespace {

struct Given {
  const char* name;
  std::optional<AnyQuantity> value;
  Range range;
};

template <std::size_t size>
std::string names(const Given (&options)[size], bool given) {
  std::string text;
  for (const Given& option : options) {
    if (option.value.has_value() == given) text += (text.empty() ? "" : ", ") + std::string(option.name);
  }
  return text;
}

template <std::size_t size>
void check_values(const Given (&options)[size], Problems& problems) {
  for (const Given& option : options) {
    if (option.value) check_range(option.name, *option.value, option.range, problems);
  }
}

constexpr const char* two_ways =
    "give either cm_abs and gl_abs (absolute values), or length, diameter, cm and gl (a cylinder)";

template <std::size_t a, std::size_t b>
void check_completeness(const Given (&absolute)[a], const Given (&cylinder)[b], Problems& problems) {
  const std::string absolute_given = names(absolute, true), cylinder_given = names(cylinder, true);
  const std::string missing = absolute_given.empty() ? names(cylinder, false) : names(absolute, false);
  if (!absolute_given.empty() && !cylinder_given.empty()) {
    problems.add(absolute_given + " and " + cylinder_given + " are given together; " + two_ways);
  } else if (absolute_given.empty() && cylinder_given.empty()) {
    problems.add(std::string("nothing tells the capacitance and the leak; ") + two_ways);
  } else if (!missing.empty()) {
    problems.add(missing + " missing beside " + absolute_given + cylinder_given + "; " + two_ways);
  }
}

}  // namespace

Electrophysiology electrophysiology(const PassiveOptions& options, Problems& problems) {
  const Given absolute[] = {{"cm_abs", options.cm_abs, Range::positive},
                            {"gl_abs", options.gl_abs, Range::not_negative}};
  const Given cylinder[] = {{"length", options.length, Range::positive},
                            {"diameter", options.diameter, Range::positive},
                            {"cm", options.cm, Range::positive},
                            {"gl", options.gl, Range::not_negative}};
  const std::size_t before = problems.size();
  check_completeness(absolute, cylinder, problems);
  check_values(absolute, problems);
  check_values(cylinder, problems);

  if (problems.size() > before) return {};
  Electrophysiology result{.area = {}, .capacitance = options.cm_abs, .g_leakage = options.gl_abs};
  if (options.length && options.diameter)
    result.area = std::numbers::pi * *options.length * *options.diameter;
  if (result.area && options.cm) result.capacitance = *options.cm * *result.area;
  if (result.area && options.gl) result.g_leakage = *options.gl * *result.area;
  return result;
}

}  // namespace ranvier
