#pragma once
#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// A small reader of XML for the tests: it throws on anything that is not well formed and lists the elements.
namespace ranvier::test {

struct Element {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // entities resolved
};

class XmlReader {
 public:
  static std::vector<Element> read(std::string_view text) {
    XmlReader reader(text);
    reader.expect("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    reader.space();
    reader.element();
    reader.space();
    if (!reader.rest_.empty()) throw std::runtime_error("text after the root element");
    return reader.elements_;
  }

 private:
  explicit XmlReader(std::string_view text) : rest_(text) {}

  void expect(std::string_view token) {
    if (!accept(token)) fail("expected " + std::string(token));
  }
  bool accept(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  void space() {
    while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_[0]))) rest_.remove_prefix(1);
  }
  std::string name() {
    const auto end = std::ranges::find_if_not(
        rest_, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-'; });
    const std::string word(rest_.begin(), end);
    if (word.empty()) fail("expected a name");
    rest_.remove_prefix(word.size());
    return word;
  }
  std::string resolved_until(char end) {
    static const std::map<std::string, char> entities = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}};
    std::string text;
    while (!rest_.empty() && rest_[0] != end) {
      if (rest_[0] == '<') fail("a bare <");
      if (static_cast<unsigned char>(rest_[0]) < ' ' && rest_[0] != '\n') fail("a control character");
      if (accept("&")) {
        text += entities.at(name());
        expect(";");
      } else {
        text += rest_[0];
        rest_.remove_prefix(1);
      }
    }
    return text;
  }
  void element() {
    expect("<");
    const std::size_t self = elements_.size();
    elements_.push_back({name(), {}, {}});
    for (space(); !rest_.starts_with(">") && !rest_.starts_with("/>"); space()) attribute(self);
    if (accept("/>")) return;
    expect(">");
    for (elements_[self].text += resolved_until('<'); !rest_.starts_with("</");
         elements_[self].text += resolved_until('<'))
      element();
    expect("</" + elements_[self].name + ">");
  }
  void attribute(std::size_t self) {
    const std::string key = name();
    expect("=\"");
    if (!elements_[self].attributes.emplace(key, resolved_until('"')).second) fail("twice: " + key);
    expect("\"");
  }
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error(what + " before: " + std::string(rest_.substr(0, 40)));
  }

  std::string_view rest_;
  std::vector<Element> elements_;
};

/// The texts of a figure, in the order they were drawn.
inline std::vector<std::string> texts(const std::vector<Element>& elements) {
  std::vector<std::string> result;
  for (const Element& element : elements)
    if (element.name == "text") result.push_back(element.text);
  return result;
}

/// The elements of one kind.
inline std::vector<Element> all(const std::vector<Element>& elements, std::string_view name) {
  std::vector<Element> result;
  std::ranges::copy_if(elements, std::back_inserter(result),
                       [&](const Element& e) { return e.name == name; });
  return result;
}

/// How many spikes the marks of a path stand for.
inline std::size_t marks(const Element& path) {
  return static_cast<std::size_t>(std::ranges::count(path.attributes.at("d"), 'M'));
}

}  // namespace ranvier::test
