#include <ranvier/tests/support/model_file.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/compile_connection.hpp>
#include <ranvier/compiler/compile_operation.hpp>
#include <ranvier/compiler/compile_synapses.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/apply_fixes.hpp>
#include <ranvier/tests/support/folder.hpp>

namespace ranvier::test {
namespace {

/// `[set synapses w]`; a text may start with a bracket too: `[k for k in range(10)]`.
bool is_header(const std::string& line) {
  const auto in_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == ' ';
  };
  return line.size() > 2 && line.front() == '[' && line.back() == ']' &&
         std::all_of(line.begin() + 1, line.end() - 1, in_name);
}

ModelFile read(const std::filesystem::path& path) {
  std::ifstream file(path);
  ModelFile model{path.stem().string(), {}, {}};
  std::string* text = &model.remark;
  for (std::string line; std::getline(file, line);) {
    if (is_header(line))
      text = &model.sections.emplace_back(line.substr(1, line.size() - 2), "").text;
    else
      *text += (text->empty() ? "" : "\n") + line;
  }
  return model;
}

[[noreturn]] void unreadable(const ModelFile& model, const std::string& text) {
  throw std::runtime_error(model.name + ".model: cannot read '" + text + "'");
}

/// "20*mV", "3" or "True"
AnyQuantity read_value(const ModelFile& model, const std::string& text) {
  if (text == "True" || text == "False") return text == "True";
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) unreadable(model, text);
  const bool whole = text.find_first_of(".e") == std::string::npos;
  if (rest == end) return whole ? AnyQuantity(static_cast<int>(number)) : AnyQuantity(number);
  const auto unit = find_unit(std::string(rest + 1, end));
  if (*rest != '*' || !unit) unreadable(model, text);
  return {number * unit->scale, unit->dimension};
}

