#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/print.hpp>

#include "tests/support/texts.hpp"

using namespace ranvier;
using namespace ranvier::units;

namespace {

const Symbol& known(const Scope& scope, const std::string& name) {
  CAPTURE(name);
  const Symbol* symbol = scope.find(name);
  REQUIRE(symbol != nullptr);
  return *symbol;
}

const Column& column(const Scope& scope, const std::string& name) {
  const Symbol& symbol = known(scope, name);
  REQUIRE(std::holds_alternative<Column>(symbol.meaning));
  return std::get<Column>(symbol.meaning);
}

ScalarKind scalar(const Scope& scope, const std::string& name) {
  const Symbol& symbol = known(scope, name);
  REQUIRE(std::holds_alternative<Scalar>(symbol.meaning));
  return std::get<Scalar>(symbol.meaning).kind;
}

std::string definition(const Scope& scope, const std::string& name) {
  const Symbol& symbol = known(scope, name);
  REQUIRE(std::holds_alternative<Definition>(symbol.meaning));
  return print(std::get<Definition>(symbol.meaning).rhs);
}

struct Network {
  GroupModel source =
      texts::group("dv/dt = -v/second : volt\n rate : 1\n twice = 2*rate*i : 1\n g : siemens (shared)");
  GroupModel target =
      texts::group("dv/dt = k*x/second : volt (unless refractory)\n u : 1\n x = v/tau*N + 1 : 1", true);
  SynapsesModel synapses;

  explicit Network(const std::string& equations) {
    synapses.name = "synapses";
    synapses.variables = texts::variables(equations, true);
    synapses.source = &source;
    synapses.target = &target;
  }
};

}  // namespace

TEST_CASE("a group's scope knows its variables and specials") {
  const Scope scope = scope_of(texts::group("v : volt\n b : boolean\n n : integer\n s : 1 (shared)"), {});
  CHECK(column(scope, "v").storage == Storage::f64);
  CHECK(column(scope, "v").index == Index::element);
  CHECK(column(scope, "b").storage == Storage::u8);
  CHECK(column(scope, "n").storage == Storage::i32);
  CHECK(column(scope, "s").index == Index::shared);
  CHECK(definition(scope, "i") == "_element - _first");
  CHECK(scalar(scope, "N") == ScalarKind::count);
  CHECK(scalar(scope, "t") == ScalarKind::time);
  CHECK(scalar(scope, "dt") == ScalarKind::step_length);
  CHECK(scalar(scope, "t_in_timesteps") == ScalarKind::timestep);
  CHECK(scope.at("_first").type == Type::integer);
  CHECK(scope.at("_element").type == Type::integer);
}

TEST_CASE("variables come before constants of the language, units, and the namespace") {
  const Namespace names = {{"v", 1 * mV}, {"ms", 1000}, {"pi", 3}, {"N", 7}, {"tau", 10 * ms}};
  const Scope scope = scope_of(texts::group("v : volt"), names);
  CHECK(std::holds_alternative<Column>(known(scope, "v").meaning));
  CHECK(std::get<Literal>(known(scope, "ms").meaning).value == 1e-3);
  CHECK(std::get<Literal>(known(scope, "pi").meaning).value > 3.14);
  CHECK(scalar(scope, "N") == ScalarKind::count);
  CHECK(scalar(scope, "tau") == ScalarKind::constant);
  CHECK(known(scope, "tau").dimension == dimensions::second);
  CHECK(scope.find("nonsense") == nullptr);
}

TEST_CASE("constants of the namespace keep their type") {
  const Scope scope = scope_of(texts::group(""), {{"a", 3}, {"b", 3.0}, {"c", true}});
  CHECK(known(scope, "a").type == Type::integer);
  CHECK(known(scope, "b").type == Type::real);
  CHECK(known(scope, "c").type == Type::boolean);
}

TEST_CASE("what code must not write says why") {
  const Scope scope = scope_of(texts::group("v : volt\n c : 1 (constant)", true), {{"tau", 10 * ms}});
  for (const char* name : {"t", "dt", "t_in_timesteps", "i", "N", "c", "tau", "not_refractory", "pi", "mV"}) {
    CAPTURE(name);
    CHECK_FALSE(known(scope, name).read_only.empty());
  }
  CHECK(known(scope, "v").read_only.empty());
  CHECK(known(scope, "lastspike").read_only.empty());
}

