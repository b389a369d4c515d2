#pragma once
#include <ranvier/tools/command.hpp>
#include <ranvier/tools/reader.hpp>
#include <ranvier/tools/session.hpp>

/// The functions of the commands, each reading what stands behind its word.
namespace ranvier::tool {

// say_model.cpp
void say_seed(Session&, Reader&);
void say_dt(Session&, Reader&);
void say_group(Session&, Reader&);
void say_slice(Session&, Reader&);
void say_equations(Session&, Reader&);
void say_threshold(Session&, Reader&);
void say_reset(Session&, Reader&);
void say_refractory(Session&, Reader&);
void say_method(Session&, Reader&);
void say_event(Session&, Reader&);
void say_on_event(Session&, Reader&);

// say_inputs.cpp
void say_poisson(Session&, Reader&);
void say_generator(Session&, Reader&);
void say_timed_array(Session&, Reader&);
void say_poisson_input(Session&, Reader&);
void say_regularly(Session&, Reader&);
void say_inject(Session&, Reader&);

// say_synapses.cpp
void say_synapses(Session&, Reader&);
void say_on_pre(Session&, Reader&);
void say_on_post(Session&, Reader&);
void say_delay(Session&, Reader&);
void say_connect(Session&, Reader&);

// say_values.cpp
/// `a:b` or `a` in brackets, of `size` elements.
std::pair<std::int64_t, std::int64_t> read_range(const Place& inner, std::int64_t size);
void say_set(Session&, Reader&);
void say_constant(Session&, const Place& line, const std::string& name, const Place& value);
void say_function(Session&, const Place& line);
void say_assignment(Session&, const Place& line, const Place& target, AssignOp op, const Place& value);

// say_monitors.cpp
void say_spikes(Session&, Reader&);
void say_trace(Session&, Reader&);
void say_rate(Session&, Reader&);

// say_session.cpp
void say_run(Session&, Reader&);
void say_undo(Session&, Reader&);
void say_save(Session&, Reader&);
void say_load(Session&, Reader&);
void say_list(Session&, Reader&);
void say_help(Session&, Reader&);
void say_quit(Session&, Reader&);

// show_figures.cpp
void say_plot(Session&, Reader&);
void say_raster(Session&, Reader&);

// show_code.cpp
/// The handle of the group or the synapses that have a variable; "" if none have.
std::string owner_of(Session& session, std::string_view variable);
void say_explain(Session&, Reader&);
void say_kernel(Session&, Reader&);
void say_ir(Session&, Reader&);
void say_asm(Session&, Reader&);
void say_units(Session&, Reader&);
void say_warnings(Session&, Reader&);

// Shared by them.
/// Neurons as a command names them: `cells`, `cells[0:300]`.
Neurons read_neurons(Session&, const Place&);
/// The group that is open, which becomes one neuron called `neurons` if there is none; or throws.
Step& open_group(Session&, const Place& line);
Step& open_synapses(Session&, const Place& line, const std::string& command);
/// A line of equations of what is open.
void add_equation(Session&, const Place& line);
/// Tells a person at once what is wrong with a group.
void check_at_once(Session&, const Step& group);
ModelError unknown(const std::string& what, const Place& place, const std::vector<std::string>& known);

}  // namespace ranvier::tool
