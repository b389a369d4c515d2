#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/print.hpp>
#include <ranvier/runtime/state_owner.hpp>

namespace ranvier {
namespace {

double combined(AssignOp op, double old, double value) {
  if (op == AssignOp::add) return old + value;
  if (op == AssignOp::subtract) return old - value;
  return op == AssignOp::multiply ? old * value : old / value;
}

}  // namespace

VariableView::VariableView(StateOwner& owner, std::string variable, std::int64_t begin, std::int64_t end)
    : owner_(&owner), variable_(std::move(variable)), begin_(begin), end_(end) {
  shared_ = owner.declared(variable_).shared;
  structure_ = owner.structure();
}

std::int64_t VariableView::size() const {
  if (selected_) return std::ssize(selection_);
  return shared_ ? 1 : end_ - begin_;
}

Dimension VariableView::dimension() const {
  return owner_->declared(variable_).dimension;
}
std::string VariableView::unit() const {
  return to_string(dimension());
}

void VariableView::require_current() const {
  if (structure_ != owner_->structure())
    throw NetworkError(fmt::format("this view of {}.{} is from before a connect or a removal; take a new one",
                                   owner_->owner_name(), variable_));
}

std::vector<std::int32_t> VariableView::elements() const {
  require_current();
  if (!selected_) return shared_ ? std::vector<std::int32_t>{0} : owner_->positions(begin_, end_);
  std::vector<std::int32_t> positions;
  for (const std::int64_t number : selection_) positions.push_back(owner_->position(number));
  return positions;
}

std::int64_t VariableView::number(std::int64_t element) const {
  return selected_ ? selection_[static_cast<std::size_t>(element)] : begin_ + element;
}

/// Texts draw by position, and delays may be where they are to be looked for.
void VariableView::settle() const {
  require_current();
  owner_->settle();
}

void VariableView::require_dimension(const Dimension& given) const {
  if (given == dimension()) return;
  const auto in_words = [](const Dimension& d) {
    return d.dimensionless() ? std::string("a number without unit") : "in " + to_string(d);
  };
  throw NetworkError(fmt::format("{}.{} is {}, but the value is {}; give it a unit, as in `5*mV`",
                                 owner_->owner_name(), variable_, in_words(dimension()), in_words(given)));
}

void VariableView::require_writable() const {
  if (owner_->keeps(variable_)) return;
  const Variable& v = owner_->declared(variable_);
  if (v.linked)
    throw NetworkError(fmt::format("{}.{} is a linked variable; assign the variable that it is linked to",
                                   owner_->owner_name(), variable_));
  if (v.kind == EquationKind::subexpression && v.automatic)
    throw NetworkError(fmt::format("{}.{} follows from the structure and cannot be assigned",
                                   owner_->owner_name(), variable_));
  if (v.kind == EquationKind::subexpression)
    throw NetworkError(
        fmt::format("{}.{} is a subexpression and follows from its definition; it cannot be assigned",
                    owner_->owner_name(), variable_));
  if (v.name == "not_refractory")
    throw NetworkError(
        fmt::format("{}.not_refractory is computed at every step; assign lastspike to start or end a "
                    "refractory period",
                    owner_->owner_name()));
}

void VariableView::require_storable(double value) const {
  const Type type = declared_type();
  const bool single = storage_of(owner_->declared(variable_)) == Storage::f32;
  if (single && std::isfinite(value) && std::isinf(static_cast<float>(value)))
    throw NetworkError(fmt::format("{}.{} is kept in float32, which {} is too large for",
                                   owner_->owner_name(), variable_, value));
  if (type == Type::real) return;
  constexpr double limit = 2147483647;
  const bool fits = type == Type::boolean ? value == 0 || value == 1
                                          : value == std::trunc(value) && std::abs(value) <= limit;
  if (fits) return;
  throw NetworkError(fmt::format("{}.{} is {} variable; {} cannot be stored in it", owner_->owner_name(),
                                 variable_, type == Type::boolean ? "a boolean" : "an integer", value));
}

Type VariableView::declared_type() const {
  return owner_->declared(variable_).type;
}

std::span<double> VariableView::values() const {
  const Variable& v = owner_->declared(variable_);
  const std::string name = owner_->owner_name() + "." + variable_;
  if (!is_stored(v))
    throw NetworkError(name + " is computed and has no storage; use to_vector() to evaluate it");
  if (v.type != Type::real) throw NetworkError(name + " is not a float variable; use to_vector()");
  if (storage_of(v) != Storage::f64)
    throw NetworkError(name + " is kept in float32; use to_vector(), or .dtype = Dtype::float64");
  if (selected_) throw NetworkError(name + ": a selection is not contiguous; use to_vector()");
  owner_->settle();
  if (!owner_->stored_in_order() && !shared_)
    throw NetworkError(name + " is not stored in the order of creation; use to_vector()");
  owner_->pin();
  const std::span<double> all = owner_->find_array(variable_)->as<double>();
  if (shared_) return all;
  return all.subspan(static_cast<std::size_t>(begin_), static_cast<std::size_t>(end_ - begin_));
}

std::vector<double> VariableView::to_vector() const {
  if (owner_->keeps(variable_) || !is_stored(owner_->declared(variable_))) settle();
  if (owner_->keeps(variable_)) return owner_->kept(variable_, elements());
  if (!is_stored(owner_->declared(variable_))) return owner_->probe(variable_, elements(), begin_, end_);
  const Array& array = *owner_->find_array(variable_);
  std::vector<double> copy;
  for (const std::int32_t p : elements()) copy.push_back(array.get(p));
  return copy;
}

double VariableView::value() const {
  if (size() != 1)
    throw NetworkError(fmt::format("{}.{} has {} elements, not one value; use to_vector()",
                                   owner_->owner_name(), variable_, size()));
  return to_vector().front();
}

void VariableView::require_elements() const {
  if (!shared_) return;
  throw NetworkError(fmt::format(
      "{0}.{1} is shared: it has one value, and no elements to choose from; read it by value() and "
      "assign it as a whole, {0}[\"{1}\"] = ...",
      owner_->owner_name(), variable_));
}

VariableView VariableView::selecting(std::vector<std::int64_t> numbers) const {
  VariableView part(*this);
  part.selection_ = std::move(numbers);
  part.selected_ = true;
  return part;
}

ElementView VariableView::operator[](std::int64_t element) const {
  return ElementView((*this)[std::vector<std::int64_t>{element}]);
}

VariableView VariableView::operator[](const std::vector<std::int64_t>& elements) const {
  require_elements();
  require_current();
  for (const std::int64_t element : elements)
    if (element < 0 || element >= size())
      throw NetworkError(fmt::format("{}.{}[{}]: it has {} elements, and the numbers begin with 0",
                                     owner_->owner_name(), variable_, element, size()));
  std::vector<std::int64_t> numbers;
  for (const std::int64_t element : elements) numbers.push_back(number(element));
  std::vector<std::int64_t> sorted = numbers;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end())
    throw NetworkError(fmt::format("{}.{}: an element is named twice", owner_->owner_name(), variable_));
  return selecting(std::move(numbers));
}

