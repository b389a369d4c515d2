#include <algorithm>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include <unistd.h>

#include <ranvier/plot/error.hpp>
#include <ranvier/plot/save.hpp>

namespace ranvier::plot {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
  throw FigureError("cannot write the figure '" + path.string() +
                    "': " + std::generic_category().message(error));
}

// Another process, or another thread, may be saving to the same path.
fs::path temporary_beside(const fs::path& path) {
  static std::atomic<unsigned> counter = 0;
  fs::path temporary = path;
  temporary += ".part-" + std::to_string(getpid()) + "-" + std::to_string(counter++);
  return temporary;
}

// 0 or the errno of the first step that failed.
int write_new(const fs::path& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wbx");
  if (file == nullptr) return errno;
  int error = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() ? 0 : errno;
  if (std::fclose(file) != 0 && error == 0) error = errno;
  return error;
}

}  // namespace

std::unique_ptr<Canvas> canvas_for(const fs::path& path, PageSize size, double dpi,
                                   const std::string& title) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (extension == ".svg") return make_svg_canvas(size, title);
  if (extension == ".png") return make_png_canvas(size, dpi);
  if (extension == ".pdf") return make_pdf_canvas(size, title);
  throw FigureError("cannot tell the format of '" + path.string() + "': end the name in .png, .svg or .pdf");
}

void write_whole(const fs::path& path, std::string_view bytes) {
  std::error_code ignored;
  // Through a link the file that it points to is replaced, not the link.
  const fs::path target = fs::is_symlink(path, ignored) ? fs::weakly_canonical(path, ignored) : path;
  if (fs::is_directory(target, ignored)) fail(path, EISDIR);
  if (fs::exists(target, ignored) && !fs::is_regular_file(target, ignored))
    throw FigureError("cannot write the figure '" + path.string() + "': it is not a regular file");
  const fs::path temporary = temporary_beside(target);
  int error = write_new(temporary, bytes);
  if (error == 0 && std::rename(temporary.c_str(), target.c_str()) != 0) error = errno;
  if (error == 0) return;
  std::remove(temporary.c_str());
  fail(path, error);
}

}  // namespace ranvier::plot
