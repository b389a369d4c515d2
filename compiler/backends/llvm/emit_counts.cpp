#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>

#include <algorithm>
#include <cstddef>
#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/compiler/backends/llvm/host_functions.hpp>
#include <ranvier/compiler/backends/llvm/philox.hpp>
#include <ranvier/compiler/random_counts.hpp>

// Numbers that count, of one law for all elements. What is not the same for each, the table of chances, is
// asked for once a call. A number is then how many entries are above a word of 32 bits; in front of every
// 32nd or 64th element this file compares as many words at a time, until an entry is above none of them.
// Where a word is equal to an entry, and where there is no table, random_counts.cpp gives the numbers.
namespace ranvier::llvm_backend {
namespace {

constexpr int together = CountTable::elements;
constexpr std::uint64_t entries_a_round = 4;  // some are wasted, but the branch is predicted more often
static_assert(CountTable::entries % entries_a_round == 0);
constexpr std::size_t most_tables = 16;  // each, with its numbers, takes a kilobyte of the stack

llvm::Value* concatenated(llvm::IRBuilder<>& b, std::vector<llvm::Value*> parts, int lanes) {
  if (!parts.front()->getType()->isVectorTy()) {
    const auto size = static_cast<unsigned>(parts.size());
    llvm::Value* all = llvm::PoisonValue::get(llvm::FixedVectorType::get(parts.front()->getType(), size));
    for (std::uint64_t k = 0; k < size; ++k) all = b.CreateInsertElement(all, parts[k], k);
    return all;
  }
  for (; parts.size() > 1; lanes *= 2) {
    std::vector<int> both;
    for (int lane = 0; lane < 2 * lanes; ++lane) both.push_back(lane);
    std::vector<llvm::Value*> wider;
    for (std::size_t k = 0; k < parts.size(); k += 2)
      wider.push_back(b.CreateShuffleVector(parts[k], parts[k + 1], both));
    parts = std::move(wider);
  }
  return parts.front();
}

llvm::Value* any(llvm::IRBuilder<>& b, llvm::Value* mask) {
  const auto* vector = llvm::cast<llvm::FixedVectorType>(mask->getType());
  return b.CreateIsNotNull(b.CreateBitCast(mask, b.getIntNTy(vector->getNumElements())));
}

}  // namespace

/// At eight lanes two calls of Philox, one of which is computed while the other waits for its products.
int Emitter::at_once() const {
  return std::max(together, 8 * lanes_);
}

/// Begins the code that runs in front of some elements, if something needs it.
void Emitter::begin_counts(Value* begin) {
  for (Id id = 0; id < graph_.rest_begin && tabulated_.size() < most_tables; ++id) {
    const Operation& operation = graph_.operations[id];
    bool uniform = graph_.used[id] && !graph_.sequential && is_count(operation.op);
    for (std::size_t k = 4; uniform && k < operation.operands.size(); ++k)
      uniform = graph_.operations[operation.operands[k]].uniform;
    if (uniform) tabulated_.insert(id);
  }
  if (tabulated_.empty()) return;
  llvm::BasicBlock* counts = block("counts");
  after_counts_ = block("vector");
  Value* among = here_.CreateAnd(element_, here_.getInt64(at_once() - 1));
  Value* first = here_.CreateOr(here_.CreateIsNull(among), here_.CreateICmpEQ(element_, begin));
  here_.CreateCondBr(first, counts, after_counts_);
  here_.SetInsertPoint(after_counts_);
  counts_.SetInsertPoint(counts);
}

void Emitter::end_counts() {
  if (!tabulated_.empty()) counts_.CreateBr(after_counts_);
}

/// The upper 31 bits of the words of elements: of 32, the first eight have the first words, the second the
/// second.
llvm::Value* Emitter::words_at_once(const Operation& operation, Value* first) {
  Philox philox(counts_, type(Type::integer, lanes_));
  const auto operand = [&](std::size_t k) { return value(operation.operands[k], lanes_); };
  llvm::Type* integers = type(Type::integer, lanes_);
  llvm::Type* stored = wide(counts_.getInt32Ty(), lanes_);
  std::vector<Value*> in_order;
  for (int begin = 0; begin < at_once(); begin += together) {
    std::vector<Value*> words[4];
    for (int call = begin / 4; call < (begin + together) / 4; call += lanes_) {
      Value* element = counts_.CreateAdd(counts_.CreateLShr(first, 2), counts_.getInt64(call));
      element = splat(counts_, element, lanes_);
      if (lanes_ > 1) element = counts_.CreateAdd(element, counts_.CreateStepVector(integers));
      Value* number = llvm::ConstantInt::get(integers, static_cast<std::uint64_t>(operation.detail));
      Value* c[4] = {philox.lower(element), number, philox.lower(operand(3)), philox.upper(operand(3))};
      philox.run(c, philox.lower(operand(1)), philox.lower(operand(2)));
      for (std::size_t k = 0; k < 4; ++k) words[k].push_back(counts_.CreateTrunc(c[k], stored));
    }
    for (const auto& some : words) in_order.insert(in_order.end(), some.begin(), some.end());
  }
  Value* all = concatenated(counts_, std::move(in_order), lanes_);
  return counts_.CreateLShr(all, 1);
}

/// How many entries are above each word, which is where a difference has a sign; `decided`: whether none is
/// equal to one.
Emitter::Counted Emitter::count_entries(Value* table, Value* words) {
  Value* above = counts_.CreateConstInBoundsGEP1_64(counts_.getInt8Ty(), table, offsetof(CountTable, above));
  llvm::BasicBlock *before = counts_.GetInsertBlock(), *round = block("entries"), *counted = block("counted");
  counts_.CreateBr(round);
  counts_.SetInsertPoint(round);
  llvm::Type* integers = words->getType();
  llvm::PHINode* at = counts_.CreatePHI(counts_.getInt64Ty(), 2, "entry");
  llvm::PHINode* phis[] = {counts_.CreatePHI(integers, 2), counts_.CreatePHI(integers, 2)};
  Value *larger = phis[0], *least = phis[1], *apart = nullptr;
  for (std::uint64_t k = 0; k < entries_a_round; ++k) {
    Value* place =
        counts_.CreateInBoundsGEP(counts_.getInt32Ty(), above, counts_.CreateAdd(at, counts_.getInt64(k)));
    Value* entry = counts_.CreateLoad(counts_.getInt32Ty(), place);
    apart = counts_.CreateSub(words, splat(counts_, entry, at_once()));
    larger = counts_.CreateAdd(larger, counts_.CreateLShr(apart, 31));
    least = counts_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, least, apart);
  }
  at->addIncoming(counts_.getInt64(0), before);
  at->addIncoming(counts_.CreateAdd(at, counts_.getInt64(entries_a_round)), round);
  phis[0]->addIncoming(llvm::Constant::getNullValue(integers), before);
  phis[0]->addIncoming(larger, round);
  phis[1]->addIncoming(llvm::Constant::getAllOnesValue(integers), before);
  phis[1]->addIncoming(least, round);
  Value* more = counts_.CreateICmpSLT(apart, llvm::Constant::getNullValue(integers));
  counts_.CreateCondBr(any(counts_, more), round, counted);
  counts_.SetInsertPoint(counted);
  return {larger, counts_.CreateNot(any(counts_, counts_.CreateIsNull(least)))};
}

