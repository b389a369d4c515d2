#include <ranvier/compiler/compile_connection.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/check_connection.hpp>
#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/simplify.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier {
namespace {

using enum DiagnosticCode;
using pass::CheckedConnection;
using pass::ConnectionPart;

struct Target {
  const char* column;
  Storage storage;
};
constexpr Target low{"_low", Storage::i64}, high{"_high", Storage::i64}, step{"_step", Storage::i64},
    size{"_size", Storage::i64}, p{"_p", Storage::f64}, element{"_index", Storage::i64},
    copies{"_copies", Storage::i64};

/// One kernel of a connection, filled part by part; nothing if there was no part.
class Builder {
 public:
  Builder(const std::string& name, const Scope& scope)
      : kernel_{name, Loop::elements, {}, {}, {}, {}, {}, {}}, scope_(scope) {}

  Builder& store(const Target& target, const ConnectionPart& part) {
    if (!part.expr) return *this;
    kernel_.columns.push_back(
        {target.column, Owner::hidden, target.column, target.storage, Index::element, true});
    kernel_.body.push_back({target.column, type_of(target.storage), true, part.expr, {}});
    return *this;
  }
  Builder& where(const Expr& condition) {
    kernel_.condition = condition;
    return *this;
  }
  std::optional<Kernel> finish() {
    if (kernel_.body.empty() && !kernel_.condition) return std::nullopt;
    return pass::finish_over_synapses(std::move(kernel_), scope_);
  }

 private:
  Kernel kernel_;
  const Scope& scope_;
};

/// `not (rand() >= p) or p < 0`: a p that is no probability passes as well, so that whoever runs the kernel
/// sees it.
Expr keeps() {
  const Expr p_name = tree::name(p.column);
  const Expr beyond = tree::binary(BinaryOp::greater_equal, tree::call("rand", {}), p_name);
  const Expr negative = tree::binary(BinaryOp::less, p_name, tree::integer(0));
  return tree::binary(BinaryOp::logical_or, tree::unary(UnaryOp::logical_not, beyond), negative);
}

struct Parsed {
  std::optional<Generator> generator;
  Expr condition, p, n;
};

Parsed parse(const ConnectionText& text, const Limits& limits, Diagnostics& diagnostics) {
  const auto expression = [&](const SourcePtr& source) {
    return source ? parse_expression(source, diagnostics, limits) : Expr();
  };
  Parsed parsed;
  if (text.generator) parsed.generator = parse_generator(text.generator, diagnostics, limits);
  parsed.condition = expression(text.condition);
  parsed.p = expression(text.p);
  parsed.n = expression(text.n);
  return parsed;
}

/// The numbers that are wrong whatever the neuron.
void check_literal(const std::optional<Kernel>& kernel, const Target& target, const Expr& own,
                   Diagnostics& diagnostics) {
  if (!kernel || !own) return;
  const auto store = std::ranges::find(kernel->body, std::string(target.column), &Assign::target);
  const auto literal = store == kernel->body.end() ? std::nullopt : pass::literal_of(store->value);
  if (!literal) return;
  const double value = literal->value;
  if (target.column == step.column && value == 0) {
    diagnostics.error(zero_step, own->place, "a range with step 0 would never end")
        .helped_by("a step is a whole number that is not 0; a negative one counts down");
  } else if (target.column == p.column && !(value >= 0 && value <= 1)) {
    diagnostics.error(bad_sample, own->place, text("a probability of ", value, " is impossible"))
        .helped_by("a probability lies in [0, 1]");
  } else if (target.column == copies.column && value < 0) {
    diagnostics.error(bad_copies, own->place, text(value, " copies of a synapse are impossible"))
        .helped_by("n is 0 or more");
  }
}

void check_literals(const ConnectionCode& code, Diagnostics& diagnostics) {
  if (code.generator && code.generator->range) {
    check_literal(code[ConnectionStep::bounds], step, code.generator->range->step, diagnostics);
    check_literal(code[ConnectionStep::bounds], p, code.generator->range->p, diagnostics);
  }
  check_literal(code[ConnectionStep::bounds], p, code.p, diagnostics);
  check_literal(code[ConnectionStep::probability], p, code.p, diagnostics);
  check_literal(code[ConnectionStep::copies], copies, code.n, diagnostics);
}

class Lowering {
 public:
  Lowering(const std::string& name, const Scope& scope, ConnectionCode& code)
      : name_(name), scope_(scope), code_(code) {}

