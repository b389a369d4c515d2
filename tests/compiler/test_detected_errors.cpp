#include <doctest/doctest.h>

#include <ranvier/tests/support/models.hpp>

using namespace ranvier;
using namespace ranvier::units;
using models::GroupStrings;

// What the reference detects while it reads a model (semantics.md 14.1), one row a mistake. Those of running
// networks are with the runtime; those of parts that are not built yet come with these.
namespace {

struct Row {
  const char* code;
  GroupStrings strings;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> table{
      // equations
      {"RV0101", {"dv/dx = 1 : volt"}},
      {"RV0102", {"x = 2*mV"}},
      {"RV0213", {"_x : 1"}},
      {"RV0206", {"x : 1\nx : 1"}},
      {"RV0210", {"x : foo"}},
      {"RV0211", {"v : mV"}},
      {"RV0208", {"a = b : 1\nb = a : 1"}},
      // flags and structure
      {"RV0601", {"x : 1 (konstant)"}},
      {"RV0602", {"dx/dt = -x/tau : 1 (constant)"}},
      {"RV0606", {"dn/dt = -n/tau : integer"}},
      {"RV0605", {"x : 1\ny = 2*x : 1 (shared)"}},
      {"RV0605", {"y = 2*i : 1 (shared)"}},
      {"RV0207", {"order : 1"}},
      {"RV0207", {"x_pre : 1"}},
      {"RV0206", {"lastspike : second", "lastspike > 1*ms", "", "2*ms"}},
      {"RV0603", {"v : volt", "", "v = 0*mV"}},
      {"RV0604", {"v : volt", "", "", "2*ms"}},
      // names
      {"RV0201", {"x = unheard_of : 1"}},
      {"RV0209", {"x : 1", "x > 1", "y += x"}},
      {"RV0205", {"x = exp : 1"}},
      {"RV0203", {"x = exp(1, 2) : 1"}},
      {"RV0204", {"k : 1\nx = k(2) : 1"}},
      // dimensions
      {"RV0301", {"v = 3*ms : volt"}},
      {"RV0302", {"v : volt", "v > 3*ms"}},
      {"RV0306", {"v : volt", "v > El", "v = 3*ms"}},
      {"RV0306", {"v : volt", "v > El", "x = 3*ms; x = El"}},
      {"RV0305", {"v : volt\nk : 1\nx = v**k : 1"}},
      // types
      {"RV0401", {"v : volt", "v"}},
      {"RV0407", {"v : volt", "v > El", "", "3*mV"}},
      {"RV0405", {"v : volt\nx = v : volt", "v > El", "x = El"}},
      {"RV0406", {"v : volt\ns : volt (shared)", "v > El", "s = El"}},
      // syntax
      {"RV0106", {"v : volt", "El < v < 0*mV"}},
      {"RV0105", {"v : volt", "v > El & v < 0*mV"}},
      // methods
      {"RV0501", {"dv/dt = -v/tau : 1", "", "", "", "eulr"}},
      {"RV0502", {"dv/dt = -v**3/tau : 1", "", "", "", "exact"}},
  };
  return table;
}

}  // namespace

TEST_CASE("what the reference detects in a model is detected here") {
  for (const Row& row : rows()) {
    CAPTURE(row.strings.equations);
    CAPTURE(row.strings.threshold);
    CAPTURE(row.strings.reset);
    const std::string answer = models::error_of(row.strings, {{"tau", 10 * ms}, {"El", -70 * mV}});
    CHECK(answer.find(std::string("error[") + row.code) != std::string::npos);
  }
}
