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

void Synapses::require_room(double synapses) const {
  const std::int64_t room = most_synapses - size();
  if (synapses > static_cast<double>(room))
    throw NetworkError(fmt::format("connect of '{}' would make more than {} synapses, about {:.3g}", name(),
                                   room, synapses));
  constexpr double bookkeeping = 2 * sizeof(std::int32_t) + sizeof(std::int64_t);  // while they are made
  require_memory(fmt::format("the about {:.3g} synapses of '{}'", synapses, name()),
                 synapses * (bytes_per_synapse() + bookkeeping), network_.limits());
}

void Synapses::connect(const ConnectOptions& options) {
  const Stopwatch watch(&network_.times().connect);
  check_options(options, name());
  check_constants(options.namespace_);
  const double pairs = static_cast<double>(source_.size()) * static_cast<double>(target_.size());
  require_room(expected_synapses(options, pairs));
  Namespace names = options.namespace_;
  const Namespace others = all_names();
  names.insert(others.begin(), others.end());
  const ConnectionSite site{network_,
                            *this,
                            model_,
                            name(),
                            source_,
                            target_,
                            connect_calls_,
                            most_synapses - size(),
                            network_.draw_kernels(pairs)};
  within_memory(name(), [&] { commit(ConnectionPlan(site, options, names).make()); });
}

}  // namespace ranvier
