#pragma once
#include <optional>
#include <string>
#include <utility>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/runtime/code_operation.hpp>

namespace ranvier {

/// What one event of an input adds to a variable: a quantity, or a text that has a value for each neuron.
class InputWeight {
 public:
  InputWeight(const char* text) : text_(text) {}
  InputWeight(std::string text) : text_(std::move(text)) {}
  InputWeight(const AnyQuantity& weight);
  template <int... A>
  InputWeight(Quantity<A...> weight) : InputWeight(AnyQuantity(weight)) {}
  InputWeight(double weight) : InputWeight(AnyQuantity(weight)) {}

  const std::string& text() const { return text_; }
  /// Of a quantity; a text has none.
  const std::optional<AnyQuantity>& value() const { return value_; }

 private:
  std::string text_;
  std::optional<AnyQuantity> value_;
};

struct PoissonInputOptions {
  std::string when = "synapses";  // slot
  int order = 0;                  // on_pre code has -1
  std::string name = {};          // default: poissoninput, poissoninput_1, ...
};

/// The summed events of many independent Poisson neurons, each with a synapse onto every neuron of a slice,
/// at the cost of one random number per neuron and step: v += binomial(n, rate*dt)*weight.
class PoissonInput : public CodeOperation {
 protected:
  friend class Network;
  PoissonInput(Network& network, std::string name, CodeTarget target, const Clock& clock, Code code,
               const OperationOptions& options, Frequency rate, Namespace numbers)
      : CodeOperation(network, std::move(name), target, clock, std::move(code), options),
        rate_(rate),
        numbers_(std::move(numbers)) {}
  Namespace names_within(const Namespace& network) const override;
  void bind(const RunContext& context) override;

 private:
  Frequency rate_;
  Namespace numbers_;  // names of the code for what is no part of it, so that other numbers are the same code
};

}  // namespace ranvier
