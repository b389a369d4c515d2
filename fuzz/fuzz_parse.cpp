#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ranvier/grammar/parse.hpp>
#include <vector>

// The first byte chooses the entry point, the rest is the text.
using namespace ranvier;

namespace {

/// Whatever the text, places lie inside it, and a message can be rendered: one of them, because drawing all
/// would take most of the time.
void check(const Diagnostics& diagnostics, const SourcePtr& source) {
  const auto& problems = diagnostics.all();
  const std::size_t size = source->text().size();
  for (const Diagnostic& problem : problems) {
    const Span span = problem.place.span;
    if (span.begin > span.end || span.end > size || problem.message.empty()) std::abort();
  }
  if (!problems.empty() && render(problems[size % problems.size()]).empty()) std::abort();
}

/// An empty result has its reason, and only then.
template <class Result>
bool explained(const Result& result, const Diagnostics& diagnostics) {
  return static_cast<bool>(result) != diagnostics.has_errors();
}

bool parse(int entry, const SourcePtr& source, Diagnostics& diagnostics) {
  switch (entry) {
    case 0:
      parse_equations(source, diagnostics);
      return true;
    case 1:
      parse_statements(source, diagnostics);
      return true;
    case 2:
      return explained(parse_expression(source, diagnostics), diagnostics);
    default:
      return explained(parse_generator(source, diagnostics), diagnostics);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const SourcePtr source =
      make_source("fuzz", std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  Diagnostics diagnostics;
  if (!parse(data[0] % 4, source, diagnostics)) std::abort();
  check(diagnostics, source);
  return 0;
}
