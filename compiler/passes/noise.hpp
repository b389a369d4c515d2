#pragma once
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// "xi", or any name that begins with "xi_".
bool is_noise(std::string_view name);

/// d(variable)/dt as its deterministic part and a factor for each noise. Needs: an inlined right-hand side.
/// Reports noise that is not a factor of a term: in a function, in a power, below a fraction, times noise.
Rate split_noise(const std::string& variable, const Expr& rhs, Diagnostics& diagnostics);

/// Reports noise of differential equations that cannot be split off, and a plain xi in several of them.
/// Needs: resolved equations without errors.
void check_noise(const std::vector<Variable>& variables, const Scope& scope, Diagnostics& diagnostics);

/// Why the noise of a system is multiplicative: a factor that changes during a step. (A timed array of t that
/// changes between steps only does not.)
struct Multiplicative {
  std::string variable;  // whose equation it is
  std::string noise;
  std::string reads;  // what changes: a differential variable, or t
  Place place;        // of the noise
};
std::optional<Multiplicative> multiplicative_noise(const System& system, const Scope& scope);
/// The first noise of a system, or nullptr.
const NoiseTerm* first_noise(const System& system);

}  // namespace ranvier::pass
