#include "tests/compiler/kernel_bench.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>

#include <ranvier/grammar/parse.hpp>

namespace ranvier::test {
namespace {

/// An array as a back end wants it: aligned, padded, and of the storage asked for.
class Memory {
 public:
  Memory(const std::vector<double>& values, Storage storage) : storage_(storage) {
    const std::size_t padded = (values.size() / element_padding + 2) * element_padding;
    bytes_.resize(padded * size_of(storage) + 64);
    const auto address = reinterpret_cast<std::uintptr_t>(bytes_.data());
    start_ = bytes_.data() + (64 - address % 64);
    for (std::size_t k = 0; k < values.size(); ++k) set(k, values[k]);
  }
  void* start() { return start_; }
  double get(std::size_t k) const {
    return with_element_of(
        storage_, [&]<class T>(T) { return static_cast<double>(reinterpret_cast<const T*>(start_)[k]); });
  }

 private:
  void set(std::size_t k, double value) {
    with_element_of(storage_, [&]<class T>(T) { reinterpret_cast<T*>(start_)[k] = static_cast<T>(value); });
  }
  Storage storage_;
  std::vector<std::byte> bytes_;
  std::byte* start_;
};

Assign assignment(const std::string& name, Type type, bool store, const std::string& text,
                  const std::string& guard) {
  return {name, type, store, expression(text), guard.empty() ? Expr() : expression(guard)};
}

}  // namespace

Bench& Bench::column(const std::string& name, std::vector<double> values, Storage storage, Index index) {
  const bool hidden = name.starts_with('_');
  kernel_.columns.push_back({name, hidden ? Owner::hidden : Owner::self, name, storage, index, false});
  arrays_.push_back({std::move(values), arrays_.size()});
  return *this;
}

Bench& Bench::alias(const std::string& name, const std::string& of, Index index) {
  for (std::size_t k = 0; k < kernel_.columns.size(); ++k)
    if (kernel_.columns[k].name == of) {
      kernel_.columns.push_back({name, Owner::source, of, kernel_.columns[k].storage, index, false});
      arrays_.push_back({{}, k});
      return *this;
    }
  throw std::logic_error("no column " + of);
}

Bench& Bench::scalar(const std::string& name, double value, ScalarKind kind, Type type) {
  kernel_.scalars.push_back({name, kind, type});
  scalars_.push_back(value);
  return *this;
}

Bench& Bench::random(std::uint32_t low, std::uint32_t high, double step) {
  scalar("_low", low, ScalarKind::key_low, Type::integer);
  scalar("_high", high, ScalarKind::key_high, Type::integer);
  return scalar("_step", step, ScalarKind::timestep, Type::integer);
}

Bench& Bench::propagator(const std::string& name, int size, const std::vector<std::string>& matrix) {
  Propagator& added = kernel_.propagators.emplace_back();
  added.name = name, added.size = size, added.per_run = false;
  for (const std::string& entry : matrix) added.matrix.push_back(expression(entry));
  return *this;
}

Bench& Bench::local(const std::string& name, Type type, const std::string& text, const std::string& guard) {
  kernel_.body.push_back(assignment(name, type, false, text, guard));
  return *this;
}

Bench& Bench::repeat(const std::string& condition, std::int64_t most) {
  kernel_.repeat = Repeat{kernel_.body.size(), expression(condition), most, {}};
  return *this;
}

Bench& Bench::round_local(const std::string& name, Type type, const std::string& text,
                          const std::string& guard) {
  kernel_.repeat->body.push_back(assignment(name, type, false, text, guard));
  return *this;
}

Bench& Bench::store(const std::string& name, const std::string& text, const std::string& guard) {
  for (Column& column : kernel_.columns)
    if (column.name == name) column.written = true;
  auto& statements = kernel_.condition ? kernel_.on_event : kernel_.body;
  statements.push_back(assignment(name, Type::real, true, text, guard));
  return *this;
}

Bench& Bench::where(const std::string& condition) {
  kernel_.condition = expression(condition);
  return *this;
}

Bench& Bench::event_local(const std::string& name, Type type, const std::string& text) {
  kernel_.on_event.push_back(assignment(name, type, false, text, ""));
  return *this;
}

Bench& Bench::event_store(const std::string& name, const std::string& text, const std::string& guard) {
  return store(name, text, guard);
}

Bench& Bench::list(std::vector<std::int32_t> elements) {
  list_ = std::move(elements);
  return *this;
}

Outcome Bench::run(Backend& backend, std::int64_t begin, std::int64_t end) const {
  return run(*backend.build({kernel_}).front(), begin, end);
}

Outcome Bench::run(Backend& backend) const {
  const bool elements = kernel_.loop == Loop::elements;
  return run(backend, 0, static_cast<std::int64_t>(elements ? arrays_.front().values.size() : list_.size()));
}

Outcome Bench::run(const Executable& executable, std::int64_t begin, std::int64_t end) const {
  std::vector<std::unique_ptr<Memory>> memory;
  std::vector<void*> columns;
  for (std::size_t k = 0; k < arrays_.size(); ++k) {
    const bool own = arrays_[k].same_as == k;
    memory.push_back(own ? std::make_unique<Memory>(arrays_[k].values, kernel_.columns[k].storage) : nullptr);
    columns.push_back(memory[arrays_[k].same_as]->start());
  }
  std::vector<std::int32_t> list = list_;
  if (kernel_.loop == Loop::elements) list.assign(static_cast<std::size_t>(end - begin) + 1, -1);
  const KernelArgs args{columns.data(), scalars_.data(), begin, end, list.data()};
  const std::int64_t count = executable.run(args);
  Outcome outcome;
  for (std::size_t k = 0; k < arrays_.size(); ++k) {
    const std::size_t same = arrays_[k].same_as;
    std::vector<double>& values = outcome.columns[kernel_.columns[k].name];
    for (std::size_t i = 0; i < arrays_[same].values.size(); ++i) values.push_back(memory[same]->get(i));
  }
  if (kernel_.condition) outcome.list.assign(list.begin(), list.begin() + count);
  return outcome;
}

std::vector<double> counted(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

Expr expression(const std::string& text) {
  Diagnostics diagnostics;
  const Expr parsed = parse_expression(make_source("test", text), diagnostics);
  diagnostics.raise_if_errors();
  return parsed;
}

std::vector<double> map_over(Backend& backend, const std::string& text, const std::vector<double>& x) {
  const std::vector<double> zeros(x.size(), 0.0);
  return Bench().column("x", x).column("y", zeros).store("y", text).run(backend).columns.at("y");
}

std::unique_ptr<Backend> llvm_backend_of(int lanes) {
  return make_backend({.name = "llvm", .lanes = lanes});
}
std::unique_ptr<Backend> reference() {
  return make_backend({.name = "reference"});
}

const std::vector<double>& edge_numbers() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  static const std::vector<double> numbers = {0.0,
                                              -0.0,
                                              1.0,
                                              -1.0,
                                              0.5,
                                              -0.5,
                                              2.0,
                                              -2.0,
                                              3.0,
                                              -5.5,
                                              7.0,
                                              0.1,
                                              -0.1,
                                              1e-17,
                                              -1e-17,
                                              1e-16,
                                              1e-8,
                                              -1e-8,
                                              1e8,
                                              -1e8,
                                              1e15,
                                              1e22,
                                              -1e22,
                                              1e300,
                                              -1e300,
                                              5e-324,
                                              -5e-324,
                                              1e-310,
                                              2.2250738585072014e-308,
                                              1.7976931348623157e308,
                                              -1.7976931348623157e308,
                                              infinity,
                                              -infinity,
                                              std::nan(""),
                                              709.0,
                                              709.78,
                                              709.79,
                                              710.4,
                                              710.47,
                                              -708.5,
                                              -745.0,
                                              -746.0,
                                              716.9,
                                              717.1,
                                              4503599627370497.5,
                                              9007199254740991.0,
                                              2147483648.0,
                                              -2147483649.0,
                                              3.141592653589793,
                                              0.999999999999,
                                              1.0000000001,
                                              22.0,
                                              -22.0};
  return numbers;
}

bool same_number(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

bool same_numbers(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k)
    if (!same_number(a[k], b[k])) return false;
  return true;
}

double ulps_between(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b) ? 0 : 1e300;
  const auto order = [](double x) {  // rises by one from each number to the next
    const auto bits = std::bit_cast<std::int64_t>(x);
    return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
  };
  const std::int64_t p = order(a), q = order(b);
  const auto distance = p > q ? static_cast<std::uint64_t>(p) - static_cast<std::uint64_t>(q)
                              : static_cast<std::uint64_t>(q) - static_cast<std::uint64_t>(p);
  return static_cast<double>(distance);
}

}  // namespace ranvier::test
