#include <ranvier/compiler/backends/reference/interpreter.hpp>

#include <algorithm>
#include <cmath>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/backends/reference/functions.hpp>
#include <ranvier/compiler/function.hpp>
#include <ranvier/compiler/random_counts.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::reference_backend {

Interpreter::Interpreter(Kernel kernel) : kernel_(std::move(kernel)) {
  for (const Column& c : kernel_.columns) names_[c.name] = slots_.add(type_of(c.storage));
  for (const Scalar& s : kernel_.scalars) names_[s.name] = slots_.add(s.type);
  names_["_element"] = slots_.add(Type::integer);
  if (kernel_.loop == Loop::rows) {
    names_["_pre"] = slots_.add(Type::integer);
    names_["_post"] = slots_.add(Type::integer);
  }
  for (std::size_t k = 0; k <= kernel_.body.size(); ++k) {
    if (kernel_.repeat && kernel_.repeat->at == k) translate(*kernel_.repeat);
    if (k < kernel_.body.size()) body_.push_back(translate(kernel_.body[k]));
  }
  if (kernel_.condition) condition_.emplace(translate({"", Type::boolean, false, kernel_.condition, {}}));
  for (const Assign& assign : kernel_.on_event) on_event_.push_back(translate(assign));
}

Interpreter::Statement Interpreter::translate(const Assign& assign) {
  Statement statement{Program(slots_), {}, {}, {}, {}, {}, {}};
  program_ = &statement.program;
  reads_ = &statement.reads;
  statement.value = statement.program.add(assign.value, *this);
  if (assign.guard) statement.guard = statement.program.add(assign.guard, *this);
  if (assign.store) {
    statement.column = column(assign.target);
    return statement;
  }
  const auto old = locals_.find(assign.target);
  statement.local = slots_.add(assign.type);
  statement.before = old == locals_.end() ? slots_.add(assign.type) : old->second;
  locals_[assign.target] = statement.local;
  return statement;
}

void Interpreter::translate(const Repeat& repeat) {
  Rounds& rounds = rounds_.emplace();
  rounds.at = repeat.at;
  rounds.most = repeat.most;
  auto outer = locals_;
  for (const Assign& assign : repeat.body) {
    const auto old = outer.find(assign.target);
    if (assign.store) throw BackendError("kernel '" + kernel_.name + "' stores in what it repeats");
    if (old == outer.end() || !locals_[assign.target].at || locals_[assign.target].at != old->second.at)
      continue;
    const Slot carried = slots_.add(assign.type);
    rounds.initial.emplace_back(old->second, carried);
    locals_[assign.target] = carried;
  }
  for (auto& [name, slot] : outer) slot = locals_.at(name);
  rounds.condition.emplace(translate({"", Type::boolean, false, repeat.condition, {}}));
  for (const Assign& assign : repeat.body) rounds.body.push_back(translate(assign));
  for (const auto& [name, slot] : outer)
    if (const Slot last = locals_.at(name); last.at != slot.at) rounds.next.emplace_back(last, slot);
  locals_ = std::move(outer);
}

Slot Interpreter::name(const std::string& id) {
  if (const auto local = locals_.find(id); local != locals_.end()) return local->second;
  if (const auto found = names_.find(id); found != names_.end()) {
    const auto read = std::ranges::find(kernel_.columns, id, &Column::name);
    if (read != kernel_.columns.end() && read->index == Index::computed)
      throw BackendError("kernel '" + kernel_.name + "' reads '" + id + "' at no position");
    if (read != kernel_.columns.end())
      reads_->push_back(static_cast<std::size_t>(read - kernel_.columns.begin()));
    return found->second;
  }
  if (const auto found = find_entry(kernel_.propagators, id)) return entry(*found);
  throw BackendError("kernel '" + kernel_.name + "' uses the name '" + id + "', which it does not define");
}

Slot Interpreter::entry(const PropagatorEntry& entry) {
  const Propagator& propagator = kernel_.propagators[entry.propagator];
  const auto n = static_cast<std::size_t>(propagator.size);
  const std::optional<std::size_t> step = scalar(ScalarKind::step_length);
  if (propagator.per_run || !step || propagator.matrix.size() != n * n)
    throw BackendError("kernel '" + kernel_.name + "' cannot compute the propagator '" + propagator.name +
                       "'");
  std::vector<Slot>& entries = propagated_[entry.propagator];
  if (entries.empty()) {
    std::vector<Slot> matrix;
    for (const Expr& coefficient : propagator.matrix) matrix.push_back(program_->add(coefficient, *this));
    for (std::size_t k = 0; k < 2 * n * n; ++k) entries.push_back(slots_.add(Type::real));
    const Slot h = names_.at(kernel_.scalars[*step].name);
    program_->add([n, h, matrix, entries] {
      std::vector<double> m, p(n * n), q(n * n);
      for (const Slot& coefficient : matrix) m.push_back(*coefficient.at);
      compute_propagator(static_cast<int>(n), m.data(), *h.at, p.data(), q.data());
      for (std::size_t k = 0; k < n * n; ++k) *entries[k].at = p[k], *entries[n * n + k].at = q[k];
    });
  }
  const auto at = static_cast<std::size_t>(entry.row) * n + static_cast<std::size_t>(entry.column);
  return entries[(entry.drift ? n * n : 0) + at];
}

