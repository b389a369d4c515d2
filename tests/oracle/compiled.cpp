#include "tests/oracle/compiled.hpp"

#include <algorithm>
#include <map>

#include <ranvier/compiler/compile.hpp>

namespace ranvier::oracle {
namespace {

template <class T>
struct alignas(64) Column {
  explicit Column(const std::vector<T>& values = {}) { std::ranges::copy(values, at); }
  T at[element_padding] = {};
};

double value_of(const Scalar& scalar, const Inputs& inputs) {
  if (scalar.name == "a") return inputs.a;
  return scalar.name == "k" ? static_cast<double>(inputs.k) : 0;
}

}  // namespace

Compiler::Compiler(const BackendOptions& options)
    : group_(declare_group({"neurons",
                            make_source("equations", "x : 1\ny : 1\nn : integer\nb : boolean\nc : boolean"),
                            {},
                            {},
                            {},
                            {}})),
      names_{{"a", 0.5}, {"k", 1}},
      backend_(make_backend(options)) {}

// A probe runs over a list of elements, one at a time; over all of them it is vector code.
void Compiler::add(const std::string& text) {
  Kernel kernel = compile_probe(group_, make_source("expression", text), names_);
  kernel.loop = Loop::elements;
  kernels_.push_back(std::move(kernel));
}

std::vector<std::vector<double>> Compiler::run(const Inputs& inputs) {
  const auto executables = backend_->build(kernels_);
  Column x(inputs.x), y(inputs.y), result(std::vector<double>{});
  Column n(inputs.n);
  Column b(inputs.b), c(inputs.c);
  const std::map<std::string, void*> arrays{{"x", x.at}, {"y", y.at}, {"n", n.at},
                                            {"b", b.at}, {"c", c.at}, {"_result", result.at}};
  std::vector<std::vector<double>> results;
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    std::vector<void*> columns;
    for (const ranvier::Column& column : kernels_[k].columns) columns.push_back(arrays.at(column.name));
    std::vector<double> scalars;
    for (const Scalar& scalar : kernels_[k].scalars) scalars.push_back(value_of(scalar, inputs));
    executables[k]->run({columns.data(), scalars.data(), 0, elements, nullptr});
    results.emplace_back(result.at, result.at + elements);
  }
  kernels_.clear();
  return results;
}

}  // namespace ranvier::oracle
