#include <algorithm>
#include <cctype>
#include <ranvier/grammar/codes.hpp>
#include <stdexcept>

namespace ranvier {
namespace {

using enum DiagnosticCode;

// By rising number: the table is searched by bisection.
constexpr CodeText table[] = {
    {syntax, "the text does not follow the grammar",
     "Something stands where the language has no use for it, or something is missing. Expressions are "
     "built from numbers, names, calls, the operators + - * / // % **, comparisons, and, or, not, and "
     "parentheses, with the meaning and precedence that Python gives them. The message says what was "
     "expected at the caret."},
    {missing_unit, "an equation has no unit",
     "Every line of an equation block ends in a colon and a unit: `dv/dt = -v/tau : volt`. Use `: 1` for "
     "a number without a dimension. The unit is what lets the compiler check that the equation makes "
     "sense."},
    {caret_power, "^ is not an operator",
     "Powers are written with two asterisks: `v**2`, and in units `meter**2`."},
    {implicit_product, "an operator is missing between two operands",
     "A product is never implied by writing its factors side by side: write `3*x`, `2*mV`, `(a)*(b)`."},
    {forbidden_operator, "this operator does not exist in the language",
     "Logic is written with the words and, or, not; equality with ==. Bit operators, assignments inside "
     "expressions, subscripts, attributes, strings and conditional expressions do not exist; "
     "`int(condition)*x` takes x only where the condition holds."},
    {chained_comparison, "comparisons cannot be chained", "Write `a < b and b < c` for `a < b < c`."},
    {bad_number, "this is not a number",
     "Numbers are written like 3, 0.5, .5, 5., 1e-3, 0x10, 0o17, 0b11, with `_` allowed between digits. "
     "A whole number beyond 2**53 cannot be represented exactly and has to be written as a real one "
     "(1e16); a real number must be between 5e-324 and 1.8e308."},
    {bad_character, "a character that has no meaning in the language",
     "Outside comments only ASCII characters are allowed: names are made of letters, digits and _. Texts "
     "copied from a document often bring typographic minus signs, multiplication signs or non-breaking "
     "blanks along."},
    {bad_statement, "this is not a statement",
     "Code consists of statements `name op expression`, with one of = += -= *= /= %=, on lines of their "
     "own or separated by `;`. There is no if, for or print; a choice is written arithmetically: `v = "
     "int(v > 0)*v`."},
    {bad_assignment_operator, "this assignment operator does not exist",
     "Statements assign with = += -= *= /= or %=. Write others out: `x = x**2`, `x = x // 2`, `n += 1`."},
    {unbalanced_parenthesis, "a parenthesis has no partner",
     "Every ( needs its ). The caret points at the one without a partner."},
    {empty_expression, "an expression is missing", "There is nothing where a value was expected."},
    {bad_flag_list, "the list of flags cannot be read",
     "Flags stand between parentheses behind the unit, separated by commas: `v : volt (constant, "
     "shared)`. A flag is made of words, like `unless refractory`. An empty list is left out altogether."},
    {bad_generator, "a connection generator cannot be read",
     "A generator is `element for k in range(low, high, step) if condition`, or with `sample(low, high, "
     "step, p=...)` or `sample(low, high, step, size=...)`. low, step, the whole `for` part and the `if` "
     "part "
     "may be left out."},

    {unknown_name, "a name that nothing defines",
     "A name must be a variable of the group, a special variable such as t, dt, i or N, a constant (pi, "
     "e, inf), a unit, or a key of the namespace that was given to the group or the network."},
    {unknown_function, "a function that does not exist",
     "A function is one of the language, or a key of the namespace that holds a function or a timed array. "
     "One of your own whose name resembles one of the language has to be there when the text is given."},
    {wrong_argument_count, "a function has too many or too few arguments",
     "Each function takes a fixed number of arguments, which the message names."},
    {not_a_function, "a variable is called like a function",
     "A name in front of parentheses is a call. If a product is meant, write `k*(v - w)`."},
    {function_without_call, "a function is used without its arguments",
     "A function needs parentheses, also without arguments: `rand()`."},
    {duplicate_name, "a name is defined twice",
     "Each variable has one equation. If two contributions are meant, add them in one right-hand side."},
    {reserved_name, "a name that the language keeps for itself",
     "Words of the language, special variables (t, dt, i, N, xi ...), functions, constants and units "
     "cannot be defined again. Choose another name."},
    {cyclic_definition, "subexpressions refer to each other in a circle",
     "A subexpression is a name for its right-hand side and therefore cannot depend on itself, directly "
     "or through others. A quantity that depends on its own past needs a differential equation."},
    {read_before_set, "a temporary variable is read before it is set",
     "A name that is no variable of the model is local to the code that assigns it, and has no value "
     "before its first assignment. Often this is a misspelt variable."},
    {unknown_unit, "a unit that does not exist",
     "The unit of an equation is built from the names of base units (volt, amp, siemens, farad, second, "
     "meter, hertz ...) with *, / and **, or is one of 1, boolean, integer."},
    {scaled_unit, "the unit of an equation must not have a scale",
     "Values are stored in base units, so equations declare volt rather than mV. Scaled units are for "
     "values: `v = 20*mV`."},
    {bad_identifier, "this cannot be a name",
     "A name starts with a letter and continues with letters, digits and _. Names that start with _ are "
     "kept for internal use."},
    {shadowed_name, "a name hides another meaning",
     "A variable of the model or of the code has the name of something else, which it hides. It works, "
     "but readers will be misled; choose another name."},
    {unused_local, "a temporary variable is never read",
     "A name that is no variable of the model is local to the code that assigns it. If nothing reads it "
     "there, the assignment has no effect. Often this is a misspelt variable."},
    {unavailable_name, "a name has no value at this place",
     "The parts of a connection are computed one after the other: first the bounds and sizes, from the "
     "neuron "
     "of the outer loop; then the element, from the loop variable, too; the condition comes last and may use "
     "everything of both neurons."},
    {unused_constant, "a constant that nothing uses",
     "A constant was given, but no text of the network reads its name. Often the name is misspelt."},
    {hidden_constant, "a constant that a variable hides",
     "A constant of the network has the name of a variable of a group. In the texts of that group the name "
     "is "
     "the variable; give one of the two another name."},
    {ambiguous_constant, "a constant with two values",
     "A constant of the network has another value in the namespace of an object, which uses its own. Give "
     "the "
     "two different names, or one value."},
    {recursive_function, "a function calls itself",
     "The text of a function is put in the place of its call, so a function whose text calls the function "
     "itself, directly or through others, would never end. Write out what it stands for."},

    {wrong_dimension, "the right-hand side has another dimension than declared",
     "A subexpression must have the unit behind its colon; the right-hand side of dv/dt must have the "
     "unit of v divided by second. The message shows both sides."},
    {dimension_mismatch, "two quantities of different dimension are combined",
     "Both sides of +, -, % and of comparisons must have the same dimension. A bare number has none: "
     "write `v > 20*mV`, `v = 0*mV`."},
    {argument_dimension, "an argument has the wrong dimension",
     "Functions such as exp, sin or log take numbers without a dimension. Divide by a scale: `exp((v - "
     "VT)/DeltaT)`."},
    {exponent_dimension, "an exponent has a dimension", "An exponent must be a number without a dimension."},
    {exponent_not_constant, "the exponent of a quantity with a dimension is not a fixed number",
     "The dimension of `x**n` depends on n, so n must be known while compiling: a literal, or arithmetic "
     "on literals."},
    {assignment_dimension, "the assigned value has another dimension than the variable",
     "For =, +=, -= and %= the value needs the dimension of the variable; for *= and /= it must have "
     "none."},
    {floor_dimension, "// needs numbers without a dimension",
     "Floor division depends on the unit one counts in. Divide first: `(x/ms) // 1`."},

    {not_boolean, "a condition is needed here",
     "Thresholds, connection conditions and selections must be true or false: a comparison, or "
     "comparisons joined by and, or, not."},
    {boolean_operand, "and, or, not need conditions on both sides",
     "Numbers are not conditions: write `x > 0 and y > 0`."},
    {wrong_type, "an expression has the wrong type",
     "The types are boolean, integer and float; the message says which one is needed here. `int(x)` "
     "turns a condition or a float into an integer."},
    {read_only, "this variable cannot be written",
     "Special variables (t, dt, i, N ...), constants and parameters declared (constant) keep their value "
     "while the network runs."},
    {write_subexpression, "a subexpression cannot be written",
     "A subexpression is computed from its right-hand side whenever it is used. Write the variables that "
     "it depends on."},
    {write_shared, "a shared variable cannot be written here",
     "A shared variable has one value for the whole group, but this code runs for single elements."},
    {refractory_type, "refractory is neither a duration nor a condition",
     "Give a duration (5*ms, or an expression in seconds) or a condition under which the neuron stays "
     "refractory."},
    {integer_type, "a whole number is needed here", "Use `int(...)` to turn a float into an integer."},
    {integer_range, "a number that does not fit an integer variable",
     "Variables declared `: integer` are stored in 32 bits. Numbers beyond wrap around; use a variable "
     "declared "
     "`: 1`, which holds whole numbers up to 2**53 exactly."},
    {division_by_zero, "a division by zero",
     "The divisor is a literal zero. Floats give inf or nan, integers 0."},
    {not_finite, "literals that combine to inf or nan",
     "The value of this expression is known while compiling, and it is no finite number. Write `inf` if that "
     "is "
     "what is meant."},
    {float_equality, "floats compared for equality",
     "A float that was computed seldom equals another one to the last bit. Compare with < or >, or ask "
     "whether "
     "the difference is small."},
    {negative_duration, "a duration is negative", "A refractory period is zero or longer."},

    {unknown_method, "an integration method that does not exist",
     "The message lists the methods that exist. Leave the method out to have one chosen."},
    {method_not_applicable, "the integration method does not fit the equations",
     "The message says which property the method needs and which equation lacks it."},
    {no_method, "no integration method fits the equations",
     "None of the methods can integrate these equations; the message says why each was refused."},
    {noise_placement, "xi stands where it cannot be integrated",
     "Noise enters an equation as a factor of one term, `sigma*sqrt(2/tau)*xi`: not inside a function or "
     "a power, and the same xi not in several equations. Name it (xi_1) to have several sources."},
    {bad_method, "a mistake in the lines of an integration method",
     "A method of your own is lines `name = expression` over x, t, dt, f(x, t), and g(x, t) and dW of each "
     "noise; the line `x_new = ...` says what the new state is."},
    {unaligned_array, "the values of a timed array change within time steps",
     "A timed array is read once a step, at the time at which the step begins. If its dt is no multiple of "
     "the step, a value lasts one step more or less from one time to the next, and with a dt below the step "
     "values are left out. Choose a dt for the array, or a step, of which one is a multiple of the other."},
    {value_out_of_bounds, "a variable became not a number, infinite or too large",
     "The message says which variable of which element, and with a watch over each step also at which step "
     "and in which part of the code. Often the step is too long for the method, or a function meets an "
     "argument that it has no value for: a logarithm or a root of a negative number, a division by zero."},

    {unknown_flag, "a flag that does not exist",
     "The message lists the flags that this kind of equation can have."},
    {misplaced_flag, "a flag does not fit this kind of equation",
     "Some flags are for parameters, some for subexpressions, some for differential equations."},
    {reset_without_threshold, "a reset without a threshold",
     "Without a threshold the group never spikes, so that its reset would never run."},
    {refractory_without_threshold, "a refractory period without a threshold",
     "Without a threshold the group never spikes, so that it never becomes refractory."},
    {shared_uses_vector, "a shared subexpression uses values of single elements",
     "A (shared) subexpression has one value for the whole group and may use only shared variables and "
     "constants."},
    {differential_type, "a differential equation must be for a float",
     "Booleans and integers cannot change continuously; assign them in statements."},
    {not_supported, "this part of the language is not supported yet",
     "The text is valid, but this version cannot execute it."},
    {flag_without_effect, "a flag has no effect here",
     "The flag is accepted, but nothing in this group makes use of it."},
    {always_spiking, "the neuron would spike in every step",
     "The reset leaves the threshold condition true, and there is no refractory period."},
    {pathway_without_threshold, "code for the spikes of a group that never spikes",
     "The code of a pathway runs when a neuron of the source spikes, and a group without a threshold has no "
     "spikes. Give the source a threshold."},
    {random_refractory, "a refractory period that is drawn anew in every step",
     "The refractory period is evaluated in every step, so one that draws a random number ends at the first "
     "short draw. Draw the number once, in the reset, and keep it in a parameter."},
    {rate_beyond_step, "a rate of more than one spike a step",
     "A Poisson neuron spikes at most once in a step, so a rate beyond 1/dt cannot be reached. Shorten dt, "
     "or "
     "use more neurons."},
    {spikes_in_the_past, "spikes that never come",
     "A spike generator was given times that had passed already. Times count from the beginning of the first "
     "run, not from the beginning of the next one: add the network's time to them."},
    {many_steps, "a run of more than 2^40 steps",
     "The time of a step is its number times dt, rounded to a double. Beyond 2^40 steps the rounding is more "
     "than a "
     "ten-thousandth of a step, by which times may differ that are taken for one. Beyond 2^53 steps a run is "
     "refused."},
    {uneven_time, "a time that is counted in steps and is no multiple of dt",
     "`timestep(T, dt)` is the number of whole steps in T: what is left of T is cut off. Give T a multiple "
     "of "
     "dt, or shorten dt."},
    {conflicting_flags, "two flags exclude each other",
     "Each flag is right by itself, but no equation can be both. The message says why; leave one of them "
     "out."},
    {draw_in_subexpression, "a subexpression draws a random number at every use",
     "A subexpression is put in wherever its name stands, so it would have another value at each of these "
     "places. `(constant over dt)` has it computed once a step, and everything reads that value."},
    {unlinked_variable, "a linked variable is linked to nothing",
     "A linked variable has no values of its own. Say what it stands for before the first run: "
     "`group.link(\"x\", other[\"v\"])`."},
    {summed_target, "a sum over synapses has nowhere to go",
     "A (summed) subexpression `x_post` is the value of the parameter x of the target neurons, which must "
     "have "
     "the same unit and no expression of its own; `x_pre` is that of the source neurons."},
    {mixed_driving, "equations between spikes and equations of every step read each other",
     "The value of an event-driven variable is known only when a spike arrives, so equations and sums of "
     "every "
     "step cannot read it; nor can it follow what changes in between."},
    {event_driven_unsolvable, "an event-driven equation that cannot be solved between events",
     "An event-driven equation is solved in one go from one event of its synapse to the next. It has to be "
     "linear, with coefficients that keep their value in between: without time, timed arrays, noise and "
     "random "
     "numbers. With the flag `clock-driven` it is integrated in every step instead."},
    {clock_driven_assumed, "an equation of synapses does not say when it is integrated",
     "Without a flag it is `clock-driven`: integrated in every step, for every synapse. A trace that decays "
     "between spikes costs far less as `event-driven`; otherwise say `clock-driven`."},
    {order_dependent, "the result depends on the order in which synapses are taken",
     "Code of synapses runs for one synapse after the other: oldest spikes first, then by the number of the "
     "neuron, then by the number of the synapse. Where one synapse reads or replaces what another has just "
     "written to a neuron they share, other orders would give other results."},

    {zero_step, "a range has the step 0",
     "Such a range would never end. A step is a whole number that is not 0; a negative one counts down."},
    {index_out_of_range, "a generator gives a neuron that does not exist",
     "Neurons are numbered from 0 within their group or slice. Leave the others out by a condition, or all "
     "of them with `.skip_if_invalid = true`."},
    {bad_sample, "a probability or a sample size is impossible",
     "A probability lies in [0, 1]; a sample has at least 0 and at most as many members as there are to "
     "choose from. `clip(p, 0, 1)` cuts off a probability; `.skip_if_invalid = true` cuts off sizes."},
    {bad_copies, "a negative number of copies",
     "n is the number of synapses to make for each pair: 0 or more."},

    {unknown_command, "a line of a session begins with a word that is no command",
     "A line of a session is a command with what it is about, an equation `x = ... : unit`, a constant "
     "`tau = 10*ms`, an assignment `v = ...` of a variable, or an expression. `ranvier help` lists the "
     "commands."},
    {bad_line, "a line of a session is not what its command asks for",
     "Every command has its own form, which the message shows; `ranvier help COMMAND` explains it."},
    {refused, "the network refuses a line of a session",
     "The texts are right, but what they ask for cannot be done: neurons that do not exist, a number that "
     "does "
     "not fit, a name that is taken. The message says what was given and what is allowed."},

    {too_deep, "an expression is nested too deeply",
     "Texts are bounded so that a hostile one cannot exhaust the machine. Split the expression with "
     "subexpressions, or raise the limit that the message names."},
    {too_long, "a text is too long",
     "Texts are bounded so that a hostile one cannot exhaust the machine. Split the text, or raise the "
     "limit that the message names."},
    {too_many_nodes, "an expression has too many parts",
     "Texts are bounded so that a hostile one cannot exhaust the machine. Split the expression with "
     "subexpressions, or raise the limit that the message names."},
    {too_many_candidates, "a generator has too many candidates",
     "The neurons that a range or sample proposes for one neuron are bounded, so that a mistyped bound does "
     "not keep the machine busy for ever."},
    {too_many_identifiers, "a text uses too many different names",
     "Texts are bounded so that a hostile one cannot exhaust the machine. Split the model into several "
     "groups, "
     "or raise the limit that the message names."},
    {too_large_exponent, "the dimension of a power is beyond reason",
     "A power of a quantity has a dimension whose exponents are those of the quantity times the exponent. "
     "They "
     "are bounded; take powers of numbers without unit, or raise the limit that the message names."},
    {too_many_operations, "a group computes too much in one step",
     "The machine code of one step is bounded, because the time to make it grows with its length. Split the "
     "model into several groups, or raise the limit that the message names."},
};

}  // namespace

std::span<const CodeText> all_codes() {
  return table;
}

const CodeText& describe(DiagnosticCode code) {
  const auto row = std::ranges::lower_bound(table, code, {}, &CodeText::code);
  if (row == std::end(table) || row->code != code) throw std::logic_error("a diagnostic code without a row");
  return *row;
}

std::string code_name(DiagnosticCode code) {
  const std::string digits = std::to_string(static_cast<int>(code));
  return "RV" + std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits;
}

const CodeText* find_code(std::string_view name) {
  std::string upper(name);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const auto row = std::ranges::find_if(table, [&](const CodeText& r) { return code_name(r.code) == upper; });
  return row == std::end(table) ? nullptr : row;
}

}  // namespace ranvier
