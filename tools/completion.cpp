#include <algorithm>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/methods.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/tools/command.hpp>
#include <ranvier/tools/completion.hpp>
#include <ranvier/tools/line_editor.hpp>

namespace ranvier::tool {
namespace {

std::vector<std::string> names_of_session(Session& session) {
  const Description& now = session.description();
  std::vector<std::string> names = now.handles();
  for (const auto& [constant, value] : now.constants) names.push_back(constant);
  for (const Step& step : now.steps) {
    if (const auto* group = std::get_if<GroupStep>(&step.what))
      for (const EquationLine& line : group->equations) names.push_back(line.name);
    if (const auto* synapses = std::get_if<SynapsesStep>(&step.what))
      for (const EquationLine& line : synapses->equations) names.push_back(line.name);
  }
  return names;
}

void add_words_of_the_language(std::vector<std::string>& names) {
  for (const Builtin& builtin : builtins()) names.emplace_back(builtin.name);
  for (const NamedConstant& constant : named_constants()) names.emplace_back(constant.name);
  for (const char* word :
       {"refractory", "unless", "constant", "shared", "volt", "amp", "siemens", "second", "Hz"})
    names.emplace_back(word);
}

}  // namespace

std::vector<std::string> completions(Session& session, std::string_view before_cursor) {
  const std::string_view word = last_word(before_cursor);
  std::string_view before = before_cursor.substr(0, before_cursor.size() - word.size());
  before.remove_prefix(std::min(before.find_first_not_of(' '), before.size()));
  const std::string_view first = before.substr(0, before.find(' '));
  std::vector<std::string> names;
  if (first == "method") {
    for (const Method& method : methods()) names.emplace_back(method.name);
  } else {
    names = names_of_session(session);
    if (before.empty() || first == "help")
      for (const Command& command : commands()) names.emplace_back(command.name);
    if (!before.empty()) add_words_of_the_language(names);
    if (!before.empty() && !word.empty()) names.insert(names.end(), unit_names().begin(), unit_names().end());
  }
  std::erase_if(names, [&](const std::string& name) { return name.empty() || !name.starts_with(word); });
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  return names;
}

}  // namespace ranvier::tool
