#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/types.hpp>
#include <ranvier/grammar/ast.hpp>

namespace ranvier {

/// Whose array a column is bound to. `hidden` columns are the runtime's own (row offsets, targets),
/// `external` ones what the namespace has under the name: the values of a timed array, the code of a
/// function.
enum class Owner : std::uint8_t { self, source, target, hidden, external };

/// Which position of the array belongs to the loop's element.
/// element: the loop's own index (in rows: the synapse); pre, post: the synapse's neurons; shared: position
/// 0; computed: none of its own, `_load(column, position)` says which; code: not an array at all but the
/// address of a function, for `_apply` and `_call`.
enum class Index : std::uint8_t { element, pre, post, shared, computed, code };

/// An array that a kernel reads or writes. `name` is what the kernel's expressions call it; (owner, variable)
/// is what the runtime binds. Different columns of elements never overlap; those of neurons of both sides
/// may, with each other and with what is read at computed positions.
struct Column {
  std::string name;
  Owner owner = Owner::self;
  std::string variable;
  Storage storage = Storage::f64;
  Index index = Index::element;
  bool written = false;
};

/// A number passed at every call. Changing its value never compiles anything.
enum class ScalarKind : std::uint8_t {
  time,         // t [s], start of the step
  step_length,  // dt [s]
  timestep,     // t/dt, an integer
  count,        // N of the loop's own group
  count_pre,    // sizes of source and target as the user sees them (of the slice)
  count_post,
  first_pre,  // where the source and target slices begin in their groups
  first_post,
  first,  // where the slice that the kernel runs on begins (i is relative to it)
  size,   // elements of the whole group, of which a slice may be a part
  size_pre,
  size_post,
  constant,    // an external constant: its value in the namespace of the run
  array_tick,  // of a timed array: its dt/K [s], K, the number of its last row, the number of its columns
  array_ticks,
  array_last,
  array_columns,
  propagator,  // an entry of a Propagator with shared coefficients
  key_low,     // the random key of this (seed, object, code block), as two 32-bit words
  key_high
};
struct Scalar {
  std::string name;
  ScalarKind kind = ScalarKind::constant;
  Type type = Type::real;
  std::string variable{};  // of the array_ kinds: the name of the timed array
};

/// x' = M x + b over one step of length h:  x(h) = P x + Q b, with P = exp(M h) and Q = integral of exp(M s)
/// for s in [0, h]: the blocks of the exponential of [[M, 1], [0, 0]] h. Defines the names <name>_P_<i>_<j>
/// and <name>_Q_<i>_<j>. `per_run`: every entry depends on constants and dt alone, so the runtime computes
/// the numbers when a run starts and passes them as scalars of kind `propagator` named like the entries (only
/// those that are used); otherwise generated code calls back once per element, where the body first uses an
/// entry.
struct Propagator {
  std::string name;
  int size = 0;
  std::vector<Expr> matrix;  // M, row-major
  bool per_run = true;
};

/// One step of straight-line code. A store writes a column (reading it afterwards gives the new value),
/// anything else defines or redefines a local of the element. The value is converted to the type of what it
/// is assigned to, and to what the column's storage keeps of it; a boolean target is only ever given a
/// boolean. With a guard the assignment happens only where the guard is true.
struct Assign {
  std::string target;
  Type type = Type::real;  // of a local; a column has its own
  bool store = false;
  Expr value;
  Expr guard;  // may be empty
};

/// Code that an element goes through while a condition holds, at most `most` times. It assigns locals only.
/// What had a value before keeps, from round to round and afterwards, what the last round made of it; any
/// other local is one of the round. An element that is done keeps its values while others go on.
struct Repeat {
  std::size_t at = 0;  // it stands before body[at]
  Expr condition;      // tested before every round
  std::int64_t most = 0;
  std::vector<Assign> body;
};

enum class Loop : std::uint8_t {
  elements,  // every element in [begin, end)
  list,      // the elements list[begin..end), one after the other; over synapses one may be there repeatedly
  rows       // for each source neuron in list[begin..end), in order: synapses of its row, ascending
};

/// Straight-line code over columns and scalars, with resolved names: what every back end executes.
/// Expressions use the names of columns, scalars, propagator entries, earlier locals, and these integers:
///   _element (the loop's element), _pre and _post (absolute neuron numbers, rows only).
/// They call built-ins by name; the random ones are numbered: _rand(k), _randn(k), _poisson(lambda, k),
/// _binomial(n, p, k), with k the number of the draw in this kernel; their counter is (element, k, timestep),
/// the element of a rows kernel being the synapse. A rows kernel has three hidden columns: "_row" and
/// "_row_end" (i64; the synapses of the source neuron list[k] are [_row[k], _row_end[k]), or some of them: a
/// neuron may be there repeatedly) and "_target" (i32, the absolute target neuron of a synapse). An
/// elements or list kernel over synapses with pre or post columns has the hidden columns "_source" or
/// "_target" instead, per element.
/// `_load(column, position)` is the entry of a column at a position that the kernel computes: a value over
/// time, a variable reached through a map of indices. Its first argument is the name of a column with
/// Index::computed, which the kernel reads in no other way and never writes. The position is an integer
/// expression; whoever lowers to `_load` makes sure that it lies inside the array for every element of the
/// loop, by `clip` or because it comes from a checked map.
/// `_apply(function, x, y)` calls a function from doubles to a double; its first argument is the name of a
/// column with Index::code. The function is stateless: equal calls may be one, unused ones none.
/// `_call(function, k, x, y)` calls one that is not, with k the number of the call among the draws: once for
/// each element, element after element, in the order of the code.
/// Semantics per element: body in order, with `repeat` in its place, then the condition; where it holds,
/// on_event in order, and the element joins the list.
struct Kernel {
  std::string name;
  Loop loop = Loop::elements;
  std::vector<Column> columns;
  std::vector<Scalar> scalars;
  std::vector<Propagator> propagators;
  std::vector<Assign> body;
  Expr condition;  // elements only; may be empty
  std::vector<Assign> on_event;
  std::optional<Repeat> repeat{};
  bool part = false;  // elements only: there are others before and behind, which stay as they are
};

/// Calls `f` with each piece of code of a kernel: its body, what is repeated, what happens at an event.
template <class AKernel, class F>
void for_each_code(AKernel& kernel, F f) {
  f(kernel.body);
  if (kernel.repeat) f(kernel.repeat->body);
  f(kernel.on_event);
}

/// Whether it calls functions that see in what order they are called.
bool calls_in_order(const Kernel& kernel);
/// Whether an element may see what others did before it, so that they are executed one after the other.
bool runs_in_order(const Kernel& kernel);

/// The text that golden tests pin. Two kernels with equal text are the same code (the name is not part of it
/// when `with_name` is false), which is what back ends key their caches by.
std::string print(const Kernel& kernel, bool with_name = true);

/// An entry of P (or of Q, if `drift`) of kernel.propagators[propagator].
struct PropagatorEntry {
  std::size_t propagator = 0;
  bool drift = false;
  int row = 0;
  int column = 0;
};
/// What the name of a propagator entry stands for; nullopt for any other name.
std::optional<PropagatorEntry> find_entry(const std::vector<Propagator>& propagators, std::string_view name);

/// The type of an expression inside a kernel, from columns, scalars and the types of `locals`.
class KernelTypes {
 public:
  explicit KernelTypes(const Kernel& kernel);
  void define(const std::string& local, Type type);
  /// Type of a name; throws std::logic_error for a name the kernel does not define.
  Type of(const std::string& name) const;
  /// Rules of the language: / is real; comparisons and logic are boolean; + - * // % give the highest
  /// operand, booleans promoted to integer; ** is integer only for an integer base with a non-negative
  /// integer literal; calls by their row in the table. Signs and functions that keep the type of their
  /// argument promote booleans, too.
  Type of(const Expr& expr) const;

 private:
  std::map<std::string, Type, std::less<>> names_;
  std::vector<Propagator> propagators_;
};

}  // namespace ranvier
