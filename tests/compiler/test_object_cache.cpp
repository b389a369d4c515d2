#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/backends/object_cache.hpp>

#include "tests/support/child.hpp"
#include "tests/support/scratch.hpp"

using namespace ranvier;
using namespace ranvier::test;
namespace fs = std::filesystem;

namespace {

/// Made so that nobody else may write to it, whatever the mask of the process.
fs::path folder(const Scratch& scratch) {
  const fs::path made = scratch.path("cache");
  fs::create_directory(made);
  fs::permissions(made, fs::perms::owner_all);
  return made;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

std::string bytes_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

std::uintmax_t bytes_in(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const fs::path& file : files_in(folder)) bytes += fs::file_size(file);
  return bytes;
}

/// An environment variable for the life of this object; nullptr: none.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  ~Variable() { set(before_ ? before_->c_str() : nullptr); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  void set(const char* value) {
    if (value)
      setenv(name_, value, 1);
    else
      unsetenv(name_);
  }
  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace

TEST_CASE("what is kept is found by its key alone, also by another cache of the folder") {
  const Scratch scratch;
  const std::string object(10'000, '\x7f');
  const ObjectCache cache((folder(scratch) / "a" / "b").string());
  CHECK_FALSE(cache.find("key"));
  cache.add("key", object);
  cache.add("other", "");
  const ObjectCache later((folder(scratch) / "a" / "b").string());
  CHECK(later.find("key") == object);
  CHECK(later.find("other") == "");
  CHECK_FALSE(later.find("Key"));
  cache.add("key", "newer");
  CHECK(later.find("key") == "newer");
}

TEST_CASE("a damaged or truncated file is an object that is not there") {
  const Scratch scratch;
  const ObjectCache cache(folder(scratch).string());
  cache.add("key", "object");
  const fs::path file = files_in(folder(scratch)).front();
  const std::string whole = bytes_of(file);
  for (std::size_t k = 0; k < whole.size(); ++k) {
    std::string damaged = whole;
    damaged[k] = static_cast<char>(damaged[k] ^ 1);
    write(file, damaged);
    CHECK_FALSE(cache.find("key"));
    write(file, whole.substr(0, k));
    CHECK_FALSE(cache.find("key"));
  }
  write(file, whole + "x");
  CHECK_FALSE(cache.find("key"));
  write(file, whole);
  CHECK(cache.find("key") == "object");
}

TEST_CASE("files and folders that others may write, or links, are not there") {
  const Scratch scratch;
  const ObjectCache cache(folder(scratch).string());
  cache.add("key", "object");
  const fs::path file = files_in(folder(scratch)).front(), part = file.parent_path();
  for (const fs::path& path : {file, part, part.parent_path()})
    for (const fs::perms more : {fs::perms::group_write, fs::perms::others_write}) {
      fs::permissions(path, more, fs::perm_options::add);
      CHECK_FALSE(cache.find("key"));
      cache.add("key", "object");  // a file is replaced, but nothing is written into such a folder
      if (path != file) CHECK_FALSE(cache.find("key"));
      if (path != file) fs::permissions(path, more, fs::perm_options::remove);
      CHECK(cache.find("key") == "object");
    }
  fs::rename(file, folder(scratch) / "elsewhere");
  fs::create_symlink(folder(scratch) / "elsewhere", file);
  CHECK_FALSE(cache.find("key"));
}

TEST_CASE("a file that belongs to another user is not there") {
  if (::geteuid() != 0) return;  // only root can give files away
  const Scratch scratch;
  const ObjectCache cache(folder(scratch).string());
  cache.add("key", "object");
  const fs::path file = files_in(folder(scratch)).front();
  REQUIRE(::chown(file.c_str(), 12345, 12345) == 0);
  CHECK_FALSE(cache.find("key"));
  REQUIRE(::chown(file.c_str(), 0, 0) == 0);
  CHECK(cache.find("key") == "object");
}

TEST_CASE("something that is no file in the place of one is neither found nor waited for") {
  const Scratch scratch;
  const ObjectCache cache(folder(scratch).string());
  cache.add("key", "object");
  const fs::path file = files_in(folder(scratch)).front();
  fs::remove(file);
  REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  CHECK_FALSE(cache.find("key"));
  fs::remove(file);
  fs::create_directory(file);
  CHECK_FALSE(cache.find("key"));
  cache.add("key", "object");
  CHECK_FALSE(cache.find("key"));
}

TEST_CASE("the files take no more than they may, and what was not used goes first") {
  const Scratch scratch;
  const std::uint64_t most = 16 * 20'000;
  const ObjectCache cache(folder(scratch).string(), most);
  const std::string object(1000, 'x');
  cache.add("used", object);
  const fs::path part = files_in(folder(scratch)).front().parent_path();
  write(part / "a user's own file", "precious");
  write(part / "new-1-1-1", std::string(5000, 'x'));  // a process that wrote it was killed
  const auto age = [](const fs::path& file, int hours) {
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(hours));
  };
  age(part / "new-1-1-1", 1000);
  for (int k = 0; k < 1000; ++k) {
    for (const fs::path& file : files_in(part))
      if (file.filename() != "new-1-1-1") age(file, 1);
    CHECK(cache.find("used"));  // which makes it the youngest
    cache.add("key " + std::to_string(k), object);
    CHECK(bytes_in(folder(scratch)) <= most + 8);
  }
  CHECK(fs::exists(part / "a user's own file"));
  CHECK_FALSE(fs::exists(part / "new-1-1-1"));
  CHECK(cache.find("key 999"));
  CHECK_FALSE(cache.find("key 0"));
}

