#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <ranvier/compiler/namespace.hpp>

namespace ranvier {

/// One side of new synapses: numbers of neurons, `{2, 0}` or 1, or a generator, "k for k in range(3)".
/// Default: nothing said. A list that is empty is not the same as none.
class Ends {
 public:
  Ends() = default;
  Ends(std::initializer_list<std::int64_t> neurons) : value_(std::vector<std::int64_t>(neurons)) {}
  Ends(std::vector<std::int64_t> neurons) : value_(std::move(neurons)) {}
  template <std::integral Neuron>
  Ends(Neuron neuron) : value_(std::vector<std::int64_t>{static_cast<std::int64_t>(neuron)}) {}
  template <std::ranges::input_range Range>
    requires(std::integral<std::ranges::range_value_t<Range>> &&
             !std::convertible_to<Range, std::string_view>)
  Ends(const Range& neurons)
      : value_(std::vector<std::int64_t>(std::ranges::begin(neurons), std::ranges::end(neurons))) {}
  Ends(const char* generator) : value_(std::string(generator)) {}
  Ends(std::string generator) : value_(std::move(generator)) {}

  explicit operator bool() const { return !std::holds_alternative<std::monostate>(value_); }
  const std::vector<std::int64_t>* list() const { return std::get_if<std::vector<std::int64_t>>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }

 private:
  std::variant<std::monostate, std::vector<std::int64_t>, std::string> value_;
};

/// The probability of a pair: a number in [0, 1], or a text over i, j, x_pre, x_post. Default: every pair.
class Probability {
 public:
  Probability() = default;
  template <class Number>
    requires(std::is_arithmetic_v<Number> && !std::same_as<Number, bool>)
  Probability(Number p) : value_(static_cast<double>(p)) {}
  Probability(const char* text) : value_(std::string(text)) {}
  Probability(std::string text) : value_(std::move(text)) {}

  explicit operator bool() const { return !std::holds_alternative<std::monostate>(value_); }
  const double* number() const { return std::get_if<double>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }

 private:
  std::variant<std::monostate, double, std::string> value_;
};

/// How many synapses to make of each pair: a whole number, or a text over i, j, x_pre, x_post.
class Copies {
 public:
  template <std::integral Number>
  Copies(Number n) : value_(static_cast<std::int64_t>(n)) {}
  Copies(const char* text) : value_(std::string(text)) {}
  Copies(std::string text) : value_(std::move(text)) {}

  const std::int64_t* number() const { return std::get_if<std::int64_t>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }

 private:
  std::variant<std::int64_t, std::string> value_;
};

/// Which synapses to create; numbers of neurons are relative to the slices. Nothing given: all to all.
struct ConnectOptions {
  std::string condition = {};    // boolean, over i, j, x_pre, x_post: "i != j"
  Probability p = {};            // of each candidate pair
  Ends i = {};                   // the sources of given pairs, or of each target: "k for k in range(j)"
  Ends j = {};                   // the targets of given pairs, or of each source
  Copies n = 1;                  // of each pair
  bool skip_if_invalid = false;  // leave out what a generator gives beyond the last neuron or below 0
  Namespace namespace_ = {};     // constants of these texts
};

}  // namespace ranvier
