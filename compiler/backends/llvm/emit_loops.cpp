#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <algorithm>

#include <ranvier/compiler/backends/llvm/emit.hpp>
#include <ranvier/compiler/backends/llvm/emitter.hpp>
#include <ranvier/compiler/kernel_abi.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {
namespace {

// Fields of KernelArgs, each of eight bytes.
enum Field : unsigned { columns_field, scalars_field, begin_field, end_field, list_field };

void verify(const llvm::Module& module) {
  std::string problems;
  llvm::raw_string_ostream stream(problems);
  if (llvm::verifyModule(module, &stream)) throw BackendError("the emitter wrote invalid code: " + problems);
}

}  // namespace

Emitter::Emitter(llvm::Function& function, const Kernel& kernel, const Graph& graph, int lanes)
    : module_(*function.getParent()),
      function_(function),
      kernel_(kernel),
      graph_(graph),
      lanes_(graph.sequential || kernel.loop != Loop::elements ? 1 : lanes),
      head_(module_.getContext()),
      here_(module_.getContext()),
      counts_(module_.getContext()),
      values_(graph.operations.size(), nullptr),
      splats_(graph.operations.size(), nullptr),
      bases_(kernel.columns.size(), nullptr),
      scalars_(kernel.scalars.size(), nullptr) {}

// The first block takes the arguments and, as operations are met, everything that is uniform; its branch into
// the loop exists from the start, and `head_` writes before it.
void Emitter::emit() {
  llvm::BasicBlock* first = block("entry");
  llvm::BasicBlock* start = block("start");
  head_.SetInsertPoint(llvm::BranchInst::Create(start, first));
  here_.SetInsertPoint(start);
  switch (kernel_.loop) {
    case Loop::elements:
      return emit_elements();
    case Loop::list:
      return emit_list();
    case Loop::rows:
      return emit_rows();
  }
}

llvm::BasicBlock* Emitter::block(const char* name) {
  return llvm::BasicBlock::Create(module_.getContext(), name, &function_);
}

llvm::Value* Emitter::argument(unsigned index, llvm::Type* type, const char* name) {
  Value* at = head_.CreateConstInBoundsGEP1_64(head_.getInt64Ty(), function_.getArg(0), index);
  return head_.CreateLoad(type, at, name);
}

Emitter::Open Emitter::open_loop(Value* from, Value* to, std::int64_t step, const char* name) {
  llvm::BasicBlock* before = here_.GetInsertBlock();
  llvm::BasicBlock* body = block(name);
  llvm::BasicBlock* after = block("end");
  here_.CreateCondBr(here_.CreateICmpSLT(from, to), body, after);
  here_.SetInsertPoint(body);
  llvm::PHINode* at = here_.CreatePHI(here_.getInt64Ty(), 2, name);
  at->addIncoming(from, before);
  return {at, before, body, after, to, step};
}

void Emitter::close_loop(const Open& loop) {
  Value* next = here_.CreateNSWAdd(loop.at, here_.getInt64(loop.step));
  loop.at->addIncoming(next, here_.GetInsertBlock());
  here_.CreateCondBr(here_.CreateICmpSLT(next, loop.to), loop.body, loop.after);
  here_.SetInsertPoint(loop.after);
}

void Emitter::emit_body() {
  const Id first = graph_.rounds ? graph_.rounds->begin : graph_.rest_begin;
  emit_range(0, first);
  if (!graph_.rounds) return;
  emit_rounds(*graph_.rounds);
  emit_range(graph_.rounds->end, graph_.rest_begin);
}

