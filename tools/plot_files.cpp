#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <iostream>
#include <ranvier/plot/figure.hpp>
#include <ranvier/runtime/recording.hpp>
#include <ranvier/tools/arguments.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>

// What was recorded to files: by `ranvier run --out` (CSV), or by monitors of a program.
namespace ranvier::tool {
namespace {

constexpr std::size_t most_lines = 10;  // of a panel

struct FileColumn {
  std::string name, unit;
  std::vector<double> values{};
};

/// "v[3] (volt)" -> "v[3]" and "volt".
FileColumn column_of(std::string_view head) {
  const std::size_t open = head.rfind(" (");
  if (open == head.npos || !head.ends_with(')')) return {std::string(head), "1"};
  return {std::string(head.substr(0, open)), std::string(head.substr(open + 2, head.size() - open - 3))};
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(',', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

double number_of(std::string_view cell, const std::string& path, std::size_t line) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size())
    throw NetworkError(fmt::format("'{}', line {}: `{}` is no number", path, line, cell));
  return value;
}

std::vector<FileColumn> read_csv(const std::string& path) {
  const std::string text = read_file(path);
  std::vector<FileColumn> columns;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto cells = cells_of(std::string_view(text).substr(begin, end - begin));
    begin = end + 1;
    if (++number == 1) {
      for (const std::string_view cell : cells) columns.push_back(column_of(cell));
      continue;
    }
    if (cells.size() != columns.size())
      throw NetworkError(
          fmt::format("'{}', line {}: {} values for {} columns", path, number, cells.size(), columns.size()));
    for (std::size_t k = 0; k < cells.size(); ++k)
      columns[k].values.push_back(number_of(cells[k], path, number));
  }
  if (columns.empty() || columns.front().name != "t")
    throw NetworkError(fmt::format("'{}' is no recording: its first column should be `t (second)`", path));
  return columns;
}

std::vector<FileColumn> read_binary(const std::string& path) {
  const Recording recording = read_recording(path);
  std::vector<FileColumn> columns;
  for (const ColumnInfo& column : recording.info().columns) {
    if (!column.per_element) {
      columns.push_back({column.name, column.unit, recording.column(column.name)});
      continue;
    }
    for (const std::int64_t element : recording.info().elements)
      columns.push_back(
          {fmt::format("{}[{}]", column.name, element), column.unit, recording.trace(column.name, element)});
  }
  return columns;
}

/// Adds the panels of a file. `first`: the figure is empty.
void draw(plot::Figure& figure, const std::vector<FileColumn>& columns, const std::string& label,
          bool& first) {
  const std::vector<double>& times = columns.front().values;
  const auto panel = [&] {
    if (!std::exchange(first, false)) figure.panel();
  };
  if (columns.size() > 1 && columns[1].name == "i") {
    std::vector<std::int32_t> indices;
    for (const double index : columns[1].values) indices.push_back(static_cast<std::int32_t>(index));
    panel();
    figure.raster(times, indices).y_label(label);
    return;
  }
  std::string before;
  std::size_t lines = 0;
  for (std::size_t k = 1; k < columns.size(); ++k) {
    const std::string variable = columns[k].name.substr(0, columns[k].name.find('['));
    if (variable != before) panel(), lines = 0;
    before = variable;
    if (++lines > most_lines) continue;
    if (variable == "rate")
      figure.rate(times, columns[k].values).y_label(label);
    else
      figure.trace(times, columns[k].values, {.unit = columns[k].unit}).y_label(variable);
  }
}

std::string stem_of(const std::string& path) {
  return std::filesystem::path(path).stem().string();
}

}  // namespace

int plot_files(std::vector<std::string> arguments) {
  CLI::App app(
      "Draws what was recorded, in the terminal or to a file.\n\n  ranvier plot results/cells_spikes.csv\n"
      "  ranvier plot results/*.csv -o all.png",
      "ranvier plot");
  std::vector<std::string> files;
  std::string picture;
  app.add_option("files", files, "CSV files of `ranvier run --out`, or files of monitors")->required();
  app.add_option("-o,--out", picture, "the picture: .svg, .png or .pdf (default: the terminal)");
  if (const auto end = parse_arguments(app, std::move(arguments))) return *end;
  plot::Figure figure({.width_inches = 8, .height_inches = 2 + 2.0 * static_cast<double>(files.size())});
  bool first = true;
  for (const std::string& file : files)
    draw(figure, file.ends_with(".csv") ? read_csv(file) : read_binary(file), stem_of(file), first);
  figure.x_label("Time (ms)");
  if (!picture.empty())
    figure.save(picture);
  else
    std::cout << figure.terminal(std::min(terminal_size().first, 100),
                                 10 + 8 * static_cast<int>(files.size()));
  return done;
}

}  // namespace ranvier::tool
