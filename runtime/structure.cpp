// What the structure of synapses says about single synapses and neurons: the arrays behind N_incoming,
// N_outgoing, the multisynaptic index, its number, and where the two neurons of each synapse are.
#include <algorithm>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>
#include <stdexcept>

namespace ranvier {

void* Synapses::structural_column(const std::string& name) {
  struct Row {
    const char* name;
    std::vector<std::int32_t> (Synapses::*make)() const;
  };
  static constexpr Row rows[] = {{"_sources", &Synapses::sources},    {"_targets", &Synapses::targets},
                                 {"_number", &Synapses::numbers},     {"N_incoming", &Synapses::incoming},
                                 {"N_outgoing", &Synapses::outgoing}, {"_multisynaptic", &Synapses::copies}};
  const auto row = std::ranges::find_if(rows, [&](const Row& r) { return name == r.name; });
  if (row == std::end(rows)) throw std::logic_error("unknown hidden column: " + name);
  const auto known = structural_.find(name);
  if (known != structural_.end()) return known->second.data();
  const std::vector<std::int32_t> values = (this->*row->make)();
  Array array(Storage::i32, std::ssize(values));
  std::ranges::copy(values, array.as<std::int32_t>().begin());
  return structural_.emplace(name, std::move(array)).first->second.data();
}

void Synapses::forget_derived() {
  positions_ = {};
  structural_.clear();
  incoming_.reset();
  row_blocks_.reset();
}

std::int64_t Synapses::with_arrays_of_its_own(const std::function<std::int64_t()>& f) {
  std::set<std::string> kept;
  for (const auto& [name, array] : structural_) kept.insert(name);
  const std::int64_t result = f();
  std::erase_if(structural_, [&](const auto& entry) { return !kept.contains(entry.first); });
  return result;
}

std::vector<std::int32_t> Synapses::sources() const {
  std::vector<std::int32_t> sources(static_cast<std::size_t>(size()));
  for (std::size_t s = 0; s + 1 < connectivity_.row.size(); ++s)
    std::fill(sources.begin() + connectivity_.row[s], sources.begin() + connectivity_.row[s + 1],
              source_.position(static_cast<std::int64_t>(s)));
  return sources;
}

std::vector<std::int32_t> Synapses::incoming() const {
  std::vector<std::int32_t> counts(static_cast<std::size_t>(target_.whole_size()));
  for (const std::int32_t target : targets()) ++counts[static_cast<std::size_t>(target)];
  return counts;
}

std::vector<std::int32_t> Synapses::outgoing() const {
  std::vector<std::int32_t> counts(static_cast<std::size_t>(source_.whole_size()));
  for (std::size_t s = 0; s + 1 < connectivity_.row.size(); ++s)
    counts[static_cast<std::size_t>(source_.position(static_cast<std::int64_t>(s)))] =
        static_cast<std::int32_t>(connectivity_.row[s + 1] - connectivity_.row[s]);
  return counts;
}

// The synapses of a source are stored in the order of creation, or of delays.
std::vector<std::int32_t> Synapses::copies() const {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(size()));
  std::vector<std::int32_t> next(static_cast<std::size_t>(target_.whole_size()));
  std::vector<std::int32_t> places;
  if (!connectivity_.creation.offsets().empty()) places = connectivity_.creation.places(size());
  const auto place = [&](std::size_t k) { return places.empty() ? k : static_cast<std::size_t>(places[k]); };
  for (std::size_t s = 0; s + 1 < connectivity_.row.size(); ++s) {
    const auto begin = static_cast<std::size_t>(connectivity_.row[s]);
    const auto end = static_cast<std::size_t>(connectivity_.row[s + 1]);
    const auto target = [&](std::size_t k) {
      return static_cast<std::size_t>(connectivity_.target[place(k)]);
    };
    for (std::size_t k = begin; k < end; ++k) next[target(k)] = 0;
    for (std::size_t k = begin; k < end; ++k) numbers[place(k)] = next[target(k)]++;
  }
  return numbers;
}

std::vector<std::int64_t> Synapses::between(const NeuronSelection& sources, const NeuronSelection& targets,
                                            std::optional<std::int64_t> copy) const {
  const std::vector<bool> from = sources.of(source_), to = targets.of(target_);
  const std::vector<std::int32_t> numbers = copy ? copies() : std::vector<std::int32_t>();
  std::vector<std::int64_t> found;
  for (std::size_t s = 0; s < from.size(); ++s) {
    if (!from[s]) continue;
    for (auto k = static_cast<std::size_t>(connectivity_.row[s]);
         k < static_cast<std::size_t>(connectivity_.row[s + 1]); ++k) {
      if (!to[static_cast<std::size_t>(connectivity_.target[k] - target_.begin())]) continue;
      if (copy && numbers[k] != *copy) continue;
      found.push_back(connectivity_.creation[static_cast<std::int64_t>(k)]);
    }
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace ranvier