// A round is made for all lanes while one of them wants it; a lane that does not keeps its values, so that
// its bits are those of a lane alone. What is the same in every round is computed before the first.
void Emitter::emit_rounds(const Rounds& rounds) {
  const auto emit_part = [&](Id begin, Id end, bool varying) {
    std::vector<Id> ids;
    for (Id id = begin; id < end; ++id)
      if (rounds.varies[id - rounds.begin] == varying) ids.push_back(id);
    emit_all(ids);
  };
  emit_part(rounds.begin, rounds.end, false);
  llvm::BasicBlock* before = here_.GetInsertBlock();
  llvm::BasicBlock *test = block("test"), *round = block("round"), *settled = block("settled");
  here_.CreateBr(test);
  here_.SetInsertPoint(test);
  llvm::PHINode* done = here_.CreatePHI(here_.getInt64Ty(), 2, "rounds");
  done->addIncoming(here_.getInt64(0), before);
  std::vector<llvm::PHINode*> values;
  for (const Rounds::Carried& carried : rounds.carried) {
    Value*& value = values_[carried.value];  // so far what it is before the first round
    values.push_back(here_.CreatePHI(value->getType(), 2, "carried"));
    values.back()->addIncoming(value, before);
    value = values.back();
  }
  emit_part(rounds.begin, rounds.body, true);
  Value* active = value(rounds.condition, lanes_);
  if (lanes_ > 1) active = here_.CreateAnd(active, inside(here_));  // the others want nothing
  Value* more = here_.CreateICmpSLT(done, here_.getInt64(rounds.most));
  here_.CreateCondBr(here_.CreateAnd(is_any(active), more), round, settled);
  here_.SetInsertPoint(round);
  emit_part(rounds.body, rounds.end, true);
  for (std::size_t k = 0; k < values.size(); ++k) {
    Value* next = here_.CreateSelect(active, value(rounds.carried[k].next, lanes_), values[k]);
    values[k]->addIncoming(next, here_.GetInsertBlock());
  }
  done->addIncoming(here_.CreateAdd(done, here_.getInt64(1)), here_.GetInsertBlock());
  here_.CreateBr(test);
  here_.SetInsertPoint(settled);
}

/// Lanes whose elements the loop is over. Vectors begin at multiples of their lanes, a part anywhere.
llvm::Value* Emitter::inside(Builder& b) {
  Value* elements = leaf(b, {Op::element, Type::integer, false, 0, {}}, lanes_);
  Value* below = b.CreateICmpSLT(elements, splat(head_, end_, lanes_));
  if (!kernel_.part) return below;
  return b.CreateAnd(below, b.CreateICmpSGE(elements, splat(head_, begin_, lanes_)), "inside");
}

void Emitter::emit_elements() {
  begin_ = argument(begin_field, head_.getInt64Ty(), "begin");
  end_ = argument(end_field, head_.getInt64Ty(), "stop");
  Value* from = kernel_.part ? head_.CreateAnd(begin_, head_.getInt64(-std::int64_t{lanes_})) : begin_;
  const Open loop = open_loop(from, end_, lanes_, "element");
  Value* zero = here_.getInt64(0);
  llvm::PHINode* count = here_.CreatePHI(here_.getInt64Ty(), 2, "count");
  count->addIncoming(zero, loop.before);
  element_ = loop.at;
  begin_counts(from);
  emit_body();
  end_counts();
  Value* counted = count;
  if (graph_.condition != none) {
    llvm::BasicBlock* next = block("next");
    llvm::PHINode* merged = llvm::PHINode::Create(here_.getInt64Ty(), 3, "count", next);
    if (graph_.first_condition != none) {
      merged->addIncoming(counted, here_.GetInsertBlock());
      go_on_if(value(graph_.first_condition, lanes_), next, "rest");
    }
    emit_range(graph_.rest_begin, graph_.event_begin);
    merged->addIncoming(counted, here_.GetInsertBlock());
    go_on_if(value(graph_.condition, lanes_), next, "event");
    merged->addIncoming(emit_event(loop.at, counted), here_.GetInsertBlock());
    here_.CreateBr(next);
    here_.SetInsertPoint(next);
    counted = merged;
  }
  count->addIncoming(counted, here_.GetInsertBlock());
  llvm::BasicBlock* last = here_.GetInsertBlock();
  close_loop(loop);
  llvm::PHINode* total = here_.CreatePHI(here_.getInt64Ty(), 2, "total");
  total->addIncoming(zero, loop.before);
  total->addIncoming(counted, last);
  here_.CreateRet(total);
}

