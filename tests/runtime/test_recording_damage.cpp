// Files of recordings that are not what was written: nothing that can be in a file is a crash or a wrong
// value.
#include <doctest/doctest.h>

#include <fstream>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/recording.hpp>
#include <ranvier/tests/support/scratch.hpp>
#include <sstream>

using namespace ranvier;
using namespace ranvier::units;
using test::Scratch;

namespace {

std::string contents(const std::string& path) {
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

/// Runs of three, two and four steps: three chunks. x in element k at step s is 10*s + k.
std::string small_recording(const Scratch& scratch) {
  Network net({.dt = 1 * second});
  {
    auto& group = net.neuron_group(3, {.equations = "dx/dt = 10/second : 1", .method = "euler"});
    group["x"] = "i";
    net.state_monitor(group, {.variables = {"x"}, .record = {2, 0}, .file = scratch.path("small")});
    for (const int steps : {3, 2, 4}) net.run(steps * second);
  }
  return scratch.path("small");
}

/// What reading a file with these bytes gives: rows, or -1 for an error.
struct Verdict {
  std::int64_t rows = -1;
  std::int64_t lost = 0;
  bool complete = false;
};

/// Every value that is read must be one that was written.
Verdict read(const Scratch& scratch, const std::string& bytes) {
  const std::string path = scratch.path("damaged");
  std::ofstream(path, std::ios::binary) << bytes;
  try {
    const Recording recording = read_recording(path);
    const auto times = recording.times(), x = recording.trace("x", 2);
    for (std::size_t k = 0; k < x.size(); ++k) REQUIRE(x[k] == 10 * times[k] + 2);
    return {recording.rows(), recording.lost_chunks(), recording.complete()};
  } catch (const NetworkError& error) {
    REQUIRE(std::string(error.what()).size() > 20);
    return {};
  }
}

}  // namespace

TEST_CASE("a recording with any byte changed is an error, or loses the chunk that the byte is in") {
  const Scratch scratch;
  std::string bytes = contents(small_recording(scratch));
  const std::size_t first_chunk = bytes.find("RVRCHUNK");
  CHECK(read(scratch, bytes).rows == 9);
  for (std::size_t k = 0; k < bytes.size(); ++k)
    for (const int flip : {0x01, 0x80, 0xff}) {
      bytes[k] = static_cast<char>(bytes[k] ^ flip);
      const Verdict verdict = read(scratch, bytes);
      bytes[k] = static_cast<char>(bytes[k] ^ flip);
      CAPTURE(k);
      if (k < first_chunk) CHECK(verdict.rows == -1);
      if (k >= first_chunk) CHECK(verdict.rows >= 5);
      CHECK_FALSE(verdict.complete);
    }
}

TEST_CASE("a recording cut off anywhere has all chunks before the cut") {
  const Scratch scratch;
  const std::string bytes = contents(small_recording(scratch));
  std::vector<std::size_t> ends;  // of the beginning and of each chunk
  for (std::size_t at = bytes.find("RVRCHUNK"); at != bytes.npos; at = bytes.find("RVRCHUNK", at + 1))
    ends.push_back(at);
  REQUIRE(ends.size() == 4);
  const std::int64_t rows[] = {0, 3, 5, 9};
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    const Verdict verdict = read(scratch, bytes.substr(0, cut));
    CAPTURE(cut);
    if (cut < ends[0]) {
      CHECK(verdict.rows == -1);
      continue;
    }
    std::size_t whole = 3;
    while (ends[whole] > cut) --whole;
    CHECK(verdict.rows == rows[whole]);
    CHECK(verdict.lost == (cut == ends[whole] ? 0 : 1));
    CHECK_FALSE(verdict.complete);
  }
}

TEST_CASE("chunks that are missing, repeated, or followed by something else are counted") {
  const Scratch scratch;
  const std::string bytes = contents(small_recording(scratch));
  const std::size_t one = bytes.find("RVRCHUNK"), two = bytes.find("RVRCHUNK", one + 1),
                    three = bytes.find("RVRCHUNK", two + 1);
  const Verdict missing = read(scratch, bytes.substr(0, one) + bytes.substr(two));
  CHECK(missing.rows == 6);
  CHECK(missing.lost == 1);
  const Verdict repeated = read(scratch, bytes.substr(0, two) + bytes.substr(one));
  CHECK(repeated.rows == 9);
  const Verdict behind = read(scratch, bytes + "something else");
  CHECK(behind.rows == 9);
  CHECK_FALSE(behind.complete);
  const Verdict between =
      read(scratch, bytes.substr(0, three) + std::string(1000, '\0') + bytes.substr(three));
  CHECK(between.rows == 9);
  CHECK(between.lost == 0);
}

TEST_CASE("what is no recording is called that") {
  const Scratch scratch;
  const auto error = [&](const std::string& path) {
    try {
      read_recording(path);
    } catch (const NetworkError& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  std::ofstream(scratch.path("text")) << "This is no recording, though it is long enough to be one.";
  std::ofstream(scratch.path("empty"));
  CHECK(error(scratch.path("text")).find("is not a recording") != std::string::npos);
  CHECK(error(scratch.path("empty")).find("is empty") != std::string::npos);
  CHECK(error(scratch.path("nothing")).find("No such file") != std::string::npos);
  CHECK(error("/dev/zero").find("not a regular file") != std::string::npos);
  CHECK(error(scratch.path("")).find("not a regular file") != std::string::npos);
  CHECK(read_recording(small_recording(scratch)).lost_chunks() == 0);
}
