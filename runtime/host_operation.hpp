#pragma once
#include <concepts>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

#include <ranvier/runtime/object.hpp>
#include <ranvier/runtime/operations.hpp>

namespace ranvier {

/// A function of the host, of the time or of nothing.
class HostCode {
 public:
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, HostCode> &&
             (std::invocable<F&, Time> || std::invocable<F&>))
  HostCode(F function) {
    if constexpr (std::invocable<F&, Time>) {
      call_ = std::move(function);
    } else {
      std::function<void()> plain = std::move(function);
      if (plain) call_ = [plain = std::move(plain)](Time) { plain(); };
    }
  }

  explicit operator bool() const { return static_cast<bool>(call_); }
  void operator()(Time t) const { call_(t); }

 private:
  std::function<void(Time)> call_;
};

/// A call of the host in every step of a clock: made by Network::network_operation. Deactivate it to pause.
class HostOperation : public Object {
 protected:
  friend class Network;
  HostOperation(Network& network, std::string name, HostCode code, const Clock& clock,
                const OperationOptions& options)
      : Object(network, std::move(name), clock),
        code_(std::move(code)),
        when_(options.when),
        order_(options.order) {}

  void plan(std::vector<PlanEntry>& entries) override;

 private:
  void execute(const Clock& clock);

  HostCode code_;
  std::string when_;
  int order_;
};

}  // namespace ranvier
