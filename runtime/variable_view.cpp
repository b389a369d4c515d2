#include <fmt/format.h>
#include <cmath>
#include <ranvier/compiler/units.hpp>
#include <ranvier/runtime/state_owner.hpp>

namespace ranvier {

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

std::vector<std::int32_t> VariableView::elements() const {
  if (structure_ != owner_->structure())
    throw NetworkError(fmt::format("this view of {}.{} is from before a connect; take a new one",
                                   owner_->owner_name(), variable_));
  if (selected_) return selection_;
  if (shared_) return {0};
  std::vector<std::int32_t> positions;
  positions.reserve(static_cast<std::size_t>(end_ - begin_));
  for (std::int64_t k = begin_; k < end_; ++k) positions.push_back(owner_->position(k));
  return positions;
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
  if (selected_) throw NetworkError(name + ": a selection is not contiguous; use to_vector()");
  if (!owner_->stored_in_order() && !shared_)
    throw NetworkError(name + " is not stored in the order of creation; use to_vector()");
  const std::span<double> all = owner_->find_array(variable_)->as<double>();
  if (shared_) return all;
  return all.subspan(static_cast<std::size_t>(begin_), static_cast<std::size_t>(end_ - begin_));
}

std::vector<double> VariableView::to_vector() const {
  if (!is_stored(owner_->declared(variable_))) return owner_->probe(variable_, elements(), begin_, end_);
  const Array& array = *owner_->find_array(variable_);
  std::vector<double> copy;
  for (const std::int32_t p : elements()) copy.push_back(array.get(p));
  return copy;
}

double VariableView::operator[](std::int64_t element) const {
  if (element < 0 || element >= size())
    throw NetworkError(
        fmt::format("{}.{}[{}]: it has {} elements", owner_->owner_name(), variable_, element, size()));
  if (!is_stored(owner_->declared(variable_)) || selected_)
    return to_vector().at(static_cast<std::size_t>(element));
  return owner_->find_array(variable_)->get(shared_ ? 0 : owner_->position(begin_ + element));
}

const VariableView& VariableView::operator=(const AnyQuantity& value) const {
  require_writable();
  const bool plain_zero = value.value == 0 && value.dimension.dimensionless();  // zero is zero in every unit
  if (!plain_zero) require_dimension(value.dimension);
  require_storable(value.value);
  Array& array = *owner_->find_array(variable_);
  for (const std::int32_t p : elements()) array.set(p, value.value);
  return *this;
}

const VariableView& VariableView::assign_expression(std::string_view expression) const {
  require_writable();
  owner_->assign(variable_, expression, elements(), begin_, end_);
  return *this;
}

const VariableView& VariableView::operator=(const VariableView& other) const {
  set_si(other.to_vector(), other.dimension());
  return *this;
}

void VariableView::set_si(std::span<const double> values, const Dimension& given) const {
  require_writable();
  require_dimension(given);
  const std::vector<std::int32_t> positions = elements();
  if (positions.size() != values.size())
    throw NetworkError(fmt::format("{}.{}: {} values for {} elements", owner_->owner_name(), variable_,
                                   values.size(), positions.size()));
  for (const double value : values) require_storable(value);
  Array& array = *owner_->find_array(variable_);
  for (std::size_t k = 0; k < values.size(); ++k) array.set(positions[k], values[k]);
}

VariableView VariableView::where(std::string_view condition) const {
  if (shared_)
    throw NetworkError(
        fmt::format("{}.{} is shared: it has one value, and where() cannot choose among elements",
                    owner_->owner_name(), variable_));
  VariableView part(*this);
  part.selection_ = owner_->select(condition, elements(), begin_, end_);
  part.selected_ = true;
  return part;
}

}  // namespace ranvier
