#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

/// A program of examples/, run as a user runs it. What it prints is read as lines `what: value ... unit`.
struct Output {
  int status = -1;
  std::string text;
  std::map<std::string, std::vector<double>> numbers;  // by `what`
  std::uintmax_t picture_bytes = 0;                    // of NAME.png, which it leaves in its folder

  /// Throws for what was not printed.
  const std::vector<double>& operator[](const std::string& what) const;
};

/// In a folder of its own, which is gone afterwards.
Output run_example(const std::string& name, std::uint64_t seed = 0);
