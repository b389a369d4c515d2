#include <ranvier/models/model_text.hpp>

namespace ranvier {

std::string section(const std::string& title, const std::string& lines) {
  return lines.empty() ? "" : "\n" + title + "\n" + lines;
}

std::string lines(const Namespace& values) {
  std::string text;
  for (const auto& [name, value] : values) text += name + " = " + to_string(value) + "\n";
  return text;
}

std::string lines(const std::vector<Parameter>& missing, const Namespace& values) {
  std::string text;
  for (const Parameter& parameter : missing)
    if (!values.contains(parameter.name))
      text += parameter.name + " : " + to_string(parameter.dimension) + "\n";
  return text;
}

std::string lines(const std::vector<MechanismEvent>& events) {
  std::string text;
  for (const MechanismEvent& event : events)
    text += event.name + ": " + event.condition + "\n    then " + event.action + "\n";
  return text;
}

}  // namespace ranvier
