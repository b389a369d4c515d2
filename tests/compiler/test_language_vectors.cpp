// What the description of the language accepts and refuses, row by row. The numbers in the names are the
// sections and the gotchas of that description.
#include <doctest/doctest.h>

#include <ranvier/tests/support/models.hpp>

using namespace ranvier;
using namespace ranvier::units;
using namespace std::string_literals;

namespace {

const Namespace names{{"tau", 10 * ms}, {"Vt", -50 * mV}, {"three", 3}, {"half", 0.5}, {"on", true}};

/// The codes of the errors of a group, "" if it compiles.
std::string verdict(const models::GroupStrings& strings) {
  try {
    compile_group(models::declare(strings, names), names);
  } catch (const ModelError& error) {
    std::string codes;
    for (const Diagnostic& problem : error.diagnostics())
      if (problem.severity == Severity::error) codes += (codes.empty() ? "" : " ") + code_name(problem.code);
    return codes;
  }
  return "";
}

struct Row {
  std::string text, codes{};
};

std::string of_block(const std::string& text) {
  return verdict({text});
}
/// A group with variables of every kind, for conditions and code.
const std::string variables =
    "dv/dt = -v/tau : volt (unless refractory)\nx : 1\ny : 1\nn : integer\nb : boolean\n"
    "c : 1 (constant)\ns : 1 (shared)\nsub = 2*x : 1\nI : amp\n";
std::string of_condition(const std::string& text) {
  return verdict({variables, text, "x = 0", "1*ms"});
}
std::string of_code(const std::string& text) {
  return verdict({variables, "v > Vt", text, "1*ms"});
}
std::string of_value(const std::string& text) {
  return verdict({variables + "z = " + text + " : 1"});
}

template <std::size_t N>
void check(const Row (&rows)[N], std::string (*judge)(const std::string&)) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(judge(row.text) == row.codes);
  }
}

}  // namespace

TEST_CASE("1.1: what an equation block accepts and refuses") {
  const Row rows[] = {{"d v / dt = -v/tau : 1"},
                      {"dv/dt=-v/tau:1"},
                      {"dd/dt = -d/tau : 1"},
                      {"d/dt = 1/second : 1", "RV0101"},
                      {"x :\n1\n(constant)"},
                      {"x : 1 (constant) y : 1"},
                      {"x : 1 (constant, constant)"},
                      {"x : 1 (nonsense)", "RV0601"},
                      {"x : 1 (constant )"},
                      {"x : 1 ()", "RV0113"},
                      {"x = 2", "RV0102"},
                      {"x : 1\nx : volt", "RV0206"},
                      {"a : 1\nx = (a == 3) : boolean"},
                      {"\u00e4 : 1", "RV0108"},
                      {"x = \u00e4 : 1", "RV0108"},
                      {""},
                      {"  \n "},
                      {"# only : a = comment"},
                      {"x = 1 # one : two\n + 2 : 1"},
                      {"x = 1 \\\n + 2 : 1", "RV0108"},
                      {"x : 1; y : 1", "RV0108"},
                      {"x = y : 1\ny = z : 1\nz = 1 : 1"},
                      {"x = y : 1\ny = x : 1", "RV0208"},
                      {"x = x : 1", "RV0208"}};
  check(rows, of_block);
}

TEST_CASE("1.2, gotcha 28: illegal identifiers, including xi_ and the names of units") {
  for (const std::string name : {"t",
                                 "dt",
                                 "t_in_timesteps",
                                 "xi",
                                 "xi_a",
                                 "i",
                                 "N",
                                 "pi",
                                 "e",
                                 "inf",
                                 "sin",
                                 "rand",
                                 "clip",
                                 "mV",
                                 "volt",
                                 "umetre2",
                                 "kHz",
                                 "not_refractory",
                                 "refractory",
                                 "refractory_until",
                                 "v_pre",
                                 "v_post",
                                 "name"}) {
    CAPTURE(name);
    CHECK(of_block(name + " : 1") == "RV0207");
  }
  for (const std::string word : {"lambda", "for", "and", "not", "True", "None"}) {
    CAPTURE(word);
    CHECK(of_block(word + " : 1") == "RV0207");
  }
  CHECK(of_block("_x : 1") == "RV0213");
  for (const std::string name :
       {"j", "delay", "k", "lastupdate", "lastspike", "v2", "V_", "dt_x", "mv", "metres"}) {
    CAPTURE(name);
    CHECK(of_block(name + " : 1") == "");
  }
}

