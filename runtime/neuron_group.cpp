#include <fmt/format.h>
#include <ranvier/runtime/neuron_group.hpp>

namespace ranvier {

// The shortest text that reads back to the same double: the compiler sees one kind of refractory period only.
Refractory::Refractory(Time duration) : text_(fmt::format("{}*second", duration.si())) {
  if (!(duration.si() >= 0))
    throw NetworkError(
        fmt::format("a refractory period of {} s: it must be zero or positive", duration.si()));
}

}  // namespace ranvier
