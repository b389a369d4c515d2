#pragma once

/// Everything that a program which embeds Ranvier needs.
#include <ranvier/compiler/equations.hpp>
#include <ranvier/compiler/function.hpp>
#include <ranvier/compiler/timed_array.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/models/neuron_model.hpp>
#include <ranvier/models/plasticity.hpp>
#include <ranvier/models/playground.hpp>
#include <ranvier/models/point_neuron_model.hpp>
#include <ranvier/plot/figure.hpp>
#include <ranvier/plot/graph.hpp>
#include <ranvier/runtime/connection_rules.hpp>
#include <ranvier/runtime/export.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/recording.hpp>
#include <ranvier/runtime/sweep.hpp>
