#pragma once
#include <memory>
#include <string>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/namespace.hpp>

namespace ranvier::oracle {

constexpr std::size_t elements = 24;

/// Values of the names, for each element; those of the constants are the same in all.
struct Inputs {
  std::vector<double> x, y;
  std::vector<std::int32_t> n;
  std::vector<std::uint8_t> b, c;
  double a = 0;
  std::int64_t k = 0;
};

/// Expressions through the whole compiler: parsed, checked, lowered, and many together made into one module.
class Compiler {
 public:
  explicit Compiler(const BackendOptions& options);
  /// Throws ModelError or BackendError.
  void add(const std::string& text);
  /// Builds what was added since the last call: per expression its values for the elements.
  std::vector<std::vector<double>> run(const Inputs& inputs);

 private:
  GroupModel group_;
  Namespace names_;
  std::unique_ptr<Backend> backend_;
  std::vector<Kernel> kernels_;
  std::size_t added_ = 0;
};

}  // namespace ranvier::oracle
