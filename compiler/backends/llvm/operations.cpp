#include <algorithm>
#include <ranvier/compiler/backends/llvm/graph.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <string>

namespace ranvier::llvm_backend {
namespace {

// The compiler refuses a kernel of far fewer (Limits::operations), with a message that shows the place; this
// is for kernels that did not come from it.
constexpr std::size_t most_operations = 1'000'000;

std::uint64_t hash_of(const Operation& operation) {
  std::uint64_t hash =
      static_cast<std::uint64_t>(operation.op) * 8 + static_cast<std::uint64_t>(operation.type);
  const auto add = [&](std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
  };
  add(static_cast<std::uint64_t>(operation.detail));
  for (const Id operand : operation.operands) add(operand);
  return hash;
}

bool equal(const Operation& a, const Operation& b) {
  return a.op == b.op && a.type == b.type && a.detail == b.detail && a.operands == b.operands;
}

/// Leaves that differ between elements; everything else is uniform if its operands are.
bool varies(Op op) {
  return op == Op::element || op == Op::pre || op == Op::post;
}

}  // namespace

Id Operations::append(Operation operation) {
  if (list_.size() >= most_operations)
    throw BackendError("a kernel of more than " + std::to_string(most_operations) +
                       " operations; split the model into several objects");
  list_.push_back(std::move(operation));
  return static_cast<Id>(list_.size() - 1);
}

Id Operations::make(Op op, Type type, std::vector<Id> operands, std::int64_t detail) {
  Operation operation{op, type, false, detail, std::move(operands)};
  const std::uint64_t hash = hash_of(operation);
  for (auto [at, end] = known_.equal_range(hash); at != end; ++at)
    if (equal(list_[at->second], operation)) return at->second;
  operation.uniform =
      !varies(op) && std::ranges::all_of(operation.operands, [&](Id id) { return list_[id].uniform; });
  const Id id = append(std::move(operation));
  known_.emplace(hash, id);
  return id;
}

std::vector<bool> Operations::depending_on(Op kind, Id first) const {
  std::vector<bool> depends;
  for (Id id = first; id < list_.size(); ++id)
    depends.push_back(list_[id].op == kind || std::ranges::any_of(list_[id].operands, [&](Id operand) {
                        return operand < first ? list_[operand].op == kind : depends[operand - first];
                      }));
  return depends;
}

Id Operations::convert(Id value, Type type) {
  constexpr Op to[] = {Op::to_boolean, Op::to_integer, Op::to_real};
  return this->type(value) == type ? value : make(to[static_cast<int>(type)], type, {value});
}

Id Operations::narrow(Id value, Storage storage) {
  if (storage == Storage::f64 || storage == Storage::i64 || storage == Storage::u8) return value;
  return make(Op::narrow, type(value), {value}, static_cast<std::int64_t>(storage));
}

Id Operations::select(Id condition, Id if_true, Id if_false) {
  return if_true == if_false ? if_true : make(Op::select, type(if_true), {condition, if_true, if_false});
}

}  // namespace ranvier::llvm_backend
