#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ranvier {

/// Stable identifiers of everything that can be wrong with a model. The number is part of the contract:
/// once released it never changes its meaning. RV01xx text, RV02xx names, RV03xx dimensions, RV04xx types
/// and writes, RV05xx integration, RV06xx flags and structure, RV07xx connections, RV08xx sessions
/// of the tool, RV09xx limits.
enum class DiagnosticCode : std::uint16_t {
  syntax = 101,            // a token where another was expected
  missing_unit = 102,      // an equation without ": unit"
  caret_power = 103,       // ^ written for **
  implicit_product = 104,  // 3 x, k(v - w)
  forbidden_operator = 105,
  chained_comparison = 106,
  bad_number = 107,
  bad_character = 108,
  bad_statement = 109,  // not `name op expression`
  bad_assignment_operator = 110,
  unbalanced_parenthesis = 111,
  empty_expression = 112,
  bad_flag_list = 113,
  bad_generator = 114,

  unknown_name = 201,
  unknown_function = 202,
  wrong_argument_count = 203,
  not_a_function = 204,
  function_without_call = 205,
  duplicate_name = 206,
  reserved_name = 207,
  cyclic_definition = 208,
  read_before_set = 209,
  unknown_unit = 210,
  scaled_unit = 211,
  bad_identifier = 213,
  shadowed_name = 214,  // warning
  unused_local = 215,   // warning
  unavailable_name = 216,
  unused_constant = 217,     // warning
  hidden_constant = 218,     // warning
  ambiguous_constant = 219,  // warning
  recursive_function = 230,

  wrong_dimension = 301,     // right-hand side against the declared unit
  dimension_mismatch = 302,  // + - % comparisons
  argument_dimension = 303,
  exponent_dimension = 304,
  exponent_not_constant = 305,
  assignment_dimension = 306,
  floor_dimension = 307,

  not_boolean = 401,
  boolean_operand = 402,
  wrong_type = 403,
  read_only = 404,
  write_subexpression = 405,
  write_shared = 406,
  refractory_type = 407,
  integer_type = 408,
  integer_range = 420,     // warning
  division_by_zero = 421,  // warning
  not_finite = 422,        // warning
  float_equality = 423,    // warning
  negative_duration = 424,

  unknown_method = 501,
  method_not_applicable = 502,
  no_method = 503,
  noise_placement = 504,
  bad_method = 505,
  unaligned_array = 530,      // warning
  value_out_of_bounds = 540,  // warning, or an error if the watch is to stop the run

  unknown_flag = 601,
  misplaced_flag = 602,
  reset_without_threshold = 603,
  refractory_without_threshold = 604,
  shared_uses_vector = 605,
  differential_type = 606,
  not_supported = 607,
  flag_without_effect = 608,  // warning
  always_spiking = 609,       // warning
  pathway_without_threshold = 620,
  random_refractory = 621,   // warning
  rate_beyond_step = 622,    // warning
  spikes_in_the_past = 623,  // warning
  many_steps = 624,          // warning
  uneven_time = 625,         // warning
  conflicting_flags = 630,
  draw_in_subexpression = 631,
  unlinked_variable = 632,
  summed_target = 633,
  mixed_driving = 634,
  event_driven_unsolvable = 635,
  clock_driven_assumed = 636,  // warning
  order_dependent = 637,       // warning

  zero_step = 701,
  index_out_of_range = 702,
  bad_sample = 703,
  bad_copies = 704,

  // Lines of a session of the tool.
  unknown_command = 801,
  bad_line = 802,
  refused = 803,

  too_deep = 901,
  too_long = 902,
  too_many_nodes = 903,
  too_many_candidates = 904,
  too_many_identifiers = 905,
  too_large_exponent = 906,
  too_many_operations = 907,
};

struct CodeText {
  DiagnosticCode code;
  std::string_view title;  // one line
  std::string_view text;   // a paragraph: what it means and how to mend it
};

/// The row of the table for a code; every code has one.
const CodeText& describe(DiagnosticCode code);
/// All rows, by rising number.
std::span<const CodeText> all_codes();
/// As users see it: "RV0301".
std::string code_name(DiagnosticCode code);
/// The row of "RV0301" (any case), or nullptr.
const CodeText* find_code(std::string_view name);

}  // namespace ranvier
