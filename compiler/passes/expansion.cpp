#include <ranvier/compiler/passes/expansion.hpp>

#include <algorithm>

#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

const NoiseTerm* find_noise(const Rate& rate, const std::string& noise) {
  const auto found = std::ranges::find(rate.noise, noise, &NoiseTerm::name);
  return found == rate.noise.end() ? nullptr : &*found;
}

bool is_name(const Expr& e, const char* id) {
  const auto* name = as<ast::Name>(e);
  return name && name->id == id;
}

/// An operator on operands of which an empty one is zero.
Expr binary(BinaryOp op, Expr a, Expr b, const Place& place) {
  if (a && b) return tree::binary(op, std::move(a), std::move(b), place);
  if (op == BinaryOp::add) return a ? a : b;
  if (op == BinaryOp::subtract) return !b ? a : tree::unary(UnaryOp::minus, std::move(b), place);
  const bool zero = op == BinaryOp::multiply || (!a && (op == BinaryOp::divide || op == BinaryOp::power));
  if (zero) return {};
  return tree::binary(op, a ? a : tree::real(0), b ? b : tree::real(0), place);
}

Expr add(Expr a, Expr b) {
  return binary(BinaryOp::add, std::move(a), std::move(b), {});
}

}  // namespace

std::vector<std::string> noises_of(const System& system) {
  std::vector<std::string> names;
  for (const Rate& rate : system)
    for (const NoiseTerm& term : rate.noise)
      if (std::ranges::find(names, term.name) == names.end()) names.push_back(term.name);
  return names;
}

std::string increment(const std::string& noise) {
  return "_dW_" + noise;
}

Expr Frame::state(const Rate& rate) const {
  return tree::name(state_prefix + rate.variable);
}

Frame old_state() {
  return {"", tree::name("t"), tree::name("dt")};
}

Expansion::Expansion(const System& system, const MethodText& method, Frame frame,
                     const std::vector<Expr>* slopes)
    : system_(system),
      method_(method),
      frame_(std::move(frame)),
      slopes_(slopes),
      noises_(noises_of(system)) {
  for (const Rate& rate : system) rates_[rate.variable] = &rate;
}

// A point parts what could be read in two ways: no name contains one.
std::string Expansion::local(const Stage& stage, const Rate& rate, const std::string& noise) const {
  if (stage.name == "x_new") return "_x_" + rate.variable;
  const bool plain = stage.name != "x" && stage.name.find('_') == std::string::npos;
  std::string name = "_" + stage.name + (plain ? "_" : ".") + rate.variable;
  return stage.per_noise && !noise.empty() ? name + "." + noise : name;
}

Expr Expansion::value(const Stage& stage, const Rate& rate, const std::string& noise, bool still) const {
  const bool each = stage.per_noise || noises_.empty();
  const std::string& one = each || noises_.size() > 1 ? noise : noises_.front();
  Expr total = stage.drift ? expand(stage.drift, rate, one, still) : Expr();
  if (!stage.noise) return total;
  if (stage.per_noise) return add(std::move(total), expand(stage.noise, rate, noise, still));
  for (const NoiseTerm& term : rate.noise)
    total = add(std::move(total), expand(stage.noise, rate, term.name, still));
  return total;
}

Expr Expansion::expand(const Expr& text, const Rate& rate, const std::string& noise, bool still) const {
  const auto inner = [&](const Expr& e) { return expand(e, rate, noise, still); };
  if (const auto* called = as<ast::Call>(text)) return call(*called, text, rate, noise, still);
  if (const auto* leaf = as<ast::Name>(text)) return name(leaf->id, text, rate, noise);
  if (const auto* node = as<ast::Binary>(text))
    return binary(node->op, inner(node->lhs), inner(node->rhs), text->place);
  const auto* unary = as<ast::Unary>(text);
  if (!unary) return text;
  const Expr operand = inner(unary->operand);
  if (unary->op == UnaryOp::logical_not) return tree::unary(unary->op, operand ? operand : tree::real(0));
  return operand ? tree::unary(unary->op, operand, text->place) : operand;
}

Expr Expansion::name(const std::string& id, const Expr& text, const Rate& rate,
                     const std::string& noise) const {
  if (id == "x") return frame_.state(rate);
  if (id == "t") return frame_.time;
  if (id == "dt") return frame_.step;
  if (id == "dW") return find_noise(rate, noise) ? tree::name(increment(noise)) : Expr();
  const auto stage = std::ranges::find(method_.stages, id, &Stage::name);
  if (stage == method_.stages.end()) return text;
  const bool absent = !stage->drift && !find_noise(rate, noise);
  return absent ? Expr() : tree::name(local(*stage, rate, noise));
}

Expr Expansion::call(const ast::Call& call, const Expr& text, const Rate& rate, const std::string& noise,
                     bool still) const {
  if (call.callee == "f") return still ? Expr() : moved(rate.rhs, call.args[0], call.args[1], noise);
  if (call.callee == "f_t") {
    const Expr& slope = slopes_->at(static_cast<std::size_t>(&rate - system_.data()));
    return still ? Expr() : slope;
  }
  if (call.callee == "g") {
    const NoiseTerm* term = still ? nullptr : find_noise(rate, noise);
    return term ? moved(term->factor, call.args[0], call.args[1], noise) : Expr();
  }
  return tree::map_children(text, [&](const Expr& argument) {
    const Expr expanded = expand(argument, rate, noise, still);
    return expanded ? expanded : tree::real(0);
  });
}

/// A right-hand side with every variable moved to where the line wants it. A node in two places stays one
/// node: what it draws is drawn once.
Expr Expansion::moved(const Expr& rhs, const Expr& state, const Expr& time, const std::string& noise) const {
  if (frame_.is_old_state() && is_name(state, "x") && is_name(time, "t")) return rhs;
  Done done;
  return moved_node(rhs, state, time, noise, done);
}

Expr Expansion::moved_node(const Expr& rhs, const Expr& state, const Expr& time, const std::string& noise,
                           Done& done) const {
  if (const auto known = done.find(&*rhs); known != done.end()) return known->second;
  const auto found = [&]() -> Expr {
    const auto* name = as<ast::Name>(rhs);
    if (!name)
      return tree::map_children(rhs, [&](const Expr& e) { return moved_node(e, state, time, noise, done); });
    const auto variable = rates_.find(name->id);
    if (variable == rates_.end() && name->id != "t") return rhs;
    const Rate& of = variable == rates_.end() ? *rates_.begin()->second : *variable->second;
    const Expr moved = expand(name->id == "t" ? time : state, of, noise, false);
    return moved ? moved : tree::real(0);
  };
  return done[&*rhs] = found();
}

}  // namespace ranvier::pass
