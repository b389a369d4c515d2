#include <ranvier/compiler/unit_text.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

#include <ranvier/compiler/passes/suggest.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/units.hpp>

namespace ranvier {
namespace {

using enum DiagnosticCode;

struct Word {
  std::string_view written;
  Type type;
};
constexpr Word words[] = {{"1", Type::real}, {"boolean", Type::boolean}, {"integer", Type::integer}};
constexpr Word other_words[] = {
    {"bool", Type::boolean}, {"int", Type::integer},  {"float", Type::real},         {"double", Type::real},
    {"real", Type::real},    {"number", Type::real},  {"dimensionless", Type::real}, {"1.0", Type::real},
    {"percent", Type::real}, {"unitless", Type::real}};

constexpr const char* shapes =
    "units are written like `volt`, `amp/metre**2`, `1/second`; `1` is a plain number";

bool in_number(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) || c == '.';
}
bool in_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

/// unit = factor { ("*" | "/") factor };  factor = (name | "1") [ "**" [ "+" | "-" ] number ]
class UnitReader {
 public:
  UnitReader(const std::string& text, const Place& place, Diagnostics& diagnostics, const Limits& limits)
      : text_(text), place_(place), diagnostics_(diagnostics), largest_exponent_(limits.exponent) {}

  std::optional<Dimension> read() {
    Dimension product;
    double sign = 1;
    for (bool first = true;; first = false) {
      const auto factor = read_factor(first);
      if (!factor) return std::nullopt;
      product = product * factor->pow(sign);
      skip_blanks();
      if (at_ == text_.size()) return product;
      if (text_[at_] != '*' && text_[at_] != '/') return report_unexpected();
      sign = text_[at_++] == '*' ? 1 : -1;
    }
  }

 private:
  std::optional<Dimension> read_factor(bool first) {
    skip_blanks();
    const std::size_t begin = at_;
    if (at_ == text_.size()) return report(begin, "a unit is missing here", {}, {});
    if (in_number(text_[at_])) return read_one(first);
    while (at_ < text_.size() && in_name(text_[at_])) ++at_;
    if (at_ == begin) return report_unexpected();
    const auto dimension = dimension_of(begin, text_.substr(begin, at_ - begin));
    return dimension ? read_exponent(*dimension) : dimension;
  }

