#include <sys/mman.h>
#include <unistd.h>
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ranvier/compiler/checksum.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/recording.hpp>
#include <ranvier/runtime/recording_file.hpp>
#include <string>
#include <string_view>

// The first byte chooses: the rest is a file as it is, or a description and chunks, to which a file's marks
// and right checksums are added, so that what stands behind them is reached.
using namespace ranvier;

namespace {

template <class T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

/// The description ends with a zero. A chunk begins with the number of its rows and of its bytes.
std::string file_of(std::string_view data) {
  const std::size_t end = std::min(data.find('\0'), data.size());
  const std::string_view description = data.substr(0, end);
  recording_file::Begin begin{.length = description.size()};
  begin.sum = sum_of(begin, description);
  std::string file = std::string(bytes_of(begin)) + std::string(description);
  data.remove_prefix(std::min(end + 1, data.size()));
  for (std::uint64_t number = 0; data.size() >= 2; ++number) {
    recording_file::Chunk chunk{.number = number, .rows = static_cast<unsigned char>(data[0])};
    const std::string_view payload = data.substr(2, static_cast<unsigned char>(data[1]));
    chunk.bytes = payload.size();
    chunk.payload_sum = checksum(std::as_bytes(std::span(payload)));
    chunk.sum = sum_of(chunk);
    file += std::string(bytes_of(chunk)) + std::string(payload);
    data.remove_prefix(2 + payload.size());
  }
  return file;
}

template <class Read>
void tolerate(Read read) {
  try {
    read();
  } catch (const NetworkError&) {  // what such a recording does not have
  }
}

void read_all(const std::string& path) {
  const Recording recording = read_recording(path);
  for (const ColumnInfo& c : recording.info().columns) {
    tolerate([&] { recording.column(c.name); });
    tolerate([&] { recording.traces(c.name); });
    tolerate([&] { recording.trace(c.name, 0); });
    if (recording.info().size < 1'000'000) tolerate([&] { recording.by_element(c.name); });
  }
  tolerate([&] { recording.indices(); });
  if (recording.complete() && recording.lost_chunks() > 0) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string file = data[0] % 2 == 0 ? std::string(rest) : file_of(rest);
  const int memory = memfd_create("recording", 0);
  if (memory < 0 || write(memory, file.data(), file.size()) != static_cast<ssize_t>(file.size()))
    std::abort();
  tolerate([&] { read_all("/proc/self/fd/" + std::to_string(memory)); });
  close(memory);
  return 0;
}
