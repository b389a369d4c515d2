#include <fmt/format.h>
#include <ranvier/compiler/stopwatch.hpp>
#include <ranvier/runtime/connection_plan.hpp>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

namespace ranvier {
namespace {

constexpr std::int64_t most_synapses = 2147483647;  // of one object: their numbers have 32 bits

void check_options(const ConnectOptions& o, const std::string& name) {
  const auto refuse_if = [&](bool wrong, const std::string& why) {
    if (wrong) throw NetworkError(fmt::format("connect of '{}': {}", name, why));
  };
  const bool generator = o.i.text() || o.j.text();
  refuse_if(generator && o.i && o.j,
            "a generator in .j gives the targets of every source (in .i the sources of every target); leave "
            "out the other one");
  refuse_if(static_cast<bool>(o.i) != static_cast<bool>(o.j) && !generator,
            "give both .i and .j as numbers, or one of them as a generator text");
  refuse_if(generator && !o.condition.empty(),
            "a generator has its condition inside: \"k for k in range(N_post) if k != i\"");
  refuse_if(generator && o.p, "a generator has its probability inside: \"k for k in sample(N_post, p=0.1)\"");
  refuse_if(o.i && !o.condition.empty(), "give either a condition or i and j, not both");
  refuse_if(o.skip_if_invalid && !generator,
            "skip_if_invalid is for generators; nothing here can be invalid");
  refuse_if(o.p.number() && !(*o.p.number() >= 0 && *o.p.number() <= 1),
            fmt::format("p is {}, but a probability lies in [0, 1]", o.p.number() ? *o.p.number() : 0));
  refuse_if(
      o.n.number() && *o.n.number() < 0,
      fmt::format("n is {}, but a number of copies cannot be negative", o.n.number() ? *o.n.number() : 0));
  if (generator || !o.i) return;
  const std::size_t is = o.i.list()->size(), js = o.j.list()->size();
  refuse_if(is != js && is != 1 && js != 1, fmt::format("i has {} entries and j has {}", is, js));
}

/// How many synapses will come of options that say it in numbers; 0 where a text decides.
double expected_synapses(const ConnectOptions& o, double pairs) {
  const bool counted = !o.i && !o.j && o.condition.empty() && !o.p.text() && o.n.number();
  return counted ? pairs * (o.p.number() ? *o.p.number() : 1) * static_cast<double>(*o.n.number()) : 0;
}

}  // namespace

/// Rows of several calls, one behind the other, are several runs of numbers.
void Synapses::require_room(double added, double bytes_while_made, double numbering) const {
  const std::int64_t room = most_synapses - size();
  if (added > static_cast<double>(room))
    throw NetworkError(
        fmt::format("connect of '{}' would make more than {} synapses, about {:.3g}", name(), room, added));
  constexpr double most_of_structure = 64;  // bytes of a synapse that are not of variables
  const double total = static_cast<double>(size()) + added;
  const double most = total * (bytes_of_element(model_.variables) + most_of_structure);
  if (!worth_asking(most + bytes_while_made, network_.limits())) return;
  if (size() > 0) {
    const double runs = 2 * 8 * static_cast<double>(source_.size());
    numbering = std::min(4 * total, numbering + connectivity_.creation.bytes() + runs);
    bytes_while_made += total * (sizeof(std::int64_t) + sizeof(std::int32_t));  // where each was, its number
  }
  std::vector<MemoryItem> items = memory_in_run(total, numbering);
  items.push_back({"while they are made", 0, bytes_while_made});
  require_memory(fmt::format("the about {:.3g} synapses of '{}'", total, name()), total_of(items),
                 network_.limits(), items);
}

/// Checks what a rule says, and gives the plan that it leads to.
template <class Use>
void Synapses::with_plan(const ConnectOptions& options, Use use) {
  check_options(options, name());
  check_constants(options.namespace_);
  const double pairs = static_cast<double>(source_.size()) * static_cast<double>(target_.size());
  const double expected = expected_synapses(options, pairs);
  require_room(expected, expected * sizeof(std::int32_t), options.i ? 4 * expected : 0);
  Namespace names = options.namespace_;
  const Namespace others = all_names();
  names.insert(others.begin(), others.end());
  for (const Elements* end : {&source_, &target_})
    if (end->synapses()) end->synapses()->require_connected(fmt::format("connecting '{}' to them", name()));
  NumberedEnds arrays(*this);
  const ConnectionSite site{network_,
                            arrays,
                            model_,
                            name(),
                            source_,
                            target_,
                            connect_calls_,
                            most_synapses - size(),
                            network_.draw_kernels(pairs)};
  within_memory(name(), [&] { use(ConnectionPlan(site, options, names)); });
}

void Synapses::connect(const ConnectOptions& options) {
  const Stopwatch watch(&network_.times().connect);
  with_plan(options, [&](ConnectionPlan plan) {
    Connectivity made = plan.make();
    require_room(static_cast<double>(made.size()), 0, made.creation.bytes());
    commit(std::move(made));
  });
}

void Synapses::check(const ConnectOptions& rule) {
  with_plan(rule, [](const ConnectionPlan&) {});
}

HostOperation& Synapses::connect_regularly(const ConnectOptions& rule,
                                           const std::vector<std::pair<std::string, std::string>>& values,
                                           const OperationOptions& options) {
  check(rule);
  for (const auto& [variable, value] : values) (*this)[variable];
  return network_.network_operation(
      [this, rule, values] {
        const std::int64_t before = size();
        connect(rule);
        if (size() == before) return;
        for (const auto& [variable, value] : values) (*this)[variable].slice(before, size()) = value;
      },
      options);
}

HostOperation& Synapses::remove_regularly(const std::string& condition, const OperationOptions& options) {
  indices(condition);
  return network_.network_operation([this, condition] { remove(condition); }, options);
}

}  // namespace ranvier
