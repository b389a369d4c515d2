#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <ranvier/plot/figure.hpp>
#include <ranvier/plot/save.hpp>

#include "tests/plot/monitors.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

// Fontconfig, which Cairo asks for fonts, keeps what it has read until the process ends.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}

using namespace ranvier;
using namespace ranvier::test;
using doctest::Contains;
using plot::Figure;
using plot::FigureError;
namespace fs = std::filesystem;

namespace {

// An empty folder that is gone after the test.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("ranvier-plot-" + std::to_string(getpid()));
  Folder() { fs::create_directory(path); }
  ~Folder() { fs::remove_all(path); }
  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(path), fs::directory_iterator());
  }
};

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Figure figure() {
  return Figure({.width_inches = 4, .height_inches = 3, .dpi = 100}).raster(Spikes{{0.1, 0.2}, {1, 2}});
}

// While it lives, no file of this process can grow beyond `bytes`.
struct FileSizeLimit {
  rlimit before{};
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit limit{bytes, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_DFL);
  }
};

[[maybe_unused]] unsigned big_endian(const std::string& bytes, std::size_t at) {
  unsigned value = 0;
  for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes.at(i));
  return value;
}

}  // namespace

TEST_CASE("an SVG file is the text of the figure, whatever the case of its extension") {
  const Folder folder;
  figure().save(folder.path / "a.svg");
  figure().save(folder.path / "b.SVG");
  CHECK(content(folder.path / "a.svg") == figure().svg());
  CHECK(content(folder.path / "b.SVG") == figure().svg());
  CHECK(folder.files() == 2);
}

#ifdef RANVIER_HAS_CAIRO
TEST_CASE("a PNG file has the signature and the size of its figure") {
  const Folder folder;
  figure().save(folder.path / "a.png");
  const std::string png = content(folder.path / "a.png");
  CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  CHECK(png.substr(12, 4) == "IHDR");
  CHECK(big_endian(png, 16) == 400);
  CHECK(big_endian(png, 20) == 300);
  CHECK(png.substr(png.size() - 8, 4) == "IEND");
}

TEST_CASE("a PDF file is whole and the same each time") {
  const Folder folder;
  figure().save(folder.path / "a.pdf");
  figure().save(folder.path / "b.pdf");
  const std::string pdf = content(folder.path / "a.pdf");
  CHECK(pdf.starts_with("%PDF-"));
  CHECK(pdf.find("%%EOF") != std::string::npos);
  CHECK(pdf == content(folder.path / "b.pdf"));
}

TEST_CASE("a PNG beyond what can be held is refused with its size") {
  const Figure wall({.width_inches = 100, .height_inches = 100, .dpi = 300});
  CHECK_THROWS_WITH_AS(wall.save("wall.png"), Contains("30000 x 30000"), FigureError);
}
#else
TEST_CASE("without Cairo a PNG or PDF is refused with the way out") {
  for (const char* name : {"a.png", "a.pdf"})
    CHECK_THROWS_WITH_AS(figure().save(name), Contains(".svg, or install Cairo"), FigureError);
}
#endif

TEST_CASE("an unknown format is refused with the list of formats") {
  for (const char* name : {"a.jpg", "a", "a.", ".svg"})
    CHECK_THROWS_WITH_AS(figure().save(name), Contains(".png, .svg or .pdf"), FigureError);
}

TEST_CASE("a path that cannot be written is refused with the system's reason") {
  const Folder folder;
  CHECK_THROWS_WITH_AS(figure().save(folder.path / "none" / "a.svg"), Contains("No such file or directory"),
                       FigureError);
  fs::create_directory(folder.path / "a.svg");
  CHECK_THROWS_WITH_AS(figure().save(folder.path / "a.svg"), Contains("Is a directory"), FigureError);
  CHECK(folder.files() == 1);
}

TEST_CASE("a save that fails half way leaves the old file and nothing else") {
  const Folder folder;
  const fs::path path = folder.path / "a.svg";
  std::ofstream(path) << "old";
  {
    const FileSizeLimit limit(100);
    CHECK_THROWS_WITH_AS(figure().save(path), Contains("File too large"), FigureError);
  }
  CHECK(content(path) == "old");
  CHECK(folder.files() == 1);
  figure().save(path);
  CHECK(content(path) == figure().svg());
}

TEST_CASE("saving through a link replaces the file that it points to") {
  const Folder folder;
  std::ofstream(folder.path / "real.svg") << "old";
  fs::create_symlink("real.svg", folder.path / "link.svg");
  figure().save(folder.path / "link.svg");
  CHECK(fs::is_symlink(folder.path / "link.svg"));
  CHECK(content(folder.path / "real.svg") == figure().svg());
}
