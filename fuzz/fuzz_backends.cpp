#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/grammar/parse.hpp>

// Bytes choose expressions; scalar code, the widest vectors and the interpreter must give the same numbers.
using namespace ranvier;

namespace {

constexpr std::size_t elements = 24, results = 4;

/// Writes expressions of one type. Integers stay small: the interpreter keeps them in doubles.
class Writer {
 public:
  Writer(const std::uint8_t* data, std::size_t size) : next_(data), end_(data + size) {}
  bool elementary() const { return elementary_; }

  std::string real(int depth) {
    switch (depth <= 0 ? take() % 4 : take() % 16) {
      case 0:
        return "x";
      case 1:
        return "y";
      case 2:
        return "a";
      case 3:
        return pick({"0.0", "1.5", "-2.25", "1e-300", "1e300", "0.1", "3.0", "1e16"});
      case 4:
      case 5:
      case 6:
        return binary(real(depth - 1), {"+", "-", "*", "/", "//", "%"}, real(depth - 1));
      case 7:
        return pick({"abs", "sign", "floor", "ceil", "sqrt"}) + "(" + real(depth - 1) + ")";
      case 8:
        return "(" + real(depth - 1) + ")**" + pick({"2", "3", "4", "-1", "-2", "0", "1"});
      case 9:
        return "clip(" + real(depth - 1) + "," + real(depth - 1) + "," + any(depth - 1) + ")";
      case 10:
        return "-" + real(depth - 1);
      case 11:
        return binary(any(depth - 1), {"/"}, integer(depth - 1));
      case 12:
        return binary(boolean(depth - 1), {"*", "+"}, real(depth - 1));
      case 13:
        return binary(integer(depth - 1), {"+", "*", "//", "%"}, real(depth - 1));
      default:
        return call(depth);
    }
  }

 private:
  std::uint8_t take() { return next_ == end_ ? std::uint8_t{0} : *next_++; }
  std::string pick(std::initializer_list<const char*> choices) {
    return choices.begin()[take() % choices.size()];
  }
  std::string binary(const std::string& left, std::initializer_list<const char*> operators,
                     const std::string& right) {
    return "(" + left + " " + pick(operators) + " " + right + ")";
  }

  // Their last bits differ between libraries; only widths are compared then.
  std::string call(int depth) {
    elementary_ = true;
    const std::string name =
        pick({"exp", "log", "sin", "cos", "tanh", "expm1", "exprel", "log1p", "sinh", "arctan"});
    return name + "(" + real(depth - 1) + ")";
  }

  std::string integer(int depth) {
    switch (depth <= 0 ? take() % 3 : take() % 9) {
      case 0:
        return "i";
      case 1:
        return "_element";
      case 2:
        return pick({"0", "1", "2", "7", "-3", "10"});
      case 3:
        return "(" + binary(integer(depth - 1), {"+", "-", "*"}, integer(depth - 1)) + " % 97)";
      case 4:
        return binary(integer(depth - 1), {"//", "%"}, integer(depth - 1));
      case 5:
        return "int(clip(" + real(depth - 1) + ", -100, 100))";
      case 6:
        return pick({"abs", "sign", "-", "+"}) + "(" + integer(depth - 1) + ")";
      case 7:
        return "(" + integer(depth - 1) + " % 9)**" + pick({"0", "1", "2", "3"});
      default:
        return binary(boolean(depth - 1), {"+", "-", "//", "%"}, boolean(depth - 1));
    }
  }

  std::string boolean(int depth) {
    switch (depth <= 0 ? 0 : take() % 5) {
      case 0:
        return pick({"b", "True", "False"});
      case 1:
        return binary(real(depth - 1), {"<", "<=", ">", ">=", "==", "!="}, real(depth - 1));
      case 2:
        return binary(integer(depth - 1), {"<", "<=", ">", ">=", "==", "!="}, any(depth - 1));
      case 3:
        return binary(boolean(depth - 1), {"and", "or", "==", "!="}, boolean(depth - 1));
      default:
        return "(not " + boolean(depth - 1) + ")";
    }
  }