  /// The number 1 stands for nothing and is only of use in front of a division: 1/second.
  std::optional<Dimension> read_one(bool first) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && in_number(text_[at_])) ++at_;
    const std::string number = text_.substr(begin, at_ - begin);
    skip_blanks();
    if (first && number == "1" && text_.substr(at_, 1) == "/") return dimensions::one;
    const bool superfluous = first && number == "1" && text_.substr(at_, 1) == "*";
    if (superfluous) ++at_;
    Diagnostic& error =
        problem(begin, text("a unit has no factor `", number, "`"),
                "units have scale 1; a number belongs into the expression: `x = 2*volt : volt`");
    if (superfluous) error.fixed_by(place_of(begin, at_), "");
    return std::nullopt;
  }

  std::optional<Dimension> dimension_of(std::size_t begin, const std::string& name) {
    const auto unit = find_unit(name);
    if (unit && is_base_unit_name(name)) return unit->dimension;
    if (name == "boolean" || name == "integer") return report_type(begin, name);
    if (!unit) return report_unknown(begin, name);
    const std::string plain = unscaled_name(name, *unit);
    if (unit->scale == 1)
      report(begin, text("the unit `", name, "` is written as a power here"), plain, {});
    else
      report(begin, text("equations are declared in unscaled units: `", plain, "`, not `", name, "`"), plain,
             text("values keep their scale: `20*", name, "` stays right in expressions"), scaled_unit);
    return unit->dimension;
  }

  /// "weber" for mweber, "volt" for mV, "metre**2" for um2.
  static std::string unscaled_name(const std::string& name, const Unit& unit) {
    for (const std::string& base : unit_names())
      if (name.ends_with(base) && is_base_unit_name(base) && find_unit(base)->dimension == unit.dimension)
        return base;
    return to_string(unit.dimension);
  }

  std::optional<Dimension> report_unknown(std::size_t begin, const std::string& name) {
    std::vector<std::string> base_names = unit_names();
    std::erase_if(base_names, [](const std::string& unit) { return !is_base_unit_name(unit); });
    std::string near = pass::suggest_name(name, base_names);
    if (!near.empty() && !is_base_unit_name(near)) near = to_string(find_unit(near)->dimension);
    if (near.empty()) return report(begin, text("there is no unit `", name, "`"), {}, shapes);
    report(begin, text("there is no unit `", name, "`"), near, text("did you mean `", near, "`?"));
    return is_base_unit_name(near) ? std::optional(find_unit(near)->dimension) : std::nullopt;
  }

  std::optional<Dimension> read_exponent(const Dimension& dimension) {
    skip_blanks();
    if (text_.compare(at_, 2, "**") != 0) return dimension;
    at_ += 2;
    skip_blanks();
    const std::size_t begin = at_;
    const bool negative = at_ < text_.size() && text_[at_] == '-';
    if (at_ < text_.size() && (text_[at_] == '-' || text_[at_] == '+')) ++at_;
    double exponent = 0;
    const char* digits = text_.data() + at_;
    while (at_ < text_.size() && in_number(text_[at_])) ++at_;
    const char* end = text_.data() + at_;
    const auto [stopped, error] = std::from_chars(digits, end, exponent, std::chars_format::fixed);
    constexpr const char* exponents = "an exponent is a number: `metre**2`, `second**-1`, `volt**0.5`";
    if (digits == end || stopped != end || error == std::errc::invalid_argument)
      return report(begin, "an exponent is expected here", {}, exponents);
    if (error != std::errc() || exponent > largest_exponent_)
      return report(begin, text("an exponent beyond ", largest_exponent_, " (Limits::exponent)"), {},
                    exponents, too_large_exponent);
    return dimension.pow(negative ? -exponent : exponent);
  }

  std::optional<Dimension> report_unexpected() {
    const std::size_t begin = at_++;
    const bool apart = begin > 0 && std::isspace(static_cast<unsigned char>(text_[begin - 1]));
    if (apart && in_name(text_[begin])) return report_product(begin);
    const bool power = text_[begin] == '^';
    return report(begin, text("`", text_.substr(begin, 1), "` has no meaning in a unit"), power ? "**" : "",
                  shapes);
  }

  /// `integer/second`
  std::nullopt_t report_type(std::size_t begin, const std::string& name) {
    problem(begin, text("`", name, "` cannot be combined with a dimension"), text("write `", name, "` alone"))
        .fixed_by(place_, name);
    return std::nullopt;
  }

  /// `siemens metre`
  std::nullopt_t report_product(std::size_t begin) {
    while (at_ < text_.size() && in_name(text_[at_])) ++at_;
    Diagnostic& error =
        problem(begin, text("an operator is missing in front of `", text_.substr(begin, at_ - begin), "`"),
                shapes, implicit_product);
    std::size_t gap = begin;
    while (gap > 0 && std::isspace(static_cast<unsigned char>(text_[gap - 1]))) --gap;
    error.fixed_by(place_of(gap, begin), "*");
    return std::nullopt;
  }

  /// Reports the text from `begin` up to here; `replacement` mends it, if it is not empty.
  std::nullopt_t report(std::size_t begin, std::string message, const std::string& replacement,
                        std::string help, DiagnosticCode code = unknown_unit) {
    Diagnostic& error = problem(begin, std::move(message), std::move(help), code);
    if (!replacement.empty() && place_.text() == text_) error.fixed_by(place_of(begin, at_), replacement);
    return std::nullopt;
  }

  Diagnostic& problem(std::size_t begin, std::string message, std::string help,
                      DiagnosticCode code = unknown_unit) {
    return diagnostics_.error(code, place_of(begin, at_), std::move(message)).helped_by(std::move(help));
  }

  /// A part of the unit in the user's text; all of it if that was spelled otherwise.
  Place place_of(std::size_t begin, std::size_t end) const {
    if (place_.text() != text_) return place_;
    const auto offset = [&](std::size_t i) { return place_.span.begin + static_cast<std::uint32_t>(i); };
    return {place_.source, {offset(begin), offset(end)}};
  }

  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  const std::string& text_;
  const Place& place_;
  Diagnostics& diagnostics_;
  double largest_exponent_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<DeclaredUnit> parse_unit_text(const std::string& text, const Place& place,
                                            Diagnostics& diagnostics, const Limits& limits) {
  const auto word = std::ranges::find(words, text, &Word::written);
  if (word != std::end(words)) return DeclaredUnit{{}, word->type};
  const auto other = std::ranges::find(other_words, text, &Word::written);
  if (other != std::end(other_words)) {
    const std::string meant(std::ranges::find(words, other->type, &Word::type)->written);
    diagnostics.error(unknown_unit, place, ranvier::text("`", text, "` is not a unit"))
        .helped_by(ranvier::text("did you mean `", meant, "`?"))
        .fixed_by(place, meant);
    return DeclaredUnit{{}, other->type};
  }
  const auto dimension = UnitReader(text, place, diagnostics, limits).read();
  if (!dimension) return std::nullopt;
  return DeclaredUnit{*dimension, Type::real};
}

}  // namespace ranvier
