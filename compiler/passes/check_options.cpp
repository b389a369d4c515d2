#include <ranvier/compiler/passes/check_options.hpp>

#include <algorithm>
#include <cmath>

#include <ranvier/compiler/passes/method_text.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

/// Collects what is wrong with the options of an object.
class Problems {
 public:
  explicit Problems(const std::string& object) : object_(object) {}
  template <class... Pieces>
  void add(const Pieces&... pieces) {
    words_ += text(words_.empty() ? "" : "; ", pieces...);
  }
  void raise() const {
    if (!words_.empty()) throw NetworkError(text("method_options of '", object_, "': ", words_));
  }

 private:
  const std::string& object_;
  std::string words_;
};

std::vector<std::string_view> given(const MethodOptions& o) {
  std::vector<std::string_view> names;
  const auto look = [&](bool is_given, std::string_view name) {
    if (is_given) names.push_back(name);
  };
  look(o.absolute_error.has_value(), "absolute_error");
  look(!o.absolute_error_per_variable.empty(), "absolute_error_per_variable");
  look(o.max_steps.has_value(), "max_steps");
  look(o.use_last_timestep.has_value(), "use_last_timestep");
  look(o.adaptable_timestep.has_value(), "adaptable_timestep");
  look(o.save_failed_steps.has_value(), "save_failed_steps");
  look(o.save_step_count.has_value(), "save_step_count");
  return names;
}

bool is_tolerance(double value) {
  return std::isfinite(value) && value > 0;
}

void check_tolerance(const std::vector<Variable>& variables, const std::string& name,
                     const AnyQuantity& value, Problems& problems) {
  const auto variable = std::ranges::find(variables, name, &Variable::name);
  if (variable == variables.end() || variable->kind != EquationKind::differential) {
    problems.add("absolute_error_per_variable names `", name, "`, which has no differential equation here");
    return;
  }
  if (variable->unit_known && value.dimension != variable->dimension)
    problems.add("the tolerance of `", name, "` is ", to_string(value), ", but the variable is in ",
                 to_string(variable->dimension));
  if (!is_tolerance(value.value))
    problems.add("the tolerance of `", name, "` is ", to_string(value), "; it must be above 0");
}

}  // namespace

bool is_adaptive(const MethodWish& wish) {
  return std::ranges::any_of(wish.candidates, [](const MethodCandidate& candidate) {
    if (candidate.own) return candidate.own->adaptive;
    return candidate.method->solver == Solver::stages && text_of(*candidate.method).adaptive;
  });
}

void check_options(const std::string& object, const std::vector<Variable>& variables,
                   const MethodWish& wish) {
  const MethodOptions& options = wish.options;
  Problems problems(object);
  if (!is_adaptive(wish))
    for (const std::string_view name : given(options))
      problems.add("`", name,
                   "` is an option of the adaptive methods: rkf45, dopri5, your own with `x_error`");
  problems.raise();
  if (options.absolute_error && !is_tolerance(*options.absolute_error))
    problems.add("absolute_error is ", *options.absolute_error, "; it must be above 0");
  if (options.max_steps && (*options.max_steps < 1 || *options.max_steps > 1'000'000))
    problems.add("max_steps is ", *options.max_steps, "; it must be between 1 and 1000000");
  for (const auto& [name, value] : options.absolute_error_per_variable)
    check_tolerance(variables, name, value, problems);
  problems.raise();
}

}  // namespace ranvier::pass
