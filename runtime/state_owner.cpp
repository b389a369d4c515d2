#include <fmt/format.h>
#include <algorithm>
#include <numeric>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/state_owner.hpp>

namespace ranvier {
namespace {

/// Sees an owner's arrays, but the numbering of a part of it.
class PartEnvironment : public KernelEnvironment {
 public:
  PartEnvironment(KernelEnvironment& whole, std::int64_t begin, std::int64_t end)
      : whole_(whole), begin_(begin), end_(end) {}
  void* address(const Column& column) override { return whole_.address(column); }
  double extent(ScalarKind kind) const override {
    if (kind == ScalarKind::first) return static_cast<double>(begin_);
    if (kind == ScalarKind::count) return static_cast<double>(end_ - begin_);
    return whole_.extent(kind);
  }

 private:
  KernelEnvironment& whole_;
  std::int64_t begin_, end_;
};

}  // namespace

Array* StateOwner::find_array(std::string_view variable) {
  const auto found = arrays_.find(variable);
  return found == arrays_.end() ? nullptr : &found->second;
}

const Variable& StateOwner::declared(std::string_view variable) const {
  std::vector<std::string> names;
  for (const Variable& v : variables()) {
    if (v.name == variable) return v;
    names.push_back(v.name);
  }
  if (const Variable* found = special(variable)) return *found;
  std::string message = fmt::format("'{}' has no variable '{}'", owner_name(), variable);
  if (all_names().contains(std::string(variable)))
    throw NetworkError(
        fmt::format("{}: it is a constant; change it with set(\"{}\", ...)", message, variable));
  const std::string nearest = nearest_name(variable, names);
  if (!nearest.empty())
    message += fmt::format("; did you mean '{}'?", nearest);
  else if (!names.empty())
    message += fmt::format("; it has {}", fmt::join(names, ", "));
  throw NetworkError(message);
}

Variable StateOwner::special_variable(const char* name, bool shared) {
  Variable variable;
  variable.name = name;
  variable.kind = EquationKind::subexpression;
  variable.type = Type::integer;
  variable.shared = shared;
  variable.automatic = true;
  return variable;
}

void StateOwner::allocate(std::int64_t count) {
  for (const Variable& v : variables())
    if (is_stored(v)) arrays_.insert_or_assign(v.name, Array(storage_of(v.type), v.shared ? 1 : count));
}

void* StateOwner::array_address(const std::string& variable) {
  if (variable == "_result") return result_ ? result_->data() : nullptr;
  if (variable.find('.') != std::string::npos) return linked_array(variable);
  Array* array = find_array(variable);
  if (!array) throw std::logic_error("kernel column without an array: " + variable);
  return array->data();
}

std::int64_t StateOwner::run_once(Kernel kernel, std::string_view block, std::vector<std::int32_t>& list,
                                  std::int64_t count, std::int64_t begin, std::int64_t end) {
  BoundKernel bound = network_of().build_one_shot(std::move(kernel));
  const Namespace names = all_names();
  PartEnvironment environment(*this, begin, end);
  bound.bind(environment, network_of().context(names), owner_name(), block);
  return bound.run(network_of().clock(), 0, count, list.data());
}

void StateOwner::assign(const std::string& variable, std::string_view expression,
                        std::vector<std::int32_t> positions, std::int64_t begin, std::int64_t end) {
  const auto source =
      make_source(fmt::format("value assigned to {}.{}", owner_name(), variable), std::string(expression));
  Kernel kernel = lower_assignment(variable, source, all_names());
  const std::int64_t count = std::ssize(positions);
  run_once(std::move(kernel), fmt::format("set {} {}", variable, evaluations_), positions, count, begin, end);
  ++evaluations_;
}

std::vector<std::int32_t> StateOwner::select(std::string_view condition,
                                             const std::vector<std::int32_t>& positions, std::int64_t begin,
                                             std::int64_t end) {
  const auto source = make_source(fmt::format("selection in {}", owner_name()), std::string(condition));
  Kernel kernel = lower_selection(source, all_names());
  std::vector<std::int32_t> found(static_cast<std::size_t>(element_count() + element_padding));
  found.resize(static_cast<std::size_t>(run_once(std::move(kernel), fmt::format("select {}", evaluations_),
                                                 found, element_count(), begin, end)));
  ++evaluations_;
  std::vector<std::int32_t> chosen;
  std::ranges::copy_if(positions, std::back_inserter(chosen),
                       [&](std::int32_t p) { return std::ranges::binary_search(found, p); });
  return chosen;
}

std::vector<double> StateOwner::probe(std::string_view expression, std::vector<std::int32_t> positions,
                                      std::int64_t begin, std::int64_t end) {
  const auto source =
      make_source(fmt::format("expression read from {}", owner_name()), std::string(expression));
  Array result(Storage::f64, element_count());
  Kernel kernel = lower_probe(source, all_names());
  result_ = &result;
  const std::int64_t count = std::ssize(positions);
  run_once(std::move(kernel), "probe", positions, count, begin, end);
  result_ = nullptr;
  std::vector<double> values;
  for (const std::int32_t p : positions) values.push_back(result.get(p));
  return values;
}

}  // namespace ranvier
