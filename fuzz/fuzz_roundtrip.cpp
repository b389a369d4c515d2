#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/print.hpp>

// The first byte chooses the entry point, the rest is the text.
using namespace ranvier;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

bool same(const Statement& a, const Statement& b) {
  return a.target == b.target && a.op == b.op && ranvier::same(a.value, b.value);
}

bool same(const Equation& a, const Equation& b) {
  const bool flags = std::equal(a.flags.begin(), a.flags.end(), b.flags.begin(), b.flags.end(),
                                [](const Flag& x, const Flag& y) { return x.text == y.text; });
  return a.kind == b.kind && a.name == b.name && a.unit == b.unit && flags && ranvier::same(a.rhs, b.rhs);
}

bool same_range(const IndexRange& a, const IndexRange& b) {
  return a.sampled == b.sampled && ranvier::same(a.low, b.low) && ranvier::same(a.high, b.high) &&
         ranvier::same(a.step, b.step) && ranvier::same(a.p, b.p) && ranvier::same(a.size, b.size);
}

bool same(const Generator& a, const Generator& b) {
  if (a.range.has_value() != b.range.has_value()) return false;
  return ranvier::same(a.element, b.element) && a.variable == b.variable &&
         ranvier::same(a.condition, b.condition) && (!a.range || same_range(*a.range, *b.range));
}

void check_generator(const SourcePtr& source) {
  Diagnostics diagnostics, again;
  const auto first = parse_generator(source, diagnostics);
  if (!first) return;
  const auto second = parse_generator(make_source("printed", print(*first)), again);
  require(second && same(*first, *second) && print(*first) == print(*second));
}

/// What one entry point reads, printed and read again, is the same.
template <class Parse, class Same>
void check_roundtrip(const SourcePtr& source, Parse parse, Same equal) {
  Diagnostics diagnostics;
  const auto first = parse(source, diagnostics, Limits{});
  const std::string printed = print(first);
  Diagnostics again;
  const auto second = parse(make_source("printed", printed), again, Limits{});
  // A text with errors may keep parts that are refused again (a name that is too long), or none at all.
  if (diagnostics.has_errors() && again.has_errors()) return;
  require(!again.has_errors());
  require(equal(first, second));
  require(print(second) == printed);
}

template <class List>
bool same_lists(const List& a, const List& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return same(x, y); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const SourcePtr source =
      make_source("fuzz", std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
  switch (data[0] % 4) {
    case 0:
      check_roundtrip(source, parse_equations, same_lists<Block>);
      break;
    case 1:
      check_roundtrip(source, parse_statements, same_lists<Code>);
      break;
    case 2:
      check_roundtrip(source, parse_expression,
                      [](const Expr& a, const Expr& b) { return ranvier::same(a, b); });
      break;
    default:
      check_generator(source);
  }
  return 0;
}
