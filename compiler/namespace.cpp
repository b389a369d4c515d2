#include <ranvier/compiler/namespace.hpp>

namespace ranvier {

bool same_signature(const NamespaceValue& a, const NamespaceValue& b) {
  if (a.function() && b.function()) return same_signature(*a.function(), *b.function());
  if (a.timed_array() && b.timed_array()) return same_signature(*a.timed_array(), *b.timed_array());
  const AnyQuantity *x = a.quantity(), *y = b.quantity();
  return x && y && x->dimension == y->dimension && x->kind == y->kind;
}

std::string to_string(const NamespaceValue& value) {
  if (value.function()) return "a function";
  return value.timed_array() ? "a timed array" : to_string(*value.quantity());
}

}  // namespace ranvier
