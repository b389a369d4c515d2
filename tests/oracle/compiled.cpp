#include "tests/oracle/compiled.hpp"

#include <algorithm>
#include <map>

#include <ranvier/compiler/compile.hpp>

namespace ranvier::oracle {
namespace {

constexpr std::size_t expressions_in_kernel = 25;

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

// A probe runs over a list of elements, one at a time; over all of them it is vector code. Several in one
// kernel cost the code generator less than as many kernels.
void Compiler::add(const std::string& text) {
  const Kernel probe = compile_probe(group_, make_source("expression", text), names_);
  if (added_ % expressions_in_kernel == 0)
    kernels_.push_back({"oracle", Loop::elements, {}, {}, {}, {}, {}, {}});
  Kernel& kernel = kernels_.back();
  const std::string result = "_result" + std::to_string(added_++ % expressions_in_kernel);
  for (ranvier::Column column : probe.columns) {
    if (column.name == "_result") column.name = column.variable = result;
    if (std::ranges::find(kernel.columns, column.name, &ranvier::Column::name) == kernel.columns.end())
      kernel.columns.push_back(column);
  }
  for (const Scalar& scalar : probe.scalars)
    if (std::ranges::find(kernel.scalars, scalar.name, &Scalar::name) == kernel.scalars.end())
      kernel.scalars.push_back(scalar);
  kernel.body.push_back(probe.body.front());
  kernel.body.back().target = result;
}

std::vector<std::vector<double>> Compiler::run(const Inputs& inputs) {
  const auto executables = backend_->build(kernels_);
  Column x(inputs.x), y(inputs.y);
  Column n(inputs.n);
  Column b(inputs.b), c(inputs.c);
  std::map<std::string, void*> arrays{{"x", x.at}, {"y", y.at}, {"n", n.at}, {"b", b.at}, {"c", c.at}};
  std::vector<Column<double>> results(expressions_in_kernel);
  for (std::size_t k = 0; k < results.size(); ++k) arrays["_result" + std::to_string(k)] = results[k].at;
  std::vector<std::vector<double>> all;
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    std::vector<void*> columns;
    for (const ranvier::Column& column : kernels_[k].columns) columns.push_back(arrays.at(column.name));
    std::vector<double> scalars;
    for (const Scalar& scalar : kernels_[k].scalars) scalars.push_back(value_of(scalar, inputs));
    executables[k]->run({columns.data(), scalars.data(), 0, elements, nullptr});
    for (std::size_t r = 0; r < kernels_[k].body.size(); ++r)
      all.emplace_back(results[r].at, results[r].at + elements);
  }
  kernels_.clear(), added_ = 0;
  return all;
}

}  // namespace ranvier::oracle
