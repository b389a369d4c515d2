#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/model.hpp>
#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/array.hpp>
#include <ranvier/runtime/bound_kernel.hpp>
#include <ranvier/runtime/links.hpp>
#include <ranvier/runtime/variable_view.hpp>

namespace ranvier {

/// Values of variables by name, in SI base units: one for each element, or one of a shared variable.
using States = std::map<std::string, std::vector<double>>;

/// What has named state: a group, or synapses.
class StateOwner : public KernelEnvironment {
 public:
  virtual std::int64_t element_count() const = 0;
  virtual const std::vector<Variable>& variables() const = 0;
  /// The declaration of a name that follows from the structure (i, N), or nullptr: like a subexpression, it
  /// can be read, not assigned.
  virtual const Variable* special(std::string_view name) const = 0;
  /// How messages call it: "neurongroup".
  virtual const std::string& owner_name() const = 0;
  /// Whose t and dt its texts mean.
  virtual const Clock& owner_clock() const = 0;

  /// The array of a stored variable; nullptr for subexpressions and unknown names.
  Array* find_array(std::string_view variable);
  const Array* find_array(std::string_view variable) const {
    return const_cast<StateOwner*>(this)->find_array(variable);
  }
  /// What stands behind a column of kernels that other objects run: a stored variable, what it is linked to,
  /// what the structure says; nullptr if there is none.
  virtual void* named_array(const std::string& name);
  /// The declaration of a variable; throws NetworkError with the nearest name if there is none.
  const Variable& declared(std::string_view variable) const;

  /// Storage position of a user-visible element number.
  virtual std::int32_t position(std::int64_t element) const { return static_cast<std::int32_t>(element); }
  /// Those of the elements [begin, end), in their order.
  virtual std::vector<std::int32_t> positions(std::int64_t begin, std::int64_t end) const;
  /// Changes whenever positions do: a selection made before is then stale.
  virtual std::int64_t structure() const { return 0; }
  /// True if `position` is the identity.
  virtual bool stored_in_order() const { return true; }
  /// Stores what was stored in another order for the sake of a run as if that had never been. Whatever
  /// depends on positions, and not on numbers, asks for it.
  virtual void settle() {}
  /// Somebody relies on positions from now on: they stay.
  virtual void pin() {}

  /// Variables that the owner keeps in a form of its own, at storage positions, in SI base units.
  virtual bool keeps(std::string_view) const { return false; }
  virtual std::vector<double> kept(std::string_view, std::span<const std::int32_t>) const { return {}; }
  /// Throws NetworkError, having changed nothing.
  virtual void keep(std::string_view, std::span<const std::int32_t>, std::span<const double>) {}
  /// The values of an expression that could be assigned to such a variable.
  std::vector<double> evaluate(const std::string& variable, std::string_view expression,
                               std::vector<std::int32_t> positions, std::int64_t begin, std::int64_t end);

  /// The kernel that writes the value of an expression for the elements of a list to the column "_result".
  virtual Kernel lower_probe(const SourcePtr& expression, const Namespace& names,
                             std::vector<Diagnostic>& warnings) = 0;

  /// The values of some variables, or of all that are stored. Subexpressions are evaluated now. Throws
  /// NetworkError.
  States get_states(const std::vector<std::string>& variables = {});
  /// Gives variables the values of `states`, whatever protects them from code. Throws NetworkError, having
  /// changed nothing, for what does not fit in name, number or type, and for what cannot be assigned.
  void set_states(const States& states);

  /// Goes on with the values of another owner: every stored variable that both have, of the same unit, type
  /// and number of elements, becomes what it is there, whatever protects it from code.
  void take_states(const StateOwner& before);

  // One-shot kernels over given storage positions; i and N are relative to [begin, end).
  /// Nothing is changed before the expression has its value for every element.
  void assign(const std::string& variable, AssignOp op, std::string_view expression,
              std::vector<std::int32_t> positions, std::int64_t begin, std::int64_t end);
  /// Ascending places in `positions` of the elements where a condition holds.
  std::vector<std::int64_t> select(std::string_view condition, const std::vector<std::int32_t>& positions,
                                   std::int64_t begin, std::int64_t end);
  /// User-visible numbers, from 0 in [begin, end), of the elements where a condition holds.
  std::vector<std::int64_t> indices(std::string_view condition, std::int64_t begin, std::int64_t end);
  std::vector<double> probe(std::string_view expression, std::vector<std::int32_t> positions,
                            std::int64_t begin, std::int64_t end);

 protected:
  virtual Kernel lower_assignment(const std::string& variable, AssignOp op, const SourcePtr& value,
                                  const Namespace& names, std::vector<Diagnostic>& warnings) = 0;
  virtual Kernel lower_selection(const SourcePtr& condition, const Namespace& names,
                                 std::vector<Diagnostic>& warnings) = 0;
  virtual Network& network_of() = 0;
  /// What `f` gives; arrays that it needed and that nothing else does are gone afterwards.
  virtual std::int64_t with_arrays_of_its_own(const std::function<std::int64_t()>& f) { return f(); }
  virtual Namespace all_names() const = 0;

  /// Links a variable of `own`, the declarations of this owner. Throws NetworkError; then nothing has
  /// changed.
  void link_variable(std::vector<Variable>& own, std::string_view name, const VariableView& source,
                     const LinkOptions& options, bool for_synapses);
  /// Throws NetworkError for an element ("neuron") that an adaptive method could not integrate within its
  /// tolerance.
  void check_integration(const Clock& clock, const std::string& method, const char* element) const;
  /// Throws NetworkError if an index variable holds a number that no element has.
  void check_link_indices();

  /// The declaration of a special name: a whole number for each element, or one for all.
  static Variable special_variable(const char* name, bool shared);

  /// The arrays, of `count` elements each unless shared, and how many texts were evaluated on the spot.
  void archive_state(Archive& archive, std::int64_t count);
  /// Allocates a zeroed array for every stored variable.
  void allocate(std::int64_t count);
  void* array_address(const std::string& variable);

  std::map<std::string, Array, std::less<>> arrays_;
  Array* result_ = nullptr;  // target of a probe while it runs
  Array* staged_ = nullptr;  // stands for the array of an assigned variable while the values are computed
  std::string staged_for_;

 private:
  /// The array that "group.variable" names.
  void* linked_array(const std::string& path);
  class Staging;
  std::int64_t run_once(Kernel kernel, std::string_view block, std::vector<std::int32_t>& list,
                        std::int64_t count, std::int64_t begin, std::int64_t end);

  std::int64_t evaluations_ = 0;  // numbers the random streams of texts evaluated on the spot
};

}  // namespace ranvier
