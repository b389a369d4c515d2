#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/ast.hpp>

namespace mu {
class Parser;
}

namespace ranvier::reference_backend {

/// A number in memory that expressions read by name.
struct Slot {
  double* at = nullptr;
  Type type = Type::real;
};

/// What an expression may refer to. Slots stay where they are.
class Slots {
 public:
  Slot add(Type type) { return {&numbers_.emplace_back(0.0), type}; }

 private:
  std::deque<double> numbers_;
};

/// What surrounds an expression: the meaning of its names, and of calls that are no plain functions (random
/// draws). An answer may come with work to be done before the expression is evaluated.
class Environment {
 public:
  virtual ~Environment() = default;
  virtual Slot name(const std::string& id) = 0;
  virtual std::optional<Slot> call(const ast::Call& call) = 0;
};

/// Steps that leave the value of an expression in a slot.
class Program {
 public:
  explicit Program(Slots& slots);
  ~Program();
  Program(Program&&) noexcept;

  /// Appends the steps for `expr`. Throws BackendError for a kernel that breaks the rules.
  Slot add(const Expr& expr, Environment& environment);
  /// Appends any other step.
  void add(std::function<void()> step) { steps_.push_back(std::move(step)); }
  void run() const {
    for (const auto& step : steps_) step();
  }

 private:
  struct Text {
    std::string text;
    Type type;
  };
  class Translation;
  Slot evaluate(const Text& text, const std::map<std::string, double*>& variables);

  Slots& slots_;
  std::vector<std::function<void()>> steps_;
};

}  // namespace ranvier::reference_backend
