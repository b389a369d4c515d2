#pragma once
#include <concepts>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/compiler/types.hpp>

namespace ranvier {

class StateOwner;

template <class T>
struct IsQuantity : std::false_type {};
template <int... A>
struct IsQuantity<Quantity<A...>> : std::true_type {};

/// A variable of a group, of a slice or of synapses. Reading shows the live state; assigning changes it.
/// Elements are numbered as the user sees them: from 0 within a slice, by creation for synapses.
class VariableView {
 public:
  VariableView(StateOwner& owner, std::string variable, std::int64_t begin, std::int64_t end);
  VariableView(const VariableView&) = default;

  // Which variable this is, and which of its owner's elements.
  StateOwner& owner() const { return *owner_; }
  const std::string& variable() const { return variable_; }
  std::int64_t begin() const { return begin_; }
  std::int64_t end() const { return end_; }
  bool selected() const { return selected_; }

  std::int64_t size() const;
  Dimension dimension() const;
  /// The declared unit as text: "volt".
  std::string unit() const;

  /// The live state in SI base units. Throws NetworkError for subexpressions, for variables that are not
  /// floats, and for synapses whose numbering is not their storage order (use `to_vector`).
  std::span<double> values() const;
  /// A copy in SI base units, for every kind of variable; subexpressions are evaluated now.
  std::vector<double> to_vector() const;
  /// A copy in a unit: `group["v"].in(mV)`.
  template <int... A>
  std::vector<double> in(Quantity<A...> unit) const {
    require_dimension(Quantity<A...>::dimension());
    std::vector<double> copy = to_vector();
    for (double& x : copy) x /= unit.si();
    return copy;
  }
  /// One element in SI base units.
  double operator[](std::int64_t element) const;

  /// The same value everywhere. Throws NetworkError if the dimension differs or the variable is read-only.
  const VariableView& operator=(const AnyQuantity& value) const;
  /// A value for each element, from an expression in the language: "Vr + rand()*(Vt - Vr)". Throws
  /// ModelError. A template, so that a plain 0 is never taken for a pointer to text.
  template <std::convertible_to<std::string_view> Text>
  const VariableView& operator=(const Text& expression) const {
    return assign_expression(expression);
  }
  /// The values of another variable, element by element.
  const VariableView& operator=(const VariableView& other) const;
  /// A range of quantities or numbers, one per element.
  template <std::ranges::input_range Range>
    requires(IsQuantity<std::ranges::range_value_t<Range>>::value ||
             std::is_arithmetic_v<std::ranges::range_value_t<Range>>) &&
            (!std::convertible_to<Range, std::string_view>)
  const VariableView& operator=(const Range& range) const {
    std::vector<double> si;
    AnyQuantity sample = 1.0;
    for (const auto& value : range) {
      sample = AnyQuantity(value);
      si.push_back(sample.value);
    }
    set_si(si, si.empty() ? dimension() : sample.dimension);
    return *this;
  }

  /// Only the elements where a boolean expression holds: `group["v"].where("i < 10") = 0*mV`.
  VariableView where(std::string_view condition) const;

  /// One value per element, in SI base units of the given dimension.
  void set_si(std::span<const double> values, const Dimension& dimension) const;

 private:
  const VariableView& assign_expression(std::string_view expression) const;
  void require_dimension(const Dimension& dimension) const;
  void require_writable() const;
  void require_storable(double value) const;
  Type declared_type() const;
  std::vector<std::int32_t> elements() const;  // storage positions

  StateOwner* owner_;
  std::string variable_;
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
  bool shared_ = false;
  std::int64_t structure_ = 0;           // of the owner when this view was made
  bool selected_ = false;                // `where` was applied
  std::vector<std::int32_t> selection_;  // storage positions, if so
};

}  // namespace ranvier