/// Where a condition holds for no lane, as it mostly does, control goes elsewhere.
void Emitter::go_on_if(Value* condition, llvm::BasicBlock* otherwise, const char* name) {
  llvm::BasicBlock* on = block(name);
  llvm::MDNode* unlikely = llvm::MDBuilder(module_.getContext()).createBranchWeights(1, 1000);
  here_.CreateCondBr(is_any(condition), on, otherwise, unlikely);
  here_.SetInsertPoint(on);
}

// Events are rare: one test for all lanes, and everything about lanes outside the loop behind it. Returns the
// new number of elements in the list.
llvm::Value* Emitter::emit_event(Value* element, Value* count) {
  Value* condition = value(graph_.condition, lanes_);
  Value* list = argument(list_field, head_.getPtrTy(), "list");
  Value* at = here_.CreateInBoundsGEP(here_.getInt32Ty(), list, count);
  Value* added = nullptr;
  if (lanes_ == 1) {
    here_.CreateStore(here_.CreateTrunc(element, here_.getInt32Ty()), at);
    added = here_.getInt64(1);
  } else {
    Operation own{Op::element, Type::integer, false, 0, {}};
    Value* elements = leaf(here_, own, lanes_);
    mask_ = here_.CreateAnd(condition, inside(here_), "mask");
    here_.CreateMaskedCompressStore(here_.CreateTrunc(elements, wide(here_.getInt32Ty(), lanes_)), at, mask_);
    Value* bits = here_.CreateBitCast(mask_, here_.getIntNTy(static_cast<unsigned>(lanes_)));
    added = here_.CreateZExt(here_.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, bits), here_.getInt64Ty());
  }
  emit_range(graph_.event_begin, static_cast<Id>(graph_.operations.size()));
  return here_.CreateAdd(count, added);
}

llvm::Value* Emitter::is_any(Value* mask) {
  if (lanes_ == 1) return mask;
  Value* bits = here_.CreateBitCast(mask, here_.getIntNTy(static_cast<unsigned>(lanes_)));
  return here_.CreateIsNotNull(bits, "any");
}

void Emitter::prefetch(std::size_t column, Value* position) {
  here_.CreateIntrinsic(
      llvm::Intrinsic::prefetch, {here_.getPtrTy()},
      {address(here_, column, position), here_.getInt32(0), here_.getInt32(3), here_.getInt32(1)});
}

/// What will be at a place of the list some rounds later; the last of the list where it is shorter.
llvm::Value* Emitter::later(Value* at, Value* stop, std::int64_t ahead) {
  Value* last = here_.CreateSub(stop, here_.getInt64(1));
  Value* place = here_.CreateAdd(at, here_.getInt64(ahead));
  return here_.CreateSelect(here_.CreateICmpSLT(place, last), place, last);
}

/// The synapses of a target lie far from each other, so they are asked for some entries ahead.
void Emitter::prefetch_entry(Value* list, Value* at, Value* stop) {
  constexpr std::int64_t entries_ahead = 16;
  Value* entry = here_.CreateInBoundsGEP(here_.getInt32Ty(), list, later(at, stop, entries_ahead));
  Value* element = here_.CreateSExt(here_.CreateLoad(here_.getInt32Ty(), entry), here_.getInt64Ty());
  for (std::size_t k = 0; k < kernel_.columns.size(); ++k)
    if (kernel_.columns[k].index == Index::element) prefetch(k, element);
}

