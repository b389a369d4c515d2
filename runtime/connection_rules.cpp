#include <fmt/format.h>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/connection_rules.hpp>
#include <ranvier/runtime/sampling.hpp>

namespace ranvier {
namespace {

void require_count(std::int64_t n, const char* rule) {
  if (n < 0) throw NetworkError(fmt::format("{}({}): a number of synapses cannot be negative", rule, n));
}

/// Random numbers of one side for each neuron of the other, whose number is `own`. Without itself: one less
/// to choose from, and those from its own number on are moved up.
std::string degree(const char* all, const char* own, std::int64_t n, const DegreeOptions& options) {
  const std::string count = options.autapses ? all : fmt::format("{} - 1", all);
  const std::string drawn = options.multapses ? fmt::format("int(rand()*({}))", count) : "k";
  if (options.autapses)
    return options.multapses ? fmt::format("{} for k in range({})", drawn, n)
                             : fmt::format("k for k in sample({}, size={})", count, n);
  if (!options.multapses) return fmt::format("k + int(k >= {}) for k in sample({}, size={})", own, count, n);
  // One draw must give both the number and whether it is moved.
  return fmt::format("({} + 1 + {}) % {} for k in range({})", own, drawn, all, n);
}

std::string squared_distance(const DistanceOptions& options) {
  std::string sum;
  for (const std::string& x : options.coordinates) {
    std::string along = fmt::format("abs({0}_pre - {0}_post)", x);
    if (!options.period.empty()) along = fmt::format("min({0}, {1} - {0})", along, options.period);
    sum += fmt::format("{}({})**2", sum.empty() ? "" : " + ", along);
  }
  return sum;
}

std::string list(const std::vector<std::int64_t>& numbers) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t k = 0; k < std::min(most, numbers.size()); ++k)
    text += fmt::format("{}{}", k == 0 ? "" : ", ", numbers[k]);
  return numbers.size() > most ? fmt::format("[{}, ... {} in all]", text, numbers.size()) : "[" + text + "]";
}

std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

}  // namespace

ConnectOptions one_to_one() {
  return {.j = "i"};
}

ConnectOptions fixed_indegree(std::int64_t n, const DegreeOptions& options) {
  require_count(n, "fixed_indegree");
  return {.i = degree("N_pre", "j", n, options)};
}

ConnectOptions fixed_outdegree(std::int64_t n, const DegreeOptions& options) {
  require_count(n, "fixed_outdegree");
  return {.j = degree("N_post", "i", n, options)};
}

ConnectOptions fixed_total_number(std::int64_t n, std::int64_t sources, std::int64_t targets,
                                  const TotalOptions& options) {
  require_count(n, "fixed_total_number");
  const std::int64_t pairs = sources * targets;
  if (n > pairs && (!options.multapses || pairs == 0))
    throw NetworkError(fmt::format("fixed_total_number({}): there are only {} pairs{}", n, pairs,
                                   pairs > 0 ? "; .multapses = true takes pairs more than once" : ""));
  Draws draws({random_key(options.seed, "fixed_total_number", "pairs")});
  std::vector<std::int64_t> chosen;
  if (!options.multapses) chosen = choose(pairs, n, draws);
  while (std::ssize(chosen) < n)
    chosen.push_back(static_cast<std::int64_t>(draws.uniform() * static_cast<double>(pairs)));
  std::ranges::sort(chosen);
  std::vector<std::int64_t> i, j;
  for (const std::int64_t pair : chosen) i.push_back(pair / targets), j.push_back(pair % targets);
  return {.i = std::move(i), .j = std::move(j)};
}

ConnectOptions by_distance(const std::string& probability, const DistanceOptions& options) {
  constexpr std::string_view hole = "{d}";
  if (probability.find(hole) == std::string::npos)
    throw NetworkError(
        fmt::format("by_distance(\"{}\"): the text says nothing of the distance {{d}}", probability));
  if (options.coordinates.empty())
    throw NetworkError("by_distance: without .coordinates there is no distance");
  std::string text = probability;
  const std::string distance = fmt::format("sqrt({})", squared_distance(options));
  for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + distance.size()))
    text.replace(at, hole.size(), distance);
  return {.condition = options.autapses ? "" : "i != j", .p = "clip(" + text + ", 0, 1)"};
}

std::string to_string(const ConnectOptions& rule) {
  std::vector<std::string> parts;
  const auto add = [&](const char* name, const std::string& value) {
    parts.push_back(fmt::format("{}={}", name, value));
  };
  if (!rule.condition.empty()) parts.push_back(quoted(rule.condition));
  if (rule.p.text()) add("p", quoted(*rule.p.text()));
  if (rule.p.number()) add("p", fmt::format("{}", *rule.p.number()));
  if (rule.i) add("i", rule.i.text() ? quoted(*rule.i.text()) : list(*rule.i.list()));
  if (rule.j) add("j", rule.j.text() ? quoted(*rule.j.text()) : list(*rule.j.list()));
  if (rule.n.text()) add("n", quoted(*rule.n.text()));
  if (rule.n.number() && *rule.n.number() != 1) add("n", fmt::format("{}", *rule.n.number()));
  if (rule.skip_if_invalid) add("skip_if_invalid", "true");
  return fmt::format("connect({})", fmt::join(parts, ", "));
}

}  // namespace ranvier
