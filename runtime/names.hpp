#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/namespace.hpp>

namespace ranvier {

/// Letters, digits and _, beginning with a letter or _.
bool is_name(const std::string& text);

/// Throws NetworkError for a name that no constant can have: what is not an identifier, and what already
/// means something in every text (a unit, a function, pi, t, i ...), since that meaning would win and the
/// value be ignored.
void check_constant(const std::string& name, const NamespaceValue& value);
void check_constants(const Namespace& names);

/// What there is to say about a pathway that synapses do not have.
std::string no_pathway(const std::string& object, std::string_view name,
                       const std::vector<std::string>& known);

/// A text under the name that messages call it by: "threshold of neurons"; nothing if it is empty.
SourcePtr text_of(const std::string& what, const std::string& object, const std::string& text);

/// Whether an expression uses what a namespace has under a name, also through the texts of functions.
bool uses_name(const Expr& expr, const std::string& name, const Namespace& names);

}  // namespace ranvier
