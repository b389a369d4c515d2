#include <algorithm>
#include <cmath>
#include <vector>

#include <ranvier/models/neuron_model.hpp>

// Input resistance and time constant of the passive neuron: C dV/dt = -G V + I, with the leaks and couplings
// in G.
namespace ranvier {
namespace {

using Matrix = std::vector<std::vector<double>>;

/// Eigenvalues and, as columns, eigenvectors of a symmetric matrix, by Jacobi's rotations.
struct Modes {
  std::vector<double> values;
  Matrix vectors;
};

void rotate(Matrix& a, Matrix& vectors, std::size_t p, std::size_t q) {
  if (a[p][q] == 0) return;
  const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  const double t = std::copysign(1, theta) / (std::abs(theta) + std::hypot(theta, 1));
  const double c = 1 / std::hypot(t, 1), s = t * c;
  const auto mix = [&](double& x, double& y) {
    const double x_before = x;
    x = c * x - s * y;
    y = s * x_before + c * y;
  };
  for (auto& row : a) mix(row[p], row[q]);
  for (std::size_t k = 0; k < a.size(); ++k) mix(a[p][k], a[q][k]);
  for (auto& row : vectors) mix(row[p], row[q]);
}

Modes modes_of(Matrix a) {
  constexpr int sweeps = 60;  // it converges quadratically
  const std::size_t n = a.size();
  Matrix vectors(n, std::vector<double>(n, 0));
  for (std::size_t k = 0; k < n; ++k) vectors[k][k] = 1;
  for (int sweep = 0; sweep < sweeps; ++sweep)
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) rotate(a, vectors, p, q);
  Modes modes{{}, std::move(vectors)};
  for (std::size_t k = 0; k < n; ++k) modes.values.push_back(a[k][k]);
  return modes;
}

/// The response of a compartment to a unit of current into it, as a sum of weight*(1 - exp(-rate*t))/rate.
struct Response {
  std::vector<double> weights;  // [1/F]
  std::vector<double> rates;    // [1/s]

  double at(double t) const {
    double sum = 0;
    for (std::size_t k = 0; k < rates.size(); ++k) sum += weights[k] / rates[k] * -std::expm1(-rates[k] * t);
    return sum;
  }
  double end() const { return at(INFINITY); }
};

double value_of(const Namespace& values, const std::string& name, Problems& problems) {
  const auto found = values.find(name);
  const AnyQuantity* quantity = found == values.end() ? nullptr : found->second.quantity();
  if (!quantity) problems.add("\"" + name + "\" has no value");
  return quantity ? quantity->value : 1;
}

Response response_of(const std::vector<std::string>& names,
                     const std::vector<NeuronModel::Coupled>& couplings, const Namespace& values,
                     const std::string& compartment, Problems& problems) {
  const std::size_t n = names.size();
  const auto index = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const std::size_t at = index(compartment);
  if (at == n) problems.add(unknown_name_text("compartment", compartment, names));
  std::vector<double> root;  // of the capacitances
  Matrix g(n, std::vector<double>(n, 0));
  for (std::size_t k = 0; k < n; ++k) {
    g[k][k] = value_of(values, "gL_" + names[k], problems);
    root.push_back(std::sqrt(value_of(values, "C_" + names[k], problems)));
  }
  for (const NeuronModel::Coupled& coupled : couplings) {
    const std::size_t a = index(coupled.a), b = index(coupled.b);
    const double into_a = value_of(values, "g_" + coupled.b + "_" + coupled.a, problems);
    const double into_b = value_of(values, "g_" + coupled.a + "_" + coupled.b, problems);
    if (into_a != into_b)
      problems.add("the coupling of \"" + coupled.a + "\" and \"" + coupled.b +
                   "\" is not the same in both directions");
    g[a][a] += into_a, g[b][b] += into_b;
    g[a][b] -= into_a, g[b][a] -= into_b;
  }
  problems.raise_if_any();
  for (std::size_t p = 0; p < n; ++p)
    for (std::size_t q = 0; q < n; ++q) g[p][q] /= root[p] * root[q];
  const Modes modes = modes_of(std::move(g));
  Response response{{}, modes.values};
  for (std::size_t k = 0; k < n; ++k)
    response.weights.push_back(modes.vectors[at][k] * modes.vectors[at][k] / (root[at] * root[at]));
  for (const double rate : response.rates)
    if (!(rate > 0)) problems.add("nothing leaks: the voltage has no end");
  problems.raise_if_any();
  return response;
}

}  // namespace

Resistance NeuronModel::input_resistance(const std::string& compartment) const {
  Problems problems("input_resistance");
  return Resistance(response_of(compartment_names(), couplings_, values(true), compartment, problems).end());
}

Time NeuronModel::time_constant(const std::string& compartment) const {
  Problems problems("time_constant");
  const Response response = response_of(compartment_names(), couplings_, values(true), compartment, problems);
  const double wanted = response.end() * -std::expm1(-1.0);
  double low = 0, high = 1 / *std::min_element(response.rates.begin(), response.rates.end());
  for (int k = 0; k < 200 && low < high; ++k) {
    const double middle = (low + high) / 2;
    (response.at(middle) < wanted ? low : high) = middle;
  }
  return Time(high);
}

}  // namespace ranvier
