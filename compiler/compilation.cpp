#include <ranvier/compiler/compilation.hpp>

#include <ranvier/compiler/text.hpp>

namespace ranvier {

ConstantKernels lower_constants(const std::string& name, const std::vector<Variable>& variables,
                                const Scope& scope, pass::Finish finish) {
  return {pass::lower_constants(name + "_shared_constants", variables, true, scope, finish),
          pass::lower_constants(name + "_constants", variables, false, scope, finish)};
}

void require_links(const std::vector<Variable>& variables, const std::string& owner,
                   Diagnostics& diagnostics) {
  for (const Variable& variable : variables) {
    if (!variable.linked || variable.link) continue;
    diagnostics
        .error(DiagnosticCode::unlinked_variable, variable.name_place,
               text("`", variable.name, "` is linked, but nobody said to what"))
        .helped_by(
            text("call `", owner, ".link(\"", variable.name, "\", other[\"v\"])` before the first run"));
  }
}

}  // namespace ranvier
