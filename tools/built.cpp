#include <fmt/format.h>
#include <algorithm>
#include <ranvier/tools/built.hpp>
#include <ranvier/tools/evaluate.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/reader.hpp>
#include <set>

namespace ranvier::tool {
namespace {

SourcePtr equations(const std::string& name, const std::vector<EquationLine>& lines, Texts& texts) {
  std::vector<Place> pieces;
  for (const EquationLine& line : lines) pieces.push_back(line.text.place);
  return texts.source("equations of " + name, pieces);
}

std::string said(const std::map<std::string, Said>& all, const std::string& what, const std::string& name,
                 Texts& texts) {
  const auto found = all.find(what);
  return found == all.end() ? std::string() : texts.text(what + " of " + name, found->second.place);
}

PathwayCode code_of(const NamedTexts& named, const std::string& usual, const std::string& name,
                    Texts& texts) {
  PathwayCode::Named all;
  for (const auto& [pathway, text] : named)
    all.emplace_back(pathway, texts.text(fmt::format("{} of {}", usual, name), text.place));
  if (all.size() == 1 && all.front().first.empty()) return PathwayCode(all.front().second);
  for (auto& [pathway, text] : all)
    if (pathway.empty()) pathway = usual == "on_pre" ? "pre" : "post";
  return PathwayCode(std::move(all));
}

}  // namespace

GroupText text_of(const std::string& name, const GroupStep& group, Texts& texts) {
  const auto source = [&](const std::string& what) {
    const auto found = group.texts.find(what);
    return found == group.texts.end() ? nullptr : texts.source(what + " of " + name, {found->second.place});
  };
  GroupText text{name,
                 equations(name, group.equations, texts),
                 source("threshold"),
                 source("reset"),
                 source("refractory"),
                 source("method")};
  for (const auto& [event, condition] : group.events)
    text.events.push_back({make_source("name of an event of " + name, event),
                           texts.source(fmt::format("event {} of {}", event, name), {condition.place})});
  return text;
}

Built::Built(const Description& description, double start, const BuildOptions& options)
    : network_(std::make_unique<Network>(NetworkOptions{.seed = description.seed,
                                                        .dt = Time(description.dt),
                                                        .backend = options.backend,
                                                        .threads = options.threads,
                                                        .start = Time(start)})),
      connects_(options.connects),
      dtype_(options.dtype) {}

void Built::apply(const Step& step, Texts& texts) {
  std::visit([&](const auto& what) { make(step, what, texts); }, step.what);
}

Slice Built::neurons(const std::string& handle) const {
  const auto found = slices_.find(handle);
  if (found == slices_.end()) throw NetworkError("there are no neurons called '" + handle + "'");
  return found->second;
}

Slice Built::neurons(const Neurons& neurons) const {
  const Slice all = this->neurons(neurons.handle);
  return neurons.range ? all.slice(neurons.range->first, neurons.range->second) : all;
}

Synapses* Built::synapses(std::string_view handle) const {
  const auto found = synapses_.find(handle);
  return found == synapses_.end() ? nullptr : found->second;
}

StateOwner* Built::owner(const std::string& handle) const {
  if (Synapses* found = synapses(handle)) return found;
  return slices_.contains(handle) ? &neurons(handle).group() : nullptr;
}

void Built::make(const Step&, const ConstantStep& constant, Texts&) {
  network_->set(constant.name, constant.value);
}

void Built::make(const Step& step, const GroupStep& group, Texts& texts) {
  NeuronGroupOptions options;
  options.equations = equations(step.name, group.equations, texts);
  options.threshold = said(group.texts, "threshold", step.name, texts);
  options.reset = said(group.texts, "reset", step.name, texts);
  options.refractory = said(group.texts, "refractory", step.name, texts);
  options.method = said(group.texts, "method", step.name, texts);
  for (const auto& [event, condition] : group.events)
    options.events.emplace_back(event,
                                texts.text(fmt::format("event {} of {}", event, step.name), condition.place));
  if (group.dt) options.dt = Time(*group.dt);
  options.order = group.order;
  options.name = step.name;
  NeuronGroup& made = network_->neuron_group(group.size, options);
  slices_.emplace(step.handle, Slice(made));
  for (const auto& [event, code] : group.on_event)
    made.run_on_event(event, texts.text(fmt::format("code of event {} of {}", event, step.name), code.place));
}

void Built::make(const Step& step, const SliceStep& slice, Texts&) {
  slices_.emplace(step.handle, neurons(slice.neurons));
}

void Built::make(const Step& step, const PoissonStep& poisson, Texts& texts) {
  std::vector<Frequency> rates;
  for (const double rate : poisson.rates) rates.emplace_back(rate);
  const Rates all =
      poisson.text.source ? Rates(texts.text("rates of " + step.name, poisson.text)) : Rates(rates);
  slices_.emplace(step.handle, network_->poisson_group(poisson.size, all, {.name = step.name}));
}

void Built::make(const Step& step, const GeneratorStep& generator, Texts&) {
  std::vector<Time> times;
  for (const double time : generator.times) times.emplace_back(time);
  slices_.emplace(step.handle,
                  network_->spike_generator_group(generator.size, generator.indices, times,
                                                  {.period = Time(generator.period), .name = step.name}));
}

void Built::make(const Step& step, const PoissonInputStep& input, Texts& texts) {
  network_->poisson_input(neurons(input.target), input.variable, input.n, Frequency(input.rate),
                          texts.text("weight of " + step.name, input.weight), {.name = step.name});
}

void Built::make(const Step& step, const RegularStep& regular, Texts& texts) {
  OperationOptions options;
  if (regular.dt) options.dt = Time(*regular.dt);
  options.name = step.name;
  const std::string code = texts.text("code of " + regular.target, regular.code);
  if (Synapses* found = synapses(regular.target))
    found->run_regularly(code, options);
  else
    neurons(regular.neurons).run_regularly(code, options);
}

void Built::make(const Step& step, const SynapsesStep& synapses, Texts& texts) {
  SynapsesOptions options;
  options.equations = equations(step.name, synapses.equations, texts);
  options.on_pre = code_of(synapses.on_pre, "on_pre", step.name, texts);
  options.on_post = code_of(synapses.on_post, "on_post", step.name, texts);
  options.method = said(synapses.texts, "method", step.name, texts);
  if (synapses.delay) options.delay = Time(*synapses.delay);
  options.name = step.name;
  options.dtype = dtype_;
  synapses_.emplace(step.handle,
                    &network_->synapses(neurons(synapses.source), neurons(synapses.target), options));
}

void Built::make(const Step&, const ConnectStep& connect, Texts& texts) {
  Synapses* made = synapses(connect.synapses);
  if (!made) throw NetworkError("there are no synapses called '" + connect.synapses + "'");
  ConnectOptions options;
  const auto text = [&](const std::string& key) {
    const auto found = connect.options.find(key);
    return found == connect.options.end() ? std::string() : texts.text("connect", found->second);
  };
  const auto ends = [&](const std::string& key) -> Ends {
    const std::string all = text(key);
    if (all.empty()) return {};
    if (all.find_first_not_of("0123456789, []") != all.npos) return Ends(all);
    std::vector<std::int64_t> numbers;
    for (const Place& item : listed(connect.options.at(key)))
      if (!item.text().empty()) numbers.push_back(whole_number(item, "the number of a neuron"));
    return Ends(numbers);
  };
  options.condition = text("condition");
  if (const std::string p = text("p"); !p.empty()) {
    char* end = nullptr;
    const double number = std::strtod(p.c_str(), &end);
    options.p = *end == '\0' ? Probability(number) : Probability(p);
  }
  options.i = ends("i");
  options.j = ends("j");
  if (const std::string n = text("n"); !n.empty()) options.n = Copies(n);
  options.skip_if_invalid = connect.skip_if_invalid;
  if (connects_) return made->connect(options);
  made->check(options);
  made->connect({.p = 0.0});
}

void Built::go_on_from(Built& other) {
  for (const auto& [handle, slice] : slices_)
    if (const auto before = other.slices_.find(handle);
        before != other.slices_.end() && slice.size() == slice.group().size())
      slice.group().go_on_from(before->second.group());
  for (const auto& [handle, synapses] : synapses_)
    if (Synapses* before = other.synapses(handle)) synapses->go_on_from(*before);
}

}  // namespace ranvier::tool