/// "x", "v: volt" or "v: any"
Argument read_argument(const ModelFile& model, const std::string& text) {
  const auto colon = text.find(": ");
  if (colon == std::string::npos) return {text};
  const std::string unit = text.substr(colon + 2);
  if (unit == "any") return {text.substr(0, colon), FunctionUnit::any()};
  return {text.substr(0, colon), FunctionUnit(read_value(model, "1*" + unit).dimension)};
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(", ", begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  return parts;
}

/// `f(v: volt, n)` and the text of a function, or a name and a value: "3*mV", or "1*nA, 0*nA every 10*ms".
std::pair<std::string, NamespaceValue> read_name(const ModelFile& model, const std::string& key,
                                                 const std::string& value) {
  const auto open = key.find('(');
  if (open != std::string::npos) {
    std::vector<Argument> arguments;
    for (const std::string& argument : split(key.substr(open + 1, key.size() - open - 2)))
      arguments.push_back(read_argument(model, argument));
    return {key.substr(0, open), Function::text(value, std::move(arguments))};
  }
  const auto every = value.find(" every ");
  if (every == std::string::npos) return {key, read_value(model, value)};
  std::vector<AnyQuantity> values;
  for (const std::string& part : split(value.substr(0, every))) values.push_back(read_value(model, part));
  return {key, TimedArray(values, Time(read_value(model, value.substr(every + 7)).value))};
}

struct LimitRow {
  const char* name;
  std::size_t Limits::* member;
};
constexpr LimitRow limits_by_name[] = {{"identifiers", &Limits::identifiers},
                                       {"operations", &Limits::operations},
                                       {"total_operations", &Limits::total_operations}};

std::vector<ModelFile> models_in(const std::string& folder, bool for_networks) {
  std::vector<ModelFile> models;
  for (const auto& entry : std::filesystem::directory_iterator(test_folder + "/" + folder)) {
    if (entry.path().extension() != ".model") continue;
    ModelFile model = read(entry.path());
    if ((model.find("network") != nullptr) == for_networks) models.push_back(std::move(model));
  }
  std::ranges::sort(models, {}, &ModelFile::name);
  return models;
}

constexpr const char* sections_of_synapses[] = {"synapses", "on_pre", "on_post", "condition",
                                                "j",        "i",      "p",       "n"};

/// Compiles the objects of a model one after the other; what they say goes into the verdict.
class Compilation {
 public:
  explicit Compilation(const ModelFile& model) : model_(model), names_(namespace_of(model)) {}

  Verdict run() {
    try {
      compile_objects();
    } catch (const ModelError& error) {
      verdict_.diagnostics = error.diagnostics();
    }
    return std::move(verdict_);
  }

 private:
  SourcePtr text(const std::string& section, const std::string& object, std::string kind = {}) {
    const std::string* found = model_.find(section);
    if (!found) return nullptr;
    if (kind.empty()) kind = section;
    const SourcePtr source = make_source(kind + " of '" + object + "'", *found);
    verdict_.texts.emplace_back(source, section);
    return source;
  }

  GroupText group_text(const std::string& prefix, const std::string& name) {
    const auto part = [&](const std::string& kind) { return text(prefix + kind, name, kind); };
    return {name,           part("equations"), part("threshold"),   part("reset"), part("refractory"),
            part("method"), limits_of(model_), events(prefix, name)};
  }

  /// `[event boost]`: a condition.
  std::vector<EventText> events(const std::string& prefix, const std::string& object) {
    std::vector<EventText> texts;
    for (const Section& section : model_.sections) {
      if (!section.name.starts_with(prefix + "event ")) continue;
      const std::string event = section.name.substr(prefix.size() + 6);
      texts.push_back({make_source("name of an event of '" + object + "'", event),
                       text(section.name, object, "event '" + event + "'")});
    }
    return texts;
  }

  /// `[run_on_event boost]`: its code.
  void add_code(GroupModel& group, const std::string& prefix) {
    for (Event& event : group.events) {
      const std::string section = prefix + "run_on_event " + event.name;
      if (const SourcePtr code = text(section, group.name, "code on '" + event.name + "'"))
        event.code = declare_operation(group, code, names_, nullptr, false);
    }
  }

  GroupModel group(const std::string& prefix, const std::string& name) {
    GroupModel group = declare_group(group_text(prefix, name), names_);
    add_code(group, prefix);
    warn(compile_group(group, names_).warnings);
    return group;
  }

  void compile_objects() {
    const GroupModel neurons = group("", "neurons");
    set("set ", "neurons", neurons);
    select("select", "neurons", neurons);
    const auto given = [&](const char* section) { return model_.find(section) != nullptr; };
    if (std::ranges::none_of(sections_of_synapses, given)) return;
    const bool apart = model_.find("source equations") || model_.find("source threshold");
    compile_synapses(apart ? group("source ", "input") : neurons, neurons);
  }

  void compile_synapses(const GroupModel& source, const GroupModel& target) {
    const SourcePtr equations = text("synapses", "synapses", "equations");
    const SourcePtr on_pre = text("on_pre", "synapses"), on_post = text("on_post", "synapses");
    const SynapsesModel synapses = declare_synapses(
        {"synapses", equations, {{"pre", on_pre}, {"post", on_post, true}}}, source, target, names_);
    warn(ranvier::compile_synapses(synapses, names_).warnings);
    connect(synapses);
    set("set synapses ", "synapses", synapses);
    select("select synapses", "synapses", synapses);
  }

  /// One connect call, with whatever is given of its texts.
  void connect(const SynapsesModel& synapses) {
    ConnectionText connection{.generator = text("j", "synapses", "j of connect"),
                              .condition = text("condition", "synapses"),
                              .p = text("p", "synapses", "p of connect"),
                              .n = text("n", "synapses", "n of connect")};
    if (const SourcePtr sources = text("i", "synapses", "i of connect")) {
      connection.generator = sources;
      connection.over_targets = true;
    }
    if (connection.generator || connection.condition || connection.p || connection.n)
      compile_connection(synapses, connection, names_);
  }

  /// `[set x]`: a value for the variable x of an object.
  template <class Model>
  void set(const std::string& prefix, const std::string& object, const Model& owner) {
    for (const Section& section : model_.sections) {
      if (!section.name.starts_with(prefix)) continue;
      const std::string variable = section.name.substr(prefix.size());
      if (variable.find(' ') != std::string::npos) continue;  // of another object
      compile_assignment(owner, variable, text(section.name, object, "value of '" + variable + "'"), names_);
    }
  }

  template <class Model>
  void select(const std::string& section, const std::string& object, const Model& owner) {
    if (const SourcePtr condition = text(section, object, "selection"))
      compile_selection(owner, condition, names_);
  }

  /// Each once: what there is to say of equations of synapses is said wherever they are read.
  void warn(const std::vector<Diagnostic>& warnings) {
    for (const Diagnostic& warning : warnings) {
      const auto same = [said = render(warning)](const Diagnostic& other) { return render(other) == said; };
      if (std::ranges::none_of(verdict_.diagnostics, same)) verdict_.diagnostics.push_back(warning);
    }
  }

  const ModelFile& model_;
  const Namespace names_;
  Verdict verdict_;
};

}  // namespace

