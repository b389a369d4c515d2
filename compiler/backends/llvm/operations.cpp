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

/// What is done to a choice between two numbers that are the same for every element, is done to both numbers
/// before the loop: g_max*int(open) chooses between g_max*1 and g_max*0.
Id Operations::choose_later(Op op, const std::vector<Id>& operands) {
  const bool arithmetic = op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::divide;
  if (!arithmetic || type(operands[0]) != Type::real) return none;
  for (std::size_t k = 0; k < 2; ++k) {
    const Operation choice = list_[operands[k]];
    if (choice.op != Op::select || choice.uniform || !list_[operands[1 - k]].uniform) continue;
    if (!list_[choice.operands[1]].uniform || !list_[choice.operands[2]].uniform) continue;
    const auto done_to = [&](Id value) {
      std::vector<Id> both = operands;
      both[k] = value;
      return make(op, Type::real, std::move(both));
    };
    const Id if_true = done_to(choice.operands[1]);
    return select(choice.operands[0], if_true, done_to(choice.operands[2]));
  }
  return none;
}

Id Operations::make(Op op, Type type, std::vector<Id> operands, std::int64_t detail) {
  if (const Id choice = choose_later(op, operands); choice != none) return choice;
  if (op == Op::divide && list_[operands[0]].op == Op::negate)  // it merges with what is done to the quotient
    return make(Op::negate, type, {make(op, type, {list_[operands[0]].operands[0], operands[1]})});
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

std::vector<bool> Operations::needed_by(const std::vector<Id>& roots) const {
  std::vector<bool> needed(list_.size(), false);
  for (const Id root : roots)
    if (root != none) needed[root] = true;
  for (std::size_t id = list_.size(); id-- > 0;) {
    const Operation& operation = list_[id];
    if (operation.op == Op::store || operation.op == Op::call) needed[id] = true;
    if (!needed[id]) continue;
    for (const Id operand : operation.operands) needed[operand] = true;
  }
  return needed;
}

Id Operations::convert(Id value, Type type) {
  constexpr Op to[] = {Op::to_boolean, Op::to_integer, Op::to_real};
  if (this->type(value) == type) return value;
  if (type == Type::real) {
    const Operation& given = list_[value];
    const Id truth = given.op == Op::to_integer ? given.operands[0] : value;
    if (this->type(truth) == Type::boolean) return select(truth, real(1), real(0));
    if (is_count(list_[truth].op)) return truth;  // whole, as far as integers go
  }
  return make(to[static_cast<int>(type)], type, {value});
}

Id Operations::narrow(Id value, Storage storage) {
  if (storage == Storage::f64 || storage == Storage::i64 || storage == Storage::u8) return value;
  return make(Op::narrow, type(value), {value}, static_cast<std::int64_t>(storage));
}

Id Operations::select(Id condition, Id if_true, Id if_false) {
  return if_true == if_false ? if_true : make(Op::select, type(if_true), {condition, if_true, if_false});
}

}  // namespace ranvier::llvm_backend
