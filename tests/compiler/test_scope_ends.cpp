// What texts of synapses see of synapses that they begin or end at.
#include <doctest/doctest.h>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/print.hpp>
#include <ranvier/tests/support/models.hpp>

using namespace ranvier;

namespace {

struct Layers {
  GroupModel from = models::declare({"u : 1\ny = u*i + k : 1", "u > 1"});
  GroupModel to = models::declare({"v : volt"});
  SynapsesModel below = ranvier::declare_synapses(
      {"below",
       models::source("equations",
                      "w : 1\ns : 1 (shared)\nz = w*y_pre + i + j : 1\ndr/dt = -r/second : 1 (event-driven)"),
       {{"pre", models::source("on_pre", "w += 1")}}},
      from, to);
  SynapsesModel onto(const std::string& equations, const std::string& on_pre) const {
    return ranvier::declare_synapses(
        {"onto", models::source("equations", equations), {{"pre", models::source("on_pre", on_pre)}}}, from,
        below);
  }
};

const Symbol& known(const Scope& scope, const std::string& name) {
  const Symbol* symbol = scope.find(name);
  REQUIRE(symbol);
  return *symbol;
}

std::string column(const Scope& scope, const std::string& canonical) {
  const auto* column = std::get_if<Column>(&scope.at(canonical).meaning);
  REQUIRE(column);
  Kernel kernel{"", Loop::elements, {*column}, {}, {}, {}, {}, {}};
  return print(kernel, false);
}

std::string definition(const Scope& scope, const std::string& name) {
  const auto* definition = std::get_if<Definition>(&known(scope, name).meaning);
  REQUIRE(definition);
  return print(definition->rhs);
}

}  // namespace

TEST_CASE("variables of synapses are columns of those that end at them") {
  const Layers layers;
  const SynapsesModel onto = layers.onto("x : 1", "x += w_post");
  const Scope scope = scope_of(onto, {{"k", 2}});
  CHECK(column(scope, "w_post") == "elements\ncolumn w_post: f64 target.w[post]\n");
  CHECK(column(scope, "s_post") == "elements\ncolumn s_post: f64 target.s[shared]\n");
  CHECK(column(scope, "j") == "elements\ncolumn j: i32 target._number[post]\n");
  CHECK(definition(scope, "i") == "_pre - _first_pre");
  CHECK(known(scope, "w").name == "w_post");
  CHECK(known(scope, "w").read_only.empty());
  CHECK(known(scope, "N_post").name == "N_post");
}

TEST_CASE("what synapses read of their neurons is read at their neurons") {
  const Layers layers;
  const SynapsesModel onto = layers.onto("x : 1", "x += w_post");
  const Scope scope = scope_of(onto, {{"k", 2}});
  CHECK(definition(scope, "v_post_post") == "_load(_of_v_post_post, _post_post)");
  CHECK(column(scope, "_of_v_post_post") ==
        "elements\ncolumn _of_v_post_post: f64 target.neurons.v[computed]\n");
  CHECK(column(scope, "_post_post") == "elements\ncolumn _post_post: i32 target._targets[post]\n");
  CHECK(definition(scope, "z_post") == "w_post*y_pre_post + i_post + j_post");
  CHECK(definition(scope, "y_pre_post") == "u_pre_post*_pre_post + k");
  CHECK(definition(scope, "i_post") == "_pre_post - _first_pre_post");
  CHECK(column(scope, "_first_pre_post") ==
        "elements\ncolumn _first_pre_post: i64 target._first_pre[shared]\n");
  CHECK(definition(scope, "lastupdate_post") == "_last_step_post*_own_dt_post");
  CHECK(known(scope, "v_post_post").dimension == dimensions::volt);
  CHECK(known(scope, "v_post_post").read_only == "it belongs to what the synapses 'below' connect");
  CHECK(scope.find("v_post") == nullptr);  // the bare v of those below
}

TEST_CASE("a constant that means something else to the synapses at the other end is refused") {
  const Layers layers;
  const SynapsesModel onto = layers.onto("k : 1", "k += w_post");
  const Scope scope = scope_of(onto, {});
  CHECK(known(scope, "y_pre_post").refused ==
        "it is a subexpression of 'below' that uses the constant 'k', and the synapses call something else "
        "'k'");
}

TEST_CASE("nothing happens to synapses that code could follow") {
  const Layers layers;
  try {
    ranvier::declare_synapses({"from_below", nullptr, {{"pre", models::source("on_pre", "v += 1*volt")}}},
                              layers.below, layers.to);
    FAIL("it was accepted");
  } catch (const ModelError& error) {
    CHECK(std::string(error.what()).find("this code would never run: the source 'below' are synapses") !=
          std::string::npos);
  }
}