  void lower(const CheckedConnection& parts, const ConnectionPart& pair_p, bool over_targets) {
    const bool plain = as<ast::Name>(parts.element.expr) && !parts.element.depends.source &&
                       !parts.element.depends.target && parts.element.depends.loop;
    at(ConnectionStep::bounds) = Builder(name_ + "_bounds", scope_)
                                     .store(low, parts.low)
                                     .store(high, parts.high)
                                     .store(step, parts.step)
                                     .store(p, parts.p)
                                     .store(size, parts.size)
                                     .finish();
    if (!plain)
      at(ConnectionStep::element) =
          Builder(name_ + "_element", scope_).store(element, parts.element).finish();
    lower_condition(parts.condition, over_targets);
    if (pair_p.expr)
      at(ConnectionStep::probability) =
          Builder(name_ + "_probability", scope_).store(p, pair_p).where(keeps()).finish();
    at(ConnectionStep::copies) = Builder(name_ + "_copies", scope_).store(copies, parts.copies).finish();
  }

 private:
  std::optional<Kernel>& at(ConnectionStep step) { return code_.kernels[static_cast<std::size_t>(step)]; }

  void lower_condition(const ConnectionPart& condition, bool over_targets) {
    if (!condition.expr) return;
    const bool result = over_targets ? condition.depends.source : condition.depends.target;
    const bool outer_alone = !result && !condition.depends.loop && !condition.depends.draws;
    const ConnectionStep step = outer_alone ? ConnectionStep::admission : ConnectionStep::condition;
    at(step) = Builder(name_ + "_condition", scope_).where(condition.expr).finish();
    code_.condition_reads_result =
        over_targets ? condition.depends.source_state : condition.depends.target_state;
  }

  std::string name_;
  const Scope& scope_;
  ConnectionCode& code_;
};

}  // namespace

ConnectionCode compile_connection(const SynapsesModel& synapses, const ConnectionText& text,
                                  const Namespace& names) {
  Diagnostics diagnostics;
  const Parsed parsed = parse(text, synapses.limits, diagnostics);
  const std::string variable = parsed.generator ? parsed.generator->variable : "";
  if (parsed.generator)
    pass::check_loop_variable(*parsed.generator, connection_scope_of(synapses, names, ""), diagnostics);
  const Scope scope = connection_scope_of(synapses, names, variable);
  CheckedConnection parts;
  if (parsed.generator)
    parts = pass::check_generator(*parsed.generator, text.over_targets, scope, diagnostics);
  if (parsed.condition)
    parts.condition = pass::check_pair_condition(parsed.condition, "this text", scope, diagnostics);
  ConnectionPart pair_p = pass::check_probability(parsed.p, scope, diagnostics);
  parts.copies = pass::check_copies(parsed.n, scope, diagnostics);
  diagnostics.raise_if_errors();

  // Sampling from all targets is cheaper than asking each; it needs a p that does not depend on them.
  if (pair_p.expr && !text.pairs && !pair_p.depends.target) std::swap(parts.p, pair_p);
  ConnectionCode code{parsed.generator, parsed.p, parsed.n, {}, {}, false};
  Lowering(synapses.name + "_connect", scope, code).lower(parts, pair_p, text.over_targets);
  check_literals(code, diagnostics);
  diagnostics.raise_if_errors();
  code.warnings = diagnostics.in_reading_order();
  return code;
}

bool draws(const Kernel& kernel) {
  const auto key = [](const Scalar& scalar) { return scalar.kind == ScalarKind::key_low; };
  return std::ranges::any_of(kernel.scalars, key);
}

}  // namespace ranvier
