#pragma once
#include <optional>
#include <string>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/models/range.hpp>

namespace ranvier {

/// A constant that the equations of a template read: {"a{c}", siemens} has its dimension and no value,
/// {"tauw{c}", second, 100*ms} has both. What has no dimension has the unit 1.
struct TemplateParameter {
  std::string name;                    // with holes
  AnyQuantity unit;                    // only its dimension counts
  std::optional<AnyQuantity> value{};  // if nobody gives one
  Range range = Range::any;
};

/// A membrane model of the user's own. `equations`, one a line, define V{c} from the sum of currents I{c}:
/// the lines of I{c} and I_ext{c} are added. {c} is the compartment's suffix ("_soma"; empty for a point
/// neuron), {flags} behind a unit is where `unless_refractory` puts its flag. EL{c}, C{c} and gL{c} are
/// there.
struct MembraneTemplate {
  std::string name;
  std::string equations;
  std::vector<TemplateParameter> parameters = {};
};

/// A synaptic channel of the user's own. `equations` define the current I_<name>_{t}{c}: from the left, {t}
/// is the tag, {c} the compartment's suffix, {ch} the name, {gate} the letter of the conducting gate, whose
/// equations are added where this hole occurs; a presynaptic spike then increments s_<name>_<tag>_<c>.
/// g_<name>_{t}{c} and w_<name>_{t}{c} (1) are there.
struct ChannelTemplate {
  std::string name;
  std::string equations;
  std::vector<TemplateParameter> parameters = {};
};

/// The name of a membrane of the library, or a template.
class MembraneChoice {
 public:
  MembraneChoice() = default;  // the builder's own default
  MembraneChoice(const char* name) : name_(name) {}
  MembraneChoice(std::string name) : name_(std::move(name)) {}
  MembraneChoice(MembraneTemplate own) : name_(own.name), own_(std::move(own)) {}

  const std::string& name() const { return name_; }
  const MembraneTemplate* own() const { return own_ ? &*own_ : nullptr; }

 private:
  std::string name_;
  std::optional<MembraneTemplate> own_;
};

/// The name of a channel of the library, or a template.
class ChannelChoice {
 public:
  ChannelChoice(const char* name) : name_(name) {}
  ChannelChoice(std::string name) : name_(std::move(name)) {}
  ChannelChoice(ChannelTemplate own) : name_(own.name), own_(std::move(own)) {}

  const std::string& name() const { return name_; }
  const ChannelTemplate* own() const { return own_ ? &*own_ : nullptr; }

 private:
  std::string name_;
  std::optional<ChannelTemplate> own_;
};

}  // namespace ranvier
