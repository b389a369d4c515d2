#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/schedule.hpp>

namespace ranvier {

class Network;
class StateOwner;
class Team;
class Watch;

/// What a run fixes: constants, step length, seed.
struct RunContext {
  const Namespace* names = nullptr;
  double dt = 1e-4;  // [s] of the object's clock
  std::uint64_t seed = 0;
  int epoch = 0;  // grows whenever dt changes: steps that have the same number then draw other numbers
  Watch* watch = nullptr;  // over what kernels write
  Team* team = nullptr;    // that works for the network; nullptr: nobody else may
  std::int64_t elements_per_thread = 0;
};

/// What an object needs compiled: its kernels, and what there is to say about them.
struct Lowered {
  std::vector<Kernel> kernels;
  std::vector<std::string> roles{};  // what each kernel is for, in the object's own words
  std::string method;
  std::string reason;
  std::vector<Diagnostic> warnings;
  std::set<std::string> fixed{};  // constants for whose values alone this holds
};

/// What an object is going to keep in memory while a network runs.
struct RecordingDemand {
  double rows = 0;
  double row_bytes = 0;
};

/// Anything a network owns. The protected functions are the network's: it prepares all objects together, so
/// that one run compiles one module and a failure in any object leaves every object as it was.
class Object {
 public:
  virtual ~Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  const std::string& name() const { return name_; }
  /// What the object follows: its own clock, one that it shares, or the network's.
  const Clock& clock() const { return *clock_; }
  /// An object that is not active is left out of every step, from the next one on.
  bool active() const { return active_; }
  void set_active(bool active);

 protected:
  friend class Network;
  Object(Network& network, std::string name, const Clock& clock)
      : network_(network), name_(std::move(name)), clock_(&clock) {}

  /// Names that only this object defines; they win over the network's.
  virtual const Namespace& own_names() const;
  /// Everything its texts may use: its own names, then the network's.
  virtual Namespace names_within(const Namespace& network) const;
  /// Every name that its texts use.
  virtual std::set<std::string> names_in_texts() const { return {}; }
  /// The variables that its texts know, apart from those of other objects.
  virtual const std::vector<Variable>* declared_variables() const { return nullptr; }
  static const Namespace& own_names_of(const Object& object) { return object.own_names(); }
  static const std::vector<Variable>* declared_variables_of(const Object& object) {
    return object.declared_variables();
  }
  static Namespace names_within_of(const Object& object, const Namespace& network) {
    return object.names_within(network);
  }
  /// Texts to kernels. Throws ModelError; changes nothing.
  virtual Lowered lower(const Namespace& names);
  /// Takes over compiled kernels, in the order of `lower`.
  virtual void attach(Lowered lowered, std::vector<ExecutablePtr> code);
  /// Before a run, once there is code: it may store what it has in another order. Returns whether it needs
  /// other code for that.
  virtual bool arrange() { return false; }
  /// Addresses and constants into the kernels; everything that changes without compiling.
  virtual void bind(const RunContext& context);
  /// Adds what this object does in a step.
  virtual void plan(std::vector<PlanEntry>& entries);
  /// Everything that it keeps between two steps and that a model does not say. Overrides call this one first.
  virtual void archive(Archive& archive);
  /// A run has reached its end, or was stopped.
  virtual void after_run() {}
  /// What so many steps of its clock will record.
  virtual RecordingDemand demand(double) const { return {}; }
  /// What its state keeps in memory: now, or in a run.
  virtual std::vector<MemoryItem> memory(bool /*in_run*/) const { return {}; }
  /// Elements of `owner` are about to get other numbers: k becomes numbers[k], or none if that is -1. Throws
  /// NetworkError if this object needs one that is to be gone.
  virtual void require_elements(const StateOwner& /*owner*/,
                                std::span<const std::int32_t> /*numbers*/) const {}
  /// Before that: what belongs to those that are to be gone, and nothing requires, is given up.
  virtual void release_elements(const StateOwner& /*owner*/, std::span<const std::int32_t> /*numbers*/) {}
  virtual void renumber_elements(const StateOwner& /*owner*/, std::span<const std::int32_t> /*numbers*/) {}
  /// `owner` is about to have so many elements: memory that this takes is taken now. Then it has them, or has
  /// them in other places.
  virtual void expect_elements(const StateOwner& /*owner*/, std::int64_t /*count*/) {}
  virtual void follow_elements(const StateOwner& /*owner*/) {}
  /// Throws NetworkError if the steps of a clock cannot get the length that they have in `changed`.
  virtual void require_steps(const Clock& /*clock*/, const Clock& /*changed*/) const {}
  /// Throws NetworkError if it cannot count the steps of its clock up to `end`.
  virtual void require_countable(std::int64_t) const {}
  /// The steps of a clock get another length: what is kept by their numbers is to be kept by the new ones.
  virtual void renumber_steps(const Clock&, const Renumbering&) {}
  /// What there is to warn of that its texts do not say; asked once everything is bound.
  virtual void warn(std::vector<Diagnostic>&) const {}

  Network& network_;

 private:
  std::string name_;
  Namespace compiled_for_;            // the names the current kernels were compiled against
  std::set<std::string> fixed_;       // those whose values must not change
  std::vector<Diagnostic> warnings_;  // of the last compilation
  double compiled_dt_ = 0;            // [s]
  bool compiled_ = false;
  const Clock* clock_;
  bool active_ = true;
};

}  // namespace ranvier
