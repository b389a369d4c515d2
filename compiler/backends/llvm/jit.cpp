#include <ranvier/compiler/backends/llvm/jit.hpp>

#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/Support/MemoryBuffer.h>

#include <atomic>

#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/host.hpp>
#include <ranvier/compiler/backends/llvm/host_functions.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {
namespace {

// What the linker said besides the error that it returns; it works on the thread that asks.
thread_local std::string reported;

// LLVM's errors become exceptions here and nowhere else; no exception passes through a frame of LLVM.
void check(llvm::Error error) {
  const std::string details = std::exchange(reported, "");
  if (error) throw BackendError("LLVM: " + llvm::toString(std::move(error)) + details);
}
template <class T>
T check(llvm::Expected<T> result) {
  if (!result) check(result.takeError());
  return static_cast<T&&>(*result);
}

/// One per process. `allowed` holds the addresses of the functions that generated code may call.
struct Session {
  std::unique_ptr<llvm::orc::LLJIT> jit;
  llvm::orc::JITDylib* allowed = nullptr;
  std::atomic<std::uint64_t> libraries{0};
};

llvm::orc::SymbolMap allowed_symbols(llvm::orc::LLJIT& jit) {
  llvm::orc::SymbolMap symbols;
  const auto add = [&](llvm::StringRef name, const void* address) {
    symbols[jit.mangleAndIntern(name)] = {llvm::orc::ExecutorAddr::fromPtr(address),
                                          llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
  };
  for (const HostFunction& function : host_functions()) add(function.symbol, function.address);
  for (const Elementary& function : elementary_functions()) {
    add(function.library.symbol, function.library.address);
    for (const ElementaryCode& code : function.code)
      if (code.symbol) add(code.symbol, code.address);
  }
  return symbols;
}

std::unique_ptr<Session> make_session() {
  const Host& machine = host();
  auto session = std::make_unique<Session>();
  llvm::orc::JITTargetMachineBuilder target{llvm::Triple(machine.triple)};
  session->jit =
      check(llvm::orc::LLJITBuilder()
                .setJITTargetMachineBuilder(std::move(target))
                .setObjectLinkingLayerCreator([](llvm::orc::ExecutionSession& es, const llvm::Triple&)
                                                  -> llvm::Expected<std::unique_ptr<llvm::orc::ObjectLayer>> {
                  auto memory = llvm::jitlink::InProcessMemoryManager::Create();
                  if (!memory) return memory.takeError();
                  return std::make_unique<llvm::orc::ObjectLinkingLayer>(es, std::move(*memory));
                })
                .setProcessSymbolsJITDylibSetup(
                    [](llvm::orc::LLJIT&) -> llvm::Expected<llvm::orc::JITDylibSP> { return nullptr; })
                .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
                .create());
  llvm::orc::ExecutionSession& es = session->jit->getExecutionSession();
  es.setErrorReporter([](llvm::Error error) { reported += "; " + llvm::toString(std::move(error)); });
  session->allowed = &es.createBareJITDylib("allowed");
  check(session->allowed->define(llvm::orc::absoluteSymbols(allowed_symbols(*session->jit))));
  return session;
}

std::shared_ptr<Session> shared_session() {
  static const std::shared_ptr<Session> session = make_session();
  return session;
}

}  // namespace

struct LinkedCode::Library {
  std::shared_ptr<Session> session = shared_session();  // outlives the library whatever is destroyed first
  llvm::orc::JITDylib& code = session->jit->getExecutionSession().createBareJITDylib(
      "kernels" + std::to_string(++session->libraries));

  ~Library() { llvm::consumeError(session->jit->getExecutionSession().removeJITDylib(code)); }
};

LinkedCode::LinkedCode(std::unique_ptr<llvm::MemoryBuffer> object) : library_(std::make_unique<Library>()) {
  library_->code.addToLinkOrder(*library_->session->allowed);
  check(library_->session->jit->addObjectFile(library_->code, std::move(object)));
}

LinkedCode::~LinkedCode() = default;

KernelFn LinkedCode::find(const std::string& symbol) const {
  return check(library_->session->jit->lookup(library_->code, symbol)).toPtr<KernelFn>();
}

}  // namespace ranvier::llvm_backend
