#include <algorithm>
#include <ranvier/tools/says.hpp>

namespace ranvier::tool {
namespace {

using enum CommandKind;

constexpr Command table[] = {
    {"group", "group NAME N [name=... dt=... order=...]",
     "Begins a group of N neurons: equations, threshold, reset, refractory, events and method belong to it. "
     "With "
     "the name of a group alone, opens it again.",
     model, say_group},
    {"equations", "equations '''...'''", "Several equations of what is open, as a quotation of three marks.",
     model, say_equations},
    {"threshold", "threshold CONDITION", "Neurons of the open group spike when this holds: threshold v > Vt",
     model, say_threshold, true},
    {"reset", "reset STATEMENTS",
     "What a spike does to its neuron: reset v = Vr; w += b. Without statements, forgets the whole session.",
     model, say_reset, true},
    {"refractory", "refractory TIME or CONDITION", "How long a neuron stays refractory: refractory 5*ms",
     model, say_refractory, true},
    {"method", "method NAME", "The integration method of what is open: method rk4", model, say_method, true},
    {"event", "event NAME CONDITION", "Another event of the open group than spikes: event boost v > 0.5",
     model, say_event},
    {"on_event", "on_event NAME STATEMENTS", "What an event does to its neuron: on_event boost w += 1", model,
     say_on_event},
    {"slice", "slice NAME NEURONS[BEGIN:END]", "A name for a part of a group: slice inhibitory cells[0:300]",
     model, say_slice},
    {"poisson", "poisson NAME N RATE [name=...]",
     "N Poisson neurons: poisson input 200 90*Hz. A rate between quotation marks is evaluated in every step: "
     "'50*Hz*(1 + sin(2*pi*t/second))'. Rates between commas are those of the neurons one by one.",
     model, say_poisson},
    {"generator", "generator NAME N indices=0,1 times=10*ms,20*ms [period=... name=...]",
     "Neurons that spike at given times: neuron indices[k] at times[k].", model, say_generator},
    {"timed_array", "timed_array NAME dt=TIME values=X,Y,Z",
     "Values over time, each for dt, for texts to call: NAME(t). Rows parted by ; have columns: NAME(t, i).",
     model, say_timed_array},
    {"poisson_input", "poisson_input NEURONS.VARIABLE n=N rate=RATE weight=W",
     "Adds the events of N Poisson neurons to a variable of every neuron.", model, say_poisson_input},
    {"regularly", "regularly NEURONS [dt=TIME] STATEMENTS",
     "Runs statements for all neurons or synapses at every step, or every dt: regularly cells dt=10*ms v = "
     "0*mV",
     model, say_regularly},
    {"inject", "inject NEURONS [NUMBERS]",
     "Makes neurons spike in the next step, as if they had crossed their threshold: inject cells[0:10], or "
     "inject cells 0,3,7",
     action, say_inject},
    {"synapses", "synapses NAME SOURCE -> TARGET [name=...]",
     "Begins synapses between neurons, parts of groups among them: cells[0:300]. Equations, on_pre, on_post, "
     "delay "
     "and method belong to them; connect makes them. With their name alone, opens them again.",
     model, say_synapses},
    {"on_pre", "on_pre [PATHWAY:] STATEMENTS", "What a spike of the source does: on_pre v_post += w", model,
     say_on_pre, true},
    {"on_post", "on_post [PATHWAY:] STATEMENTS", "What a spike of the target does: on_post w += apre", model,
     say_on_post, true},
    {"delay", "delay TIME", "The delay of the open synapses, the same for all: delay 2*ms", model, say_delay,
     true},
    {"connect", "connect [SYNAPSES] [CONDITION] [p=... n=... i=... j=...]",
     "Makes synapses: connect feedback i != j p=0.15, or connect feedback j='k for k in range(i + 1)'. It "
     "can be said "
     "again between two runs.",
     action, say_connect},
    {"spikes", "spikes NEURONS [name=... event=...]", "Records spikes, or another event.", model, say_spikes},
    {"trace", "trace NEURONS VARIABLES [ELEMENTS] [every=... name=...]",
     "Records variables of neurons or synapses: trace cells v,w 0,1,2; elements are all, 0,5, 0:100:10 or a "
     "condition.",
     model, say_trace},
    {"rate", "rate NEURONS [name=...]", "Records the rate of a population.", model, say_rate},
    {"set", "set VARIABLE = VALUE",
     "Gives a variable a value, as `v = rand()*mV` does; cells.v, cells[0:3].v and cells.v['i < 10'] say "
     "which.",
     action, say_set},
    {"seed", "seed N", "The seed of all random numbers.", model, say_seed, true},
    {"dt", "dt TIME", "The length of a step: dt 0.1*ms", model, say_dt, true},
    {"run", "run DURATION [N=...]", "Runs: run 200*ms. N gives the open group another size first.", action,
     say_run},
    {"plot", "plot [VARIABLES [ELEMENTS]] [FILE]",
     "Draws what was recorded, in the terminal or to a file: plot v, plot v,w 0,3, plot v out.png. Alone, "
     "draws all.",
     show, say_plot},
    {"raster", "raster [NEURONS] [FILE]", "Draws spikes.", show, say_raster},
    {"explain", "explain NAME",
     "A variable: its equation with all subexpressions put in, its method and why, and its code. A constant, "
     "a command, "
     "or a diagnostic: explain RV0301.",
     show, say_explain},
    {"units", "units EXPRESSION", "The unit of a variable or an expression.", show, say_units},
    {"kernel", "kernel [NAME]", "The kernels of a group or of synapses, which its texts become.", show,
     say_kernel},
    {"ir", "ir [NAME]", "The same as LLVM code, before it is optimised.", show, say_ir},
    {"asm", "asm [NAME]", "The same as machine code.", show, say_asm},
    {"warnings", "warnings", "Everything there is to warn about.", show, say_warnings},
    {"list", "list", "Shows what was said so far.", show, say_list},
    {"undo", "undo", "Takes back the last line that was part of the model; everything else is done anew.",
     session, say_undo},
    {"save", "save FILE", "Writes the session to a file that `ranvier run` and `load` read.", session,
     say_save},
    {"load", "load FILE", "Reads a session from a file, behind what was said so far.", session, say_load},
    {"help", "help [COMMAND]", "Lists the commands, or explains one.", show, say_help},
    {"quit", "quit", "Ends the session; so does Ctrl-D.", session, say_quit},
};

}  // namespace

std::span<const Command> commands() {
  return table;
}

const Command* find_command(std::string_view name) {
  const auto row = std::ranges::find(table, name, &Command::name);
  return row == std::end(table) ? nullptr : row;
}

}  // namespace ranvier::tool