TEST_CASE("an object larger than the bound is not kept") {
  const Scratch scratch;
  const ObjectCache cache(folder(scratch).string(), 16 * 1000);
  cache.add("key", std::string(1000, 'x'));
  CHECK_FALSE(cache.find("key"));
  CHECK(files_in(folder(scratch)).empty());
}

TEST_CASE("processes that write and read the same files see whole objects or none") {
  const Scratch scratch;
  folder(scratch);
  const auto work = [&](int child) {
    const ObjectCache cache(scratch.path("cache"), 16 * 4000);  // so small that files come and go
    int wrong = 0;
    for (int k = 0; k < 400; ++k) {
      const std::string key = "key " + std::to_string((k + child) % 40);
      const std::string object(100 + key.size() * 50, key.back());
      cache.add(key, object);
      const auto found = cache.find(key);
      wrong += found && *found != object;
    }
    return wrong;
  };
  std::vector<int> children;
  for (int child = 0; child < 6; ++child) children.push_back(start_child([&, child] { return work(child); }));
  for (const int child : children) CHECK(end_of(child) == 0);
  for (const fs::path& file : files_in(folder(scratch))) CHECK(file.filename().string().size() == 16);
}

TEST_CASE("a process that is killed while it writes leaves nothing that is found wrongly") {
  const Scratch scratch;
  const std::string object(200'000, 'x');
  for (int k = 0; k < 20; ++k) {
    const int child = start_child([&] {
      const ObjectCache cache(folder(scratch).string());
      for (;;) cache.add("key", object);
      return 0;
    });
    ::usleep(static_cast<unsigned>(500 + 700 * k));
    kill_child(child);
    CHECK(end_of(child) == killed);
    const auto found = ObjectCache(folder(scratch).string()).find("key");
    CHECK((!found || *found == object));
  }
}

TEST_CASE("a full disk or a folder that cannot be made keeps nothing and says nothing") {
  const Scratch scratch;
  write(folder(scratch) / "file", "");
  for (const std::string& folder :
       {(folder(scratch) / "file" / "cache").string(), std::string("/proc/none"), std::string(5000, 'x')}) {
    const ObjectCache cache(folder);
    cache.add("key", "object");
    CHECK_FALSE(cache.find("key"));
  }
  const int child = start_child([&] {
    bound_files(1000);
    const ObjectCache cache((folder(scratch) / "small").string());
    cache.add("key", std::string(5000, 'x'));
    return cache.find("key") ? 1 : 0;
  });
  CHECK(end_of(child) == 0);
  CHECK(files_in(folder(scratch) / "small").empty());
}

TEST_CASE("the folder is what the environment says, in the order of its say") {
  const Variable home("HOME", "/home/user");
  {
    const Variable own("RANVIER_CACHE", "/somewhere"), caches("XDG_CACHE_HOME", "/caches");
    CHECK(default_cache_folder() == "/somewhere");
  }
  {
    const Variable own("RANVIER_CACHE", ""), caches("XDG_CACHE_HOME", "/caches");
    CHECK(default_cache_folder() == "");
  }
  const Variable own("RANVIER_CACHE", nullptr);
  for (const auto& [caches, folder] : {std::pair{"/caches", "/caches/ranvier"},
                                       {"relative", "/home/user/.cache/ranvier"},
                                       {"", "/home/user/.cache/ranvier"}}) {
    const Variable set("XDG_CACHE_HOME", caches);
    CHECK(default_cache_folder() == folder);
  }
  const Variable caches("XDG_CACHE_HOME", nullptr), nobody("HOME", nullptr);
  CHECK(default_cache_folder() == "");
}

TEST_CASE("without a folder nothing is kept") {
  const ObjectCache cache("");
  cache.add("key", "object");
  CHECK_FALSE(cache.find("key"));
}