const std::string* ModelFile::find(const std::string& section) const {
  const auto found = std::ranges::find(sections, section, &Section::name);
  return found == sections.end() ? nullptr : &found->text;
}

std::string* ModelFile::find(const std::string& section) {
  return const_cast<std::string*>(std::as_const(*this).find(section));
}

Language language_of(const std::string& section) {
  if (section == "i" || section == "j") return Language::generator;
  const std::string last = section.substr(section.rfind(' ') + 1);
  if (section.starts_with("set ") || section.starts_with("select")) return Language::expression;
  if (section.starts_with("event ")) return Language::expression;
  if (section.starts_with("run_on_event ")) return Language::statements;
  if (last == "equations" || last == "synapses") return Language::equations;
  if (last == "reset" || last.starts_with("on_")) return Language::statements;
  const bool expression =
      last == "threshold" || last == "refractory" || last == "condition" || last == "p" || last == "n";
  return expression ? Language::expression : Language::other;
}

Namespace namespace_of(const ModelFile& model, const std::string& section) {
  Namespace names;
  const std::string* text = model.find(section);
  std::stringstream lines(text ? *text : "");
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find(" = ");
    if (equals == std::string::npos) unreadable(model, line);
    names.insert(read_name(model, line.substr(0, equals), line.substr(equals + 3)));
  }
  return names;
}

Limits limits_of(const ModelFile& model) {
  Limits limits;
  for (const auto& [name, value] : namespace_of(model, "limits")) {
    const auto row = std::ranges::find(limits_by_name, name, &LimitRow::name);
    if (row == std::end(limits_by_name)) unreadable(model, name);
    limits.*(row->member) = static_cast<std::size_t>(value.quantity()->value);
  }
  return limits;
}

std::vector<ModelFile> models_in(const std::string& folder) {
  return models_in(folder, false);
}
std::vector<ModelFile> network_models_in(const std::string& folder) {
  return models_in(folder, true);
}

bool Verdict::refused() const {
  return first_error() != nullptr;
}

const Diagnostic* Verdict::first_error() const {
  const auto found = std::ranges::find(diagnostics, Severity::error, &Diagnostic::severity);
  return found == diagnostics.end() ? nullptr : &*found;
}

std::string Verdict::section_of(const Place& place) const {
  const auto found = std::ranges::find(texts, place.source, [](const auto& text) { return text.first; });
  return found == texts.end() ? "" : found->second;
}

Verdict compile(const ModelFile& model) {
  return Compilation(model).run();
}

ModelFile mended(ModelFile model, const Verdict& verdict) {
  for (const auto& [source, section] : verdict.texts)
    *model.find(section) = apply_fixes(*source, verdict.diagnostics);
  return model;
}

}  // namespace ranvier::test
