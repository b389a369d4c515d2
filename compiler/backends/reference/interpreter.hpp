#pragma once
#include <ranvier/compiler/backends/reference/program.hpp>
#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/kernel_abi.hpp>

namespace ranvier::reference_backend {

/// A kernel as programs. Columns are read from memory before every statement and written by every store, so
/// what a statement sees is what the definition of Kernel says, whatever overlaps.
class Interpreter : private Environment {
 public:
  explicit Interpreter(Kernel kernel);
  std::int64_t run(const KernelArgs& args);

 private:
  struct Statement {
    Program program;
    Slot value;
    std::optional<Slot> guard;
    std::optional<std::size_t> column;  // of a store
    Slot local;                         // of anything else
    Slot before;                        // what the local is if the guard is false
    std::vector<std::size_t> reads;     // columns
  };

  /// What is repeated: a round, and where what it makes of the locals goes.
  struct Rounds {
    std::size_t at;
    std::vector<std::pair<Slot, Slot>> initial, next;  // from, to
    std::optional<Statement> condition;
    std::vector<Statement> body;
    std::int64_t most;
  };

  Slot name(const std::string& id) override;
  std::optional<Slot> call(const ast::Call& call) override;
  Slot entry(const PropagatorEntry& entry);
  Slot draw(const ast::Call& call);
  Slot load(const ast::Call& call);
  Slot apply(const ast::Call& call);
  Statement translate(const Assign& assign);
  void translate(const Repeat& repeat);
  void begin_program(Program& program);

  void bind_scalars();
  void run_element(std::int64_t element);
  void run_rows(const KernelArgs& args);
  void execute(Statement& statement);
  void repeat();
  void* cell(std::size_t column) const;
  double read(std::size_t column) const;
  double read(std::size_t column, const void* at) const;
  void write(std::size_t column, double value, Type type);
  std::size_t column(const std::string& name) const;
  std::optional<std::size_t> scalar(ScalarKind kind) const;

  Kernel kernel_;
  Slots slots_;
  std::map<std::string, Slot> names_;  // columns, scalars and integers of the element
  std::map<std::string, Slot> locals_;
  std::vector<Slot> local_slots_;
  std::map<std::size_t, std::vector<Slot>> propagated_;  // by propagator: entries of P, then of Q
  std::map<double, Slot> called_;                        // by number: calls that are not stateless
  Program* program_ = nullptr;                           // being translated
  std::vector<std::size_t>* reads_ = nullptr;
  std::vector<Statement> body_, on_event_;
  std::optional<Statement> condition_;
  std::optional<Rounds> rounds_;
  const KernelArgs* args_ = nullptr;
  std::int64_t element_ = 0, pre_ = 0, post_ = 0;
};

}  // namespace ranvier::reference_backend