std::optional<Slot> Interpreter::call(const ast::Call& call) {
  if (call.callee == "_load") return load(call);
  if (call.callee == "_apply" || call.callee == "_call") return apply(call);
  if (call.callee.starts_with('_')) return draw(call);
  return std::nullopt;
}

Slot Interpreter::load(const ast::Call& call) {
  auto* name = call.args.size() == 2 ? as<ast::Name>(call.args[0]) : nullptr;
  if (!name) throw BackendError("kernel '" + kernel_.name + "' loads from something that is no column");
  const std::size_t index = column(name->id);
  if (kernel_.columns[index].index != Index::computed)
    throw BackendError("kernel '" + kernel_.name + "': '" + name->id + "' has positions of its own");
  const Slot position = program_->add(call.args[1], *this);
  const Slot result = slots_.add(type_of(kernel_.columns[index].storage));
  program_->add([this, index, position, result] {
    const auto at =
        to_int64(*position.at) * static_cast<std::int64_t>(size_of(kernel_.columns[index].storage));
    *result.at = read(index, static_cast<const std::byte*>(args_->columns[index]) + at);
  });
  return result;
}

Slot Interpreter::apply(const ast::Call& call) {
  const bool stateless = call.callee == "_apply";
  const std::size_t first = stateless ? 1 : 2;
  auto* name = call.args.size() >= first ? as<ast::Name>(call.args[0]) : nullptr;
  auto* number = name && !stateless ? as<ast::Number>(call.args[1]) : nullptr;
  const std::size_t index = name ? column(name->id) : 0;
  if (!name || kernel_.columns[index].index != Index::code || (!stateless && !number))
    throw BackendError("kernel '" + kernel_.name + "' calls something that is no function");
  if (number && called_.contains(number->value)) return called_.at(number->value);
  std::vector<Slot> arguments;
  for (std::size_t k = first; k < call.args.size(); ++k)
    arguments.push_back(program_->add(call.args[k], *this));
  const Slot result = slots_.add(Type::real);
  program_->add([this, index, arguments, result] {
    std::vector<double> values;
    for (const Slot& argument : arguments) values.push_back(*argument.at);
    *result.at = ranvier::call(reinterpret_cast<ranvier::Function::Code>(args_->columns[index]), values);
  });
  if (number) called_[number->value] = result;
  return result;
}

Slot Interpreter::draw(const ast::Call& call) {
  const auto low = scalar(ScalarKind::key_low), high = scalar(ScalarKind::key_high);
  const auto step = scalar(ScalarKind::timestep);
  const bool trials = call.callee == "_binomial", counts = trials || call.callee == "_poisson";
  const std::size_t parameters = trials ? 2 : counts ? 1 : 0;
  auto* number = call.args.size() == parameters + 1 ? as<ast::Number>(call.args.back()) : nullptr;
  if (!low || !high || !step || !number)
    throw BackendError("kernel '" + kernel_.name + "' has not what '" + call.callee + "' needs");
  const Slot result = slots_.add(counts ? Type::integer : Type::real);
  const std::optional<Slot> first = counts ? std::optional(program_->add(call.args[0], *this)) : std::nullopt;
  const std::optional<Slot> second =
      trials ? std::optional(program_->add(call.args[1], *this)) : std::nullopt;
  const bool is_normal = call.callee == "_randn";
  program_->add([this, low, high, step, result, first, second, is_normal,
                 k = static_cast<std::uint32_t>(number->value)] {
    const double* scalars = args_->scalars;
    const RandomKey key{static_cast<std::uint32_t>(scalars[*low]),
                        static_cast<std::uint32_t>(scalars[*high])};
    const auto element = static_cast<std::uint32_t>(element_);
    const auto time = static_cast<std::uint64_t>(to_int64(scalars[*step]));
    if (first) {
      *result.at = static_cast<double>(second ? binomial(*first->at, *second->at, key, element, k, time)
                                              : poisson(*first->at, key, element, k, time));
      return;
    }
    const RandomWords words = random_words(key, element, k, time);
    *result.at = is_normal ? normal(words) : uniform(words);
  });
  return result;
}

std::int64_t Interpreter::run(const KernelArgs& args) {
  args_ = &args;
  bind_scalars();
  if (kernel_.loop == Loop::rows) {
    run_rows(args);
    return 0;
  }
  std::int64_t count = 0;
  for (std::int64_t k = args.begin; k < args.end; ++k) {
    run_element(kernel_.loop == Loop::list ? args.list[k] : k);
    if (!condition_) continue;
    execute(*condition_);
    if (*condition_->local.at == 0) continue;
    args.list[count++] = static_cast<std::int32_t>(k);
    for (Statement& statement : on_event_) execute(statement);
  }
  return count;
}

