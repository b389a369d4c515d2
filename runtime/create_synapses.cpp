#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <ranvier/runtime/adopt.hpp>
#include <ranvier/runtime/names.hpp>

// From options to synapses and their pathways.
namespace ranvier {
namespace {

std::vector<std::string> names_of(const std::vector<PathwayText>& pathways) {
  std::vector<std::string> names;
  for (const PathwayText& pathway : pathways) names.push_back(pathway.name);
  return names;
}

/// The texts of all pathways. Throws NetworkError for names that cannot be.
std::vector<PathwayText> texts_of(const SynapsesOptions& options, const std::string& object) {
  std::vector<PathwayText> texts;
  for (const bool post : {false, true}) {
    const PathwayCode& side = post ? options.on_post : options.on_pre;
    for (const auto& [name, code] : side.pathways(post ? "post" : "pre")) {
      const char* option = post ? "on_post" : "on_pre";
      const bool usual = name == (post ? "post" : "pre");
      if (!is_name(name))
        throw NetworkError(fmt::format(
            "'{}': '{}' cannot be the name of a pathway: use letters, digits and _, beginning with a letter",
            object, name));
      const auto known = names_of(texts);
      if (std::ranges::find(known, name) != known.end())
        throw NetworkError(fmt::format("'{}' has two pathways called '{}'", object, name));
      texts.push_back(
          {name,
           text_of(usual ? option : fmt::format("{} ({})", option, name), object, code.empty() ? "\n" : code),
           post});
    }
  }
  return texts;
}

/// The pathway that an option names.
std::size_t number_of(const std::vector<PathwayText>& pathways, const std::string& object,
                      const std::string& name) {
  const auto found = std::ranges::find(pathways, name, &PathwayText::name);
  if (found == pathways.end()) throw NetworkError(no_pathway(object, name, names_of(pathways)));
  return static_cast<std::size_t>(found - pathways.begin());
}

/// Throws NetworkError if there is no such event, of those that happen to the elements of one end.
void require_event(const std::string& object, const PathwayText& pathway, const Elements& end) {
  if (end.group()) return void(end.group()->followed(pathway.event));
  throw NetworkError(
      fmt::format("'{}': the pathway '{}' would follow events of '{}', but these are synapses, to which no "
                  "events happen; what they do to others in every step is a (summed) variable or a "
                  "(clock-driven) equation",
                  object, pathway.name, end.owner().owner_name()));
}

}  // namespace

std::string no_pathway(const std::string& object, std::string_view name,
                       const std::vector<std::string>& known) {
  return fmt::format("'{}' has no pathway '{}'; it has {}", object, name,
                     known.empty() ? "none" : fmt::format("'{}'", fmt::join(known, "', '")));
}

Synapses& Network::synapses(Elements source, Elements target, const SynapsesOptions& options) {
  require_member(source);
  require_member(target);
  check_constants(options.namespace_);
  const std::string name = name_for(options.name, "synapses");
  std::vector<PathwayText> pathways = texts_of(options, name);
  std::vector<Time> delays(pathways.size(), Time(0));
  for (PathwayText& pathway : pathways) pathway.event = options.on_event.single().value_or("spike");
  for (const auto& [pathway, event] : options.on_event.named())
    pathways[number_of(pathways, name, pathway)].event = event;
  auto given = options.delay.named();
  if (options.delay.single()) given.emplace_back("pre", *options.delay.single());
  for (const auto& [pathway, delay] : given) {
    const std::size_t k = number_of(pathways, name, pathway);
    delays[k] = delay, pathways[k].one_delay = true;
  }
  for (const PathwayText& pathway : pathways) require_event(name, pathway, pathway.post ? target : source);
  const SynapsesText text{name,
                          options.equations.named("equations of " + name),
                          std::move(pathways),
                          text_of("multisynaptic index", name, options.multisynaptic_index),
                          limits_,
                          text_of("method", name, options.method),
                          options.method_options,
                          options.dtype == Dtype::float32};
  Namespace known = options.namespace_;
  known.insert(names_.begin(), names_.end());
  for (const Elements* end : {&target, &source}) {
    const Namespace names = Object::names_within_of(end->object(), names_);
    known.insert(names.begin(), names.end());
  }
  SynapsesModel model = declare_synapses(text, source.model(), target.model(), known, &compile_times_);
  const GroupPlace place{clock_for(name, options.dt, options.clock, source.clock()), options.order};
  return adopt<Synapses>(name, source, target, std::move(model), place, options.namespace_, delays);
}

}  // namespace ranvier
