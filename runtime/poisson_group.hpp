#pragma once
#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/spike_jumps.hpp>

namespace ranvier {

/// Firing rates of Poisson neurons: one for all, one for each, or a text evaluated at every step (over i, t,
/// N).
class Rates {
 public:
  Rates(Frequency rate) : value_(std::vector<Frequency>{rate}) {}
  Rates(std::vector<Frequency> rates) : value_(std::move(rates)) {}
  Rates(std::initializer_list<Frequency> rates) : value_(std::vector<Frequency>(rates)) {}
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

/// Independent Poisson spike trains: a neuron spikes in a step with probability rates*dt, at most once.
/// `rates` is a variable [Hz] that may be read and, unless it was given as a text, assigned, by the host and
/// by code; a negative one is an error when a run is prepared. Rates that are values change seldom: the
/// neurons jump to their next spike, which has the same distribution, and draw again when their rate changes.
/// A text is compared with a random number in every step; where it is negative there are no spikes. method()
/// says which.
class PoissonGroup : public Group {
 public:
  void go_on_from(const Group& before) override;

 protected:
  friend class Network;
  PoissonGroup(Network& network, const std::string& name, std::int64_t count, GroupModel model,
               const GroupPlace& place, const Namespace& names);
  Lowered lower(const Namespace& names) override;
  void bind(const RunContext& context) override;
  void warn(std::vector<Diagnostic>& warnings) const override;
  std::int64_t spikes_of_step(const Clock& clock, std::int32_t* list) override;
  void archive(Archive& archive) override;

 private:
  std::optional<SpikeJumps> jumps_;  // of rates that are values
  std::int64_t epoch_ = -1;          // in which they were drawn
};

}  // namespace ranvier
