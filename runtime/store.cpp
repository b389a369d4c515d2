#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranvier/runtime/network.hpp>

// Store and restore: a walk over everything that changes while a network runs.
namespace ranvier {

void Network::archive(Archive& archive) {
  archive.begin("");
  archive.number("time", time_);
  archive.number("epoch", epoch_);
  std::vector<double> dt;
  std::vector<std::int64_t> timesteps;
  for (const auto& clock : clocks_) dt.push_back(clock->dt), timesteps.push_back(clock->timestep);
  if (archive.checking()) {
    const auto stored = archive.stored<double>("clocks.dt");
    archive.require(
        stored.size() == dt.size() && archive.stored<std::int64_t>("clocks.timestep").size() == dt.size(),
        "it has another number of clocks");
    archive.require(std::ranges::all_of(stored, [](double d) { return d > 0 && std::isfinite(d); }),
                    "a clock has no length of steps");
  }
  archive.list("clocks.dt", dt);
  archive.list("clocks.timestep", timesteps);
  for (std::size_t k = 0; archive.reading() && k < dt.size(); ++k)
    clocks_[k]->dt = dt[k], clocks_[k]->timestep = timesteps[k];
  for (const auto& object : objects_) object->archive(archive);
}

Snapshot Network::snapshot() {
  if (sweeping_)
    throw NetworkError("store: a step is not finished; store between steps, as in a progress callback");
  Snapshot snapshot;
  Archive archive(snapshot, Archive::Purpose::write);
  this->archive(archive);
  return snapshot;
}

void Network::restore(Snapshot snapshot, const RestoreOptions& options) {
  if (running_) throw NetworkError("restore: the network is running; restore between runs");
  Archive check(snapshot, Archive::Purpose::check);
  archive(check);
  check.require_all_used();
  Archive read(snapshot, Archive::Purpose::read);
  archive(read);
  highest_epoch_ = std::max(highest_epoch_, epoch_);
  if (!options.random_state) epoch_ = ++highest_epoch_;
  structure_changed();
}

void Network::store(const std::string& name) {
  snapshots_[name] = snapshot();
}

void Network::restore(const std::string& name, const RestoreOptions& options) {
  const auto found = snapshots_.find(name);
  if (found == snapshots_.end()) throw NetworkError(fmt::format("restore: nothing was stored as '{}'", name));
  restore(found->second, options);
}

void Network::store_to(const std::string& path) {
  snapshot().write(path);
}

void Network::restore_from(const std::string& path, const RestoreOptions& options) {
  restore(Snapshot::read(path), options);
}

}  // namespace ranvier
