#pragma once
#include <llvm/IR/IRBuilder.h>

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/graph.hpp>

/// Internal to emit*.cpp: the state of writing one kernel's function.
namespace ranvier::llvm_backend {

class Emitter {
 public:
  Emitter(llvm::Function& function, const Kernel& kernel, const Graph& graph, int lanes);
  void emit();

 private:
  using Builder = llvm::IRBuilder<>;
  using Value = llvm::Value;
  /// Operands of an operation, all of the width at which it is computed.
  using Values = std::vector<Value*>;

  // emit_loops.cpp: the frame around the operations
  void emit_elements();
  void go_on_if(Value* condition, llvm::BasicBlock* otherwise, const char* name);
  Value* emit_event(Value* element, Value* count);
  void emit_list();
  void emit_rows();
  void prefetch(std::size_t column, Value* position);
  Value* later(Value* at, Value* stop, std::int64_t ahead);
  void prefetch_entry(Value* list, Value* at, Value* stop);
  void prefetch_row(std::size_t row, llvm::Value* at, llvm::Value* stop);
  void emit_body();
  void emit_rounds(const Rounds& rounds);
  Value* inside(Builder& b);
  llvm::BasicBlock* block(const char* name);
  Value* argument(unsigned index, llvm::Type* type, const char* name);
  Value* is_any(Value* mask);
  /// Opens a loop from `from` to `to` in steps and leaves the builder in its body; `close` ends it.
  struct Open {
    llvm::PHINode* at;
    llvm::BasicBlock *before, *body, *after;
    Value* to;
    std::int64_t step;
  };
  Open open_loop(Value* from, Value* to, std::int64_t step, const char* name);
  void close_loop(const Open& loop);

  // emit_operations.cpp: one operation at a time
  void emit_range(Id begin, Id end);
  void emit_all(const std::vector<Id>& ids);
  void emit_one(Id id);
  Value* emit_operation(Builder& b, const Operation& operation, const Values& v, int width);
  Value* at_most(Builder& b, const Operation& operation, const Values& v);
  Value* leaf(Builder& b, const Operation& operation, int width);
  Value* unary(Builder& b, const Operation& operation, Value* x, int width);
  Value* binary(Builder& b, const Operation& operation, Value* x, Value* y, int width);
  Value* divide_integers(Builder& b, Op op, Value* x, Value* y, int width);
  Value* convert(Builder& b, Op op, Value* x, int width);
  Value* truncate(Builder& b, Value* x, int width);
  Value* value(Id id, int width);
  llvm::Type* type(Type type, int width);
  llvm::Type* wide(llvm::Type* scalar, int width);
  Value* splat(Builder& b, Value* scalar, int width);

  // emit_memory.cpp: columns
  Value* load(Builder& b, const Operation& operation, const Values& v, int width);
  void store(Builder& b, const Operation& operation, const Values& v);
  Value* gather(Builder& b, const Column& column, Value* base, Value* position);
  Value* widen(Builder& b, Storage storage, Value* stored);
  Value* narrow(Builder& b, Storage storage, Value* value);
  Value* address(Builder& b, std::size_t column, Value* position);
  Value* column_base(std::size_t column);
  std::size_t hidden(const char* name) const;
  Value* load_scalar(std::size_t scalar);

  // emit_calls.cpp: functions outside the module
  Value* elementary(Builder& b, const Operation& operation, const Values& v, int width);
  Value* library(Builder& b, const Operation& operation, const Values& v, int width);
  Value* per_lane(Builder& b, llvm::FunctionCallee callee, const Values& v, int width);
  Value* propagate(Builder& b, const Operation& operation, const Values& v, int width);
  Value* entry(Builder& b, const Operation& operation, Value* whole, int width);
  Value* exponential(Builder& b, Formula formula, Value* x);  // emit_exponential.cpp
  llvm::FunctionCallee outside(std::string_view symbol, llvm::FunctionType* type);

  // emit_code.cpp
  Value* call_code(Builder& b, const Operation& operation, const Values& v, int width);

  // emit_division.cpp: quotients by what is uniform
  struct UniformDivisor {  // as in reciprocal.hpp, the same in every lane
    Value *high = nullptr, *low = nullptr, *shift = nullptr, *mask = nullptr;
  };
  bool has_reciprocal(const Operation& division) const;
  const UniformDivisor& uniform_divisor(Id divisor);
  void divide_by_uniform(const std::vector<Id>& quotients);
  bool is_never_tiny(Id x) const;

  // emit_random.cpp
  Value* draw(Builder& b, const Operation& operation, const Values& v, int width);
  Value* uniform_number(Builder& b, Value* high, Value* low, int width, std::int64_t offset);

  // emit_counts.cpp: binomial and Poisson numbers of one law
  struct Counted {
    Value *counts, *decided;
  };
  struct Counts {
    Value *table, *numbers, *usable, *base, *sign;
  };
  int at_once() const;
  void begin_counts(Value* begin);
  void end_counts();
  Value* count(const Operation& operation);
  Counts make_table(const Operation& operation);
  Value* words_at_once(const Operation& operation, Value* first);
  Counted count_entries(Value* table, Value* words);

  llvm::Module& module_;
  llvm::Function& function_;
  const Kernel& kernel_;
  const Graph& graph_;
  const int lanes_;  // of values that differ between elements

  Builder head_;              // before the loop: arguments and what is uniform
  Builder here_;              // inside the loop
  Builder counts_;            // in front of every 32nd or 64th element
  Value* element_ = nullptr;  // _element of the first lane
  Value* begin_ = nullptr;    // of the loop
  Value* end_ = nullptr;
  Value* pre_ = nullptr;  // of a rows kernel
  Value* post_ = nullptr;
  Value* mask_ = nullptr;       // lanes in which the event happens; nullptr outside on_event
  std::vector<Value*> values_;  // per operation
  std::vector<Value*> splats_;  // per uniform operation: the same in every lane
  std::vector<Value*> bases_;   // per column
  std::vector<Value*> scalars_;
  std::unordered_map<Id, UniformDivisor> divisors_;
  int quotients_ = 0;
  std::unordered_set<Id> tabulated_;  // numbers that `counts_` draws
  llvm::BasicBlock* after_counts_ = nullptr;
  std::unordered_map<Value*, std::uint64_t> strides_;  // of propagators' results: doubles per lane
};

}  // namespace ranvier::llvm_backend
