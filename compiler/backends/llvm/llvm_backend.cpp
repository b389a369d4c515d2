#include <ranvier/compiler/backends/llvm/llvm_backend.hpp>

#include <fmt/format.h>
#include <llvm-c/Core.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/Target/TargetMachine.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <mutex>
#include <unordered_map>

#include <ranvier/compiler/backends/llvm/code_version.hpp>
#include <ranvier/compiler/backends/llvm/codegen.hpp>
#include <ranvier/compiler/backends/llvm/emit.hpp>
#include <ranvier/compiler/backends/llvm/host.hpp>
#include <ranvier/compiler/backends/llvm/jit.hpp>
#include <ranvier/compiler/backends/llvm/optimise.hpp>
#include <ranvier/compiler/backends/object_cache.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::llvm_backend {
namespace {

class Stopwatch {
 public:
  /// Seconds since the last call.
  double lap() {
    const auto now = Clock::now();
    return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point last_ = Clock::now();
};

class CompiledKernel : public Executable {
 public:
  CompiledKernel(std::shared_ptr<const LinkedCode> code, KernelFn function)
      : code_(std::move(code)), function_(function) {}
  RANVIER_CALLS_GENERATED_CODE std::int64_t run(const KernelArgs& args) const override {
    return function_(&args);
  }

 private:
  std::shared_ptr<const LinkedCode> code_;
  KernelFn function_;
};

/// What this process has compiled and still uses, and the last few modules besides: a program that builds one
/// network after another mostly builds the same kernels again.
class Cache {
 public:
  ExecutablePtr find(const std::string& key) {
    const auto found = known_.find(key);
    return found == known_.end() ? nullptr : found->second.lock();
  }
  void add(const std::string& key, const ExecutablePtr& kernel) { known_[key] = kernel; }
  void keep(std::vector<ExecutablePtr> module) {
    recent_.push_back(std::move(module));
    if (recent_.size() <= kept_modules) return;
    recent_.pop_front();
    std::erase_if(known_, [](const auto& entry) { return entry.second.expired(); });
  }

 private:
  static constexpr std::size_t kept_modules = 16;
  std::unordered_map<std::string, std::weak_ptr<const Executable>> known_;
  std::deque<std::vector<ExecutablePtr>> recent_;
};

Cache& cache() {
  static Cache& instance = *new Cache;  // never destroyed: LLVM's own statics may be gone by then
  return instance;
}
std::mutex& cache_mutex() {
  static std::mutex mutex;
  return mutex;
}

using Object = std::unique_ptr<llvm::MemoryBuffer>;

Object compile(const std::vector<Kernel>& kernels, const CodeOptions& options, Stopwatch& watch,
               BuildTimes& times) {
  llvm::LLVMContext context;
  const auto machine = make_target_machine();
  const auto module = emit_module(context, kernels, options, *machine);
  times.emit += watch.lap();
  optimise(*module, *machine);
  times.optimise += watch.lap();
  return generate_object(*module, *machine);
}

std::vector<ExecutablePtr> link(Object object, std::size_t kernels) {
  const auto code = std::make_shared<const LinkedCode>(std::move(object));
  std::vector<ExecutablePtr> linked;
  for (std::size_t k = 0; k < kernels; ++k)
    linked.push_back(std::make_shared<CompiledKernel>(code, code->find(symbol_of(k))));
  return linked;
}

std::string to_text(const llvm::Module& module) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

class LlvmBackend : public Backend {
 public:
  LlvmBackend(const CodeOptions& options, std::string cache_folder)
      : options_(options), kept_(std::move(cache_folder)) {}
  std::string name() const override { return "llvm"; }
  std::vector<ExecutablePtr> build(const std::vector<Kernel>& kernels, BuildTimes* times) override;
  std::string inspect(const Kernel& kernel, const std::string& what) override;

 private:
  std::vector<ExecutablePtr> build_missing(const std::vector<Kernel>& kernels,
                                           const std::vector<std::string>& keys, BuildTimes& times);

