#pragma once
#include <functional>
#include <iosfwd>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <ranvier/tools/built.hpp>
#include <ranvier/tools/description.hpp>
#include <ranvier/tools/texts.hpp>

namespace ranvier::tool {

struct SessionOptions {
  /// A person is typing: a line that says something anew takes the place of the one that said it before, and
  /// what nobody records is recorded all the same.
  bool interactive = false;
  /// Runs compile everything and execute no step.
  bool dry = false;
  /// Whether synapses are made. If not, there are none, what `connect` says is checked all the same, and
  /// which of them a line is about does not matter.
  bool connects = true;
  int threads = 0;
  BackendOptions backend = {};
  Dtype dtype = Dtype::float64;  // of the float variables of synapses
  std::ostream* out = nullptr;   // what commands print
  std::string folder = {};       // where pictures without a folder of their own go
  int columns = 80, rows = 24;   // of pictures in the terminal
  /// How far a run is; false ends it after the step.
  std::function<bool(const Progress&)> progress = {};
};

/// Interprets lines: keeps what was said, and builds a network of it when one is needed. An edit of what the
/// network has already leads to a new network, which begins at the same time with the state of everything
/// that is still there.
class Session {
 public:
  explicit Session(SessionOptions options) : options_(std::move(options)) {}

  /// One line. If it is refused, nothing has changed but the problems.
  bool say(const Place& line);
  /// All lines of a text. False if some were refused, or a run was interrupted.
  bool load(const SourcePtr& text);
  /// Makes what was said and not needed yet, so that its problems are known. False if there are some.
  bool finish();
  std::vector<Diagnostic> take_problems() { return std::exchange(problems_, {}); }
  bool interrupted() const { return interrupted_; }
  bool ended() const { return ended_; }
  void end() { ended_ = true; }

  // For the commands.
  const SessionOptions& options() const { return options_; }
  std::ostream& out() { return *options_.out; }
  Description& description() { return now_; }
  Texts& texts() { return texts_; }
  AnyQuantity value(const Place& expression) { return evaluate_here(expression); }
  /// The value of an expression with this dimension; `what` it is, for messages.
  double value(const Place& expression, const Dimension& dimension, const std::string& what);
  /// The network with all that was said so far.
  Built& built();
  /// The network as it is; nullptr if none was needed yet.
  Built* built_if_any() { return built_.get(); }
  /// Everything recorded, also by the networks before an edit, the oldest first.
  std::vector<const Built*> all_built() const;
  /// A new step. Throws if its handle is taken.
  Step& add(Step step);
  /// The step is about to change.
  void edit(const Step& step);
  /// The next network begins at time zero with nothing kept.
  void start_anew();
  /// The line is part of what `save` writes; it takes the place of another one that is given.
  void keep(const Place& line, const Said* instead = nullptr);
  /// Says something that can be said once: refused if it was said in this text before, unless there was a run
  /// since or a person is typing.
  void say_once(Said& slot, const Place& text, const std::string& what);
  void run(double seconds);
  void undo();
  void forget();
  void remark(std::vector<Diagnostic> diagnostics);

 private:
  AnyQuantity evaluate_here(const Place& expression);
  void bring_up();
  void apply_next();
  bool depends_on_failed(const Step& step) const;
  bool attempt(const Place& line, const std::function<void()>& work);
  void warn();
  bool place_constant(Diagnostic& diagnostic) const;

  SessionOptions options_;
  Description now_;
  Texts texts_;
  std::vector<Diagnostic> problems_;
  std::set<std::string> remarks_;  // that were shown
  std::set<std::string> failed_;   // handles of what could not be made
  std::unique_ptr<Built> built_;
  std::size_t applied_ = 0;                   // steps that the network has
  std::size_t carried_ = 0;                   // steps that the network before it had
  std::vector<std::unique_ptr<Built>> past_;  // networks before edits
  bool carry_ = false;                        // the states of the last one are to be taken
  bool recorded_rest_ = false;
  bool unprepared_ = false;  // a dry run found problems
  bool interrupted_ = false;
  bool ended_ = false;
};

/// Finds out what a line says, and does it. In interpret.cpp.
void interpret(Session& session, const Place& line);

}  // namespace ranvier::tool
