#include <fmt/format.h>
#include <algorithm>
#include <numeric>
#include <ranvier/compiler/methods.hpp>
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

/// While it lives, kernels of the owner that name a variable see another array in its place.
class StateOwner::Staging {
 public:
  Staging(StateOwner& owner, const std::string& variable, Array& array) : owner_(owner) {
    owner_.staged_ = &array;
    owner_.staged_for_ = variable;
  }
  ~Staging() { owner_.staged_ = nullptr; }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

 private:
  StateOwner& owner_;
};

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

std::vector<std::int32_t> StateOwner::positions(std::int64_t begin, std::int64_t end) const {
  std::vector<std::int32_t> all(static_cast<std::size_t>(end - begin));
  std::iota(all.begin(), all.end(), static_cast<std::int32_t>(begin));
  return all;
}

void StateOwner::allocate(std::int64_t count) {
  for (const Variable& v : variables())
    if (is_stored(v)) arrays_.insert_or_assign(v.name, Array(storage_of(v), v.shared ? 1 : count));
}

void StateOwner::archive_state(Archive& archive, std::int64_t count) {
  archive.number("evaluations", evaluations_);
  for (auto& [name, array] : arrays_) {
    const auto variable = std::ranges::find(variables(), name, &Variable::name);
    const bool known = variable != variables().end();
    const auto values = static_cast<std::size_t>(known && !variable->shared ? count : array.size());
    const std::span bytes(static_cast<std::byte*>(array.data()),
                          static_cast<std::size_t>(array.size()) * size_of(array.storage()));
    archive.bytes("." + name, to_string(array.storage()), known ? to_string(variable->dimension) : "", bytes,
                  values);
  }
}

void StateOwner::check_integration(const Clock& clock, const std::string& method, const char* element) const {
  const Array* failed = find_array(step_failed);
  if (!failed) return;
  const auto flags = failed->as<std::uint8_t>();
  const auto bad = [&](std::uint8_t flag) { return flag != 0; };
  if (std::ranges::none_of(flags, bad)) return;
  std::int64_t number = 0;
  while (!bad(flags[static_cast<std::size_t>(position(number))])) ++number;
  throw NetworkError(
      fmt::format("'{}': the method `{}` missed its tolerance for {} {} in the step at t = {} s; allow it "
                  "more inner steps (max_steps), a larger absolute_error, or shorten dt",
                  owner_name(), method, element, number, clock.t()));
}

void* StateOwner::array_address(const std::string& variable) {
  if (variable == "_result") return result_ ? result_->data() : nullptr;
  if (variable.find('.') != std::string::npos) return linked_array(variable);
  if (staged_ && variable == staged_for_) return staged_->data();
  Array* array = find_array(variable);
  if (!array) throw std::logic_error("kernel column without an array: " + variable);
  return array->data();
}

void* StateOwner::named_array(const std::string& name) {
  if (Array* array = find_array(name)) return array->data();
  return name.find('.') == std::string::npos ? nullptr : linked_array(name);
}

std::int64_t StateOwner::run_once(Kernel kernel, std::string_view block, std::vector<std::int32_t>& list,
                                  std::int64_t count, std::int64_t begin, std::int64_t end) {
  BoundKernel bound = network_of().build_one_shot(std::move(kernel), count);
  const Namespace names = all_names();
  PartEnvironment environment(*this, begin, end);
  RunContext context = network_of().context(owner_clock(), names);
  context.watch = nullptr;  // what the host sets is its own business
  return with_arrays_of_its_own([&] {
    bound.bind(environment, context, owner_name(), block);
    return bound.run(owner_clock(), 0, count, list.data());
  });
}

void StateOwner::assign(const std::string& variable, AssignOp op, std::string_view expression,
                        std::vector<std::int32_t> positions, std::int64_t begin, std::int64_t end) {
  const auto source =
      make_source(fmt::format("value assigned to {}.{}", owner_name(), variable), std::string(expression));
  std::vector<Diagnostic> warnings;
  Kernel kernel = lower_assignment(variable, op, source, all_names(), warnings);
  const std::int64_t count = std::ssize(positions);
  Array& array = *find_array(variable);
  Array values = array.copy();
  {
    const Staging staging(*this, variable, values);
    run_once(std::move(kernel), fmt::format("set {} {}", variable, evaluations_), positions, count, begin,
             end);
  }
  array.copy_from(values);
  ++evaluations_;
  network_of().remark(warnings);
}

std::vector<double> StateOwner::evaluate(const std::string& variable, std::string_view expression,
                                         std::vector<std::int32_t> positions, std::int64_t begin,
                                         std::int64_t end) {
  const auto source =
      make_source(fmt::format("value assigned to {}.{}", owner_name(), variable), std::string(expression));
  std::vector<Diagnostic> warnings;
  Kernel kernel = lower_assignment(variable, AssignOp::set, source, all_names(), warnings);
  Array values(Storage::f64, element_count());
  const std::string column = kernel.body.back().target;
  {
    const Staging staging(*this, column, values);
    run_once(std::move(kernel), fmt::format("set {} {}", variable, evaluations_), positions,
             std::ssize(positions), begin, end);
  }
  ++evaluations_;
  network_of().remark(warnings);
  std::vector<double> results;
  for (const std::int32_t p : positions) results.push_back(values.get(p));
  return results;
}

std::vector<std::int64_t> StateOwner::indices(std::string_view condition, std::int64_t begin,
                                              std::int64_t end) {
  settle();
  return select(condition, positions(begin, end), begin, end);
}

std::vector<std::int64_t> StateOwner::select(std::string_view condition,
                                             const std::vector<std::int32_t>& positions, std::int64_t begin,
                                             std::int64_t end) {
  const auto source = make_source(fmt::format("selection in {}", owner_name()), std::string(condition));
  std::vector<Diagnostic> warnings;
  Kernel kernel = lower_selection(source, all_names(), warnings);
  std::vector<std::int32_t> found(static_cast<std::size_t>(element_count() + element_padding));
  found.resize(static_cast<std::size_t>(run_once(std::move(kernel), fmt::format("select {}", evaluations_),
                                                 found, element_count(), begin, end)));
  ++evaluations_;
  network_of().remark(warnings);
  std::vector<std::int64_t> chosen;
  for (std::size_t k = 0; k < positions.size(); ++k)
    if (std::ranges::binary_search(found, positions[k])) chosen.push_back(static_cast<std::int64_t>(k));
  return chosen;
}

std::vector<double> StateOwner::probe(std::string_view expression, std::vector<std::int32_t> positions,
                                      std::int64_t begin, std::int64_t end) {
  const auto source =
      make_source(fmt::format("expression read from {}", owner_name()), std::string(expression));
  Array result(Storage::f64, element_count());
  std::vector<Diagnostic> warnings;
  Kernel kernel = lower_probe(source, all_names(), warnings);
  result_ = &result;
  const std::int64_t count = std::ssize(positions);
  run_once(std::move(kernel), "probe", positions, count, begin, end);
  result_ = nullptr;
  network_of().remark(warnings);
  std::vector<double> values;
  for (const std::int32_t p : positions) values.push_back(result.get(p));
  return values;
}

}  // namespace ranvier
