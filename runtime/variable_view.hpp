#pragma once
#include <concepts>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/ast.hpp>

namespace ranvier {

class StateOwner;

template <class T>
struct IsQuantity : std::false_type {};
template <int... A>
struct IsQuantity<Quantity<A...>> : std::true_type {};

class VariableView;
class ElementView;

template <class T>
inline constexpr bool IsText = std::convertible_to<T, std::string_view>;
template <class T>
inline constexpr bool IsView = std::same_as<T, VariableView> || std::same_as<T, ElementView>;
/// A range of quantities, or of numbers.
template <class T>
concept QuantityRange =
    std::ranges::input_range<T> && !IsText<T> &&
    (IsQuantity<std::ranges::range_value_t<T>>::value || std::is_arithmetic_v<std::ranges::range_value_t<T>>);
/// What a variable can be assigned.
template <class T>
concept Assignable = IsText<T> || IsView<T> || QuantityRange<T> || std::convertible_to<T, AnyQuantity>;

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
  /// The value of a view of one element, or of a shared variable, in SI base units.
  double value() const;

  /// One element: reads as a number in SI base units, and can be assigned. Elements are counted within this
  /// view. Throws NetworkError for an element that does not exist, and for shared variables, which have none.
  ElementView operator[](std::int64_t element) const;
  /// Some elements: `group["v"][{1, 4}] = 5*mV`. Each at most once.
  VariableView operator[](const std::vector<std::int64_t>& elements) const;
  template <std::ranges::input_range Range>
    requires(std::integral<std::ranges::range_value_t<Range>> &&
             !std::same_as<std::ranges::range_value_t<Range>, bool>)
  VariableView operator[](const Range& elements) const {
    return (*this)[std::vector<std::int64_t>(std::ranges::begin(elements), std::ranges::end(elements))];
  }
  /// Elements [begin, end).
  VariableView slice(std::int64_t begin, std::int64_t end) const;
  /// Only the elements where a boolean expression holds: `group["v"].where("i < 10") = 0*mV`.
  VariableView where(std::string_view condition) const;

  /// What is assigned is a quantity or number (the same for all elements), a range of them or another
  /// variable (one for each), or a text in the language, such as "Vr + rand()*(Vt - Vr)". `+=` and `-=` take
  /// what `=` takes, `*=` and `/=` numbers without unit. Zero is zero in every unit. Everything is computed
  /// before anything is changed. Throws NetworkError for values that do not fit in unit, number or type and
  /// for variables that cannot be assigned, ModelError for texts.
  template <Assignable Value>
  const VariableView& operator=(const Value& value) const {
    return update(AssignOp::set, value);
  }
  const VariableView& operator=(const VariableView& other) const { return update(AssignOp::set, other); }
  template <Assignable Value>
  const VariableView& operator+=(const Value& value) const {
    return update(AssignOp::add, value);
  }
  template <Assignable Value>
  const VariableView& operator-=(const Value& value) const {
    return update(AssignOp::subtract, value);
  }
  template <Assignable Value>
  const VariableView& operator*=(const Value& value) const {
    return update(AssignOp::multiply, value);
  }
  template <Assignable Value>
  const VariableView& operator/=(const Value& value) const {
    return update(AssignOp::divide, value);
  }

  /// One value per element, in SI base units of the given dimension.
  void set_si(std::span<const double> values, const Dimension& dimension) const;

 private:
  friend class ElementView;
  template <class Value>
  const VariableView& update(AssignOp op, const Value& value) const {
    if constexpr (IsText<Value>) {
      update_text(op, value);
    } else if constexpr (IsView<Value>) {
      const VariableView& other = value;
      update_values(op, other.to_vector(), other.dimension());
    } else if constexpr (QuantityRange<Value>) {
      std::vector<double> si;
      AnyQuantity sample = 1.0;
      for (const auto& entry : value) {
        sample = AnyQuantity(entry);
        si.push_back(sample.value);
      }
      update_values(op, si, si.empty() ? dimension() : sample.dimension);
    } else {
      const AnyQuantity quantity = value;
      const std::vector<double> same(static_cast<std::size_t>(size()), quantity.value);
      update_values(op, same, quantity.dimension);
    }
    return *this;
  }
  void update_text(AssignOp op, std::string_view expression) const;
  void update_values(AssignOp op, std::span<const double> values, const Dimension& dimension) const;
  VariableView selecting(std::vector<std::int64_t> numbers) const;
  void settle() const;
  void require_elements() const;
  void require_current() const;
  void require_dimension(const Dimension& dimension) const;
  void require_operand(AssignOp op, std::span<const double> values, const Dimension& given) const;
  void require_writable() const;
  void require_storable(double value) const;
  Type declared_type() const;
  std::vector<std::int32_t> elements() const;       // storage positions
  std::int64_t number(std::int64_t element) const;  // of one of them, within the owner

  StateOwner* owner_;
  std::string variable_;
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
  bool shared_ = false;
  std::int64_t structure_ = 0;           // of the owner when this view was made
  bool selected_ = false;                // `where` was applied
  std::vector<std::int64_t> selection_;  // numbers within the owner, if so
};

/// One element of a variable. It is the number that the element had when it was named, and assigning changes
/// the element: `double v = group["v"][3]`, `group["v"][3] = 5*mV`.
class ElementView {
 public:
  explicit ElementView(VariableView element) : element_(std::move(element)), value_(element_.value()) {}
  ElementView(const ElementView&) = default;

  /// In SI base units.
  operator double() const { return value_; }
  /// In a unit: `group["v"][3].in(mV)`.
  template <int... A>
  double in(Quantity<A...> unit) const {
    return element_.in(unit).front();
  }
  operator const VariableView&() const { return element_; }

  ElementView& operator=(const ElementView& other) { return update(AssignOp::set, other); }
  template <Assignable Value>
  ElementView& operator=(const Value& value) {
    return update(AssignOp::set, value);
  }
  template <Assignable Value>
  ElementView& operator+=(const Value& value) {
    return update(AssignOp::add, value);
  }
  template <Assignable Value>
  ElementView& operator-=(const Value& value) {
    return update(AssignOp::subtract, value);
  }
  template <Assignable Value>
  ElementView& operator*=(const Value& value) {
    return update(AssignOp::multiply, value);
  }
  template <Assignable Value>
  ElementView& operator/=(const Value& value) {
    return update(AssignOp::divide, value);
  }

 private:
  template <class Value>
  ElementView& update(AssignOp op, const Value& value) {
    element_.update(op, value);
    value_ = element_.value();
    return *this;
  }

  VariableView element_;
  double value_;
};

}  // namespace ranvier
