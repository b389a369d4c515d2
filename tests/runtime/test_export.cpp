// Recordings for other programs, read back by those programs.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/scratch.hpp>
#include <sstream>

using namespace ranvier;
using namespace ranvier::units;
using test::Scratch;

namespace {

/// Two elements over three steps: x counts from 0.5 + i, k = -i, b is true for the second; s is shared.
struct World {
  Network net{{.dt = 1 * second}};
  NeuronGroup& group = net.neuron_group(
      2,
      {.equations = "dx/dt = 1/second : 1\nk : integer\nb : boolean\ns : volt (shared)", .method = "euler"});
  StateMonitor* state;

  explicit World(const std::string& file = "", bool float32 = false) {
    group["x"] = "0.1 + i";
    group["k"] = "-i";
    group["b"] = "i == 1";
    group["s"] = 70 * mV;
    state = &net.state_monitor(
        group, {.variables = all_variables, .record = {1, 0}, .float32 = float32, .file = file});
    net.run(3 * second);
  }
};

std::string contents(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// A Python that has a module, "" if there is none: the first one of the path need not have it.
std::string python_with(const std::string& module) {
  for (const std::string program : {"python3", "/usr/bin/python3"})
    if (std::system((program + " -c 'import " + module + "' 2>/dev/null").c_str()) == 0) return program;
  return "";
}

/// Whether Python agrees: the condition may use the module and the file's path. Skipped, and said so, where
/// there is no such module.
bool python(const std::string& module, const std::string& condition, const std::string& path) {
  const std::string program = python_with(module);
  if (program.empty()) {
    MESSAGE("skipped: there is no python3 with " << module);
    return true;
  }
  const std::string code =
      "import sys, " + module + "; path = sys.argv[1]; sys.exit(not (" + condition + "))";
  return std::system((program + " -c \"" + code + "\" '" + path + "'").c_str()) == 0;
}

}  // namespace

TEST_CASE("CSV has a line of names with units, and a line for each row") {
  const Scratch scratch;
  World world;
  write_csv(*world.state, scratch.path("a.csv"));
  const std::string expected =
      "t (second),x[1] (1),x[0] (1),k[1] (1),k[0] (1),b[1] (1),b[0] (1),s (volt)\n"
      "0,1.1,0.1,-1,0,1,0,0.07\n"
      "1,2.1,1.1,-1,0,1,0,0.07\n"
      "2,3.1,2.1,-1,0,1,0,0.07\n";
  CHECK(contents(scratch.path("a.csv")) == expected);
}

TEST_CASE("a file of a recording is exported like the monitor") {
  const Scratch scratch;
  World memory;
  {
    const World file(scratch.path("a.rvr"));
  }
  const Recording recording = read_recording(scratch.path("a.rvr"));
  write_csv(*memory.state, scratch.path("a.csv"));
  write_csv(recording, scratch.path("b.csv"));
  CHECK(contents(scratch.path("a.csv")) == contents(scratch.path("b.csv")));
  write_npy(*memory.state, "x", scratch.path("a.npy"));
  write_npy(recording, "x", scratch.path("b.npy"));
  CHECK(contents(scratch.path("a.npy")) == contents(scratch.path("b.npy")));
}

TEST_CASE("NumPy reads what was recorded, in the type in which it was kept") {
  const Scratch scratch;
  const World world, single("", true);
  const auto agrees = [&](const StateMonitor& m, const char* column, const std::string& condition) {
    const std::string path = scratch.path("c.npy");
    write_npy(m, column, path);
    CHECK(contents(path).size() % 8 != 1);
    return python("numpy", "(lambda a: " + condition + ")(numpy.load(path))", path);
  };
  CHECK(agrees(*world.state, "t", "a.dtype == 'f8' and a.tolist() == [0, 1, 2]"));
  CHECK(agrees(*world.state, "x", "a.shape == (2, 3) and a.dtype == 'f8' and abs(a[0, 2] - 3.1) < 1e-15"));
  CHECK(agrees(*world.state, "k", "a.dtype == 'i4' and a.tolist() == [[-1, -1, -1], [0, 0, 0]]"));
  CHECK(agrees(*world.state, "b", "a.dtype == bool and a.tolist() == [[True] * 3, [False] * 3]"));
  CHECK(agrees(*world.state, "s", "a.shape == (3,) and a.tolist() == [0.07] * 3"));
  CHECK(agrees(*single.state, "x", "a.dtype == 'f4' and a[1, 0] == numpy.float32(0.1)"));
}

TEST_CASE("spikes and rates are exported too, also when there are none") {
  const Scratch scratch;
  Network net({.dt = 1 * second});
  auto& group = net.neuron_group(2, {.equations = "v : 1"});
  auto& spikes = net.spike_monitor(group);
  auto& none = net.spike_monitor(group.slice(0, 1));
  auto& rate = net.population_rate_monitor(group);
  net.step();
  net.inject_spikes(group, std::vector<std::int32_t>{1});
  net.step();
  write_csv(spikes, scratch.path("s.csv"));
  CHECK(contents(scratch.path("s.csv")) == "t (second),i (1)\n1,1\n");
  write_csv(rate, scratch.path("r.csv"));
  CHECK(contents(scratch.path("r.csv")) == "t (second),rate (Hz)\n0,0\n1,0.5\n");
  write_csv(none, scratch.path("n.csv"));
  CHECK(contents(scratch.path("n.csv")) == "t (second),i (1)\n");
  write_npy(none, "i", scratch.path("n.npy"));
  CHECK(python("numpy", "numpy.load(path).shape == (0,)", scratch.path("n.npy")));
  CHECK_THROWS_AS(write_npy(spikes, "v", scratch.path("n.npy")), NetworkError);
}

TEST_CASE("a file that cannot be written is an error, and leaves what was there") {
  const Scratch scratch;
  const World world;
  CHECK_THROWS_AS(write_csv(*world.state, scratch.path("no/such/folder")), NetworkError);
  CHECK_THROWS_AS(write_npy(*world.state, "x", scratch.path("no/such/folder")), NetworkError);
  CHECK_THROWS_AS(write_hdf5(*world.state, scratch.path("no/such/folder")), NetworkError);
  std::ofstream(scratch.path("old")) << "old";
  CHECK_THROWS_AS(write_npy(*world.state, "q", scratch.path("old")), NetworkError);
  CHECK(contents(scratch.path("old")) == "old");
  CHECK(contents(scratch.path("old.part")).empty());
}

TEST_CASE("HDF5 is written where the library has it, and said to be missing where not") {
  const Scratch scratch;
  const World world;
  const std::string path = scratch.path("a.h5");
  if (!has_hdf5()) {
    CHECK_THROWS_WITH_AS(write_hdf5(*world.state, path), doctest::Contains("built without HDF5"),
                         NetworkError);
    return;
  }
  write_hdf5(*world.state, path);
  const auto agrees = [&](const std::string& condition) {
    return python("h5py", "(lambda f: " + condition + ")(h5py.File(path))", path);
  };
  CHECK(agrees("sorted(f) == ['b', 'elements', 'k', 's', 't', 'x']"));
  CHECK(agrees("f['x'].shape == (3, 2) and f['x'][2, 1] == 2.1 and f['x'].dtype == 'f8'"));
  CHECK(agrees("f['s'][:].tolist() == [0.07] * 3 and f['s'].attrs['unit'] == b'volt'"));
  CHECK(agrees("f['elements'][:].tolist() == [1, 0] and f['k'][0].tolist() == [-1, 0]"));
  CHECK(agrees("f.attrs['dt'] == 1 and f.attrs['source'] == b'neurongroup' and f['b'][1, 0] == 1"));
}
