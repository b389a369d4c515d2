#include <algorithm>

#include <ranvier/compiler/units.hpp>
#include <ranvier/models/playground.hpp>
#include <ranvier/models/problems.hpp>

namespace ranvier {

using namespace units;

std::vector<Slider> dspike_sliders(const std::string& compartment, const std::string& dspikes) {
  const std::string of = "_" + dspikes + "_" + compartment;
  return {{"current", "I_ext_" + compartment, 0 * pA, 200 * pA, 120 * pA, 2 * pA},
          {"threshold", "Vth" + of, -70 * mV, 0 * mV, -40 * mV, 0.5 * mV},
          {"g_rise", "g_rise_max" + of, 0 * nS, 40 * nS, 20 * nS, 0.5 * nS},
          {"g_fall", "g_fall_max" + of, 0 * nS, 40 * nS, 20 * nS, 0.5 * nS},
          {"duration_rise", "duration_rise" + of, 0 * ms, 50 * ms, 2 * ms, 0.5 * ms},
          {"duration_fall", "duration_fall" + of, 0 * ms, 50 * ms, 3 * ms, 0.5 * ms},
          {"offset_fall", "offset_fall" + of, 0 * ms, 55 * ms, 1 * ms, 0.5 * ms},
          {"refractory", "refractory" + of, 0 * ms, 100 * ms, 5 * ms, 0.5 * ms},
          {"reversal_rise", "E_rise" + of, 70 * mV, 136 * mV, 70 * mV, 66 * mV}};
}

NeuronModel playground_dendrite(const std::string& name) {
  Dendrite dend({.name = name, .geometry = Absolute{80 * pF, 3 * nS}, .v_rest = -70 * mV});
  dend.dspikes({.name = "Na",
                .threshold = -40 * mV,
                .g_rise = 20 * nS,
                .g_fall = 20 * nS,
                .duration_rise = 2 * ms,
                .duration_fall = 3 * ms,
                .reversal_rise = 70 * mV,
                .reversal_fall = -89 * mV,
                .offset_fall = 1 * ms,
                .refractory = 5 * ms});
  return NeuronModel(dend);
}

namespace {

void require_dimension(const Slider& slider, const AnyQuantity& value) {
  if (value.dimension == slider.step.dimension) return;
  throw NetworkError("the slider \"" + slider.name + "\" is in the unit of " + to_string(slider.step) +
                     ", which " + to_string(value) + " is not");
}

void check(const Slider& slider) {
  for (const AnyQuantity* value : {&slider.minimum, &slider.maximum, &slider.value})
    require_dimension(slider, *value);
  if (slider.minimum.value < slider.maximum.value && slider.step.value > 0) return;
  throw NetworkError("the slider \"" + slider.name +
                     "\" needs a minimum below its maximum and a positive step");
}

void require_constant(const Slider& slider, const NeuronModel& model) {
  std::vector<std::string> known;
  for (const auto& [name, value] : model.parameters()) known.push_back(name);
  for (const Parameter& missing : model.missing_parameters()) known.push_back(missing.name);
  if (std::ranges::find(known, slider.sets) != known.end()) return;
  throw NetworkError("the slider \"" + slider.name + "\" cannot set anything: " +
                     unknown_name_text("variable or constant", slider.sets, known));
}

}  // namespace

Playground::Playground(const NeuronModel& model, const PlaygroundOptions& options)
    : options_(options), sliders_(options.sliders), net_({.dt = options.dt}) {
  std::ranges::for_each(sliders_, check);
  neuron_ = &net_.neuron_group(1, model, {.method = "euler"});
  voltage_ = &net_.state_monitor(*neuron_, {.variables = "V_" + options.compartment, .record = {0}});
  for (const auto& [event, condition] : model.events())
    if (event.ends_with("_" + options.compartment)) events_.push_back(&net_.event_monitor(*neuron_, event));
  for (const Slider& slider : options.sliders) {
    if (!is_variable(slider)) require_constant(slider, model);
    set(slider.name, slider.value);
  }
  net_.store();
}

const Slider& Playground::find(const std::string& name) const {
  const auto slider = std::ranges::find(sliders_, name, &Slider::name);
  if (slider != sliders_.end()) return *slider;
  std::vector<std::string> known;
  for (const Slider& one : sliders_) known.push_back(one.name);
  throw NetworkError(unknown_name_text("slider", name, known));
}

bool Playground::is_variable(const Slider& slider) const {
  return neuron_->model().find(slider.sets) != nullptr;
}

void Playground::set(const std::string& name, const AnyQuantity& value) {
  const Slider& slider = find(name);
  require_dimension(slider, value);
  if (!is_variable(slider)) neuron_->set(slider.sets, value);
  sliders_[static_cast<std::size_t>(&slider - sliders_.data())].value = value;
}

void Playground::set_variables(bool on) {
  for (const Slider& slider : sliders_) {
    if (!is_variable(slider)) continue;
    (*neuron_)[slider.sets] = on ? slider.value : AnyQuantity(0, slider.value.dimension);
  }
}

PlaygroundTrace Playground::run() {
  net_.restore();
  net_.run(options_.before);
  set_variables(true);
  net_.run(options_.stimulus);
  set_variables(false);
  net_.run(options_.after);
  const auto times = voltage_->times();
  PlaygroundTrace trace{{times.begin(), times.end()}, voltage_->trace("V_" + options_.compartment, 0), {}};
  for (const SpikeMonitor* monitor : events_) {
    const auto spikes = monitor->times();
    trace.dspikes.insert(trace.dspikes.end(), spikes.begin(), spikes.end());
  }
  std::ranges::sort(trace.dspikes);
  return trace;
}

}  // namespace ranvier
