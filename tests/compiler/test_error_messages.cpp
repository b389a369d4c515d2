#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/compile_connection.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/tests/support/folder.hpp>

#include "tests/support/golden.hpp"

using namespace ranvier;

namespace {

using Sections = std::map<std::string, std::string>;

/// The sections of a model file; see tests/errors/README.md.
Sections read_sections(const std::filesystem::path& path) {
  std::ifstream file(path);
  Sections sections;
  std::string* current = nullptr;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('[') && line.ends_with(']'))
      current = &sections[line.substr(1, line.size() - 2)];
    else if (current)
      *current += (current->empty() ? "" : "\n") + line;
  }
  return sections;
}

/// "20*mV" or "3"
AnyQuantity read_value(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  REQUIRE(error == std::errc());
  if (rest == end)
    return text.find('.') == std::string::npos ? AnyQuantity(static_cast<int>(number)) : AnyQuantity(number);
  REQUIRE(*rest == '*');
  const auto unit = find_unit(std::string(rest + 1, end));
  REQUIRE(unit.has_value());
  return {number * unit->scale, unit->dimension};
}

Namespace read_namespace(const std::string& text) {
  Namespace names;
  std::stringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find(" = ");
    REQUIRE(equals != std::string::npos);
    names[line.substr(0, equals)] = read_value(line.substr(equals + 3));
  }
  return names;
}

SourcePtr source_of(const Sections& sections, const std::string& section, const std::string& name) {
  const auto found = sections.find(section);
  return found == sections.end() ? nullptr : make_source(name, found->second);
}

void compile(const Sections& sections) {
  const auto text = [&](const char* section) {
    return source_of(sections, section, std::string(section) + " of 'neurons'");
  };
  const Namespace names =
      sections.contains("namespace") ? read_namespace(sections.at("namespace")) : Namespace{};
  const GroupModel group = declare_group(
      {"neurons", text("equations"), text("threshold"), text("reset"), text("refractory"), text("method")},
      names);
  compile_group(group, names);
  if (!sections.contains("synapses")) return;
  const SourcePtr equations = source_of(sections, "synapses", "equations of 'synapses'");
  const SourcePtr on_pre = source_of(sections, "on_pre", "on_pre of 'synapses'");
  const SynapsesModel synapses = declare_synapses({"synapses", equations, on_pre}, group, group, names);
  if (on_pre) compile_pathway(synapses, names);
  const auto part = [&](const std::string& section) {
    return source_of(sections, section, section + " of connect of 'synapses'");
  };
  const bool over_targets = sections.contains("i");
  const ConnectionText connection{.generator = part(over_targets ? "i" : "j"),
                                  .over_targets = over_targets,
                                  .condition = source_of(sections, "condition", "condition of 'synapses'"),
                                  .p = part("p"),
                                  .n = part("n")};
  compile_connection(synapses, connection, names);
}

/// What the user of a model reads.
std::string message_of(const std::filesystem::path& model) {
  try {
    compile(read_sections(model));
  } catch (const ModelError& error) {
    return error.what();
  }
  return "no error\n";
}

std::vector<std::filesystem::path> models() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(test_folder + "/errors"))
    if (entry.path().extension() == ".model") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::set<std::string> codes_in(const std::string& message) {
  std::set<std::string> codes;
  for (std::size_t at = message.find("[RV"); at != std::string::npos; at = message.find("[RV", at + 1))
    codes.insert(message.substr(at + 1, 6));
  return codes;
}

}  // namespace

TEST_CASE("every bad model is answered with the text beside it") {
  REQUIRE(models().size() >= 12);
  for (const auto& model : models()) {
    CAPTURE(model.filename().string());
    check_golden("../errors/" + model.stem().string() + ".txt", message_of(model));
  }
}

TEST_CASE("every answer shows the place and a way to mend it, on one screen") {
  for (const auto& model : models()) {
    CAPTURE(model.filename().string());
    const std::string message = message_of(model);
    CHECK(message.find("error[RV") != std::string::npos);
    CHECK(message.find("-->") != std::string::npos);
    CHECK((message.find("= help: ") != std::string::npos));
    const bool one_mistake = model.stem() != "several_mistakes";
    CHECK(std::count(message.begin(), message.end(), '\n') <= (one_mistake ? 24 : 80));
  }
}

TEST_CASE("the bad models cover the mistakes of every area") {
  std::set<std::string> codes;
  for (const auto& model : models()) codes.merge(codes_in(message_of(model)));
  for (const std::string code :
       {"RV0102", "RV0103", "RV0106", "RV0201", "RV0202", "RV0204", "RV0205", "RV0206",
        "RV0207", "RV0208", "RV0209", "RV0210", "RV0211", "RV0301", "RV0302", "RV0303",
        "RV0306", "RV0401", "RV0404", "RV0408", "RV0601", "RV0602", "RV0607"}) {
    CAPTURE(code);
    CHECK(codes.contains(code));
  }
}