void Emitter::emit_list() {
  Value* list = argument(list_field, head_.getPtrTy(), "list");
  Value* stop = argument(end_field, head_.getInt64Ty(), "stop");
  const Open loop = open_loop(argument(begin_field, head_.getInt64Ty(), "begin"), stop, 1, "position");
  prefetch_entry(list, loop.at, stop);
  Value* entry = here_.CreateInBoundsGEP(here_.getInt32Ty(), list, loop.at);
  element_ = here_.CreateSExt(here_.CreateLoad(here_.getInt32Ty(), entry), here_.getInt64Ty(), "element");
  emit_body();
  close_loop(loop);
  here_.CreateRet(here_.getInt64(0));
}

/// The first synapses of a row are far from those of the row before, so they are asked for some rows ahead.
void Emitter::prefetch_row(std::size_t row, Value* at, Value* stop) {
  constexpr std::int64_t rows_ahead = 4, line = 64;
  Value* first =
      here_.CreateLoad(here_.getInt64Ty(), address(here_, row, later(at, stop, rows_ahead)), "ahead");
  for (std::size_t k = 0; k < kernel_.columns.size(); ++k) {
    if (kernel_.columns[k].index != Index::element) continue;
    const auto entries = line / static_cast<std::int64_t>(size_of(kernel_.columns[k].storage));
    for (Value* place : {first, here_.CreateAdd(first, here_.getInt64(entries))}) prefetch(k, place);
  }
}

void Emitter::emit_rows() {
  Value* list = argument(list_field, head_.getPtrTy(), "list");
  const std::size_t row = hidden("_row"), row_end = hidden("_row_end"), target = hidden("_target");

  Value* stop = argument(end_field, head_.getInt64Ty(), "stop");
  const Open sources = open_loop(argument(begin_field, head_.getInt64Ty(), "begin"), stop, 1, "position");
  prefetch_row(row, sources.at, stop);
  Value* entry = here_.CreateInBoundsGEP(here_.getInt32Ty(), list, sources.at);
  pre_ = here_.CreateSExt(here_.CreateLoad(here_.getInt32Ty(), entry), here_.getInt64Ty(), "pre");
  llvm::Type* i64 = here_.getInt64Ty();
  Value* from = here_.CreateLoad(i64, address(here_, row, sources.at), "from");
  Value* to = here_.CreateLoad(i64, address(here_, row_end, sources.at), "to");
  const Open synapses = open_loop(from, to, 1, "synapse");
  element_ = synapses.at;
  post_ = here_.CreateLoad(here_.getInt32Ty(), address(here_, target, element_));
  post_ = here_.CreateSExt(post_, i64, "post");
  emit_body();
  close_loop(synapses);
  close_loop(sources);
  here_.CreateRet(here_.getInt64(0));
}

std::string symbol_of(std::size_t k) {
  return "kernel" + std::to_string(k);
}

std::unique_ptr<llvm::Module> emit_module(llvm::LLVMContext& context, const std::vector<Kernel>& kernels,
                                          const CodeOptions& options, const llvm::TargetMachine& machine) {
  auto module = std::make_unique<llvm::Module>("kernels", context);
  module->setTargetTriple(machine.getTargetTriple().str());
  module->setDataLayout(machine.createDataLayout());
  llvm::Type* pointer = llvm::PointerType::getUnqual(context);
  auto* type = llvm::FunctionType::get(llvm::Type::getInt64Ty(context), {pointer}, false);
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    auto* function =
        llvm::Function::Create(type, llvm::Function::ExternalLinkage, symbol_of(k), module.get());
    function->setDoesNotThrow();
    // Vectors that do not fit the registers are kept on lines of their own: LLVM aligns them only if there is
    // a frame pointer.
    function->addFnAttr("frame-pointer", "all");
    const Graph graph = build_graph(kernels[k], options.precise);
    Emitter(*function, kernels[k], graph, options.lanes).emit();
  }
  verify(*module);
  return module;
}

}  // namespace ranvier::llvm_backend
