#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/names.hpp>
#include <set>
#include <string_view>

namespace ranvier {
namespace {

constexpr std::array<std::string_view, 6> special = {"t", "dt", "t_in_timesteps", "i", "N", "xi"};

/// What a name means in every text, or "".
std::string_view meaning_of(const std::string& name, const NamespaceValue& value) {
  if (find_unit(name)) return "a unit";
  // Names that Brian2 leaves free may be those of constants: a call cannot mean one.
  const Builtin* builtin = find_builtin(name);
  if (builtin && !(builtin->extension && value.quantity())) return "a function";
  if (std::ranges::find(named_constants(), std::string_view(name), &NamedConstant::name) !=
      named_constants().end())
    return "a constant of the language";
  if (std::ranges::find(special, std::string_view(name)) != special.end()) return "a special variable";
  return "";
}

bool uses(const Expr& expr, const std::string& name, const Namespace& names, std::set<std::string>& seen) {
  return tree::any(expr, [&](const Expr& e) {
    if (const auto* leaf = as<ast::Name>(e)) return leaf->id == name;
    const auto* call = as<ast::Call>(e);
    if (!call) return false;
    if (call->callee == name) return true;
    const auto found = names.find(call->callee);
    const Function* function = found == names.end() ? nullptr : found->second.function();
    return function && function->body() && seen.insert(call->callee).second &&
           uses(function->body(), name, names, seen);
  });
}

}  // namespace

bool uses_name(const Expr& expr, const std::string& name, const Namespace& names) {
  std::set<std::string> seen;
  return uses(expr, name, names, seen);
}

SourcePtr text_of(const std::string& what, const std::string& object, const std::string& text) {
  return text.empty() ? nullptr : make_source(fmt::format("{} of {}", what, object), text);
}

bool is_name(const std::string& text) {
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; };
  return !text.empty() && letter(text[0]) && std::ranges::all_of(text, [&](char c) {
    return letter(c) || std::isdigit(static_cast<unsigned char>(c));
  });
}

void check_constant(const std::string& name, const NamespaceValue& value) {
  if (!is_name(name))
    throw NetworkError(
        fmt::format("'{}' is not a name: use letters, digits and _, beginning with a letter", name));
  const std::string_view meaning = meaning_of(name, value);
  if (!meaning.empty())
    throw NetworkError(fmt::format(
        "a constant cannot be called '{}': in every text that is {}; choose another name", name, meaning));
}

void check_constants(const Namespace& names) {
  for (const auto& [name, value] : names) check_constant(name, value);
}

}  // namespace ranvier
