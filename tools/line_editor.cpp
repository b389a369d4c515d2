#include <fmt/format.h>
#include <unistd.h>
#include <algorithm>
#include <clocale>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <ranvier/tools/line_editor.hpp>
#ifdef RANVIER_HAS_EDITLINE
#include <histedit.h>
#endif

namespace ranvier::tool {

std::string common_beginning(const std::vector<std::string>& words) {
  if (words.empty()) return {};
  std::string common = words.front();
  for (const std::string& word : words) {
    const auto differ = std::ranges::mismatch(common, word).in1;
    common.erase(differ, common.end());
  }
  return common;
}

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  const auto is_part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  while (begin > 0 && is_part(text[begin - 1])) --begin;
  return text.substr(begin);
}

#ifdef RANVIER_HAS_EDITLINE

class LineEditor::Editing {
 public:
  Editing(std::string file, Completer completer) : file_(std::move(file)), completer_(std::move(completer)) {
    std::setlocale(LC_CTYPE, "");
    editor_ = el_init("ranvier", stdin, stdout, stderr);
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, 2000);
    history(history_, &event, H_SETUNIQUE, 1);
    if (!file_.empty()) history(history_, &event, H_LOAD, file_.c_str());
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_PROMPT, prompt_of);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_HIST, history, history_);
    el_set(editor_, EL_ADDFN, "ranvier-complete", "completes a word", complete);
    el_set(editor_, EL_ADDFN, "ranvier-cancel", "gives up a line", cancel);
    el_set(editor_, EL_BIND, "^I", "ranvier-complete", nullptr);
    el_set(editor_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    el_set(editor_, EL_SETTY, "-d", "-isig", nullptr);  // Ctrl-C comes as a character
    el_set(editor_, EL_BIND, "^C", "ranvier-cancel", nullptr);
  }
  ~Editing() {
    HistEvent event;
    if (!file_.empty()) {
      std::error_code ignored;
      std::filesystem::create_directories(std::filesystem::path(file_).parent_path(), ignored);
      history(history_, &event, H_SAVE, file_.c_str());
    }
    history_end(history_);
    el_end(editor_);
  }
  Editing(const Editing&) = delete;
  Editing& operator=(const Editing&) = delete;

  std::optional<std::string> read(const std::string& prompt) {
    prompt_ = prompt;
    cancelled_ = false;
    int length = 0;
    const char* line = el_gets(editor_, &length);
    if (cancelled_) return std::string();
    if (!line || length <= 0) return std::nullopt;
    std::string text(line, static_cast<std::size_t>(length));
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
  }
  bool cancelled() const { return cancelled_; }
  void remember(const std::string& line) {
    HistEvent event;
    history(history_, &event, H_ENTER, line.c_str());
  }

 private:
  static Editing& self(EditLine* editor) {
    Editing* found = nullptr;
    el_get(editor, EL_CLIENTDATA, &found);
    return *found;
  }
  static char* prompt_of(EditLine* editor) { return self(editor).prompt_.data(); }

  static unsigned char cancel(EditLine* editor, int) {
    const LineInfo* line = el_line(editor);
    el_cursor(editor, static_cast<int>(line->lastchar - line->cursor));
    el_deletestr(editor, static_cast<int>(line->lastchar - line->buffer));
    std::fputs("^C\n", stdout);
    self(editor).cancelled_ = true;
    return CC_NEWLINE;
  }

  static unsigned char complete(EditLine* editor, int) {
    const LineInfo* line = el_line(editor);
    const std::string_view before(line->buffer, static_cast<std::size_t>(line->cursor - line->buffer));
    const std::vector<std::string> words = self(editor).completer_(before);
    if (words.empty()) return CC_REFRESH_BEEP;
    const std::string common = common_beginning(words);
    const std::size_t typed = last_word(before).size();
    std::string rest = common.size() > typed ? common.substr(typed) : std::string();
    if (words.size() == 1) rest += ' ';
    if (!rest.empty()) return el_insertstr(editor, rest.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    self(editor).list(words);
    return CC_REDISPLAY;
  }

  void list(const std::vector<std::string>& words) const {
    constexpr std::size_t most = 60;
    std::string text = "\n";
    for (std::size_t k = 0; k < std::min(words.size(), most); ++k) text += words[k] + "  ";
    if (words.size() > most) text += fmt::format("... and {} more", words.size() - most);
    std::fputs((text + '\n').c_str(), stdout);
  }

  std::string file_, prompt_;
  Completer completer_;
  EditLine* editor_ = nullptr;
  History* history_ = nullptr;
  bool cancelled_ = false;
};

LineEditor::LineEditor(std::string history, Completer completer) {
  if (::isatty(STDIN_FILENO) == 1)
    editing_ = std::make_unique<Editing>(std::move(history), std::move(completer));
}

#else

class LineEditor::Editing {
 public:
  std::optional<std::string> read(const std::string& prompt) {
    std::fputs(prompt.c_str(), stdout);
    std::fflush(stdout);
    std::string line;
    return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
  }
  bool cancelled() const { return false; }
  void remember(const std::string&) {}
};

LineEditor::LineEditor(std::string, Completer) {
  if (::isatty(STDIN_FILENO) == 1) editing_ = std::make_unique<Editing>();
}

#endif

LineEditor::~LineEditor() = default;

std::optional<std::string> LineEditor::read(const std::string& prompt) {
  if (editing_) return editing_->read(prompt);
  std::string line;
  return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
}

bool LineEditor::cancelled() const {
  return editing_ && editing_->cancelled();
}

void LineEditor::remember(const std::string& line) {
  if (editing_) editing_->remember(line);
}

}  // namespace ranvier::tool
