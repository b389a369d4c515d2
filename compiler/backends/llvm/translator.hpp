#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <ranvier/compiler/backends/llvm/graph.hpp>

/// Internal to graph.cpp (statements) and graph_values.cpp (expressions).
namespace ranvier::llvm_backend {

[[noreturn]] void fail(const Kernel& kernel, const std::string& what);

/// Walks a kernel's statements in order and keeps what every name stands for at that point.
class Translator {
 public:
  Translator(const Kernel& kernel, bool precise);
  Graph translate();

 private:
  void assign(const Assign& assign);
  std::vector<Id> roots_of(const Graph& graph) const;
  void translate_body();
  void translate_condition(Graph& graph);
  Id count() const { return static_cast<Id>(operations_.list().size()); }
  void repeat(const Repeat& repeat);
  void store(std::size_t column, Id value);
  void store_changes();

  Id value(const Expr& expr);
  Id leaf(const Expr& expr);
  Id binary(const ast::Binary& binary, Id left);
  Id call(const ast::Call& call);
  Id name(const std::string& id);
  Id column(std::size_t index);
  Id position(std::size_t column);
  Id scalar(ScalarKind kind);
  Id entry(const PropagatorEntry& entry);
  Id load(std::size_t index, std::vector<Id> operands);
  Id load_computed(const std::vector<Expr>& args);
  Id apply(const std::vector<Expr>& args, bool stateless);
  void count_steps(Id count, Id time, const Expr& length);
  Id draw(Op op, const std::vector<Expr>& args);
  std::size_t hidden(const std::string& name);

  const Kernel& kernel_;
  Operations operations_;
  std::map<std::string, Id, std::less<>> locals_;
  std::map<std::string, std::size_t, std::less<>> columns_, scalars_;
  std::vector<Id> current_;  // per column: its value at this point; none: not read yet
  std::vector<Id> memory_;   // per column: what its array holds at this point
  std::vector<Id> propagated_;
  std::unordered_map<const Node*, Id> seen_;  // shared parts of the expression at hand
  std::int64_t epoch_ = 0;                    // stores so far, where these can change what is loaded
  bool sequential_ = false;
  bool shared_fixed_ = true;  // no store can change what a shared column holds
  bool in_event_ = false;
  std::optional<Rounds> rounds_;
};

}  // namespace ranvier::llvm_backend
