#include <ranvier/compiler/passes/parse_method.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/method_text.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

constexpr Method own_method{"custom"};

std::string names_of_methods() {
  std::string names;
  for (const Method& method : methods()) names += text(names.empty() ? "" : ", ", method.name);
  return names;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// Part of a text without the blanks around it; empty if there is nothing else.
Place trimmed(const SourcePtr& source, std::size_t begin, std::size_t end) {
  const auto blank = [&](std::size_t at) {
    return std::string_view(" \t\r\n").find(source->text()[at]) != std::string_view::npos;
  };
  while (begin < end && blank(begin)) ++begin;
  while (begin < end && blank(end - 1)) --end;
  return {source, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

std::vector<Place> names_in(const SourcePtr& source) {
  std::vector<Place> names;
  const std::string& whole = source->text();
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find(',', begin), whole.size());
    names.push_back(trimmed(source, begin, end));
    begin = end + 1;
  }
  return names;
}

void report_unknown(const Place& place, Diagnostics& diagnostics) {
  const std::string name(place.text());
  if (name.empty()) {
    diagnostics.error(unknown_method, place, "here the name of an integration method is missing")
        .helped_by(text("the methods are ", names_of_methods()));
    return;
  }
  const std::string near = nearest_method(name);
  Diagnostic& error =
      diagnostics.error(unknown_method, place, text("there is no integration method `", name, "`"));
  error.helped_by(near.empty() ? text("the methods are ", names_of_methods())
                               : text("did you mean `", near, "`?"));
  if (!near.empty()) error.fixed_by(place, near);
}

void add_name(MethodWish& wish, const Place& place, Diagnostics& diagnostics) {
  if (const Method* method = find_method(place.text()))
    wish.candidates.push_back({method, nullptr, place});
  else
    report_unknown(place, diagnostics);
}

}  // namespace

MethodWish parse_method(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics) {
  MethodWish wish;
  if (!source) return wish;
  const Place whole = trimmed(source, 0, source->text().size());
  if (whole.text().empty()) return wish;
  if (whole.text().find('=') != std::string_view::npos) {
    const auto lines = std::make_shared<const MethodText>(parse_method_text(source, diagnostics, limits));
    wish.candidates.push_back({&own_method, lines, whole});
    return wish;
  }
  wish.native = equal_ignoring_case(whole.text(), "native");
  if (wish.native) return wish;
  if (whole.text().size() > 8 * limits.identifier_bytes) {
    diagnostics.error(too_long, trimmed(source, 0, limits.identifier_bytes), "these are no names of methods");
    return wish;
  }
  for (const Place& place : names_in(source)) add_name(wish, place, diagnostics);
  return wish;
}

}  // namespace ranvier::pass
