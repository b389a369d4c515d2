#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

/// Models in files, as tests/errors/README.md describes them: what a user gives to a network, without one.
namespace ranvier::test {

struct Section {
  std::string name;  // "equations", "source threshold", "set v"
  std::string text;
};

struct ModelFile {
  std::string name;    // of the file, without its ending
  std::string remark;  // what stands in front of the first section
  std::vector<Section> sections;

  /// The text of a section, or nullptr.
  const std::string* find(const std::string& section) const;
  std::string* find(const std::string& section);
};

/// Which of the small languages a section is written in.
enum class Language { equations, statements, expression, generator, other };
Language language_of(const std::string& section);

/// The constants, functions and arrays that the lines of a section give; none without the section.
Namespace namespace_of(const ModelFile& model, const std::string& section = "namespace");
/// The bounds that the section [limits] sets, and the default of all others.
Limits limits_of(const ModelFile& model);

/// The model files of a folder of tests/, by name: those that the compiler alone understands.
std::vector<ModelFile> models_in(const std::string& folder);
/// Those with a section [network], whose mistakes only a network finds.
std::vector<ModelFile> network_models_in(const std::string& folder);

/// What compiling a model says, in the order in which a user reads it.
struct Verdict {
  std::vector<Diagnostic> diagnostics;
  std::vector<std::pair<SourcePtr, std::string>> texts;  // what was compiled, and which section it was

  /// The section that a place lies in, "" if none.
  std::string section_of(const Place& place) const;

  bool refused() const;
  const Diagnostic* first_error() const;
};

/// Compiles everything the model gives, up to and including the first object that is refused.
Verdict compile(const ModelFile& model);

/// The model with every proposed replacement of a verdict put in place. See apply_fixes.
ModelFile mended(ModelFile model, const Verdict& verdict);

}  // namespace ranvier::test
