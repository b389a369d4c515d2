#include <httplib.h>

#include <cmath>
#include <cstdlib>
#include <mutex>

#include <ranvier/tools/playground_page.hpp>
#include <ranvier/tools/playground_server.hpp>

namespace ranvier::tool {
namespace {

constexpr const char* here = "127.0.0.1";  // nobody else's business

void set_from(Playground& playground, const httplib::Request& request) {
  for (const auto& [name, text] : request.params) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !std::isfinite(value))
      throw NetworkError("\"" + text + "\" is no value for the slider \"" + name + "\"");
    playground.set(name, {value, playground.value(name).dimension});
  }
}

}  // namespace

int serve_playground(Playground& playground, int port, const std::function<void(int)>& ready) {
  httplib::Server server;
  std::mutex one_at_a_time;
  const std::string page = live_page(playground);
  server.Get("/", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(page, "text/html");
  });
  server.Get("/run", [&](const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(one_at_a_time);
    try {
      set_from(playground, request);
      response.set_content(answer(playground.run()), "application/json");
    } catch (const std::exception& error) {
      response.status = 400;
      response.set_content(error.what(), "text/plain");
    }
  });
  const int bound = port == 0 ? server.bind_to_any_port(here) : (server.bind_to_port(here, port) ? port : -1);
  if (bound < 0)
    throw NetworkError("port " + std::to_string(port) + " of this machine is taken; give another one, or 0");
  playground.run();
  ready(bound);
  return server.listen_after_bind() ? 0 : 1;
}

}  // namespace ranvier::tool