/// In the first block: room for a table and for numbers.
Emitter::Counts Emitter::make_table(const Operation& operation) {
  const auto field = [&](Value* table, llvm::Type* type, std::uint64_t offset) {
    return head_.CreateLoad(type, head_.CreateConstInBoundsGEP1_64(head_.getInt8Ty(), table, offset));
  };
  llvm::Type* f64 = head_.getDoubleTy();
  llvm::AllocaInst* table =
      head_.CreateAlloca(head_.getInt64Ty(), head_.getInt64(sizeof(CountTable) / 8), "table");
  Values arguments;
  for (std::size_t k = 4; k < operation.operands.size(); ++k)
    arguments.push_back(values_[operation.operands[k]]);
  std::vector<llvm::Type*> parameters(arguments.size(), f64);
  parameters.push_back(head_.getPtrTy());
  arguments.push_back(table);
  const char* symbol = operation.op == Op::poisson_draw ? poisson_table_symbol : binomial_table_symbol;
  head_.CreateCall(outside(symbol, llvm::FunctionType::get(head_.getVoidTy(), parameters, false)), arguments);
  llvm::AllocaInst* numbers = head_.CreateAlloca(f64, head_.getInt64(at_once()), "numbers");
  numbers->setAlignment(llvm::Align(64));
  Value* usable = head_.CreateIsNotNull(field(table, head_.getInt64Ty(), offsetof(CountTable, usable)));
  return {table, numbers, usable, splat(head_, field(table, f64, offsetof(CountTable, base)), at_once()),
          splat(head_, field(table, f64, offsetof(CountTable, sign)), at_once())};
}

llvm::Value* Emitter::count(const Operation& operation) {
  const Counts all = make_table(operation);
  llvm::BasicBlock *tabulated = block("tabulated"), *decided = block("decided"), *rare = block("rare"),
                   *ready = block("ready");
  Value* first = counts_.CreateAnd(element_, counts_.getInt64(-std::int64_t{at_once()}));
  counts_.CreateCondBr(all.usable, tabulated, rare);

  counts_.SetInsertPoint(tabulated);
  const Counted counted = count_entries(all.table, words_at_once(operation, first));
  llvm::MDNode* likely = llvm::MDBuilder(module_.getContext()).createBranchWeights(1000, 1);
  counts_.CreateCondBr(counted.decided, decided, rare, likely);
  counts_.SetInsertPoint(decided);
  llvm::Type* reals = type(Type::real, at_once());
  Value* numbers = counts_.CreateFMul(all.sign, counts_.CreateSIToFP(counted.counts, reals));
  counts_.CreateAlignedStore(counts_.CreateFAdd(all.base, numbers), all.numbers, llvm::Align(64));
  counts_.CreateBr(ready);

  counts_.SetInsertPoint(rare);
  llvm::Type *i32 = counts_.getInt32Ty(), *i64 = counts_.getInt64Ty(), *pointer = counts_.getPtrTy();
  const auto word = [&](Value* x) { return counts_.CreateTrunc(x, i32); };
  const auto operand = [&](std::size_t k) { return values_[operation.operands[k]]; };
  auto* type =
      llvm::FunctionType::get(counts_.getVoidTy(), {pointer, i32, i32, i32, i32, i64, i32, pointer}, false);
  Value* draw = counts_.getInt32(static_cast<std::uint32_t>(operation.detail));
  counts_.CreateCall(outside(counts_symbol, type),
                     {all.table, word(operand(1)), word(operand(2)), word(first), draw, operand(3),
                      counts_.getInt32(static_cast<std::uint32_t>(at_once())), all.numbers});
  counts_.CreateBr(ready);

  counts_.SetInsertPoint(ready);
  Value* among = here_.CreateAnd(element_, here_.getInt64(at_once() - 1));
  return here_.CreateAlignedLoad(this->type(Type::real, lanes_),
                                 here_.CreateInBoundsGEP(here_.getDoubleTy(), all.numbers, among),
                                 llvm::Align(static_cast<std::uint64_t>(lanes_) * sizeof(double)));
}

}  // namespace ranvier::llvm_backend
