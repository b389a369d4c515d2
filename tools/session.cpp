#include <fmt/format.h>
#include <algorithm>
#include <ostream>
#include <ranvier/plot/error.hpp>
#include <ranvier/tools/evaluate.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/session.hpp>
#include <sstream>

namespace ranvier::tool {
namespace {

/// The handles that a step is about.
std::vector<std::string> references(const Step& step) {
  return std::visit(
      Overloaded{[](const SliceStep& s) { return std::vector{s.neurons.handle}; },
                 [](const PoissonInputStep& s) { return std::vector{s.target.handle}; },
                 [](const RegularStep& s) { return std::vector{s.target}; },
                 [](const SynapsesStep& s) { return std::vector{s.source.handle, s.target.handle}; },
                 [](const ConnectStep& s) { return std::vector{s.synapses}; },
                 [](const AssignStep& s) { return std::vector{s.handle}; },
                 [](const MonitorStep& s) { return std::vector{s.source}; },
                 [](const InjectStep& s) { return std::vector{s.neurons.handle}; },
                 [](const auto&) { return std::vector<std::string>{}; }},
      step.what);
}

/// Spikes of a step that is over are not injected into a network that is made anew.
bool is_over(const Step& step, int runs) {
  const auto* inject = std::get_if<InjectStep>(&step.what);
  return inject && inject->runs < runs;
}

}  // namespace

bool Session::attempt(const Place& line, const std::function<void()>& work) {
  try {
    work();
    return true;
  } catch (const ModelError& error) {
    for (Diagnostic& diagnostic : texts_.in_users_words(error.diagnostics()))
      problems_.push_back(std::move(diagnostic));
  } catch (const Error& error) {
    problems_.push_back(problem(DiagnosticCode::refused, line, error.what()).diagnostics().front());
  } catch (const std::bad_alloc&) {
    problems_.push_back(
        problem(DiagnosticCode::refused, line, "there is not enough memory for this").diagnostics().front());
  }
  return false;
}

bool Session::say(const Place& line) {
  interrupted_ = false;
  Description before = now_;
  if (attempt(line, [&] { interpret(*this, line); })) return true;
  if (options_.interactive) {
    now_ = std::move(before);
    applied_ = std::min(applied_, now_.steps.size());
  }
  return false;
}

bool Session::load(const SourcePtr& text) {
  bool good = true;
  for (const Place& line : logical_lines(text)) {
    good = say(line) && good;
    if (interrupted_ || ended_) break;
    if (!good && !options_.dry) break;
  }
  return good && !interrupted_;
}

bool Session::finish() {
  const std::size_t before = problems_.size();
  attempt({}, [&] {
    bring_up();
    if (options_.dry && !std::exchange(unprepared_, true)) built_->network().prepare();
  });
  warn();
  return problems_.size() == before;
}

AnyQuantity Session::evaluate_here(const Place& expression) {
  return evaluate(unquoted(expression), now_.constants, texts_);
}

double Session::value(const Place& expression, const Dimension& dimension, const std::string& what) {
  return evaluate_as(dimension, what, unquoted(expression), now_.constants, texts_);
}

std::vector<const Built*> Session::all_built() const {
  std::vector<const Built*> all;
  for (const auto& built : past_) all.push_back(built.get());
  if (built_) all.push_back(built_.get());
  return all;
}

Built& Session::built() {
  bring_up();
  return *built_;
}

Step& Session::add(Step step) {
  if (const Step* other = now_.find(step.handle)) {
    const LineColumn at = other->line.source->position(other->line.span.begin);
    refuse(step.line, fmt::format("there is already something called `{}`, in line {}", step.handle, at.line),
           "give it another name");
  }
  if (step.name.empty()) step.name = step.handle;
  now_.steps.push_back(std::move(step));
  return now_.steps.back();
}

void Session::edit(const Step& step) {
  if (static_cast<std::size_t>(&step - now_.steps.data()) >= applied_ || !built_) return;
  if (built_->network().time().si() > 0) {
    past_.push_back(std::move(built_));
    carried_ = applied_;
    carry_ = true;
  }
  built_.reset();
  applied_ = 0;
}

void Session::start_anew() {
  built_.reset();
  past_.clear();
  applied_ = 0;
  carry_ = false;
}

void Session::keep(const Place& line, const Said* instead) {
  if (instead && *instead && instead->runs == now_.runs)
    for (KeptLine& kept : now_.lines)
      if (kept.text.source == instead->place.source && kept.text.span.begin <= instead->place.span.begin &&
          instead->place.span.end <= kept.text.span.end) {
        kept.text = line;
        return;
      }
  now_.lines.push_back({line, now_.runs});
}

void Session::say_once(Said& slot, const Place& text, const std::string& what) {
  if (slot && slot.runs == now_.runs && !options_.interactive)
    refuse(text, what + " was said before", "say it once, or after a run if it is to change then");
  slot = {text, now_.runs};
}

bool Session::depends_on_failed(const Step& step) const {
  return std::ranges::any_of(references(step), [&](const auto& handle) { return failed_.contains(handle); });
}

/// A person is told of the first problem; of a text, all of them are collected.
void Session::apply_next() {
  const Step& step = now_.steps[applied_];
  const auto work = [&] {
    if (!is_over(step, now_.runs)) built_->apply(step, texts_);
  };
  if (options_.interactive) {
    const std::size_t before = problems_.size();
    if (!attempt(step.line, work)) {
      std::vector<Diagnostic> found(problems_.begin() + static_cast<std::ptrdiff_t>(before), problems_.end());
      problems_.resize(before);
      throw ModelError(std::move(found));
    }
  } else if (depends_on_failed(step) || !attempt(step.line, work)) {
    failed_.insert(step.handle);
  }
  ++applied_;
}

void Session::bring_up() {
  if (!built_) {
    const double start = carry_ ? past_.back()->network().time().si() : 0;
    built_ = std::make_unique<Built>(
        now_, start, BuildOptions{options_.threads, options_.backend, options_.connects, options_.dtype});
    applied_ = 0;
    recorded_rest_ = false;
  }
  while (applied_ < now_.steps.size()) {
    if (carry_ && applied_ >= carried_) built_->go_on_from(*past_.back()), carry_ = false;
    apply_next();
  }
  if (carry_) built_->go_on_from(*past_.back()), carry_ = false;
}

void Session::run(double seconds) {
  bring_up();
  if (!failed_.empty() && !options_.dry) return;
  ++now_.runs;
  Network& network = built_->network();
  if (options_.dry) {
    if (unprepared_) return;
    unprepared_ = true;  // unless this succeeds
    network.prepare();
    unprepared_ = false;
    return;
  }
  const bool all_implicit = std::ranges::all_of(built_->recorded(), &Recorded::implicit);
  if (!recorded_rest_ && (options_.interactive || all_implicit)) built_->record_the_rest(now_);
  recorded_rest_ = true;
  RunOptions run;
  run.period = Time(0.02);
  if (options_.progress)
    run.progress = [&](const Progress& progress) {
      if (options_.progress(progress)) return;
      interrupted_ = true;
      network.stop();
    };
  interrupted_ = false;
  network.run(Time(seconds), run);
  warn();
}

void Session::warn() {
  if (built_) remark(built_->network().warnings());
}

/// Warnings about constants are shown where the constant was said. A person may be about to use it.
bool Session::place_constant(Diagnostic& diagnostic) const {
  if (diagnostic.code != DiagnosticCode::unused_constant) return true;
  for (const Step& step : now_.steps)
    if (std::holds_alternative<ConstantStep>(step.what) &&
        diagnostic.message.find("`" + step.name + "`") != std::string::npos)
      diagnostic.place = step.line;
  return !options_.interactive;
}

void Session::remark(std::vector<Diagnostic> diagnostics) {
  std::erase_if(diagnostics, [&](Diagnostic& d) { return !place_constant(d); });
  for (Diagnostic& diagnostic : texts_.in_users_words(std::move(diagnostics)))
    if (remarks_.insert(render(diagnostic)).second) problems_.push_back(std::move(diagnostic));
}

void Session::forget() {
  start_anew();
  now_ = {};
  failed_.clear();
  remarks_.clear();
}

void Session::undo() {
  if (now_.lines.empty()) throw NetworkError("there is nothing to undo");
  std::vector<KeptLine> lines = std::move(now_.lines);
  lines.pop_back();
  forget();
  std::ostringstream unread;  // it was shown before
  std::ostream* out = std::exchange(options_.out, &unread);
  for (const KeptLine& line : lines)
    if (!say(line.text) || interrupted_) break;
  options_.out = out;
}

}  // namespace ranvier::tool