  std::string any(int depth) {
    const int kind = take() % 3;
    return kind == 0 ? real(depth) : kind == 1 ? integer(depth) : boolean(depth);
  }

  const std::uint8_t *next_, *end_;
  bool elementary_ = false;
};

Expr parse(const std::string& text) {
  Diagnostics diagnostics;
  const Expr expr = parse_expression(make_source("fuzz", text), diagnostics);
  if (diagnostics.has_errors()) std::abort();
  return expr;
}

Kernel make_kernel(const std::vector<std::string>& texts) {
  Kernel kernel;
  kernel.name = "fuzz";
  kernel.columns = {{"x", Owner::self, "x", Storage::f64, Index::element, false},
                    {"y", Owner::self, "y", Storage::f64, Index::element, false},
                    {"i", Owner::self, "i", Storage::i32, Index::element, false},
                    {"b", Owner::self, "b", Storage::u8, Index::element, false}};
  kernel.scalars = {{"a", ScalarKind::constant, Type::real}};
  for (const std::string& text : texts) {
    const std::string name = "r" + std::to_string(kernel.columns.size());
    kernel.columns.push_back({name, Owner::self, name, Storage::f64, Index::element, true});
    kernel.body.push_back({name, Type::real, true, parse(text), {}});
  }
  return kernel;
}

struct alignas(64) Arrays {
  double x[element_padding], y[element_padding], r[results][element_padding] = {};
  std::int32_t i[element_padding];
  std::uint8_t b[element_padding];
};

std::unique_ptr<Arrays> run(Backend& backend, const Kernel& kernel) {
  constexpr double edges[] = {0.0,   -0.0,   1.0,      -1.0,      0.3, -2.5,  7.0,  1e-310,
                              1e300, -1e300, INFINITY, -INFINITY, NAN, 1e-17, 1e15, 0.1};
  auto arrays = std::make_unique<Arrays>();
  for (std::size_t k = 0; k < element_padding; ++k) {
    arrays->x[k] = edges[k % 16], arrays->y[k] = edges[k * 7 / 3 % 16];
    arrays->i[k] = static_cast<std::int32_t>(k * 5 % 17) - 8, arrays->b[k] = k % 3 == 1;
  }
  void* columns[] = {arrays->x,    arrays->y,    arrays->i,    arrays->b,
                     arrays->r[0], arrays->r[1], arrays->r[2], arrays->r[3]};
  const double scalars[] = {-0.75};
  backend.build({kernel}).front()->run({columns, scalars, 0, elements, nullptr});
  return arrays;
}

void compare(const Arrays& p, const Arrays& q, const std::vector<std::string>& texts) {
  for (std::size_t r = 0; r < texts.size(); ++r)
    for (std::size_t k = 0; k < elements; ++k) {
      const double a = p.r[r][k], b = q.r[r][k];
      if (std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
          (std::isnan(a) && std::isnan(b)))
        continue;
      std::fprintf(stderr, "%s\nelement %zu: %.17g and %.17g\n", texts[r].c_str(), k, a, b);
      std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto scalar = make_backend({.name = "llvm", .lanes = 1});
  static const auto wide = make_backend({.name = "llvm", .lanes = 8});
  static const auto reference = make_backend({.name = "reference"});
  Writer writer(data, size);
  std::vector<std::string> texts;
  for (std::size_t k = 0; k < results; ++k) texts.push_back(writer.real(4));
  const Kernel kernel = make_kernel(texts);
  const auto numbers = run(*scalar, kernel);
  compare(*numbers, *run(*wide, kernel), texts);
  if (!writer.elementary()) compare(*numbers, *run(*reference, kernel), texts);
  return 0;
}
