#pragma once
#include <string>

#include <ranvier/compiler/compile_synapses.hpp>
#include <ranvier/compiler/units.hpp>

/// Strings to models and kernels for tests of the compiler.
namespace ranvier::models {

struct GroupStrings {
  std::string equations{};
  std::string threshold{};
  std::string reset{};
  std::string refractory{};
  std::string method{};
};

inline SourcePtr source(const std::string& name, const std::string& text) {
  return text.empty() ? nullptr : make_source(name, text);
}

inline GroupModel declare(const GroupStrings& strings, const Namespace& known = {}) {
  return declare_group({"neurons", source("equations", strings.equations),
                        source("threshold", strings.threshold), source("reset", strings.reset),
                        source("refractory", strings.refractory), source("method", strings.method)},
                       known);
}

inline SynapsesModel declare_synapses(const std::string& equations, const std::string& on_pre,
                                      const GroupModel& from, const GroupModel& to) {
  return ranvier::declare_synapses(
      {"synapses", source("equations", equations), {{"pre", source("on_pre", on_pre)}}}, from, to);
}

inline GroupKernels compile(const GroupStrings& strings, const Namespace& names = {}) {
  return compile_group(declare(strings), names);
}

/// The text of the error that compiling throws, "" if it does not.
inline std::string error_of(const GroupStrings& strings, const Namespace& names = {}) {
  try {
    compile(strings, names);
  } catch (const ModelError& error) {
    return error.what();
  }
  return "";
}

}  // namespace ranvier::models