VariableView VariableView::slice(std::int64_t begin, std::int64_t end) const {
  require_elements();
  if (begin < 0 || end > size() || begin > end)
    throw NetworkError(fmt::format("{}.{}: [{}, {}) is no part of its {} elements", owner_->owner_name(),
                                   variable_, begin, end, size()));
  require_current();
  std::vector<std::int64_t> numbers;
  for (std::int64_t k = begin; k < end; ++k) numbers.push_back(number(k));
  return selecting(std::move(numbers));
}

VariableView VariableView::where(std::string_view condition) const {
  require_elements();
  settle();
  std::vector<std::int64_t> numbers;
  for (const std::int64_t k : owner_->select(condition, elements(), begin_, end_))
    numbers.push_back(number(k));
  return selecting(std::move(numbers));
}

void VariableView::update_text(AssignOp op, std::string_view expression) const {
  require_writable();
  settle();
  if (!owner_->keeps(variable_)) return owner_->assign(variable_, op, expression, elements(), begin_, end_);
  const bool factor = op == AssignOp::multiply || op == AssignOp::divide;
  if (factor)
    throw NetworkError(
        fmt::format("{}.{}: a text is assigned by =, += or -=", owner_->owner_name(), variable_));
  update_values(op, owner_->evaluate(variable_, expression, elements(), begin_, end_), dimension());
}

void VariableView::require_operand(AssignOp op, std::span<const double> values,
                                   const Dimension& given) const {
  if (declared_type() == Type::boolean && op != AssignOp::set)
    throw NetworkError(fmt::format("{}.{} is a boolean variable; it can only be assigned as a whole, by =",
                                   owner_->owner_name(), variable_));
  if (op == AssignOp::multiply || op == AssignOp::divide) {
    if (given.dimensionless()) return;
    throw NetworkError(fmt::format("{}.{} {} a value in {}: this would change its unit; use a plain number",
                                   owner_->owner_name(), variable_, spelling(op), to_string(given)));
  }
  const bool zero = std::ranges::all_of(values, [](double value) { return value == 0; });
  if (!zero || !given.dimensionless()) require_dimension(given);  // zero is zero in every unit
}

void VariableView::update_values(AssignOp op, std::span<const double> values, const Dimension& given) const {
  require_writable();
  require_operand(op, values, given);
  if (owner_->keeps(variable_)) settle();
  const std::vector<std::int32_t> positions = elements();
  if (positions.size() != values.size())
    throw NetworkError(
        fmt::format("{}.{}: {} values for {} elements; give one for each, or a single one for all",
                    owner_->owner_name(), variable_, values.size(), positions.size()));
  std::vector<double> results(values.begin(), values.end());
  if (op != AssignOp::set) {
    const std::vector<double> old = to_vector();
    for (std::size_t k = 0; k < results.size(); ++k) results[k] = combined(op, old[k], values[k]);
  }
  for (const double result : results) require_storable(result);
  if (owner_->keeps(variable_)) return owner_->keep(variable_, positions, results);
  Array& array = *owner_->find_array(variable_);
  for (std::size_t k = 0; k < positions.size(); ++k) array.set(positions[k], results[k]);
}

void VariableView::set_si(std::span<const double> values, const Dimension& given) const {
  update_values(AssignOp::set, values, given);
}

}  // namespace ranvier
