#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/compile_connection.hpp>
#include <ranvier/compiler/compile_synapses.hpp>
#include <ranvier/compiler/units.hpp>
#include <string>
#include <string_view>

// A whole model in the form of tests/errors/ (sections headed by [equations], [threshold] ...), through
// everything in front of machine code: it becomes kernels that can be printed, or an error with at least one
// message inside the text that it is about. Its [namespace] is not read; the names below are there instead.
using namespace ranvier;

namespace {

using Sections = std::map<std::string, std::string, std::less<>>;

Sections read_sections(std::string_view text) {
  Sections sections;
  std::string* current = &sections["equations"];
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with('[') && line.ends_with(']'))
      current = &sections[std::string(line.substr(1, line.size() - 2))];
    else
      *current += std::string(line) + "\n";
  }
  return sections;
}

SourcePtr source_of(const Sections& sections, std::string_view name) {
  const auto found = sections.find(name);
  return found == sections.end() ? nullptr : make_source(std::string(name), found->second);
}

const Namespace& names() {
  using namespace units;
  static const Namespace all{{"tau", 10 * ms}, {"sigma", 2 * mV}, {"Vt", -50 * mV}, {"Vr", -70 * mV},
                             {"gl", 30 * nS},  {"C", 281 * pF},   {"I", 1 * nA},    {"k", 3},
                             {"a", 0.5},       {"flag", true},    {"rate", 10 * Hz}};
  return all;
}

void check(const std::vector<Diagnostic>& problems) {
  for (const Diagnostic& problem : problems) {
    const Place& place = problem.place;
    const bool inside = !place.source ||
                        (place.span.begin <= place.span.end && place.span.end <= place.source->text().size());
    if (problem.message.empty() || !inside) std::abort();
  }
}

void check(const std::optional<Kernel>& kernel) {
  if (kernel && print(*kernel).empty()) std::abort();
}

void compile(const Sections& sections) {
  const auto text = [&](std::string_view name) { return source_of(sections, name); };
  const GroupModel group = declare_group(
      {"neurons", text("equations"), text("threshold"), text("reset"), text("refractory"), text("method")},
      names());
  const GroupKernels kernels = compile_group(group, names());
  check(kernels.update), check(kernels.reset), check(kernels.warnings);
  check(kernels.constants.shared), check(kernels.constants.each);
  if (!sections.contains("synapses")) return;
  const SourcePtr on_pre = text("on_pre"), condition = text("condition");
  const SynapsesModel synapses = declare_synapses(
      {"synapses", text("synapses"), {{"pre", on_pre}, {"post", on_pre, true}}}, group, group, names());
  const SynapsesKernels code = compile_synapses(synapses, names());
  for (const PathwayKernels& pathway : code.pathways) check(pathway.rows), check(pathway.list);
  check(code.update), check(code.warnings);
  for (const SumKernel& sum : code.sums) check(sum.kernel);
  check(code.constants.shared), check(code.constants.each);
  if (!condition) return;
  for (const auto& kernel : compile_connection(synapses, {.condition = condition}, names()).kernels)
    check(kernel);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    compile(read_sections({reinterpret_cast<const char*>(data), size}));
  } catch (const ModelError& error) {
    if (error.diagnostics().empty() || std::string_view(error.what()).empty()) std::abort();
    check(error.diagnostics());
  }
  return 0;
}
