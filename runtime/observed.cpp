#include <algorithm>
#include <new>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/observed.hpp>

namespace ranvier {
namespace {

/// The source's arrays, and a place for the results of code. What is read is the source's own definition: i
/// and N in it are those of the whole.
class ResultEnvironment : public KernelEnvironment {
 public:
  ResultEnvironment(StateOwner& owner, double* results) : owner_(owner), results_(results) {}
  void* address(const Column& column) override {
    return column.variable == "_result" ? results_ : owner_.address(column);
  }
  double extent(ScalarKind kind) const override { return owner_.extent(kind); }

 private:
  StateOwner& owner_;
  double* results_;
};

ColumnType type_of_column(const Variable& variable, bool stored, bool float32) {
  if (variable.type == Type::boolean) return ColumnType::boolean;
  if (variable.type == Type::integer) return stored ? ColumnType::int32 : ColumnType::int64;
  return float32 ? ColumnType::float32 : ColumnType::float64;
}

template <class To, class From>
void gather(const From* from, std::span<const std::int32_t> positions, std::byte* cells) {
  auto* to = reinterpret_cast<To*>(cells);
  for (const std::int32_t p : positions) *to++ = static_cast<To>(from[p]);
}

template <class From>
void gather(ColumnType type, const From* from, std::span<const std::int32_t> positions, std::byte* cells) {
  if (type == ColumnType::float64) gather<double>(from, positions, cells);
  if (type == ColumnType::float32) gather<float>(from, positions, cells);
  if (type == ColumnType::int64) gather<std::int64_t>(from, positions, cells);
  if (type == ColumnType::int32) gather<std::int32_t>(from, positions, cells);
  if (type == ColumnType::boolean) gather<std::uint8_t>(from, positions, cells);
}

void gather(ColumnType type, const Array& array, std::span<const std::int32_t> positions, std::byte* cells) {
  with_element_of(array.storage(), [&]<class T>(T) { gather(type, array.as<T>().data(), positions, cells); });
}

}  // namespace

ObservedVariables::ObservedVariables(Elements source, std::vector<std::string> variables, bool float32)
    : source_(source) {
  for (std::string& name : variables) {
    const Variable& declared = source.owner().declared(name);
    const bool stored = source.owner().find_array(name) != nullptr;
    variables_.push_back(
        {std::move(name), type_of_column(declared, stored, float32), stored, declared.shared});
  }
}

std::vector<ColumnInfo> ObservedVariables::columns(bool per_element) const {
  std::vector<ColumnInfo> columns;
  for (const Observed& v : variables_)
    columns.push_back(
        {v.name, v.type, to_string(source_.owner().declared(v.name).dimension), per_element && !v.shared});
  return columns;
}

Lowered ObservedVariables::lower(const Namespace& names, const std::string& reader) const {
  Lowered lowered;
  std::vector<Diagnostic> known;  // what there is to warn about in a definition, its own object says
  for (const Observed& v : variables_)
    if (!v.stored)
      lowered.kernels.push_back(
          source_.owner().lower_probe(make_source("variable of " + reader, v.name), names, known));
  return lowered;
}

void ObservedVariables::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  std::size_t next = 0;
  for (Observed& v : variables_) {
    if (v.stored) continue;
    v.code = BoundKernel(std::move(lowered.kernels[next]), std::move(code[next]));
    ++next;
  }
}

void ObservedVariables::bind(const RunContext& context, const std::string& reader) {
  if (std::ranges::all_of(variables_, &Observed::stored)) return;
  const auto entries = static_cast<std::size_t>(source_.owner().element_count() + element_padding);
  results_.reset(static_cast<double*>(std::calloc(entries, sizeof(double))));
  if (!results_) throw std::bad_alloc();
  RunContext of_source = context;
  of_source.dt = source_.object().clock().dt;
  ResultEnvironment environment(source_.owner(), results_.get());
  for (Observed& v : variables_)
    if (v.code) v.code.bind(environment, of_source, reader, v.name);
}

void ObservedVariables::read(std::size_t variable, std::span<std::int32_t> positions, std::byte* cells) {
  Observed& v = variables_[variable];
  if (v.stored) return gather(v.type, *source_.owner().find_array(v.name), positions, cells);
  v.code.run(source_.object().clock(), 0, std::ssize(positions), positions.data());
  gather(v.type, results_.get(), positions, cells);
}

}  // namespace ranvier
