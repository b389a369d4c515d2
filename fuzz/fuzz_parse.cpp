#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ranvier/grammar/parse.hpp>

using namespace ranvier;

namespace {

/// Whatever the text, a place lies inside it and the message can be rendered.
void check_diagnostics(const Diagnostics& diagnostics, const SourcePtr& source) {
  for (const Diagnostic& problem : diagnostics.all()) {
    const Span span = problem.place.span;
    if (span.begin > span.end || span.end > source->text().size() || problem.message.empty()) std::abort();
  }
  if (render(diagnostics.all()).empty() != diagnostics.all().empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourcePtr source = make_source("fuzz", std::string(reinterpret_cast<const char*>(data), size));
  Diagnostics equations, expression, statements, generator;
  parse_equations(source, equations);
  const bool parsed = static_cast<bool>(parse_expression(source, expression));
  parse_statements(source, statements);
  const bool generated = parse_generator(source, generator).has_value();
  for (const Diagnostics* diagnostics : {&equations, &expression, &statements, &generator})
    check_diagnostics(*diagnostics, source);
  if (parsed == expression.has_errors() || generated == generator.has_errors())
    std::abort();  // an empty result has its reason, and only then
  return 0;
}
