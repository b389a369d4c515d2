#include <fmt/format.h>
#include <ranvier/runtime/poisson_group.hpp>

namespace ranvier {

void PoissonGroup::bind(const RunContext& context) {
  if (const Array* rates = find_array("rates"))
    for (std::int64_t k = 0; k < size(); ++k)
      if (!(rates->get(k) >= 0))
        throw NetworkError(fmt::format("'{}': the rate of neuron {} is {} Hz, but it cannot be negative",
                                       name(), k, rates->get(k)));
  Group::bind(context);
}

}  // namespace ranvier
