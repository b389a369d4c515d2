#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>

namespace ranvier::test {

/// Contents of a run's arrays afterwards, as numbers whatever their storage, and the list it wrote.
struct Outcome {
  std::map<std::string, std::vector<double>> columns;
  std::vector<std::int32_t> list;
};

/// A kernel written as text, with arrays to run it on. Every run starts from the same contents.
class Bench {
 public:
  explicit Bench(Loop loop = Loop::elements) {
    kernel_.name = "test";
    kernel_.loop = loop;
  }
  Bench& column(const std::string& name, std::vector<double> values, Storage storage = Storage::f64,
                Index index = Index::element);
  /// A second name for the array of another column.
  Bench& alias(const std::string& name, const std::string& of, Index index);
  Bench& scalar(const std::string& name, double value, ScalarKind kind = ScalarKind::constant,
                Type type = Type::real);
  /// The scalars that random numbers need.
  Bench& random(std::uint32_t low = 1, std::uint32_t high = 2, double step = 3);
  Bench& propagator(const std::string& name, int size, const std::vector<std::string>& matrix);
  Bench& local(const std::string& name, Type type, const std::string& text, const std::string& guard = "");
  /// Code that is repeated here: locals only.
  Bench& repeat(const std::string& condition, std::int64_t most);
  Bench& round_local(const std::string& name, Type type, const std::string& text,
                     const std::string& guard = "");
  Bench& store(const std::string& name, const std::string& text, const std::string& guard = "");
  Bench& where(const std::string& condition);
  Bench& event_local(const std::string& name, Type type, const std::string& text);
  Bench& event_store(const std::string& name, const std::string& text, const std::string& guard = "");
  /// There are other elements before and behind those that are run.
  Bench& part() {
    kernel_.part = true;
    return *this;
  }
  /// What list and rows loops read.
  Bench& list(std::vector<std::int32_t> elements);

  const Kernel& kernel() const { return kernel_; }
  ExecutablePtr build(Backend& backend) const { return backend.build({kernel_}).front(); }
  Outcome run(Backend& backend, std::int64_t begin, std::int64_t end) const;
  Outcome run(const Executable& executable, std::int64_t begin, std::int64_t end) const;
  /// Of the whole of the first column, or of the whole list.
  Outcome run(Backend& backend) const;

 private:
  struct Array {
    std::vector<double> values;
    std::size_t same_as;
  };
  Kernel kernel_;
  std::vector<Array> arrays_;
  std::vector<double> scalars_;
  std::vector<std::int32_t> list_;
};

/// 0, 1, ... n - 1.
std::vector<double> counted(std::size_t n);
Expr expression(const std::string& text);
/// Value of an expression for every x, through a kernel of a back end.
std::vector<double> map_over(Backend& backend, const std::string& text, const std::vector<double>& x);
std::unique_ptr<Backend> llvm_backend_of(int lanes);
std::unique_ptr<Backend> reference();

/// NaN, infinities, zeros of both signs, subnormals, and numbers around the places where functions change.
const std::vector<double>& edge_numbers();
/// True for the same bits, and for any two NaNs.
bool same_number(double a, double b);
bool same_numbers(const std::vector<double>& a, const std::vector<double>& b);
/// Representable numbers between a and b; 0 for two NaNs, huge for one.
double ulps_between(double a, double b);

}  // namespace ranvier::test
