#include <fmt/format.h>
#include <ranvier/compiler/compile_operation.hpp>
#include <ranvier/runtime/adopt.hpp>
#include <ranvier/runtime/code_operation.hpp>

// The factories of what happens beside the models: code, calls of the host.
namespace ranvier {

CodeOperation& Network::add_code(const CodeTarget& target, const std::string& kind, const std::string& text,
                                 const std::function<const Clock&(const std::string&)>& clock,
                                 const OperationOptions& options) {
  const std::string owner = target.object.name();
  const SourcePtr source = make_source(fmt::format("{} of {}", kind, owner), text);
  const Namespace known = target.object.names_within(names_);
  Code code =
      std::visit([&](const auto* model) { return declare_operation(*model, source, known, &compile_times_); },
                 target.model);
  if (code.empty()) throw NetworkError(fmt::format("{} of '{}': there is no code to run", kind, owner));
  const std::string name = name_for(options.name, fmt::format("{}_{}", owner, kind).c_str());
  return adopt<CodeOperation>(name, target, clock(name), std::move(code), options);
}

CodeOperation& Network::run_regularly(const CodeTarget& target, const std::string& code,
                                      const OperationOptions& options) {
  const auto clock = [&](const std::string& name) -> const Clock& {
    return clock_for(name, options.dt, options.clock, target.object.clock());
  };
  return add_code(target, "run_regularly", code, clock, options);
}

CodeOperation& Network::run_at(const CodeTarget& target, const std::string& code, std::span<const Time> times,
                               const RunAtOptions& options) {
  const auto clock = [&](const std::string&) -> const Clock& { return this->clock(times); };
  return add_code(target, "run_at", code, clock, {{}, nullptr, options.when, options.order, options.name});
}

HostOperation& Network::network_operation(HostCode function, const OperationOptions& options) {
  const std::string name = name_for(options.name, "networkoperation");
  if (!function) throw NetworkError(fmt::format("'{}': there is no function to call", name));
  const Clock& rhythm = clock_for(name, options.dt, options.clock, clock());
  return adopt<HostOperation>(name, std::move(function), rhythm, options);
}

CodeOperation& Slice::run_regularly(const std::string& code, const OperationOptions& options) const {
  return group_->network_of().run_regularly(*this, code, options);
}
CodeOperation& Slice::run_at(const std::string& code, std::span<const Time> times,
                             const RunAtOptions& options) const {
  return group_->network_of().run_at(*this, code, times, options);
}
CodeOperation& Synapses::run_regularly(const std::string& code, const OperationOptions& options) {
  settle(), pin();
  return network_.run_regularly(*this, code, options);
}
CodeOperation& Synapses::run_at(const std::string& code, std::span<const Time> times,
                                const RunAtOptions& options) {
  settle(), pin();
  return network_.run_at(*this, code, times, options);
}

}  // namespace ranvier
