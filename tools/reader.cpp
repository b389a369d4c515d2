#include <algorithm>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/reader.hpp>
#include <vector>

namespace ranvier::tool {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

}  // namespace

void Reader::fail(const Place& place, const std::string& message) const {
  refuse(place, message, "it is written: " + std::string(syntax_));
}

void Reader::skip(std::size_t bytes) {
  left_ = trimmed(part(left_, bytes, left_.text().size()));
}

void Reader::drop_end(std::size_t bytes) {
  left_ = trimmed(part(left_, 0, left_.text().size() - bytes));
}

std::string Reader::name(const std::string& what) {
  const std::string_view text = left_.text();
  const std::vector<Token> tokens = tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
  if (tokens.empty()) fail(left_, "here should stand " + what);
  const Span span = tokens.front().span;
  if (tokens.front().kind != TokenKind::name)
    fail(part(left_, span.begin, span.end), "here should stand " + what);
  std::string found(text.substr(span.begin, span.end - span.begin));
  skip(span.end);
  return found;
}

Place Reader::chunk(const std::string& what) {
  const std::string_view text = left_.text();
  if (text.empty()) fail(left_, "here should stand " + what);
  std::size_t end = 0;
  int depth = 0;
  for (; end < text.size(); ++end) {
    if (text[end] == '(' || text[end] == '[') ++depth;
    if (text[end] == ')' || text[end] == ']') --depth;
    if (depth <= 0 && blanks.find(text[end]) != blanks.npos) break;
  }
  const Place found = part(left_, 0, end);
  skip(end);
  return found;
}

Place Reader::rest(const std::string& what) {
  if (done()) fail(left_, "here should stand " + what);
  const Place all = left_;
  skip(all.text().size());
  return all;
}

std::int64_t whole_number(const Place& place, const std::string& what) {
  const std::string_view text = place.text();
  const auto number = number_length(text) == text.size() ? read_number(text) : std::nullopt;
  if (!number || !number->integer) refuse(place, "here should stand " + what + ", a whole number");
  return static_cast<std::int64_t>(number->value);
}

std::int64_t Reader::number(const std::string& what) {
  const Place place = chunk(what);
  return whole_number(place, what);
}

bool Reader::take(std::string_view word) {
  const std::string_view text = left_.text();
  if (!text.starts_with(word)) return false;
  if (text.size() > word.size() && blanks.find(text[word.size()]) == blanks.npos) return false;
  skip(word.size());
  return true;
}

void Reader::end() const {
  if (!done()) fail(left_, "this is more than belongs here");
}

std::map<std::string, Place> Reader::options(std::initializer_list<std::string_view> keys) {
  const std::string_view text = left_.text();
  struct Found {
    std::string key;
    std::size_t begin, value;
  };
  std::vector<Found> found;
  int depth = 0;
  const std::vector<Token> tokens = tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
  for (std::size_t k = 0; k < tokens.size(); ++k) {
    const std::string_view word =
        text.substr(tokens[k].span.begin, tokens[k].span.end - tokens[k].span.begin);
    if (word == "(" || word == "[") ++depth;
    if (word == ")" || word == "]") --depth;
    if (depth > 0 || tokens[k].kind != TokenKind::name || k + 1 == tokens.size()) continue;
    if (tokens[k + 1].kind == TokenKind::assign)
      found.push_back({std::string(word), tokens[k].span.begin, tokens[k + 1].span.end});
  }
  std::map<std::string, Place> options;
  for (std::size_t k = 0; k < found.size(); ++k) {
    const std::size_t end = k + 1 < found.size() ? found[k + 1].begin : text.size();
    const Place key = part(left_, found[k].begin, found[k].begin + found[k].key.size());
    if (std::ranges::find(keys, found[k].key) == keys.end())
      fail(key, "there is no option `" + found[k].key + "` here");
    Place value = trimmed(part(left_, found[k].value, end));
    if (value.text().ends_with(',')) value = trimmed(part(value, 0, value.text().size() - 1));
    if (value.text().empty()) fail(key, "here should stand a value of `" + found[k].key + "`");
    if (!options.emplace(found[k].key, unquoted(value)).second)
      fail(key, "the option `" + found[k].key + "` stands here twice");
  }
  if (!found.empty()) left_ = trimmed(part(left_, 0, found.front().begin));
  if (left_.text().ends_with(',')) left_ = trimmed(part(left_, 0, left_.text().size() - 1));
  return options;
}

}  // namespace ranvier::tool
