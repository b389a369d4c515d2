#pragma once
#include <bit>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include <ranvier/compiler/kernel.hpp>

/// What a kernel computes per element, as a list of typed operations in which equal ones occur once. It is
/// what the emitter translates; nothing here knows LLVM.
namespace ranvier::llvm_backend {

using Id = std::uint32_t;
inline constexpr Id none = ~Id{0};

enum class Op : std::uint8_t {
  number,   // detail: the bits of a double or the value of an integer or boolean
  scalar,   // detail: which
  element,  // _element
  pre,      // _pre of a rows kernel
  post,     // _post of a rows kernel
  load,     // detail: column and epoch of memory; operand: position, unless the element's own or shared
  store,    // detail: column; operands: value, what the column held, position if not the element's own

  to_real,
  to_integer,  // truncates; saturates; NaN gives 0
  to_boolean,  // not zero
  narrow,      // as a column keeps it; detail: its storage

  negate,
  invert,  // logical not
  absolute,
  square_root,
  floor,
  ceil,
  round_to_even,
  elementary,  // detail: row of elementary_functions(), and whether no argument matters that is tiny
  library,     // the same function of the C library
  first_time,  // operands: number of steps, step length; see step_counts.hpp
  last_start,  // operands: now, first time

  add,
  subtract,
  multiply,
  divide,        // real
  floor_divide,  // integers; x // 0 is 0
  modulo,        // integers; x % 0 is 0
  remainder,     // reals: fmod
  less,
  less_equal,
  equal,
  not_equal,
  both,     // logical and
  either,   // logical or
  select,   // condition, value if true, value if false
  at_most,  // first <= second; where one is not a number, whether the third, a uniform number, is at most 0

  uniform_draw,  // detail: number of the draw; operands: element, key low, key high, timestep
  normal_draw,
  poisson_draw,   // ... and lambda; a whole number, as a real one
  binomial_draw,  // ... and n, p
  apply,          // a stateless function; detail: column that holds its address; operands: arguments
  call,           // any function; detail: column, and number of the draw above; operands: element, arguments
  propagate,      // detail: size; operands: step length, matrix
  entry,          // detail: position in P followed by Q; operand: the propagate
  carried,        // what a local holds at the begin of a round; operand: before the first
  settled         // operand: the carried value, when there are no more rounds
};

struct Operation {
  Op op = Op::number;
  Type type = Type::real;
  bool uniform = false;  // the same for every element: computed once, before the loop
  std::int64_t detail = 0;
  std::vector<Id> operands;
};

/// What timestep(time, dt) counts; dt is the length of a step.
struct CountedTime {
  Id time = none;
  Id dt = none;
};

/// Owns the operations; asking for one that exists gives the old one.
class Operations {
 public:
  explicit Operations(bool precise = false) : precise_(precise) {}
  /// Whether elementary functions are the C library's.
  bool precise() const { return precise_; }

  Id make(Op op, Type type, std::vector<Id> operands = {}, std::int64_t detail = 0);
  /// Never shared with another: stores.
  Id append(Operation operation);

  Id real(double value) { return make(Op::number, Type::real, {}, std::bit_cast<std::int64_t>(value)); }
  Id integer(std::int64_t value) { return make(Op::number, Type::integer, {}, value); }
  Id boolean(bool value) { return make(Op::number, Type::boolean, {}, value); }
  Id convert(Id value, Type type);
  /// What a value is once it has been in a column: stores wait, and what is read meanwhile is the same.
  Id narrow(Id value, Storage storage);
  Id select(Id condition, Id if_true, Id if_false);

  /// Remembers that an operation is timestep(time, dt).
  void count(Id id, const CountedTime& counted) { counted_.emplace(id, counted); }
  const CountedTime* counted(Id id) const {
    const auto found = counted_.find(id);
    return found == counted_.end() ? nullptr : &found->second;
  }
  bool counts_steps() const { return !counted_.empty(); }

  Type type(Id id) const { return list_[id].type; }
  /// For each operation from `first` on: whether it depends, through others, on one of this kind.
  std::vector<bool> depending_on(Op kind, Id first) const;
  /// For each operation: whether one of `roots`, a store or a call needs it.
  std::vector<bool> needed_by(const std::vector<Id>& roots) const;
  const std::vector<Operation>& list() const { return list_; }
  std::vector<Operation> take() { return std::move(list_); }

 private:
  Id choose_later(Op op, const std::vector<Id>& operands);

  bool precise_;
  std::vector<Operation> list_;
  std::unordered_multimap<std::uint64_t, Id> known_;
  std::unordered_map<Id, CountedTime> counted_;
};

/// Operations that are executed again and again, for each lane while it wants to.
struct Rounds {
  Id begin = 0, body = 0, end = 0;  // [begin, body) decide whether there is another round; [body, end) are it
  Id condition = none;
  std::int64_t most = 0;
  struct Carried {
    Id value = none, next = none;  // at the begin of a round, and what the round makes of it
  };
  std::vector<Carried> carried;
  std::vector<bool> varies;  // per operation of [begin, end): whether it is another one in every round
};

struct Graph {
  std::vector<Operation> operations;  // in order of execution: operands come first
  std::vector<bool> used;             // per operation: whether anything comes of it
  Id rest_begin = 0;                  // from here on: what the rest of the condition needs besides
  Id event_begin = 0;                 // from here on: what happens only where the condition holds
  Id first_condition = none;          // of several that all must hold; none: there is no rest
  Id condition = none;
  std::optional<Rounds> rounds{};
  bool sequential = false;  // a store may change what another element reads: one element at a time
};

/// Whether it draws a number that counts.
inline bool is_count(Op op) {
  return op == Op::poisson_draw || op == Op::binomial_draw;
}

/// Throws BackendError for a kernel that breaks the rules of Kernel or is too large.
Graph build_graph(const Kernel& kernel, bool precise);

/// Added to the detail of an elementary function: what it makes of tiny arguments is not used.
inline constexpr std::int64_t not_tiny = std::int64_t{1} << 32;

/// Column of the detail of a load or a call, or row of a function (the rest tells equal ones apart).
inline std::size_t column_of(std::int64_t detail) {
  return static_cast<std::size_t>(detail & 0xffffffff);
}

}  // namespace ranvier::llvm_backend
