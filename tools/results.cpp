#include <fmt/format.h>
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <ranvier/runtime/export.hpp>
#include <ranvier/tools/results.hpp>

namespace ranvier::tool {
namespace {

constexpr std::size_t most_lines = 5;  // of a panel

void write(const Recorded& recorded, const std::string& stem, const std::filesystem::path& folder,
           double most_values, std::vector<std::string>& files) {
  const Table& table = recorded.monitor->table();
  const auto add = [&](const std::string& name) {
    files.push_back(name);
    return (folder / name).string();
  };
  for (const ColumnInfo& column : table.info().columns)
    write_npy(table, column.name, add(fmt::format("{}_{}.npy", stem, column.name)));
  if (static_cast<double>(table.rows()) * table.info().row_bytes() > 8 * most_values) return;
  write_csv(table, add(stem + ".csv"));
  if (has_hdf5()) write_hdf5(table, add(stem + ".h5"));
}

bool draw_spikes(plot::Figure& figure, const std::vector<Recordings>& all) {
  std::int64_t offset = 0;
  bool drawn = false;
  for (const Recordings& recording : all) {
    if (recording.kind != MonitorKind::spikes) continue;
    for (const Recorded* part : recording.parts)
      figure.raster(part->spikes(),
                    {.label = part == recording.parts.front() ? recording.name : "", .offset = offset});
    offset += recording.parts.front()->spikes().source().size();
    drawn = true;
  }
  if (drawn) figure.y_label("Neuron").legend();
  return drawn;
}

/// One panel for each variable of a trace, with a few elements.
bool draw_traces(plot::Figure& figure, const Recordings& recording, bool first) {
  for (const Recorded* part : recording.parts) {
    const StateMonitor& trace = part->trace();
    if (trace.times().empty()) continue;
    for (const ColumnInfo& column : trace.table().info().columns) {
      if (column.name == "t" || column.type == ColumnType::boolean) continue;
      if (!first) figure.panel(0.6);
      first = false;
      const std::size_t lines = column.per_element ? std::min(most_lines, trace.elements().size()) : 1;
      for (std::size_t k = 0; k < lines; ++k) {
        const auto values =
            column.per_element ? trace.trace(column.name, trace.elements()[k]) : trace.trace(column.name);
        figure.trace(std::vector<double>(trace.times()), values, {.unit = trace.unit(column.name)});
      }
      figure.y_label(column.name);
    }
  }
  return first;
}

}  // namespace

std::vector<Recordings> recordings(const std::vector<const Built*>& built) {
  std::vector<Recordings> all;
  for (const Built* one : built)
    for (const Recorded& recorded : one->recorded()) {
      auto found = std::ranges::find(all, recorded.name, &Recordings::name);
      if (found == all.end())
        found = all.insert(all.end(), {recorded.name, recorded.kind, recorded.source, {}});
      found->parts.push_back(&recorded);
    }
  return all;
}

bool draw_overview(plot::Figure& figure, const std::vector<Recordings>& all) {
  bool empty = !draw_spikes(figure, all);
  for (const Recordings& recording : all)
    if (recording.kind == MonitorKind::trace) empty = draw_traces(figure, recording, empty);
  for (const Recordings& recording : all) {
    if (recording.kind != MonitorKind::rate) continue;
    if (!empty) figure.panel(0.6);
    empty = false;
    for (const Recorded* part : recording.parts) figure.rate(part->rate());
    figure.y_label(recording.name);
  }
  if (!empty) figure.x_label("Time (ms)");
  return !empty;
}

std::vector<std::string> write_results(const std::vector<Recordings>& all, const std::string& folder,
                                       double most_values) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw NetworkError(fmt::format("the folder '{}' cannot be made: {}", folder, error.message()));
  std::vector<std::string> files;
  for (const Recordings& recording : all)
    for (std::size_t k = 0; k < recording.parts.size(); ++k)
      write(*recording.parts[k], k == 0 ? recording.name : fmt::format("{}.{}", recording.name, k + 1),
            folder, most_values, files);
  return files;
}

std::string draw_results(const std::vector<Recordings>& all, const std::string& folder) {
  plot::Figure figure({.width_inches = 8, .height_inches = 7});
  if (!draw_overview(figure, all)) return {};
  const auto save = [&](const std::string& name) {
    figure.save(std::filesystem::path(folder) / name);
    return name;
  };
  try {
    return save("figure.png");
  } catch (const plot::FigureError&) {  // the library was built without Cairo
    return save("figure.svg");
  }
}

std::string summary(const std::vector<Recordings>& all, double seconds) {
  std::string text;
  for (const Recordings& recording : all) {
    if (recording.kind != MonitorKind::spikes) continue;
    std::int64_t spikes = 0;
    for (const Recorded* part : recording.parts) spikes += part->spikes().num_spikes();
    const std::int64_t neurons = recording.parts.back()->spikes().source().size();
    const double rate =
        seconds > 0 ? static_cast<double>(spikes) / seconds / static_cast<double>(neurons) : 0;
    text += fmt::format("{}: {} spikes of {} neuron{}, {:.3g} Hz\n", recording.name, spikes, neurons,
                        neurons == 1 ? "" : "s", rate);
  }
  return text;
}

}  // namespace ranvier::tool
