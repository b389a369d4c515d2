#include "tests/compiler/stepper.hpp"

#include <cstring>

namespace ranvier::test {
namespace {

constexpr std::size_t line = 64;  // bytes of padding: kernels may touch a whole vector of elements

void put(Storage storage, double value, char* bytes) {
  with_element_of(storage, [&]<class T>(T) {
    const T number = static_cast<T>(value);
    std::memcpy(bytes, &number, sizeof number);
  });
}

double get(Storage storage, const char* bytes) {
  return with_element_of(storage, [&](auto number) {
    std::memcpy(&number, bytes, sizeof number);
    return static_cast<double>(number);
  });
}

}  // namespace

Stepper::Stepper(const GroupKernels& kernels, Namespace names, double dt)
    : names_(std::move(names)), dt_(dt) {
  if (kernels.update) codes_.push_back(build(*kernels.update));
  if (kernels.threshold) codes_.push_back(build(*kernels.threshold));  // nothing to update then
  if (kernels.reset) codes_.push_back(build(*kernels.reset));
}

Stepper::Code Stepper::build(const Kernel& kernel) const {
  const auto backend = make_backend({.name = "reference"});
  Code code{kernel, backend->build({kernel}).front(), {}};
  std::vector<std::pair<std::string, double>> values{{"dt", dt_}};
  for (const auto& [name, value] : names_)
    if (const AnyQuantity* quantity = value.quantity()) values.emplace_back(name, quantity->value);
  for (const Propagator& propagator : kernel.propagators) {
    if (!propagator.per_run) continue;
    std::vector<double> m, p(propagator.matrix.size()), q(p.size());
    for (const Expr& entry : propagator.matrix) m.push_back(evaluate(entry, values));
    compute_propagator(propagator.size, m.data(), dt_, p.data(), q.data());
    for (std::size_t k = 0; k < p.size(); ++k) {
      const auto size = static_cast<std::size_t>(propagator.size);
      const std::string entry = std::to_string(k / size) + "_" + std::to_string(k % size);
      code.propagators[propagator.name + "_P_" + entry] = p[k];
      code.propagators[propagator.name + "_Q_" + entry] = q[k];
    }
  }
  return code;
}

double Stepper::scalar(const Code& code, const Scalar& scalar) const {
  switch (scalar.kind) {
    case ScalarKind::time:
      return step_ * dt_;
    case ScalarKind::step_length:
      return dt_;
    case ScalarKind::timestep:
      return step_;
    case ScalarKind::constant:
      return names_.at(scalar.name).quantity()->value;
    case ScalarKind::propagator:
      return code.propagators.at(scalar.name);
    default:
      return 0;
  }
}

std::int64_t Stepper::run(const Code& code) {
  std::vector<std::vector<char>> arrays;
  std::vector<void*> addresses;
  std::vector<double> scalars;
  for (const Column& column : code.kernel.columns) {
    auto& array = arrays.emplace_back(line * size_of(column.storage));
    put(column.storage, state_[column.variable], array.data());
    addresses.push_back(array.data());
  }
  for (const Scalar& each : code.kernel.scalars) scalars.push_back(scalar(code, each));
  std::vector<std::int32_t> list(line);
  const std::int64_t found = code.executable->run({addresses.data(), scalars.data(), 0, 1, list.data()});
  for (std::size_t k = 0; k < arrays.size(); ++k) {
    const Column& column = code.kernel.columns[k];
    state_[column.variable] = get(column.storage, arrays[k].data());
  }
  return found;
}

bool Stepper::step() {
  const bool spiked = run(codes_[0]) > 0;
  if (spiked && codes_.size() > 1) run(codes_[1]);
  ++step_;
  return spiked;
}

std::vector<int> Stepper::spikes_until(int end) {
  std::vector<int> spikes;
  while (step_ < end) {
    if (step()) spikes.push_back(step_ - 1);
  }
  return spikes;
}

}  // namespace ranvier::test