TEST_CASE("unless refractory guards writes only in a group that has a refractory period") {
  const char* equations = "dv/dt = -v/second : 1 (unless refractory)\n w : 1";
  CHECK(known(scope_of(texts::group(equations, true), {}), "v").guard == "not_refractory");
  CHECK(known(scope_of(texts::group(equations, true), {}), "w").guard.empty());
  CHECK(known(scope_of(texts::group(equations, false), {}), "v").guard.empty());
}

TEST_CASE("names of the kernel are no names of the user") {
  const Scope scope = scope_of(texts::group("v : volt"), {{"_mine", 1}});
  CHECK(scope.find("_element") == nullptr);
  CHECK(scope.find("_mine") == nullptr);
  CHECK(scope.find_canonical("_element") != nullptr);
  for (const std::string& name : scope.candidates()) CHECK(name[0] != '_');
}

TEST_CASE("synaptic code sees both ends, the bare name being the target's") {
  const Network network("w : 1");
  const Scope scope = scope_of(network.synapses, {});
  CHECK(column(scope, "w").owner == Owner::self);
  CHECK(column(scope, "v_pre").owner == Owner::source);
  CHECK(column(scope, "v_pre").index == Index::pre);
  CHECK(column(scope, "v_pre").variable == "v");
  CHECK(column(scope, "v_post").index == Index::post);
  CHECK(known(scope, "v").name == "v_post");
  CHECK(known(scope, "v").guard == "not_refractory_post");
  CHECK(column(scope, "not_refractory_post").storage == Storage::u8);
  CHECK(column(scope, "g_pre").index == Index::shared);
  CHECK(definition(scope, "i") == "_pre - _first_pre");
  CHECK(definition(scope, "j") == "_post - _first_post");
  CHECK(known(scope, "i_post").name == "j");
  CHECK(known(scope, "t_pre").name == "t");
  CHECK(scalar(scope, "N_pre") == ScalarKind::count_pre);
  CHECK(scope.find("rate") == nullptr);
}

TEST_CASE("subexpressions of neurons are put into the names of the synapses") {
  const Network network("w : 1\n y = u*rate_pre + w : 1");
  const Scope scope = scope_of(network.synapses, {{"tau", 10 * ms}});
  CHECK(definition(scope, "twice_pre") == "2*rate_pre*_pre");
  CHECK(definition(scope, "x") == "v_post/tau*_size_post + 1");
  CHECK(definition(scope, "y") == "u_post*rate_pre + w");
}

TEST_CASE("a synaptic variable hides the target's bare name, not its full one") {
  const Network network("u : volt");
  const Scope scope = scope_of(network.synapses, {});
  CHECK(column(scope, "u").owner == Owner::self);
  CHECK(column(scope, "u_post").owner == Owner::target);
}

TEST_CASE("a constant of the neurons is never mistaken for a synaptic variable of its name") {
  const Network network("tau : 1");
  const Scope scope = scope_of(network.synapses, {{"tau", 10 * ms}});
  CHECK_FALSE(known(scope, "x").refused.empty());
  CHECK(known(scope, "v").refused.empty());
}

TEST_CASE("texts of connect see both neurons of a candidate, and the loop variable") {
  const Network network("w : 1");
  const Scope scope = connection_scope_of(network.synapses, {{"tau", 10 * ms}, {"k", 3}}, "k");
  CHECK(definition(scope, "i") == "_pre - _first_pre");
  CHECK(definition(scope, "j") == "_post - _first_post");
  CHECK(column(scope, "rate_pre").index == Index::pre);
  CHECK(column(scope, "rate_pre").owner == Owner::source);
  CHECK(column(scope, "v").owner == Owner::target);
  CHECK(column(scope, "v").index == Index::post);
  CHECK(column(scope, "k").owner == Owner::hidden);
  CHECK(known(scope, "k").type == Type::integer);
  CHECK(definition(scope, "twice_pre") == "2*rate_pre*_pre");
  for (const char* name : {"w", "N", "N_incoming", "N_outgoing"})
    CHECK_FALSE(known(scope, name).refused.empty());
}
