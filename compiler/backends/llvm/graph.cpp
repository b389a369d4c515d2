#include <algorithm>

#include <ranvier/compiler/backends/llvm/translator.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {

void fail(const Kernel& kernel, const std::string& what) {
  throw BackendError("kernel '" + kernel.name + "': " + what);
}

Translator::Translator(const Kernel& kernel, bool precise)
    : kernel_(kernel),
      operations_(precise),
      current_(kernel.columns.size(), none),
      memory_(kernel.columns.size(), none),
      propagated_(kernel.propagators.size(), none) {
  for (std::size_t k = 0; k < kernel.columns.size(); ++k) columns_[kernel.columns[k].name] = k;
  for (std::size_t k = 0; k < kernel.scalars.size(); ++k) scalars_[kernel.scalars[k].name] = k;
  sequential_ = runs_in_order(kernel);
  shared_fixed_ = std::ranges::none_of(kernel.columns,
                                       [](const Column& c) { return c.written && c.index == Index::shared; });
}

Graph Translator::translate() {
  if (kernel_.condition && kernel_.loop != Loop::elements)
    fail(kernel_, "only a loop over elements has a condition");
  if (!kernel_.condition && !kernel_.on_event.empty()) fail(kernel_, "on_event without a condition");
  Graph graph;
  translate_body();
  store_changes();
  if (kernel_.condition) {
    translate_condition(graph);
    graph.event_begin = count();
    in_event_ = true;
    for (const Assign& statement : kernel_.on_event) assign(statement);
    store_changes();
  } else {
    graph.rest_begin = graph.event_begin = count();
  }
  graph.used = operations_.needed_by(roots_of(graph));
  graph.sequential = sequential_;
  graph.rounds = std::move(rounds_);
  graph.operations = operations_.take();
  return graph;
}

std::vector<Id> Translator::roots_of(const Graph& graph) const {
  std::vector<Id> roots{graph.condition, graph.first_condition};
  if (!rounds_) return roots;
  roots.push_back(rounds_->condition);
  for (const Rounds::Carried& carried : rounds_->carried)
    roots.push_back(carried.value), roots.push_back(carried.next);
  return roots;
}

void Translator::translate_body() {
  for (std::size_t k = 0; k <= kernel_.body.size(); ++k) {
    if (kernel_.repeat && kernel_.repeat->at == k) repeat(*kernel_.repeat);
    if (k < kernel_.body.size()) assign(kernel_.body[k]);
  }
}

/// Where the first of several conditions holds for no lane, what the others need is not computed, unless
/// there is a call that every element makes.
void Translator::translate_condition(Graph& graph) {
  seen_.clear();
  const Expr* first = &kernel_.condition;
  for (auto* all = as<ast::Binary>(*first); all && all->op == BinaryOp::logical_and;
       all = as<ast::Binary>(*first))
    first = &all->lhs;
  const Id decisive = operations_.convert(value(*first), Type::boolean);
  graph.rest_begin = count();
  graph.condition = operations_.convert(value(kernel_.condition), Type::boolean);
  const auto& list = operations_.list();
  const bool more = std::any_of(list.begin() + graph.rest_begin, list.end(), [](const Operation& operation) {
    return !operation.uniform && operation.op != Op::both;
  });
  if (more && !calls_in_order(kernel_)) graph.first_condition = decisive;
}

/// Nothing behind the rounds uses an operation that changes from one to the next: it sees what has settled.
void Translator::repeat(const Repeat& repeat) {
  if (calls_in_order(kernel_)) fail(kernel_, "a call that may not be repeated");
  const auto before = locals_;
  Rounds& rounds = rounds_.emplace();
  rounds.most = repeat.most;
  std::vector<std::string> names;
  for (const Assign& statement : repeat.body) {
    if (statement.store) fail(kernel_, "what is repeated only assigns locals");
    const auto old = locals_.find(statement.target);
    if (old == locals_.end() || std::ranges::count(names, statement.target)) continue;
    names.push_back(statement.target);
    const Id initial = operations_.convert(old->second, statement.type);
    rounds.carried.push_back({operations_.append({Op::carried, statement.type, false, 0, {initial}}), none});
  }
  for (std::size_t k = 0; k < names.size(); ++k) locals_[names[k]] = rounds.carried[k].value;
  rounds.begin = count();
  seen_.clear();
  rounds.condition = operations_.convert(value(repeat.condition), Type::boolean);
  rounds.body = count();
  for (const Assign& statement : repeat.body) assign(statement);
  for (std::size_t k = 0; k < names.size(); ++k) {
    const Id next = locals_.at(names[k]);
    rounds.carried[k].next = operations_.convert(next, operations_.type(rounds.carried[k].value));
  }
  rounds.end = count();
  rounds.varies = operations_.depending_on(Op::carried, rounds.begin);
  locals_ = before;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const Id value = rounds.carried[k].value;
    locals_[names[k]] = operations_.append({Op::settled, operations_.type(value), false, 0, {value}});
  }
}

void Translator::assign(const Assign& assign) {
  seen_.clear();
  Id result = value(assign.value);
  const Id guard = assign.guard ? operations_.convert(value(assign.guard), Type::boolean) : none;
  if (assign.store) {
    const auto found = columns_.find(assign.target);
    if (found == columns_.end() || !kernel_.columns[found->second].written)
      fail(kernel_, "stores into '" + assign.target + "', which is no written column");
    const Column& target = kernel_.columns[found->second];
    result = operations_.convert(result, type_of(target.storage));
    result = operations_.narrow(result, target.storage);
    store(found->second, guard == none ? result : operations_.select(guard, result, column(found->second)));
    return;
  }
  result = operations_.convert(result, assign.type);
  if (guard != none) {
    const auto old = locals_.find(assign.target);
    const Id otherwise = old == locals_.end() ? operations_.convert(operations_.integer(0), assign.type)
                                              : operations_.convert(old->second, assign.type);
    result = operations_.select(guard, result, otherwise);
  }
  locals_.insert_or_assign(assign.target, result);
}

/// Where nothing else can see it, a store waits until all statements are done.
void Translator::store(std::size_t column, Id value) {
  if (!sequential_) {
    if (in_event_) this->column(column);  // lanes without an event keep what memory holds
    current_[column] = value;
    return;
  }
  const Id at = position(column);
  std::vector<Id> operands = {value, value};
  if (at != none) operands.push_back(at);
  operations_.append(
      {Op::store, operations_.type(value), false, static_cast<std::int64_t>(column), std::move(operands)});
  ++epoch_;
}

void Translator::store_changes() {
  if (sequential_) return;
  for (std::size_t k = 0; k < current_.size(); ++k) {
    if (current_[k] == memory_[k]) continue;
    const Id old = in_event_ ? memory_[k] : current_[k];
    operations_.append(
        {Op::store, operations_.type(current_[k]), false, static_cast<std::int64_t>(k), {current_[k], old}});
    memory_[k] = current_[k];
  }
}

Graph build_graph(const Kernel& kernel, bool precise) {
  return Translator(kernel, precise).translate();
}

}  // namespace ranvier::llvm_backend