  CodeOptions options_;
  ObjectCache kept_;
};

/// Where kernels with equal code are found again; "" if the text of a kernel, in which shared parts of
/// expressions are written out, would be too long.
std::string key_of(const Kernel& kernel, const CodeOptions& options) {
  constexpr std::uint64_t most_nodes = 200'000;
  std::uint64_t nodes = 0;
  const auto add = [&](const Expr& e) { nodes += e ? std::min(e->size, most_nodes) : 0; };
  const auto add_all = [&](const std::vector<Assign>& code) {
    for (const Assign& assign : code) add(assign.value), add(assign.guard);
  };
  for_each_code(kernel, add_all);
  add(kernel.condition);
  if (kernel.repeat) add(kernel.repeat->condition);
  for (const Propagator& propagator : kernel.propagators)
    for (const Expr& entry : propagator.matrix) add(entry);
  if (nodes >= most_nodes) return "";
  return std::to_string(options.lanes) + (options.precise ? " precise " : " ") + print(kernel, false);
}

/// Where the object of a module is found by later processes: all that decides about its bytes. "" if a kernel
/// has no key.
std::string key_of(const std::vector<std::string>& kernels) {
  if (std::ranges::find(kernels, "") != kernels.end()) return "";
  unsigned major = 0, minor = 0, patch = 0;
  LLVMGetVersion(&major, &minor, &patch);  // of the library that is loaded
  std::string key = fmt::format("{} LLVM {}.{}.{} {} {}\n", code_version(), major, minor, patch,
                                host().triple, host().features);
  for (const std::string& kernel : kernels) key += kernel + '\n';
  return key;
}

std::vector<ExecutablePtr> LlvmBackend::build_missing(const std::vector<Kernel>& kernels,
                                                      const std::vector<std::string>& keys,
                                                      BuildTimes& times) {
  Stopwatch watch;
  const std::string key = key_of(keys);
  if (const auto object = key.empty() ? std::nullopt : kept_.find(key)) try {
      auto linked = link(llvm::MemoryBuffer::getMemBufferCopy(*object), kernels.size());
      times.link += watch.lap();
      return linked;
    } catch (const BackendError&) {  // it is made again
    }
  Object object = compile(kernels, options_, watch, times);
  const std::string bytes = object->getBuffer().str();
  auto linked = link(std::move(object), kernels.size());
  if (!key.empty()) kept_.add(key, bytes);
  times.link += watch.lap();
  return linked;
}

std::vector<ExecutablePtr> LlvmBackend::build(const std::vector<Kernel>& kernels, BuildTimes* times) {
  BuildTimes own;
  const std::scoped_lock lock(cache_mutex());
  std::vector<ExecutablePtr> result(kernels.size());
  std::vector<std::size_t> place;  // per kernel: which of `missing` it is, if it has no executable yet
  std::vector<std::string> keys;   // of `missing`
  std::vector<Kernel> missing;
  for (std::size_t k = 0; k < kernels.size(); ++k) {
    const std::string key = key_of(kernels[k], options_);
    if (!key.empty()) result[k] = cache().find(key);
    const auto equal = key.empty() ? keys.end() : std::ranges::find(keys, key);
    place.push_back(static_cast<std::size_t>(equal - keys.begin()));
    if (result[k] || equal != keys.end()) continue;
    keys.push_back(key);
    missing.push_back(kernels[k]);
  }
  if (missing.empty()) return result;
  const std::vector<ExecutablePtr> compiled = build_missing(missing, keys, times ? *times : own);
  for (std::size_t k = 0; k < result.size(); ++k)
    if (!result[k]) result[k] = compiled[place[k]];
  for (std::size_t k = 0; k < compiled.size(); ++k)
    if (!keys[k].empty()) cache().add(keys[k], compiled[k]);
  cache().keep(compiled);
  return result;
}

std::string LlvmBackend::inspect(const Kernel& kernel, const std::string& what) {
  if (what != "ir" && what != "optimised" && what != "asm")
    throw BackendError("no view '" + what + "' of a kernel; there are: ir, optimised, asm");
  llvm::LLVMContext context;
  const auto machine = make_target_machine();
  const auto module = emit_module(context, {kernel}, options_, *machine);
  if (what == "ir") return to_text(*module);
  optimise(*module, *machine);
  return what == "asm" ? generate_assembly(*module, *machine) : to_text(*module);
}

}  // namespace

std::unique_ptr<Backend> make(int lanes, bool precise, std::string cache_folder) {
  return std::make_unique<LlvmBackend>(CodeOptions{lanes, precise}, std::move(cache_folder));
}

}  // namespace ranvier::llvm_backend