void Interpreter::bind_scalars() {
  for (std::size_t k = 0; k < kernel_.scalars.size(); ++k) {
    const Slot slot = names_.at(kernel_.scalars[k].name);
    *slot.at = convert(args_->scalars[k], Type::real, slot.type);
  }
}

void Interpreter::run_rows(const KernelArgs& args) {
  const auto* rows = static_cast<const std::int64_t*>(args.columns[column("_row")]);
  const auto* ends = static_cast<const std::int64_t*>(args.columns[column("_row_end")]);
  const auto* targets = static_cast<const std::int32_t*>(args.columns[column("_target")]);
  for (std::int64_t k = args.begin; k < args.end; ++k) {
    pre_ = args.list[k];
    for (std::int64_t synapse = rows[k]; synapse < ends[k]; ++synapse) {
      post_ = targets[synapse];
      run_element(synapse);
    }
  }
}

void Interpreter::run_element(std::int64_t element) {
  element_ = element;
  *names_.at("_element").at = static_cast<double>(element);
  if (kernel_.loop == Loop::rows) {
    *names_.at("_pre").at = static_cast<double>(pre_);
    *names_.at("_post").at = static_cast<double>(post_);
  }
  for (std::size_t k = 0; k <= body_.size(); ++k) {
    if (rounds_ && rounds_->at == k) repeat();
    if (k < body_.size()) execute(body_[k]);
  }
}

void Interpreter::repeat() {
  const auto copy = [](const std::vector<std::pair<Slot, Slot>>& pairs) {
    for (const auto& [from, to] : pairs) *to.at = convert(*from.at, from.type, to.type);
  };
  copy(rounds_->initial);
  for (std::int64_t k = 0; k < rounds_->most; ++k) {
    execute(*rounds_->condition);
    if (*rounds_->condition->local.at == 0) return;
    for (Statement& statement : rounds_->body) execute(statement);
    copy(rounds_->next);
  }
}

void Interpreter::execute(Statement& statement) {
  for (const std::size_t column : statement.reads) *names_.at(kernel_.columns[column].name).at = read(column);
  statement.program.run();
  const bool happens = !statement.guard || *statement.guard->at != 0;
  const Slot value = statement.value;
  if (statement.column) {
    if (happens) write(*statement.column, *value.at, value.type);
    return;
  }
  const Slot from = happens ? value : statement.before;
  *statement.local.at = convert(*from.at, from.type, statement.local.type);
}

void* Interpreter::cell(std::size_t index) const {
  const Column& c = kernel_.columns[index];
  std::int64_t at = element_;
  if (c.index == Index::shared) at = 0;
  if (c.index == Index::pre || c.index == Index::post) {
    const bool pre = c.index == Index::pre;
    at = pre ? pre_ : post_;
    if (kernel_.loop != Loop::rows)
      at = static_cast<const std::int32_t*>(args_->columns[column(pre ? "_source" : "_target")])[element_];
  }
  return static_cast<std::byte*>(args_->columns[index]) + at * static_cast<std::int64_t>(size_of(c.storage));
}

double Interpreter::read(std::size_t index) const {
  return read(index, cell(index));
}

double Interpreter::read(std::size_t index, const void* at) const {
  const Storage storage = kernel_.columns[index].storage;
  if (storage == Storage::u8) return *static_cast<const std::uint8_t*>(at) != 0;
  return with_element_of(storage,
                         [&]<class T>(T) { return static_cast<double>(*static_cast<const T*>(at)); });
}

void Interpreter::write(std::size_t index, double value, Type type) {
  void* at = cell(index);
  const Storage storage = kernel_.columns[index].storage;
  value = convert(value, type, type_of(storage));
  with_element_of(storage, [&]<class T>(T) {
    if constexpr (std::is_floating_point_v<T>)
      *static_cast<T*>(at) = static_cast<T>(value);
    else
      *static_cast<T*>(at) = static_cast<T>(to_int64(value));
  });
}

std::size_t Interpreter::column(const std::string& name) const {
  const auto found = std::ranges::find(kernel_.columns, name, &Column::name);
  if (found == kernel_.columns.end())
    throw BackendError("kernel '" + kernel_.name + "' lacks the column '" + name + "'");
  return static_cast<std::size_t>(found - kernel_.columns.begin());
}

std::optional<std::size_t> Interpreter::scalar(ScalarKind kind) const {
  const auto found = std::ranges::find(kernel_.scalars, kind, &Scalar::kind);
  if (found == kernel_.scalars.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kernel_.scalars.begin());
}

}  // namespace ranvier::reference_backend
