#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier {

class Equations;

/// What a name in a text of equations is replaced by: another name, or a value.
using Substitution = std::variant<std::string, AnyQuantity>;
/// All of them happen at once: `{{"v", "w"}, {"w", "v"}}` swaps two names.
using Substitutions = std::map<std::string, Substitution>;

/// The equations of an object as they are given: texts one behind the other, and what is to be replaced in
/// each. Not read yet, so that what is wrong with them is reported along with everything else that is wrong
/// with the object. Options take it; a text and `Equations` convert to it.
class EquationsText {
 public:
  struct Part {
    SourcePtr source;
    std::vector<Substitutions> substitutions;  // the first one first
  };

  EquationsText() = default;
  EquationsText(std::nullptr_t) {}
  EquationsText(const char* text) : EquationsText(std::string(text)) {}
  EquationsText(std::string_view text) : EquationsText(std::string(text)) {}
  EquationsText(std::string text);
  EquationsText(SourcePtr source);
  EquationsText(const Equations& equations);

  const std::vector<Part>& parts() const { return parts_; }
  /// True if no text was given.
  bool empty() const;
  /// The same, behind it those of `other`.
  EquationsText followed_by(const EquationsText& other) const;
  /// The same, each name replaced as said.
  EquationsText substituted(const Substitutions& substitutions) const;
  /// The same; messages call the texts that have no name yet by this one.
  EquationsText named(const std::string& name) const;

  /// Text -> equations. The places of what was replaced are those of the user's own words.
  Block parse(Diagnostics& diagnostics, const Limits& limits = {}) const;

 private:
  std::vector<Part> parts_;
};

}  // namespace ranvier
