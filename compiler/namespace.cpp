#include <ranvier/compiler/namespace.hpp>

namespace ranvier {

bool same_signature(const NamespaceValue& a, const NamespaceValue& b) {
  const AnyQuantity *x = a.quantity(), *y = b.quantity();
  return x && y && x->dimension == y->dimension && x->kind == y->kind;
}

std::string to_string(const NamespaceValue& value) {
  return to_string(*value.quantity());
}

}  // namespace ranvier
