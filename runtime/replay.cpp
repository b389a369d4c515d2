#include <algorithm>
#include <cmath>
#include <cstring>
#include <ranvier/runtime/replay.hpp>

namespace ranvier {

Replay::Replay(const KernelCall& call, const std::vector<WrittenColumn>& written, double limit)
    : call_(call), written_(written), limit_(limit) {
  const bool writes_list = call.kernel.loop == Loop::elements && call.kernel.condition;
  if (writes_list) list_.resize(static_cast<std::size_t>(call.args.end + element_padding));
  restart();
}

/// Everything as it was before the call.
void Replay::restart() {
  columns_.assign(call_.args.columns, call_.args.columns + call_.kernel.columns.size());
  copies_.clear();
  for (const WrittenColumn& written : written_) {
    const Storage storage = call_.kernel.columns[written.column].storage;
    Array& copy = copies_.emplace_back(written.target ? written.target->array->copy() : Array(storage, 1));
    auto* bytes = static_cast<std::byte*>(copy.data());
    const std::byte* kept = written.before.data();
    call_.for_ranges(written.column, copy.size(), [&](std::int64_t begin, std::int64_t end) {
      const auto size = static_cast<std::int64_t>(size_of(storage));
      std::memcpy(bytes + begin * size, kept, static_cast<std::size_t>((end - begin) * size));
      kept += (end - begin) * size;
    });
    columns_[written.column] = bytes;
  }
}

bool Replay::is_bad(double value) const {
  return !(std::abs(value) <= limit_);
}

bool Replay::is_bad_now(const WrittenColumn& written, std::int64_t entry) const {
  return is_bad(copies_[static_cast<std::size_t>(&written - written_.data())].get(entry));
}

bool Replay::was_bad(const WrittenColumn& written, std::int64_t entry) {
  restart();
  return is_bad_now(written, entry);
}

/// Whether an element may see what those before it wrote.
bool Replay::in_sequence() const {
  return call_.kernel.loop != Loop::elements ||
         std::ranges::any_of(call_.kernel.columns,
                             [](const Column& c) { return c.written && c.index != Index::element; });
}

void Replay::execute(std::int64_t begin, std::int64_t end) {
  std::int32_t* list = list_.empty() ? call_.args.list : list_.data();
  call_.code.run({columns_.data(), call_.args.scalars, begin, end, list});
}

std::int64_t Replay::find_position(const WrittenColumn& written, std::int64_t entry) {
  const KernelArgs& args = call_.args;
  if (!in_sequence()) {
    if (call_.kernel.loop == Loop::elements) return entry;
    const auto* found = std::find(args.list + args.begin, args.list + args.end, entry);
    return found == args.list + args.end ? -1 : found - args.list;
  }
  for (std::int64_t position = args.begin; position < args.end; ++position) {
    execute(position, position + 1);
    if (is_bad_now(written, entry)) return position;
  }
  return -1;
}

std::size_t Replay::place_of(const char* hidden) const {
  return static_cast<std::size_t>(std::ranges::find(call_.kernel.columns, hidden, &Column::name) -
                                  call_.kernel.columns.begin());
}

/// Lets the row at a position consist of one synapse.
void Replay::only_synapse(std::int64_t position, std::int64_t synapse) {
  row_.assign(static_cast<std::size_t>(position) + 1, synapse);
  row_end_.assign(static_cast<std::size_t>(position) + 1, synapse + 1);
  columns_[place_of("_row")] = row_.data();
  columns_[place_of("_row_end")] = row_end_.data();
}

std::int64_t Replay::find_synapse(const WrittenColumn& written, std::int64_t entry, std::int64_t position) {
  const auto* row = static_cast<const std::int64_t*>(call_.hidden("_row"));
  const auto* row_end = static_cast<const std::int64_t*>(call_.hidden("_row_end"));
  for (std::int64_t synapse = row[position]; synapse < row_end[position]; ++synapse) {
    only_synapse(position, synapse);
    execute(position, position + 1);
    if (is_bad_now(written, entry)) return synapse;
  }
  return -1;
}

std::optional<Cause> Replay::cause(const WrittenColumn& written, std::int64_t entry) {
  const auto probed = probe_parts(call_.kernel);
  if (!probed) return std::nullopt;
  restart();
  const std::int64_t position = find_position(written, entry);
  if (position < 0) return std::nullopt;
  restart();
  if (in_sequence()) execute(call_.args.begin, position);
  if (call_.kernel.loop == Loop::rows) {
    const std::int64_t synapse = find_synapse(written, entry, position);
    if (synapse < 0) return std::nullopt;
    restart();
    execute(call_.args.begin, position);
    for (auto k = static_cast<const std::int64_t*>(call_.hidden("_row"))[position]; k < synapse; ++k) {
      only_synapse(position, k);
      execute(position, position + 1);
    }
    only_synapse(position, synapse);
  }
  std::vector<double> values(probed->parts.size());
  for (double& value : values) columns_.push_back(&value);
  const ExecutablePtr code =
      make_backend({.name = "reference", .lanes = 0})->build({probed->kernel}, nullptr).front();
  code->run({columns_.data(), call_.args.scalars, position, position + 1, call_.args.list});
  return trace_back(*probed, values, call_.kernel.columns[written.column].name,
                    [&](double value) { return is_bad(value); });
}

}  // namespace ranvier
