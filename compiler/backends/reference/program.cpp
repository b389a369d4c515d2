#include <ranvier/compiler/backends/reference/program.hpp>

#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <ranvier/compiler/backends/reference/functions.hpp>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::reference_backend {
namespace {

// muParser refuses texts of 20,000 characters; longer expressions become several, joined by variables.
constexpr std::size_t longest_text = 2'000;

/// A parser with our functions and nothing else.
mu::Parser make_parser() {
  mu::Parser parser;
  parser.ClearFun();
  parser.ClearConst();
  for (const Function& f : functions()) {
    if (f.one) parser.DefineFun(f.name, f.one, false);
    if (f.two) parser.DefineFun(f.name, f.two, false);
    if (f.three) parser.DefineFun(f.name, f.three, false);
  }
  return parser;
}

const mu::Parser& prototype() {
  thread_local const mu::Parser parser = make_parser();
  return parser;
}

template <class Work>
auto guarded(Work work) {
  try {
    return work();
  } catch (const mu::Parser::exception_type& error) {
    throw BackendError("muParser: " + error.GetMsg() + " in " + error.GetExpr());
  }
}

std::string join(const char* function, const std::string& a, const std::string& b) {
  return std::string(function) + "(" + a + "," + b + ")";
}

/// How an operator is written: between its operands or as a function, for integers and for reals.
struct Spelling {
  BinaryOp op;
  const char* real;
  const char* integer;
};
constexpr Spelling spellings[] = {
    {BinaryOp::add, "+", "+"},
    {BinaryOp::subtract, "-", "-"},
    {BinaryOp::multiply, "*", "multiply_i"},
    {BinaryOp::divide, "/", "/"},
    {BinaryOp::floor_divide, "floor_divide", "floor_divide_i"},
    {BinaryOp::modulo, "modulo", "modulo_i"},
    {BinaryOp::power, "pow", "pow"},
    {BinaryOp::less, "<", "<"},
    {BinaryOp::less_equal, "<=", "<="},
    {BinaryOp::greater, ">", ">"},
    {BinaryOp::greater_equal, ">=", ">="},
    {BinaryOp::equal, "==", "=="},
    {BinaryOp::not_equal, "!=", "!="},
    {BinaryOp::logical_and, "both", "both"},
    {BinaryOp::logical_or, "either", "either"},
};

bool is_literal(const Expr& e) {
  if (as<ast::Number>(e)) return true;
  auto* unary = as<ast::Unary>(e);
  return unary && unary->op != UnaryOp::logical_not && is_literal(unary->operand);
}

}  // namespace

/// One expression on its way to texts.
class Program::Translation {
 public:
  Translation(Program& program, Environment& environment) : program_(program), environment_(environment) {}
  Slot finish(const Expr& expr) { return program_.evaluate(text(expr), variables_); }

 private:
  Text text(const Expr& expr);
  Text leaf(const Expr& expr);
  Text unary(const ast::Unary& unary);
  Text binary(const ast::Binary& binary, const Text& left);
  Text call(const ast::Call& call);
  Text variable(const Slot& slot);
  Text number(double value, Type type);
  Text shortened(Text text);

  Program& program_;
  Environment& environment_;
  std::map<std::string, double*> variables_;
  std::unordered_map<const Node*, Text> seen_;
};

// The left operands of a long sum are nested deeply: they are walked in a loop.
Program::Text Program::Translation::text(const Expr& expr) {
  std::vector<const Expr*> spine;
  const Expr* at = &expr;
  while (!seen_.contains(&**at) && as<ast::Binary>(*at)) {
    spine.push_back(at);
    at = &as<ast::Binary>(*at)->lhs;
  }
  const auto known = seen_.find(&**at);
  Text result = known != seen_.end() ? known->second : shortened(leaf(*at));
  seen_.emplace(&**at, result);
  for (auto node = spine.rbegin(); node != spine.rend(); ++node) {
    result = shortened(binary(*as<ast::Binary>(**node), result));
    seen_.emplace(&***node, result);
  }
  return result;
}

Program::Text Program::Translation::leaf(const Expr& expr) {
  return match(
      expr, [&](const ast::Number& n) { return number(n.value, n.integer ? Type::integer : Type::real); },
      [&](const ast::Boolean& b) { return number(b.value, Type::boolean); },
      [&](const ast::Name& n) { return variable(environment_.name(n.id)); },
      [&](const ast::Unary& u) { return unary(u); },
      [&](const ast::Binary& b) { return binary(b, text(b.lhs)); },
      [&](const ast::Call& c) { return call(c); });
}

