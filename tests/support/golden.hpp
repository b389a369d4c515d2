#pragma once
#include <doctest/doctest.h>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <ranvier/tests/support/folder.hpp>

/// Compares with tests/golden/<file>. RANVIER_REBASE=1 in the environment writes the new text instead.
inline void check_golden(const std::string& file, const std::string& actual) {
  const std::string path = test_folder + "/golden/" + file;
  if (std::getenv("RANVIER_REBASE")) {
    std::ofstream(path) << actual;
    return;
  }
  std::stringstream expected;
  expected << std::ifstream(path).rdbuf();
  INFO("compared with ", path, "; RANVIER_REBASE=1 accepts the new text");
  CHECK(actual == expected.str());
}
