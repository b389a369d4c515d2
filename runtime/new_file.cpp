#include <fmt/format.h>
#include <filesystem>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/new_file.hpp>

namespace ranvier {

NewFile::~NewFile() {
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void NewFile::finish() {
  std::error_code error;
  std::filesystem::rename(part_, path_, error);
  if (error) throw NetworkError(fmt::format("cannot write '{}': {}", path_, error.message()));
}

}  // namespace ranvier
