#include "tests/examples/program.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <stdexcept>

namespace {

/// The numbers at the beginning of a text, which words may follow.
std::vector<double> numbers_of(const std::string& text) {
  std::vector<double> numbers;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size()) break;
    numbers.push_back(value);
  }
  return numbers;
}

}  // namespace

const std::vector<double>& Output::operator[](const std::string& what) const {
  const auto found = numbers.find(what);
  if (found == numbers.end()) throw std::out_of_range("nothing was printed as \"" + what + "\" in:\n" + text);
  return found->second;
}

Output run_example(const std::string& name, std::uint64_t seed) {
  const std::filesystem::path folder = "example_" + name + "_" + std::to_string(seed);
  std::filesystem::create_directory(folder);
  std::string command = std::string(RANVIER_ENVIRONMENT " " RANVIER_PROGRAMS) + name + " " + folder.string();
  if (seed != 0) command += " " + std::to_string(seed);

  Output output;
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (pipe != nullptr && std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr)
    output.text += buffer.data();
  if (pipe != nullptr) output.status = ::pclose(pipe);

  std::istringstream lines(output.text);
  for (std::string line; std::getline(lines, line);)
    if (const std::size_t colon = line.find(": "); colon != std::string::npos)
      output.numbers[line.substr(0, colon)] = numbers_of(line.substr(colon + 2));
  std::error_code missing;
  output.picture_bytes = std::filesystem::file_size(folder / (name + ".png"), missing);
  if (missing) output.picture_bytes = 0;
  std::filesystem::remove_all(folder);
  return output;
}
