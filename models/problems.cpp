#include <ranvier/models/problems.hpp>

namespace ranvier {
namespace {

std::string joined(const std::string& call, const std::vector<std::string>& problems) {
  if (problems.size() == 1) return call + ": " + problems.front();
  std::string text = call + ": " + std::to_string(problems.size()) + " problems";
  for (const std::string& problem : problems) text += "\n  - " + problem;
  return text;
}

}  // namespace

ModelBuilderError::ModelBuilderError(const std::string& call, std::vector<std::string> problems)
    : Error(joined(call, problems)), problems_(std::move(problems)) {}

void Problems::raise_if_any() const {
  if (!list_.empty()) throw ModelBuilderError(call_, list_);
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ", \"") + name + "\"";
  return text;
}

std::string unknown_name_text(const std::string& what, const std::string& name,
                              const std::vector<std::string>& known) {
  std::string text = "no " + what + " is called \"" + name + "\"";
  const std::string nearest = nearest_name(name, known);
  if (!nearest.empty()) text += "; did you mean \"" + nearest + "\"?";
  return text + (nearest.empty() ? "; known: " : " Known: ") + quoted_list(known);
}

}  // namespace ranvier
