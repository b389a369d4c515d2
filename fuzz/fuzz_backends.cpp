#include <memory>
#include <ranvier/compiler/backends/backend.hpp>
#include <vector>

#include <ranvier/fuzz/expressions.hpp>

// The first byte chooses how code is made, the rest is expressions, all in one kernel. An execution of the
// fuzzer is therefore up to `most_expressions` comparisons of one expression in two back ends, over all
// elements. Precise code of any width must have the bits of the interpreter, other code the bits of scalar
// code.
using namespace ranvier;
using namespace ranvier::fuzz;

namespace {

constexpr std::size_t most_expressions = 32;
constexpr int depth = 3, width_count = 4;
constexpr int widths[width_count] = {1, 2, 4, 8};

struct alignas(64) Result {
  double at[element_padding] = {};
};

std::vector<Result> run(Backend& backend, const Kernel& kernel) {
  std::vector<Result> results(kernel.body.size());
  const Inputs& in = inputs();
  const auto column = [](const void* values) { return const_cast<void*>(values); };
  std::vector<void*> columns = {column(in.x), column(in.y), column(in.i), column(in.b)};
  for (Result& result : results) columns.push_back(result.at);
  backend.build({kernel}).front()->run({columns.data(), &in.a, 0, elements, nullptr});
  return results;
}

std::unique_ptr<Backend> make(int lanes, bool precise) {
  return make_backend({.name = "llvm", .lanes = lanes, .precise = precise});
}

Backend& compiled(std::size_t width, bool precise) {
  static const std::unique_ptr<Backend> all[2][width_count] = {
      {make(widths[0], false), make(widths[1], false), make(widths[2], false), make(widths[3], false)},
      {make(widths[0], true), make(widths[1], true), make(widths[2], true), make(widths[3], true)}};
  return *all[precise][width];
}

Backend& interpreter() {
  static const auto backend = make_backend({.name = "reference"});
  return *backend;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Writer writer(data, size);
  const std::uint8_t choice = writer.take();
  const bool precise = choice % 4 != 0;
  Backend& one = compiled(choice / 4 % width_count, precise);
  Backend& other = precise ? interpreter() : compiled(0, false);

  Kernel kernel = empty_kernel();
  std::vector<std::string> texts;
  while (!writer.done() && texts.size() < most_expressions) {
    texts.push_back(writer.real(depth));
    add_result(kernel, texts.size(), parse(texts.back()));
  }
  const auto found = run(one, kernel), expected = run(other, kernel);
  for (std::size_t k = 0; k < texts.size(); ++k)
    for (std::size_t e = 0; e < elements; ++e)
      if (!same_bits(found[k].at[e], expected[k].at[e]))
        disagree(texts[k], e, found[k].at[e], expected[k].at[e]);
  return 0;
}