// Numbers are variables, too: no digit is lost on the way through text.
Program::Text Program::Translation::number(double value, Type type) {
  const Slot slot = program_.slots_.add(type);
  *slot.at = type == Type::integer ? convert(value, Type::real, Type::integer) : value;
  return variable(slot);
}

Program::Text Program::Translation::variable(const Slot& slot) {
  const auto same = [&](const auto& entry) { return entry.second == slot.at; };
  const auto found = std::ranges::find_if(variables_, same);
  if (found != variables_.end()) return {found->first, slot.type};
  const std::string name = "v" + std::to_string(variables_.size());
  variables_.emplace(name, slot.at);
  return {name, slot.type};
}

Program::Text Program::Translation::shortened(Text text) {
  return text.text.size() < longest_text ? text : variable(program_.evaluate(text, variables_));
}

Program::Text Program::Translation::unary(const ast::Unary& unary) {
  const Text operand = text(unary.operand);
  if (unary.op == UnaryOp::logical_not) return {"invert(" + operand.text + ")", Type::boolean};
  const Type type = std::max(operand.type, Type::integer);
  if (unary.op == UnaryOp::plus) return {operand.text, type};
  return {(type == Type::integer ? "(0-" : "(-") + operand.text + ")", type};
}

Program::Text Program::Translation::binary(const ast::Binary& binary, const Text& left) {
  const Text right = text(binary.rhs);
  const Type highest = std::max({left.type, right.type, Type::integer});
  const bool comparison = binary.op >= BinaryOp::less;
  if (binary.op == BinaryOp::power) {
    auto* natural = as<ast::Number>(binary.rhs);
    if (natural && natural->integer && left.type != Type::real)
      return {join("power_i", left.text, right.text), Type::integer};
    return {join(is_literal(binary.rhs) ? "power" : "pow", left.text, right.text), Type::real};
  }
  const auto* row = std::ranges::find(spellings, binary.op, &Spelling::op);
  const std::string spelling = highest == Type::real ? row->real : row->integer;
  const Type type = comparison ? Type::boolean : binary.op == BinaryOp::divide ? Type::real : highest;
  if (std::isalpha(static_cast<unsigned char>(spelling[0])))
    return {join(spelling.c_str(), left.text, right.text), type};
  return {"(" + left.text + spelling + right.text + ")", type};
}

Program::Text Program::Translation::call(const ast::Call& call) {
  if (const std::optional<Slot> slot = environment_.call(call)) return variable(*slot);
  const Builtin* row = find_builtin(call.callee);
  if (!row || !row->stateless || static_cast<std::size_t>(row->arity) != call.args.size())
    throw BackendError("the reference back end cannot call '" + call.callee + "' with " +
                       std::to_string(call.args.size()) + " arguments");
  Type highest = Type::integer;
  std::string arguments;
  for (const Expr& arg : call.args) {
    const Text argument = text(arg);
    highest = std::max(highest, argument.type);
    arguments += (arguments.empty() ? "" : ",") + argument.text;
  }
  const Type type = row->type == TypeRule::real      ? Type::real
                    : row->type == TypeRule::integer ? Type::integer
                                                     : highest;
  const bool whole = call.callee == "abs" && type == Type::integer;
  return {call.callee + (whole ? "_i" : "") + "(" + arguments + ")", type};
}

Program::Program(Slots& slots) : slots_(slots) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;

Slot Program::add(const Expr& expr, Environment& environment) {
  return Translation(*this, environment).finish(expr);
}

Slot Program::evaluate(const Text& text, const std::map<std::string, double*>& variables) {
  const Slot result = slots_.add(text.type);
  auto parser = std::make_shared<mu::Parser>(prototype());
  parser->EnableOptimizer(false);  // it would make 2*x + 0 of x + x; a copy does not inherit this
  guarded([&] {
    for (const auto& [name, at] : variables) parser->DefineVar(name, at);
    parser->SetExpr(text.text);
    return 0;
  });
  add([parser, result] { *result.at = guarded([&] { return parser->Eval(); }); });
  return result;
}

}  // namespace ranvier::reference_backend
