#pragma once
#include <string>
#include <vector>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {

/// A model builder was asked for something that cannot be built. what() names the call and lists every
/// problem, each with what was expected. A call that throws has changed nothing.
class ModelBuilderError : public Error {
 public:
  ModelBuilderError(const std::string& call, std::vector<std::string> problems);
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::vector<std::string> problems_;
};

/// Collects what is wrong with one builder call, so that a user sees all of it at once.
class Problems {
 public:
  /// `call` is how the message names the call: "PointNeuronModel", "synapse \"AMPA\" with tag \"ext\"".
  explicit Problems(std::string call) : call_(std::move(call)) {}

  void add(std::string problem) { list_.push_back(std::move(problem)); }
  std::size_t size() const { return list_.size(); }
  const std::vector<std::string>& list() const { return list_; }
  const std::string& call() const { return call_; }
  /// Throws ModelBuilderError if there is at least one problem.
  void raise_if_any() const;

 private:
  std::string call_;
  std::vector<std::string> list_;
};

/// `"leakyIF", "adex"`: names as a message lists them.
std::string quoted_list(const std::vector<std::string>& names);

/// `no <what> is called "adexx"; did you mean "adex"? Known: "leakyIF", ...`
std::string unknown_name_text(const std::string& what, const std::string& name,
                              const std::vector<std::string>& known);

}  // namespace ranvier
