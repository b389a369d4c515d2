#pragma once
#include <string>

namespace ranvier {

/// A file in the making: written under another name, it takes its place when it is finished, or is gone.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)), part_(path_ + ".part") {}
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  /// Where to write.
  const std::string& part() const { return part_; }
  /// Throws NetworkError.
  void finish();

 private:
  std::string path_;
  std::string part_;
};

}  // namespace ranvier
