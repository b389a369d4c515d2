#include <ranvier/compiler/backends/llvm/jit.hpp>

#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>
#include <llvm/ExecutionEngine/Orc/ExecutorProcessControl.h>
#include <llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/TargetParser/Triple.h>

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

/// A function's name in an object file.
std::string symbol_name(std::string_view function) {
  static const bool underscored = llvm::Triple(host().triple).isOSBinFormatMachO();
  return (underscored ? "_" : "") + std::string(function);
}

llvm::orc::SymbolMap allowed_symbols(llvm::orc::ExecutionSession& process) {
  llvm::orc::SymbolMap symbols;
  const auto add = [&](std::string_view name, const void* address) {
    symbols[process.intern(symbol_name(name))] = {
        llvm::orc::ExecutorAddr::fromPtr(address),
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

/// One per process: the linker without the rest of LLVM's JIT, so that code that was kept needs no code
/// generator. `allowed` holds the addresses of the functions that generated code may call.
struct Session {
  llvm::orc::ExecutionSession process;
  llvm::orc::ObjectLinkingLayer linker;
  llvm::orc::JITDylib& allowed;
  std::atomic<std::uint64_t> libraries{0};

  Session()
      : process(check(llvm::orc::SelfExecutorProcessControl::Create(
            nullptr, std::make_unique<llvm::orc::InPlaceTaskDispatcher>()))),
        linker(process, check(llvm::jitlink::InProcessMemoryManager::Create())),
        allowed(process.createBareJITDylib("allowed")) {
    process.setErrorReporter([](llvm::Error error) { reported += "; " + llvm::toString(std::move(error)); });
    check(allowed.define(llvm::orc::absoluteSymbols(allowed_symbols(process))));
  }
  ~Session() { llvm::consumeError(process.endSession()); }
};

std::shared_ptr<Session> shared_session() {
  static const std::shared_ptr<Session> session = std::make_shared<Session>();
  return session;
}

}  // namespace

struct LinkedCode::Library {
  std::shared_ptr<Session> session = shared_session();  // outlives the library whatever is destroyed first
  llvm::orc::JITDylib& code =
      session->process.createBareJITDylib("kernels" + std::to_string(++session->libraries));

  ~Library() { llvm::consumeError(session->process.removeJITDylib(code)); }
};

LinkedCode::LinkedCode(std::unique_ptr<llvm::MemoryBuffer> object) : library_(std::make_unique<Library>()) {
  library_->code.addToLinkOrder(library_->session->allowed);
  check(library_->session->linker.add(library_->code, std::move(object)));
}

LinkedCode::~LinkedCode() = default;

KernelFn LinkedCode::find(const std::string& symbol) const {
  llvm::orc::ExecutionSession& process = library_->session->process;
  return check(process.lookup({&library_->code}, process.intern(symbol_name(symbol))))
      .getAddress()
      .toPtr<KernelFn>();
}

}  // namespace ranvier::llvm_backend
