#include <fmt/format.h>
#include <algorithm>
#include <deque>
#include <ranvier/runtime/connection_plan.hpp>
#include <ranvier/runtime/connector.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

ConnectionPlan::ConnectionPlan(const ConnectionSite& site, const ConnectOptions& options,
                               const Namespace& names)
    : site_(site),
      options_(options),
      names_(names),
      pairs_(options.i.list() && options.j.list()),
      over_targets_(options.i.text() != nullptr),
      sampling_(random_key(site.network.seed(), site.name, fmt::format("connect {}", site.calls))),
      room_(site.room, site.name) {
  build();
}

ConnectionText ConnectionPlan::texts() const {
  const auto text = [&](const char* what, const std::string* own) {
    return own ? make_source(fmt::format("{} of connect of {}", what, site_.name), *own) : nullptr;
  };
  ConnectionText texts;
  texts.generator = over_targets_ ? text("i", options_.i.text()) : text("j", options_.j.text());
  texts.over_targets = over_targets_;
  texts.pairs = pairs_;
  if (!options_.condition.empty()) texts.condition = text("condition", &options_.condition);
  texts.p = text("p", options_.p.text());
  texts.n = text("n", options_.n.text());
  return texts;
}

void ConnectionPlan::build() {
  const ConnectionText given = texts();
  if (!given.generator && !given.condition && !given.p && !given.n) return;
  code_ = compile_connection(site_.model, given, names_);
  std::vector<Kernel> kernels;
  for (const auto& kernel : code_.kernels)
    if (kernel) kernels.push_back(*kernel);
  std::vector<BoundKernel> built = site_.network.build(std::move(kernels));
  site_.network.remark(code_.warnings);
  auto next = built.begin();
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    if (!code_.kernels[k]) continue;
    kernels_[k] = std::move(*next++);
    const bool on_candidates = k > static_cast<std::size_t>(ConnectionStep::admission);
    if (on_candidates && ranvier::draws(*code_.kernels[k])) draws_ = true;
  }
}

bool ConnectionPlan::plain() const {
  const auto none = [](const BoundKernel& kernel) { return !kernel; };
  return !pairs_ && !code_.generator && std::ranges::all_of(kernels_, none);
}

PlainRule ConnectionPlan::rule() const {
  return {site_.source.size(),  site_.target.begin(),
          site_.target.size(),  options_.p.number() ? *options_.p.number() : 1,
          *options_.n.number(), sampling_};
}

std::vector<NewSynapses> ConnectionPlan::parts() {
  constexpr std::int64_t part = Connector::neurons_at_once;
  const std::int64_t neurons = outer().size(), count = (neurons + part - 1) / part;
  const bool ordered =
      std::ranges::any_of(kernels_, [](const BoundKernel& k) { return calls_in_order(k.kernel()); });
  std::vector<NewSynapses> made(static_cast<std::size_t>(count));
  Team alone(1);
  Team& team = ordered || count == 1 ? alone : site_.network.team();
  std::deque<Connector>
      connectors;  // bound one after the other: what they bind to is made when it is asked for
  for (int k = 0; k < team.size(); ++k) connectors.emplace_back(*this, names_);
  team.each(count, [&](std::int64_t k, int thread) {
    made[static_cast<std::size_t>(k)] =
        connectors[static_cast<std::size_t>(thread)].of_neurons(k * part, std::min(neurons, (k + 1) * part));
  });
  return made;
}

Connectivity ConnectionPlan::make() {
  if (plain()) return plain_rows(rule(), room_, site_.draw_kernels, site_.network.team());
  std::vector<NewSynapses> made;
  if (pairs_)
    made.push_back(Connector(*this, names_).of_pairs());
  else
    made = parts();
  return join(site_.source.size(), std::move(made));
}

}  // namespace ranvier
