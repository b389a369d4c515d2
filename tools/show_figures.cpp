#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <ostream>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/results.hpp>
#include <ranvier/tools/says.hpp>
#include <ranvier/tools/show.hpp>

// Pictures of what was recorded, in the terminal or in a file.
namespace ranvier::tool {
namespace {

constexpr std::size_t most_lines = 10;  // of a panel, unless elements are named

/// The last word if it names a picture; it is taken away.
std::string take_file(Reader& reader) {
  const std::string_view text = reader.peek().text();
  const std::size_t blank = text.find_last_of(" \t");
  const std::string_view last = text.substr(blank == text.npos ? 0 : blank + 1);
  const bool picture = last.ends_with(".png") || last.ends_with(".svg") || last.ends_with(".pdf");
  if (!picture) return {};
  std::string file(last);
  reader.drop_end(last.size());
  return file;
}

void show(Session& session, const plot::Figure& figure, const std::string& file) {
  if (file.empty()) {
    session.out() << figure.terminal(session.options().columns, session.options().rows);
    return;
  }
  std::filesystem::path path = file;
  if (path.is_relative() && !session.options().folder.empty()) path = session.options().folder / path;
  if (path.has_parent_path()) {
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
  }
  figure.save(path);
  session.out() << fmt::format("drawn to {}\n", path.string());
}

std::vector<Recordings> recorded_by(Session& session) {
  session.built();
  std::vector<Recordings> all = recordings(session.all_built());
  const bool ran = std::ranges::any_of(session.all_built(), [](const Built* built) {
    return const_cast<Built*>(built)->network().time().si() > 0;
  });
  if (!ran || all.empty()) throw NetworkError("nothing was recorded yet; run first: run 100*ms");
  return all;
}

bool records(const Recordings& recording, std::string_view variable) {
  if (recording.kind != MonitorKind::trace) return false;
  const auto& columns = recording.parts.back()->trace().table().info().columns;
  return variable != "t" && std::ranges::find(columns, variable, &ColumnInfo::name) != columns.end();
}

/// The recording of a variable: of the group that is named or open, or else the first one that has it.
const Recordings& find_trace(Session& session, const std::vector<Recordings>& all, const Place& place) {
  const std::string_view text = place.text();
  const std::size_t dot = text.find('.');
  const std::string_view variable = dot == text.npos ? text : text.substr(dot + 1);
  const std::string owner(dot == text.npos ? std::string_view(session.description().open)
                                           : text.substr(0, dot));
  for (const Recordings& recording : all) {
    const Step* step = session.description().owner(recording.source);
    if ((recording.source == owner || (step && step->handle == owner)) && records(recording, variable))
      return recording;
  }
  for (const Recordings& recording : all)
    if (dot == text.npos && records(recording, variable)) return recording;
  std::vector<std::string> known;
  for (const Recordings& recording : all)
    if (recording.kind == MonitorKind::trace)
      for (const ColumnInfo& column : recording.parts.back()->trace().table().info().columns)
        if (column.name != "t") known.push_back(column.name);
  throw unknown("recorded variables", place, known);
}

void draw_variable(Session& session, plot::Figure& figure, const std::vector<Recordings>& all,
                   const Place& place, const std::vector<std::int64_t>& elements) {
  const Recordings& recording = find_trace(session, all, place);
  const std::string_view text = place.text();
  const std::string variable(text.substr(text.find('.') == text.npos ? 0 : text.find('.') + 1));
  for (const Recorded* part : recording.parts) {
    const StateMonitor& trace = part->trace();
    if (!records({"", MonitorKind::trace, "", {part}}, variable)) continue;
    const std::vector<double> times(trace.times());
    std::vector<std::int64_t> shown = elements.empty() ? trace.elements() : elements;
    if (elements.empty()) shown.resize(std::min(shown.size(), most_lines));
    const auto& columns = trace.table().info().columns;
    const bool shared = !std::ranges::find(columns, variable, &ColumnInfo::name)->per_element;
    if (shared)
      figure.trace(times, trace.trace(variable), {.unit = trace.unit(variable)});
    else
      for (const std::int64_t element : shown)
        figure.trace(times, trace.trace(variable, element), {.unit = trace.unit(variable)});
  }
  figure.y_label(variable);
}

}  // namespace

void say_plot(Session& session, Reader& reader) {
  const std::string file = take_file(reader);
  const std::vector<Recordings> all = recorded_by(session);
  plot::Figure figure({.width_inches = 8, .height_inches = 5});
  if (reader.done()) {
    if (!draw_overview(figure, all)) throw NetworkError("there is nothing to draw");
    return show(session, figure, file);
  }
  const std::vector<Place> names = listed(reader.chunk("variables: v,w"));
  std::vector<std::int64_t> elements;
  if (!reader.done())
    for (const Place& item : listed(reader.rest("elements")))
      elements.push_back(whole_number(item, "an element"));
  bool first = true;
  for (const Place& name : names) {
    if (!std::exchange(first, false)) figure.panel();
    const auto named = std::ranges::find(all, name.text(), &Recordings::name);
    if (named != all.end() && named->kind == MonitorKind::rate)
      for (const Recorded* part : named->parts) figure.rate(part->rate());
    else if (named != all.end() && named->kind == MonitorKind::spikes)
      for (const Recorded* part : named->parts) figure.raster(part->spikes());
    else
      draw_variable(session, figure, all, name, elements);
  }
  figure.x_label("Time (ms)");
  show(session, figure, file);
}

void say_raster(Session& session, Reader& reader) {
  const std::string file = take_file(reader);
  const std::vector<Recordings> all = recorded_by(session);
  std::vector<Recordings> chosen;
  const std::vector<Place> names = reader.done() ? std::vector<Place>{} : listed(reader.rest("neurons"));
  for (const Recordings& recording : all) {
    const bool named = names.empty() || std::ranges::any_of(names, [&](const Place& name) {
                         return recording.source == name.text() || recording.name == name.text();
                       });
    if (named && recording.kind == MonitorKind::spikes) chosen.push_back(recording);
  }
  if (chosen.empty())
    throw NetworkError("no spikes are recorded: say `spikes NEURONS` before the run, or give a threshold");
  plot::Figure figure({.width_inches = 8, .height_inches = 5});
  draw_overview(figure, chosen);
  show(session, figure, file);
}

}  // namespace ranvier::tool
