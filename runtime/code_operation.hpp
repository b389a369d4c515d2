#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/operations.hpp>

namespace ranvier {

class Synapses;

/// Whose elements code runs for.
struct CodeTarget {
  CodeTarget(const Slice& slice);
  CodeTarget(Synapses& synapses);

  Object& object;
  StateOwner& state;
  std::variant<const GroupModel*, const SynapsesModel*> model;
  std::int64_t begin = 0;  // of a slice of neurons; end -1: all elements there are
  std::int64_t end = -1;
};

/// Code that runs for all elements of a group, a slice or synapses, at every step of a clock or at given
/// times: made by `run_regularly` and `run_at`. Deactivate it to pause.
class CodeOperation : public Object {
 public:
  /// The kernels of the last preparation as text.
  std::string kernel_text() const;

 protected:
  friend class Network;
  CodeOperation(Network& network, std::string name, CodeTarget target, const Clock& clock, Code code,
                const OperationOptions& options);

  std::set<std::string> names_in_texts() const override;
  Namespace names_within(const Namespace& network) const override;
  Lowered lower(const Namespace& names) override;
  void attach(Lowered lowered, std::vector<ExecutablePtr> code) override;
  void bind(const RunContext& context) override;
  void plan(std::vector<PlanEntry>& entries) override;

 private:
  class Environment;

  bool is_slice() const { return target_.end >= 0; }
  void execute(const Clock& clock);
  void run(BoundKernel& kernel, const char* block, const Clock& clock, std::int64_t begin, std::int64_t end);

  CodeTarget target_;
  Code code_;
  std::string when_;
  int order_;
  RunContext context_;  // of the random numbers
  std::map<std::string, Array> carried_;
  BoundKernel shared_, each_;
};

}  // namespace ranvier
