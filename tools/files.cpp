#include <fmt/format.h>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/plot/save.hpp>
#include <ranvier/tools/files.hpp>
#include <sstream>

namespace ranvier::tool {

std::string read_file(const std::string& path) {
  std::stringstream bytes;
  if (path == "-") {
    bytes << std::cin.rdbuf();
    return bytes.str();
  }
  if (std::filesystem::is_directory(path))
    throw NetworkError(fmt::format("'{}' is a folder, not a file", path));
  std::ifstream file(path, std::ios::binary);
  if (!file) throw NetworkError(fmt::format("'{}' cannot be read: {}", path, std::strerror(errno)));
  bytes << file.rdbuf();
  return bytes.str();
}

void write_file(const std::string& path, const std::string& bytes) {
  plot::write_whole(path, bytes);
}

}  // namespace ranvier::tool
