#include <ranvier/compiler/passes/identifiers.hpp>

#include <algorithm>
#include <cctype>
#include <iterator>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/tokens.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

constexpr std::string_view words[] = {"and", "or", "not", "True", "False"};

struct Special {
  std::string_view name;
  std::string_view meaning;
};
constexpr Special specials[] = {
    {"t", "the time"},
    {"dt", "the length of a time step"},
    {"t_in_timesteps", "the number of the time step"},
    {"xi", "white noise"},
    {"i", "the number of the neuron"},
    {"N", "the number of elements"},
    {"not_refractory", "whether a neuron is outside its refractory period"},
    {"refractory", "the refractory period of the group"},
    {"refractory_until", "the end of the refractory period"},
};
constexpr Special synapse_specials[] = {
    {"j", "the number of the target neuron"},
    {"delay", "the delay of the synapse"},
    {"N_incoming", "the number of synapses onto the target neuron"},
    {"N_outgoing", "the number of synapses from the source neuron"},
    {"N_pre", "the number of source neurons"},
    {"N_post", "the number of target neurons"},
};
constexpr std::string_view attributes[] = {"name",      "clock",     "order",  "when",  "namespace",
                                           "variables", "equations", "events", "spikes"};

std::string_view meaning_in(std::span<const Special> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Special::name);
  return found == table.end() ? std::string_view() : found->meaning;
}

/// What the language means by a name, as the end of a sentence; "" if nothing.
std::string reserved_for(const std::string& name, bool for_synapses) {
  const bool word = std::ranges::find(words, name) != std::end(words) || is_foreign_keyword(name);
  if (word) return "is a word of the language";
  std::string_view meaning = meaning_in(specials, name);
  if (meaning.empty() && for_synapses) meaning = meaning_in(synapse_specials, name);
  if (!meaning.empty()) return text("is ", meaning);
  if (name.starts_with("xi_")) return "is white noise";
  if (const Builtin* builtin = find_builtin(name); builtin && !builtin->extension) return "is a function";
  const auto constants = named_constants();
  if (std::ranges::find(constants, name, &NamedConstant::name) != constants.end()) return "is a constant";
  if (find_unit(name)) {
    const std::string spoken = spoken_unit(name);
    return spoken == name ? "is a unit" : text("is a unit, the ", spoken);
  }
  if (std::ranges::find(attributes, name) != std::end(attributes)) return "is a property of the group itself";
  return {};
}

}  // namespace

bool check_spelling(const std::string& name, const Place& place, Diagnostics& diagnostics) {
  if (name.starts_with('_')) {
    diagnostics.error(bad_identifier, place, text("`", name, "` starts with an underscore"))
        .helped_by("names that start with `_` are kept for internal use");
    return false;
  }
  const auto part_of_name = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) ||
      !std::ranges::all_of(name, part_of_name)) {
    diagnostics.error(bad_identifier, place, text("`", name, "` is not a name"))
        .helped_by("a name is made of letters, digits and `_`, and begins with a letter");
    return false;
  }
  return true;
}

bool check_identifier(const std::string& name, const Place& place, bool for_synapses,
                      Diagnostics& diagnostics, bool for_a_sum) {
  if (!check_spelling(name, place, diagnostics)) return false;
  if (const std::string reserved = reserved_for(name, for_synapses); !reserved.empty()) {
    diagnostics.error(reserved_name, place, text("`", name, "` cannot be defined: it ", reserved))
        .helped_by("choose another name");
    return false;
  }
  if (for_a_sum || (!name.ends_with("_pre") && !name.ends_with("_post"))) return true;
  diagnostics.error(reserved_name, place, text("`", name, "` cannot be defined: synapses use this ending"))
      .helped_by("`x_pre` and `x_post` are the variable `x` of the source and of the target neuron");
  return false;
}

}  // namespace ranvier::pass
