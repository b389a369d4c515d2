#pragma once
#include <concepts>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <ranvier/runtime/group.hpp>

namespace ranvier {

/// Firing rates of Poisson neurons: one for all, one for each, or a text evaluated at every step (over i, t,
/// N).
class Rates {
 public:
  Rates(Frequency rate) : value_(std::vector<Frequency>{rate}) {}
  Rates(std::vector<Frequency> rates) : value_(std::move(rates)) {}
  Rates(const char* text) : value_(std::string(text)) {}
  template <std::integral Number>  // a rate has a unit
  Rates(Number) = delete;
  Rates(std::string text) : value_(std::move(text)) {}

  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const std::vector<Frequency>* rates() const { return std::get_if<std::vector<Frequency>>(&value_); }

 private:
  std::variant<std::string, std::vector<Frequency>> value_;
};

struct PoissonGroupOptions {
  Namespace namespace_ = {};
  std::optional<Time> dt = {};   // length of its steps; default: the network's
  const Clock* clock = nullptr;  // instead of dt: a clock that the network has
  int order = 0;
  std::string name = {};  // default: poissongroup, poissongroup_1, ...
};

/// Independent Poisson spike trains, at most one spike per neuron and step: rand() < rates*dt. `rates` is a
/// variable [Hz] that may be read and, unless it was given as a text, assigned.
class PoissonGroup : public Group {
 protected:
  friend class Network;
  using Group::Group;
  void bind(const RunContext& context) override;
};

}  // namespace ranvier
