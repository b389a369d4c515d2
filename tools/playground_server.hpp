#pragma once
#include <functional>

#include <ranvier/models/playground.hpp>

namespace ranvier::tool {

/// Serves the live page to browsers of this machine until the process ends; port 0 takes a free one. Calls
/// `ready` with the port once it listens. Returns the exit status; throws NetworkError if the port is taken.
int serve_playground(Playground& playground, int port, const std::function<void(int)>& ready);

}  // namespace ranvier::tool
