#include <cmath>
#include <memory>
#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/passes/simplify.hpp>
#include <ranvier/grammar/print.hpp>
#include <vector>

#include <ranvier/fuzz/expressions.hpp>

// An expression before and after `simplify` has the same type and, in the interpreter, the same bits.
using namespace ranvier;
using namespace ranvier::fuzz;

namespace {

constexpr int depth = 3;

struct alignas(64) Results {
  double at[2][element_padding] = {};
};

/// Both in one kernel, for the elements from `first` on: a few are enough for an expression.
Results run(const Kernel& kernel, std::int64_t first, std::int64_t last) {
  static const auto backend = make_backend({.name = "reference"});
  Results results;
  const Inputs& in = inputs();
  const auto column = [](const void* values) { return const_cast<void*>(values); };
  void* columns[] = {column(in.x), column(in.y), column(in.i), column(in.b), results.at[0], results.at[1]};
  backend->build({kernel}).front()->run({columns, &in.a, first, last, nullptr});
  return results;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Writer writer(data, size);
  const std::size_t first = writer.take() % (elements - 3);
  const std::string text = writer.any(depth);
  const Expr before = parse(text);
  Kernel kernel = empty_kernel();
  const KernelTypes types(kernel);
  const Expr after = pass::simplify(before, [&](const Expr& e) { return types.of(e); });
  if (types.of(before) != types.of(after)) disagree(text + " -> " + print(after), 0, NAN, NAN);
  if (same(before, after)) return 0;
  add_result(kernel, 0, before);
  add_result(kernel, 1, after);
  const Results results = run(kernel, static_cast<std::int64_t>(first), static_cast<std::int64_t>(first) + 3);
  for (std::size_t e = first; e < first + 3; ++e)
    if (!same_bits(results.at[0][e], results.at[1][e]))
      disagree(text + " -> " + print(after), e, results.at[0][e], results.at[1][e]);
  return 0;
}
