#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/ast.hpp>

namespace ranvier {

/// What a function asks of the unit of an argument, or says of its result: a certain dimension, any, or that
/// of another argument.
class FunctionUnit {
 public:
  FunctionUnit() = default;  // a number without unit
  /// That of a quantity, whose size does not matter: `volt` and `mV` say the same.
  template <int... A>
  FunctionUnit(Quantity<A...>) : kind_(Quantity<A...>::dimension()) {}
  FunctionUnit(const Dimension& dimension) : kind_(dimension) {}

  /// Any unit will do.
  static FunctionUnit any() { return FunctionUnit(Any{}); }
  /// The unit of the argument of that name.
  static FunctionUnit of(std::string argument) { return FunctionUnit(std::move(argument)); }

  const Dimension* dimension() const { return std::get_if<Dimension>(&kind_); }
  const std::string* argument() const { return std::get_if<std::string>(&kind_); }
  bool is_any() const { return std::holds_alternative<Any>(kind_); }
  friend bool operator==(const FunctionUnit&, const FunctionUnit&) = default;

 private:
  struct Any {
    friend bool operator==(const Any&, const Any&) = default;
  };
  template <class Kind>
  explicit FunctionUnit(Kind kind) : kind_(std::move(kind)) {}

  std::variant<Dimension, Any, std::string> kind_;
};

/// The type that a function asks of an argument. An integer is taken where a float is asked for; a boolean
/// only where anything is, or a boolean.
enum class ArgumentType : std::uint8_t { any, boolean, integer, real };
/// The type of what a function returns; `highest`: that of its arguments, at least integer.
enum class ResultType : std::uint8_t { real, integer, boolean, highest };

/// An argument of a function: its name, and what may stand there.
struct Argument {
  std::string name;
  FunctionUnit unit = {};
  ArgumentType type = ArgumentType::any;

  friend bool operator==(const Argument&, const Argument&) = default;
};

/// What the code of a function takes and gives.
struct FunctionOptions {
  std::vector<Argument> arguments = {};  // one for each of the code; none: numbers without unit
  FunctionUnit unit = {};                // of the result
  ResultType type = ResultType::real;    // of the result
  bool stateless = true;  // the same arguments give the same result, so that calls may be merged and moved
};

/// A function of the user's own, for the namespace: `net.set("f", Function(...))`. Copies share what they
/// are.
class Function {
 public:
  static constexpr std::size_t most_arguments = 8;
  /// The address of code, whatever its number of arguments.
  using Code = void (*)();

  /// Code that takes and returns doubles: quantities in SI base units, booleans as 0 and 1. Kernels call it
  /// for single elements, from any thread; it must not throw. A function that is not `stateless` is called
  /// exactly once for each use and element: element after element, within one in the order of the text (also
  /// where a condition keeps the value from being stored). Throws NetworkError if the options do not fit.
  template <std::same_as<double>... Doubles>
    requires(sizeof...(Doubles) <= most_arguments)
  Function(double (*code)(Doubles...), FunctionOptions options = {})
      : Function(reinterpret_cast<Code>(code), sizeof...(Doubles), std::move(options)) {}
  /// The same for a lambda without captures.
  template <class Lambda>
    requires(std::is_class_v<Lambda>) && requires(Lambda lambda) { +lambda; }
  Function(Lambda lambda, FunctionOptions options = {}) : Function(+lambda, std::move(options)) {}

  /// A definition with arguments: `Function::text("x/(1 + abs(x))", {{"x"}})`. The text may use its
  /// arguments, what the language has, and constants and functions of the namespace in which the call finds
  /// it; it is put in the place of the call. Unit and type of the result follow from it. Throws ModelError
  /// for a text that cannot be parsed, NetworkError for arguments that cannot be.
  static Function text(std::string body, std::vector<Argument> arguments);

  const std::vector<Argument>& arguments() const { return data_->options.arguments; }
  const FunctionUnit& unit() const { return data_->options.unit; }
  ResultType type() const { return data_->options.type; }
  bool stateless() const { return data_->options.stateless; }
  /// nullptr for a text.
  Code code() const { return data_->code; }
  /// As written, names not looked up; empty for code.
  const Expr& body() const { return data_->body; }
  /// What the user has to write: "f(v: volt, n: 1, integer) -> hertz".
  std::string declaration(const std::string& name) const;

  /// The same code or the same text, declared alike.
  friend bool operator==(const Function& a, const Function& b);
  /// Whether what was compiled for one holds for the other: the address of code is only known to a run.
  friend bool same_signature(const Function& a, const Function& b);

 private:
  struct Data {
    FunctionOptions options;
    Code code = nullptr;
    Expr body;
  };
  Function(Code code, std::size_t arguments, FunctionOptions options);
  explicit Function(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

  std::shared_ptr<const Data> data_;
};

/// A function without arguments that draws, for each element and step, how many of n trials succeed, each
/// with probability p: `{"release", BinomialFunction(20, 0.3)}`, then `release()` in a text. With
/// `approximate`, and n p and n (1 - p) both above 5, it draws from the normal distribution of the same mean
/// and variance: a float that may be negative. For n and p that differ between elements, texts call
/// `binomial(n, p)`. Throws NetworkError for a negative n and for a p outside [0, 1].
class BinomialFunction : public Function {
 public:
  BinomialFunction(std::int64_t n, double p, bool approximate = true);
};

/// Calls the code of a function with as many doubles as it takes.
double call(Function::Code code, std::span<const double> arguments);

}  // namespace ranvier