TEST_CASE("1.2: the automatic variables of a refractory group cannot be defined again") {
  CHECK(verdict({"dv/dt = -v/tau : volt\nlastspike : second", "v > Vt", "v = Vt", "2*ms"}) == "RV0206");
}

TEST_CASE("1.2: temporaries may hide anything but what starts with an underscore") {
  const Row rows[] = {{"exp = 3; x = exp"},        {"mV = 3; x = mV"},   {"pi = 3; x = pi"},
                      {"_x = 1; x = 2", "RV0213"}, {"T_2 = 1; x = T_2"}, {"three = 4", "RV0404"}};
  check(rows, of_code);
}

TEST_CASE("1.3: what an expression accepts and refuses") {
  const Row rows[] = {{"-2**2"},
                      {"2**-1"},
                      {"2**3**2"},
                      {"1.e3"},
                      {"1e3"},
                      {".5 + 5."},
                      {"1.5E-3"},
                      {"0x10"},
                      {"0b11 + 0o7"},
                      {"1_000"},
                      {"inf"},
                      {"-inf"},
                      {"nan", "RV0201"},
                      {"+x"},
                      {"int(x > 0)"},
                      {"b*(x > 0)"},
                      {"x & y", "RV0105"},
                      {"x | y", "RV0105"},
                      {"x ^ y", "RV0103"},
                      {"~x", "RV0105"},
                      {"x << 2", "RV0105"},
                      {"x @ y", "RV0105"},
                      {"x if b else y", "RV0105"},
                      {"x[0]", "RV0105"},
                      {"x.y", "RV0105"},
                      {"(x, y)", "RV0101"},
                      {"lambda: x", "RV0105"},
                      {"abs(x=1)", "RV0105"},
                      {"None", "RV0105"},
                      {"3j", "RV0104"},
                      {"x is y", "RV0105"},
                      {"'x'", "RV0105"},
                      {"rand", "RV0205"},
                      {"sin()", "RV0203"},
                      {"sin(x, y)", "RV0203"},
                      {"x(y)", "RV0204"}};
  check(rows, of_value);
}

TEST_CASE("1.3: what a condition accepts and refuses") {
  const Row rows[] = {{"x > 1"},
                      {"not x == y"},
                      {"not b and x < y or True"},
                      {"x < y < 3", "RV0106"},
                      {"x == y == 1", "RV0106"},
                      {"(x < y) == b"},
                      {"x", "RV0401"},
                      {"x and y > 1", "RV0402"},
                      {"not x", "RV0402"},
                      {"x and 1", "RV0402 RV0402"},
                      {"rand() < 0.5"},
                      {"on"},
                      {"b"},
                      {"v > Vt and v < 0*mV"},
                      {"v > 0", "RV0302"},
                      {"x > 1 : 1", "RV0101"}};
  check(rows, of_condition);
}

TEST_CASE("1.4: what code accepts and refuses") {
  const Row rows[] = {{"x = 1"},
                      {"; x = 1 ;; y = 2 ;"},
                      {"  x = 1\n\n\ty = 2"},
                      {"# only a comment"},
                      {"x = 1 # a ; y = 2"},
                      {"x = x + 1; x += 1; x -= 1; x *= 2; x /= 2; x %= 3"},
                      {"k = 1.0; k += 1; x = k"},
                      {"x //= 2", "RV0110"},
                      {"x **= 2", "RV0110"},
                      {"x &= 2", "RV0110"},
                      {"x = y = 1", "RV0109"},
                      {"x, y = 1, 2", "RV0109"},
                      {"x[0] = 1", "RV0109"},
                      {"G.x = 1", "RV0109"},
                      {"if x > 1: y = 2", "RV0109"},
                      {"print(x)", "RV0109"},
                      {"x == 1", "RV0109"},
                      {"x + 1", "RV0109"},
                      {"x = unset; unset = 1", "RV0209"},
                      {"new += 1", "RV0209"},
                      {"k = 1*mV; k = 1*ms; v = k", "RV0306"},
                      {"sub = 1", "RV0405"},
                      {"i = 3", "RV0404"},
                      {"N = 3", "RV0404"},
                      {"t = 3*ms", "RV0404"},
                      {"dt = 3*ms", "RV0404"},
                      {"t_in_timesteps = 3", "RV0404"},
                      {"c = 3", "RV0404"},
                      {"s = 3", "RV0406"},
                      {"x = rand() + rand()"}};
  check(rows, of_code);
}

