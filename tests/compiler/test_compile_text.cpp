#include <doctest/doctest.h>

#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;

namespace {

SourcePtr text(const std::string& words) {
  return make_source("text", words);
}

GroupModel neurons() {
  return models::declare(
      {"dv/dt = -v/tau : volt (unless refractory)\nk : 1 (constant)\nn : integer\ntwice = 2*v : volt\nall : "
       "1 (shared)",
       "v > 1*mV", "v = 0*mV", "2*ms"});
}

const Namespace names{{"tau", 10 * ms}, {"Vr", -60 * mV}};

/// Synapses between two groups that live as long as the test program.
SynapsesModel synapses() {
  static const GroupModel source = models::declare({"x : 1", "rand() < x"});
  static const GroupModel target = models::declare({"y : 1\nz : 1 (shared)"});
  return models::declare_synapses("w : 1", "w += 1", source, target);
}

template <class Action>
std::string error_of(const Action& action) {
  try {
    action();
  } catch (const ModelError& error) {
    return error.what();
  }
  return "";
}

std::string assignment_error(const std::string& variable, const std::string& value) {
  return error_of([&] { compile_assignment(neurons(), variable, text(value), names); });
}

bool contains(const std::string& all, const std::string& part) {
  return all.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a value text stores into its variable, refractory or not") {
  CHECK(print(compile_assignment(neurons(), "v", text("Vr + rand()*i*mV"), names)) ==
        "list neurons_set_v\n"
        "column v: f64 self.v[element] written\n"
        "scalar Vr: float constant\n"
        "scalar _first: integer first\n"
        "scalar _key_low: integer key_low\n"
        "scalar _key_high: integer key_high\n"
        "scalar t_in_timesteps: integer timestep\n"
        "store v = Vr + _rand(0)*(_element - _first)*0.001\n");
}

TEST_CASE("constants take values from a user, though not from code") {
  CHECK(assignment_error("k", "i + 1") == "");
  CHECK(contains(models::error_of({"x : 1\nk : 1 (constant)", "x > 1", "k = 2"}), "constant"));
}

TEST_CASE("shared variables are given one value") {
  const Kernel kernel = compile_assignment(neurons(), "all", text("3"), names);
  CHECK(kernel.columns.at(0).index == Index::shared);
  CHECK(contains(assignment_error("all", "1 + i"),
                 "`all` has one value for all elements, but `i` has one for each"));
  CHECK(contains(assignment_error("all", "twice/volt"), "one for each"));
}

TEST_CASE("values that do not fit their variable are refused") {
  CHECK(contains(assignment_error("v", "3"), "volt"));
  CHECK(contains(assignment_error("n", "0.5"), "cannot take float"));
  CHECK(contains(assignment_error("v", "Vrr"), "did you mean `Vr`?"));
  CHECK(contains(assignment_error("v", "1 +"), "text:1:"));
  CHECK(contains(assignment_error("twice", "3*mV"), "`twice` is a subexpression"));
  CHECK(contains(assignment_error("alll", "3"), "did you mean `all`?"));
  CHECK(contains(assignment_error("t", "3*ms"), "has no variable `t`"));
}

TEST_CASE("a selection is the condition of an elements kernel") {
  CHECK(print(compile_selection(neurons(), text("i < 10 and twice > Vr"), names)) ==
        "elements neurons_select\n"
        "column v: f64 self.v[element]\n"
        "scalar _first: integer first\n"
        "scalar Vr: float constant\n"
        "where _element - _first < 10 and 2*v > Vr\n");
  CHECK(contains(error_of([] { compile_selection(neurons(), text("i + 1"), names); }),
                 "this text must be a condition"));
}

TEST_CASE("a probe stores any value of the group's scope, and tells its dimension") {
  Dimension dimension;
  CHECK(print(compile_probe(neurons(), text("twice"), names, &dimension)) ==
        "list neurons_probe\n"
        "column _result: f64 hidden._result[element] written\n"
        "column v: f64 self.v[element]\n"
        "store _result = 2*v\n");
  CHECK(dimension == dimensions::volt);
  CHECK(contains(error_of([] { compile_probe(neurons(), text("v + 1"), names); }), "volt"));
}

TEST_CASE("texts over synapses find both neurons through hidden columns") {
  CHECK(print(compile_assignment(synapses(), "w", text("x_pre*y_post + i - j"), {})) ==
        "list synapses_set_w\n"
        "column _source: i32 hidden._sources[element]\n"
        "column _target: i32 hidden._targets[element]\n"
        "column x_pre: f64 source.x[pre]\n"
        "column y_post: f64 target.y[post]\n"
        "column w: f64 self.w[element] written\n"
        "scalar _first_pre: integer first_pre\n"
        "scalar _first_post: integer first_post\n"
        "store w = x_pre*y_post + (_source - _first_pre) - (_target - _first_post)\n");
  CHECK(print(compile_selection(synapses(), text("w > 1"), {})) ==
        "elements synapses_select\n"
        "column w: f64 self.w[element]\n"
        "where w > 1\n");
  CHECK(compile_selection(synapses(), text("j == 2"), {}).columns.size() == 1);
  CHECK(compile_probe(synapses(), text("y_post"), {}).columns.size() == 3);
}

TEST_CASE("synapses give values to their own variables only") {
  CHECK(error_of([] { compile_assignment(synapses(), "y", text("1"), {}); }) != "");
}
