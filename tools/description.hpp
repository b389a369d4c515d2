#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/ast.hpp>

/// What a session has been told, as plain values: copied before a line and put back if the line is refused.
namespace ranvier::tool {

/// Something that was said: where, and after how many runs.
struct Said {
  Place place{};
  int runs = 0;
  explicit operator bool() const { return place.source != nullptr; }
};

/// Neurons by name: a group, a slice, or a part of them: cells[0:300].
struct Neurons {
  Place place{};
  std::string handle;
  std::optional<std::pair<std::int64_t, std::int64_t>> range{};
};

/// A line of equations, by the name that it defines.
struct EquationLine {
  std::string name;
  Said text;
};
using NamedTexts = std::vector<std::pair<std::string, Said>>;

struct ConstantStep {
  std::string name;
  NamespaceValue value;
};
struct GroupStep {
  std::int64_t size = 1;
  Said size_said{};
  std::vector<EquationLine> equations{};
  std::map<std::string, Said> texts{};  // "threshold", "reset", "refractory", "method"
  NamedTexts events{}, on_event{};
  std::optional<double> dt{};  // [s]
  int order = 0;
};
struct SliceStep {
  Neurons neurons;
};
struct PoissonStep {
  std::int64_t size = 1;
  std::vector<double> rates{};  // [Hz]
  Place text{};                 // instead: of a rate that changes
};
struct GeneratorStep {
  std::int64_t size = 1;
  std::vector<std::int64_t> indices{};
  std::vector<double> times{};  // [s]
  double period = 0;            // [s]
};
struct PoissonInputStep {
  Neurons target;
  std::string variable;
  std::int64_t n = 0;
  double rate = 0;  // [Hz]
  Place weight{};
};
struct RegularStep {
  std::string target;  // handle of neurons or synapses
  Neurons neurons{};
  Place code{};
  std::optional<double> dt{};  // [s]
};
struct SynapsesStep {
  Neurons source, target;
  std::vector<EquationLine> equations{};
  std::map<std::string, Said> texts{};  // "method", "delay"
  NamedTexts on_pre{}, on_post{};
  std::optional<double> delay{};  // [s]
};
struct ConnectStep {
  std::string synapses;
  std::map<std::string, Place> options{};  // "condition", "p", "i", "j", "n"
  bool skip_if_invalid = false;
};
/// `target[range].variable[element] op value`
struct AssignStep {
  std::string handle;
  std::optional<std::pair<std::int64_t, std::int64_t>> range{};
  std::string variable;
  Place where{};  // condition on the elements
  std::optional<std::pair<std::int64_t, std::int64_t>> elements{};
  AssignOp op = AssignOp::set;
  std::vector<AnyQuantity> values{};  // one for all or one for each; none: `text`
  Place text{};
};
/// Spikes of the next step.
struct InjectStep {
  Neurons neurons;
  std::vector<std::int64_t> numbers{};  // of them; none: all
  int runs = 0;                         // after which it was said
};
enum class MonitorKind { spikes, trace, rate };
struct MonitorStep {
  MonitorKind kind = MonitorKind::spikes;
  std::string source{};  // handle
  Neurons neurons{};
  std::string event{};  // instead of spikes
  std::vector<std::string> variables{};
  Place elements{};
  std::int64_t every = 1;
};

/// One thing that a session was told, in its order.
struct Step {
  Place line{};
  std::string handle{};  // what the session calls it; "": nothing
  std::string name{};    // what the library calls it
  std::variant<ConstantStep, GroupStep, SliceStep, PoissonStep, GeneratorStep, PoissonInputStep, RegularStep,
               SynapsesStep, ConnectStep, AssignStep, MonitorStep, InjectStep>
      what{};
};

/// A line that `save` writes.
struct KeptLine {
  Place text{};
  int runs = 0;
};

struct Description {
  std::uint64_t seed = 0;
  double dt = 1e-4;  // [s]
  std::vector<Step> steps{};
  std::vector<KeptLine> lines{};
  Namespace constants{};
  std::string open{};  // the group or the synapses that equations belong to
  int runs = 0;

  const Step* find(std::string_view handle) const;
  Step* find(std::string_view handle) {
    return const_cast<Step*>(static_cast<const Description*>(this)->find(handle));
  }
  /// How many neurons a handle stands for; nothing if it stands for no neurons.
  std::optional<std::int64_t> neurons(std::string_view handle) const;
  std::vector<std::string> handles() const;
  /// A group that a part of a group leads to, or synapses: nullptr for what has no equations.
  const Step* owner(std::string_view handle) const;
};

}  // namespace ranvier::tool