TEST_CASE("3.1: the algebra of dimensions") {
  const Row rows[] = {{"v + 0*volt > Vt"},
                      {"v + 0 > Vt", "RV0302"},
                      {"v % (3*mV) > 1*mV"},
                      {"v % 3 > 1*mV", "RV0302"},
                      {"v**2 > Vt**2"},
                      {"v**x > 1*volt", "RV0305"},
                      {"v**(1/2)*v**0.5 > Vt"},
                      {"x**y > 1"},
                      {"x**v > 1", "RV0304"},
                      {"v//Vt > 1", "RV0307"},
                      {"x//y > 1"},
                      {"-v < +Vt"},
                      {"v/Vt + 1 > x"},
                      {"v*I > 1*watt"},
                      {"v/I > 1*ohm"},
                      {"(v**0.1)**3 > v**0.3"},
                      {"v == Vt or v != I", "RV0302"},
                      {"t > 3*ms and t/ms > 3"},
                      {"v > 10*ms*I/farad"},
                      {"I*tau > 1*coulomb"},
                      {"v > I*ohm"}};
  check(rows, of_condition);
}

TEST_CASE("3.1: statements keep the dimension of their target") {
  const Row rows[] = {
      {"v += 1*mV"},        {"v += 1", "RV0306"},    {"v = 0", "RV0306"},   {"v *= 2"},
      {"v /= 2"},           {"v *= 2*mV", "RV0306"}, {"v %= 3*mV"},         {"v %= 3", "RV0306"},
      {"v -= I", "RV0306"}, {"v -= I*ohm"},          {"n = 0.5", "RV0408"}, {"b = x > 1"}};
  check(rows, of_code);
}

TEST_CASE("3.3, gotcha 27: only base units declare") {
  for (const std::string unit : {"siemens/meter**2", "siemens*meter**-2", "1/second", "volt**0.5",
                                 "amp/meter**2", "1", "boolean", "integer", "kgram", "mM", "klitre", "Hz"}) {
    CAPTURE(unit);
    CHECK(of_block("x : " + unit) == "");
  }
  for (const std::string unit : {"mV", "cm", "uF", "gram", "molar", "mliter", "nS/cm2"}) {
    CAPTURE(unit);
    CHECK(of_block("x : " + unit).starts_with("RV0211"));
  }
  for (const std::string unit :
       {"metre2", "bool", "int", "float", "1.0", "1*volt", "candela", "foo", "volt*2"}) {
    CAPTURE(unit);
    CHECK(of_block("x : " + unit) == "RV0210");
  }
  CHECK(of_block("x : volt/(meter)") == "RV0101");
  CHECK(of_block("x : volt + volt") == "RV0101");
}

TEST_CASE("gotcha 25: a variable called like a function, and a function without parentheses, say so") {
  CHECK(of_block("dx/dt = tau(1 - x) : 1") == "RV0204");
  CHECK(of_block("x = exp*2 : 1") == "RV0205");
  CHECK(models::error_of({"x = exp*2 : 1"}).find("`exp` is a function") != std::string::npos);
  CHECK(models::error_of({"x : 1\ny = x(3) : 1"}).find("`x*(...)`") != std::string::npos);
}

TEST_CASE("gotcha 26: functions whose argument has any dimension pass it on") {
  const Row rows[] = {{"sqrt(v) > 1*volt**0.5"},
                      {"abs(v) > Vt"},
                      {"clip(v, Vt, 0*mV) > Vt"},
                      {"floor(v) > 0*volt"},
                      {"sign(v) > 0"},
                      {"abs(v) > 1", "RV0302"},
                      {"clip(v, 1, 2) > Vt", "RV0303 RV0303"},
                      {"exp(v) > 1", "RV0303"},
                      {"exp(v/mV) > 1"},
                      {"timestep(t, dt) > 3"},
                      {"timestep(v, dt) > 3", "RV0303"}};
  check(rows, of_condition);
}

TEST_CASE("gotcha 31: variables of the group beat external names, units beat external names") {
  const Namespace outside{{"x", 3 * mV}, {"ms", 1000}, {"N", 5}};
  CHECK(models::error_of({"x : 1\ny = x + 1 : 1"}, outside).empty());
  CHECK(models::error_of({"z = 2*ms : second\nk = N : integer"}, outside).empty());
}
