#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ranvier {

/// Half-open range of byte offsets into a source text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend bool operator==(Span, Span) = default;
};

/// A 1-based line and column (in bytes) inside a source text.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Who wrote a part of a generated text: the call as a person writes it, `model.noise()`.
struct Origin {
  Span span;
  std::string call;
};
using Origins = std::vector<Origin>;

/// A text that a user wrote, with the name that messages call it by ("threshold of 'neurons'"). A text that a
/// builder wrote can say which call wrote which part of it.
class Source {
 public:
  Source(std::string name, std::string text, Origins origins = {})
      : name_(std::move(name)), text_(std::move(text)), origins_(std::move(origins)) {}

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  const Origins& origins() const { return origins_; }
  LineColumn position(std::uint32_t offset) const;
  /// The text of a 1-based line, without its line end.
  std::string_view line(std::uint32_t number) const;
  /// The call that wrote what stands at an offset; "" for what the user wrote.
  std::string_view origin(std::uint32_t offset) const;

 private:
  std::string name_;
  std::string text_;
  Origins origins_;
};

using SourcePtr = std::shared_ptr<const Source>;

inline SourcePtr make_source(std::string name, std::string text, Origins origins = {}) {
  return std::make_shared<const Source>(std::move(name), std::move(text), std::move(origins));
}

/// A range inside one source text. Without a source (nodes that a pass made) it points nowhere.
struct Place {
  SourcePtr source;
  Span span;
  std::string_view text() const {
    return source ? std::string_view(source->text()).substr(span.begin, span.end - span.begin)
                  : std::string_view();
  }
};

}  // namespace ranvier
