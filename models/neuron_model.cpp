#include <algorithm>

#include <ranvier/models/coupling.hpp>
#include <ranvier/models/dspike_mechanism.hpp>
#include <ranvier/models/neuron_model.hpp>

// From compartments and couplings to a model, and what can be changed in it then.
namespace ranvier {
namespace {

template <class T>
void take_given(std::optional<T>& value, const std::optional<T>& given) {
  if (given) value = given;
}

bool is_absolute(const CompartmentOptions& options) {
  return options.geometry && std::holds_alternative<Absolute>(*options.geometry);
}

/// Layers: what the model says wins, but for area factors, which belong to one compartment first.
CompartmentOptions merged(CompartmentOptions own, const NeuronModelOptions& model, bool soma) {
  take_given(own.v_rest, model.v_rest);
  if (is_absolute(own)) return own;
  take_given(own.cm, model.cm);
  take_given(own.gl, model.gl);
  take_given(own.r_axial, model.r_axial);
  if (model.override_factors || !own.scale_factor) take_given(own.scale_factor, model.scale_factor);
  if (!soma && (model.override_factors || !own.spine_factor))
    take_given(own.spine_factor, model.spine_factor);
  return own;
}

void check_options(const NeuronModelOptions& options, std::vector<std::string>& problems) {
  Problems found("NeuronModel");
  const auto check = [&](const char* name, const auto& value, Range range) {
    if (value) check_range(name, *value, range, found);
  };
  check("cm", options.cm, Range::positive);
  check("gl", options.gl, Range::not_negative);
  check("r_axial", options.r_axial, Range::positive);
  check("v_rest", options.v_rest, Range::any);
  check("scale_factor", options.scale_factor, Range::positive);
  check("spine_factor", options.spine_factor, Range::positive);
  problems.insert(problems.end(), found.list().begin(), found.list().end());
}

}  // namespace

NeuronModel::NeuronModel(const std::vector<Edge>& edges, const NeuronModelOptions& options)
    : options_(options) {
  if (edges.empty()) problems_.emplace_back("there are no compartments");
  take_compartments(edges);
  apply_options();
  couple(edges);
}

NeuronModel::NeuronModel(const Compartment& compartment, const NeuronModelOptions& options)
    : options_(options) {
  take(compartment);
  apply_options();
}

void NeuronModel::take_compartments(const std::vector<Edge>& edges) {
  for (const Edge& edge : edges) {
    take(edge.a);
    take(edge.b);
  }
}

void NeuronModel::take(const Compartment& compartment) {
  const Compartment* same = find(compartment.name());
  if (!same) {
    compartments_.push_back(compartment);
  } else if (!same->is_like(compartment)) {
    const std::string problem = "two different compartments are called \"" + compartment.name() + "\"";
    if (std::ranges::find(problems_, problem) == problems_.end()) problems_.push_back(problem);
  }
}

void NeuronModel::apply_options() {
  check_options(options_, problems_);
  const bool specific =
      options_.cm || options_.gl || options_.r_axial || options_.scale_factor || options_.spine_factor;
  std::vector<std::string> absolute, cylinders;
  for (Compartment& compartment : compartments_) {
    (is_absolute(compartment.options_) ? absolute : cylinders).push_back(compartment.name());
    compartment.options_ =
        merged(compartment.options_, options_, compartment.kind_ == Compartment::Kind::soma);
    compartment.settle();
  }
  if (!absolute.empty() && !cylinders.empty())
    problems_.push_back("some compartments are cylinders (" + quoted_list(cylinders) +
                        "), others have an absolute geometry (" + quoted_list(absolute) +
                        "); give all of them the same kind");
  if (specific && cylinders.empty())
    problems_.emplace_back(
        "cm, gl, r_axial, scale_factor and spine_factor belong to cylinders, and all compartments have an "
        "absolute geometry");
}

void NeuronModel::couple(const std::vector<Edge>& edges) {
  for (const Edge& edge : edges) couple(edge);
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::string> names;
  for (const Coupled& coupled : couplings_) pairs.emplace_back(coupled.a, coupled.b);
  for (const Compartment& compartment : compartments_) names.push_back(compartment.name());
  check_graph(names, pairs, problems_);
}

void NeuronModel::couple(const Edge& edge) {
  const std::string a = edge.a.name(), b = edge.b.name();
  const std::string call = "{" + a + ", " + b + ", " + ranvier::to_string(edge.coupling) + "}";
  const auto same = [&](const Coupled& other) {
    return (other.a == a && other.b == b) || (other.a == b && other.b == a);
  };
  if (a == b) {
    problems_.push_back(call + ": a compartment cannot be coupled with itself");
    return;
  }
  if (std::ranges::any_of(couplings_, same)) {
    problems_.push_back(call + ": the two are coupled already; give every coupling once");
    return;
  }
  Compartment &first = *find(a), &second = *find(b);
  const auto g = coupling_conductance(edge.coupling, first.options_, second.options_, call, problems_);
  for (const auto& [into, from] : {std::pair(&first, b), std::pair(&second, a)}) {
    Problems problems(call);
    try {
      into->membrane_.add(coupling_mechanism(into->membrane_.site(), from, g, call), problems);
    } catch (const ModelBuilderError& error) {
      for (const std::string& problem : error.problems()) problems_.push_back(call + ": " + problem);
    }
  }
  couplings_.push_back({a, b, g});
}

Compartment* NeuronModel::find(const std::string& compartment) {
  const auto found = std::ranges::find(compartments_, compartment, &Compartment::name);
  return found == compartments_.end() ? nullptr : &*found;
}

Compartment& NeuronModel::compartment(const std::string& name, Problems& problems) {
  Compartment* found = find(name);
  if (!found) problems.add(unknown_name_text("compartment", name, compartment_names()));
  problems.raise_if_any();
  return *found;
}

NeuronModel& NeuronModel::configure_dspikes(const std::string& name, const DSpikeSettings& settings) {
  Problems problems("configure_dspikes \"" + name + "\"");
  std::set<std::string> known;
  std::vector<std::pair<Compartment*, Mechanism>> found;
  std::vector<DSpikeOptions*> changing;
  Problems repeated("");  // what is wrong would be wrong in each of them
  for (Compartment& compartment : compartments_) {
    for (DSpikeOptions& dspikes : compartment.dspikes_) {
      known.insert(dspikes.name);
      if (dspikes.name != name) continue;
      found.emplace_back(
          &compartment, dspikes_mechanism(changed(dspikes, settings), compartment.electrophysiology().area,
                                          compartment.membrane_.site(), found.empty() ? problems : repeated));
      changing.push_back(&dspikes);
    }
  }
  if (found.empty()) problems.add(unknown_name_text("dendritic spike", name, {known.begin(), known.end()}));
  problems.raise_if_any();
  for (DSpikeOptions* dspikes : changing) *dspikes = changed(*dspikes, settings);
  for (auto& [compartment, mechanism] : found) compartment->membrane_.replace(mechanism);
  return *this;
}

ModelNames NeuronModel::names() const {
  return {[this](const std::string& name) {
            const auto all = variables();
            const auto found = all.find(name);
            return found == all.end() ? std::string() : found->second;
          },
          [this](const std::string& name) -> const Parameter* {
            for (const Compartment& compartment : compartments_)
              if (const Parameter* found = compartment.membrane_.find_parameter(name)) return found;
            return nullptr;
          }};
}

NeuronModel& NeuronModel::add_params(std::initializer_list<Namespace::value_type> values) {
  user_.add_params({values.begin(), values.end()}, names());
  return *this;
}

NeuronModel& NeuronModel::add_params(const Namespace& values) {
  user_.add_params({values.begin(), values.end()}, names());
  return *this;
}

NeuronModel& NeuronModel::add_equations(const std::string& text) {
  user_.add_equations(text, names());
  return *this;
}

NeuronModel& NeuronModel::per_neuron(const std::string& constant) {
  Problems problems("per_neuron \"" + constant + "\"");
  const Namespace values = parameters();
  const Parameter* declared = names().declared(constant);
  const auto value = values.find(constant);
  const AnyQuantity* quantity = value == values.end() ? nullptr : value->second.quantity();
  std::vector<std::string> known;
  for (const auto& [name, any] : values) known.push_back(name);
  const std::string by = names().defined_by(constant);
  if (!by.empty() || user_.defines(constant))
    problems.add("it is a variable already, defined by " + (by.empty() ? "add_equations" : by));
  else if (!declared && !quantity)
    problems.add(unknown_name_text("constant of the model", constant, known));
  problems.raise_if_any();
  const Dimension dimension = declared ? declared->dimension : quantity->dimension;
  user_.make_variable(constant, constant + " : " + ranvier::to_string(dimension) + "\n",
                      "per_neuron(\"" + constant + "\")");
  return *this;
}

const Mechanism& NeuronModel::mechanism(const std::string& call, const std::string& compartment,
                                        const std::string& label) {
  Problems problems(call);
  const Membrane& membrane = this->compartment(compartment, problems).membrane_;
  if (const Mechanism* found = membrane.find(label)) return *found;
  std::vector<std::string> labels;
  for (const Mechanism& mechanism : membrane.mechanisms()) labels.push_back(mechanism.label);
  std::string text = "the compartment has no " + label + "; it has: ";
  for (const std::string& other : labels) text += (&other == &labels.front() ? "" : ", ") + other;
  problems.add(text);
  problems.raise_if_any();
  throw std::logic_error("unreachable");
}

void NeuronModel::remove(const std::string& call, const std::string& compartment, const std::string& label) {
  for (const Parameter& parameter : mechanism(call, compartment, label).parameters)
    off_.erase(parameter.name);
  Compartment& owner = *find(compartment);
  owner.membrane_.remove(label);
  std::erase_if(owner.dspikes_,
                [&](const DSpikeOptions& dspikes) { return dspikes_label(dspikes.name) == label; });
}

NeuronModel& NeuronModel::remove_synapse(const std::string& compartment, const std::string& channel,
                                         const std::string& tag) {
  remove("remove_synapse", compartment, synapse_label(channel, tag));
  return *this;
}
NeuronModel& NeuronModel::remove_noise(const std::string& compartment) {
  remove("remove_noise", compartment, noise_label());
  return *this;
}
NeuronModel& NeuronModel::remove_dspikes(const std::string& compartment, const std::string& name) {
  remove("remove_dspikes", compartment, dspikes_label(name));
  return *this;
}

/// What is zero in a mechanism that is switched off: its conductances; of noise, deviation and mean.
void NeuronModel::switch_mechanism(const std::string& call, const std::string& compartment,
                                   const std::string& label, bool on) {
  const std::set<std::string> zero = {"g", "g_rise", "g_fall", "sigma", "mean"};
  for (const Parameter& parameter : mechanism(call, compartment, label).parameters) {
    if (!zero.contains(parameter.asked)) continue;
    if (on)
      off_.erase(parameter.name);
    else
      off_.insert(parameter.name);
  }
}

NeuronModel& NeuronModel::switch_off_synapse(const std::string& compartment, const std::string& channel,
                                             const std::string& tag) {
  switch_mechanism("switch_off_synapse", compartment, synapse_label(channel, tag), false);
  return *this;
}
NeuronModel& NeuronModel::switch_off_noise(const std::string& compartment) {
  switch_mechanism("switch_off_noise", compartment, noise_label(), false);
  return *this;
}
NeuronModel& NeuronModel::switch_off_dspikes(const std::string& compartment, const std::string& name) {
  switch_mechanism("switch_off_dspikes", compartment, dspikes_label(name), false);
  return *this;
}
NeuronModel& NeuronModel::switch_on_synapse(const std::string& compartment, const std::string& channel,
                                            const std::string& tag) {
  switch_mechanism("switch_on_synapse", compartment, synapse_label(channel, tag), true);
  return *this;
}
NeuronModel& NeuronModel::switch_on_noise(const std::string& compartment) {
  switch_mechanism("switch_on_noise", compartment, noise_label(), true);
  return *this;
}
NeuronModel& NeuronModel::switch_on_dspikes(const std::string& compartment, const std::string& name) {
  switch_mechanism("switch_on_dspikes", compartment, dspikes_label(name), true);
  return *this;
}

}  // namespace ranvier
