#include <ranvier/compiler/passes/resolve.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_calls.hpp>
#include <ranvier/compiler/passes/prepare_functions.hpp>
#include <ranvier/compiler/passes/rewrite_call.hpp>
#include <ranvier/compiler/passes/suggest.hpp>
#include <ranvier/compiler/passes/variability.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// Canonical names of one text after another; for code, remembers the locals that are set so far.
class Resolver {
 public:
  Resolver(const Scope& scope, Diagnostics& diagnostics, NoiseRule noise = NoiseRule::none)
      : scope_(scope), noise_(noise), diagnostics_(diagnostics) {}

  /// An expression of its own, or the value of a statement.
  Expr resolve_whole(const Expr& expr) {
    const std::size_t before = diagnostics_.all().size();
    const Expr resolved = resolve(expr);
    const bool quiet = diagnostics_.all().size() == before;
    if (noise_ == NoiseRule::none && quiet) check_hidden_noise(resolved);
    return resolved;
  }

  Expr resolve(const Expr& expr) {
    if (const auto* name = as<ast::Name>(expr)) return resolve_name(expr, name->id);
    if (const auto* product = as<ast::Binary>(expr)) note_unit(*product);
    const auto* call = as<ast::Call>(expr);
    if (call && !check_call(*call, expr->place)) return tree::integer(0);
    // A random function may occur several times in one expression: draws are numbered by their place in the
    // code.
    return tree::map_children(expr, [this](const Expr& child) { return resolve(child); });
  }

  Code resolve(const Code& code) {
    for (const Statement& statement : code) assigned_.insert(statement.target);
    Code resolved;
    for (Statement statement : code) {
      if (statement.value) statement.value = resolve_whole(statement.value);
      statement.target = resolve_target(statement);
      resolved.push_back(std::move(statement));
    }
    if (scope_.incomplete) return resolved;
    for (const Statement& statement : code) report_unread(statement);
    return resolved;
  }

 private:
  Expr resolve_name(const Expr& expr, const std::string& id) {
    if (const auto local = locals_.find(id); local != locals_.end()) {
      read_.insert(id);
      return renamed(expr, id, local->second);
    }
    if (const Symbol* symbol = scope_.find(id)) {
      if (symbol == scope_.find_function(id))
        report_missing_call(id, signature_of_own(id, *symbol), expr->place);
      if (!symbol->refused.empty()) refuse(id, *symbol, expr->place);
      if (std::holds_alternative<Noise>(symbol->meaning)) check_noise(id, expr->place);
      return renamed(expr, id, symbol->name);
    }
    report_unknown(id, expr->place);
    return expr;
  }

  /// In `20*V`, the name is meant as a unit.
  void note_unit(const ast::Binary& product) {
    const auto* name = as<ast::Name>(product.rhs);
    const auto* sign = as<ast::Unary>(product.lhs);
    const auto* number = as<ast::Number>(sign ? sign->operand : product.lhs);
    if (name && number && product.op == BinaryOp::multiply && name->id.size() <= 2)
      behind_number_ = product.rhs->place.span.begin;
  }

  static Expr renamed(const Expr& expr, const std::string& id, const std::string& canonical) {
    return id == canonical ? expr : tree::name(canonical, expr->place);
  }

  void refuse(const std::string& id, const Symbol& symbol, const Place& place) {
    diagnostics_.error(symbol.refused_as, place, text("`", id, "` cannot be used here: ", symbol.refused))
        .helped_by(symbol.help);
  }

  void report_unknown(const std::string& id, const Place& place) {
    if (assigned_.contains(id)) return report_unset(id, place);
    if (find_builtin(id)) return report_missing_call(id, signature_of(id), place);
    if (scope_.lenient && !id.starts_with('_')) return;
    Diagnostic& error = diagnostics_.error(unknown_name, place, text("`", id, "` is not defined"));
    const std::string unit = behind_number_ == place.span.begin ? suggest_name(id, {}) : std::string();
    const std::string advice = advice_for_name(id);
    const std::string near = !unit.empty() ? unit : advice.empty() ? nearest(id) : std::string();
    if (!near.empty())
      error.helped_by(text("did you mean `", near, "`?")).fixed_by(place, near);
    else if (id.starts_with('_'))
      error.helped_by("names that start with `_` are kept for internal use");
    else if (!advice.empty())
      error.helped_by(advice);
    else if (scope_.in_function)
      error.helped_by(
          "the text of a function knows its arguments, and the constants and functions of the "
          "namespace; pass anything else as an argument");
    else
      error.helped_by(text("if `", id, "` is a constant, give its value, as in .namespace_ = {{\"", id,
                           "\", value}}; if it is a variable, add an equation for it"));
  }

  void report_underscore(const std::string& id, const Place& place) {
    read_.insert(id);  // one mistake, one report
    diagnostics_.error(bad_identifier, place, text("`", id, "` cannot be assigned"))
        .helped_by("names that start with `_` are kept for internal use");
  }

  void report_unset(const std::string& id, const Place& place) {
    if (!read_.insert(id).second || scope_.incomplete) return;
    const bool elsewhere = !scope_.target.empty();
    Diagnostic& error = diagnostics_.error(read_before_set, place,
                                           elsewhere ? text("neither the synapses nor their target '",
                                                            scope_.target, "' have a variable `", id, "`")
                                                     : text("`", id, "` has no value yet"));
    error.note(text("`", id, elsewhere ? "` could only be" : "` is no variable of the model, so it is",
                    " local to this code", elsewhere ? ", and then" : " and",
                    " must be set before it is read"));
    const std::string near = nearest(id);
    if (near.empty())
      error.helped_by(elsewhere
                          ? "add an equation for it to the target group"
                          : "set it in a statement above, or add an equation for it if it is a variable");
    else
      error.helped_by(text("did you mean `", near, "`?")).fixed_by(place, near);
  }

  void report_missing_call(const std::string& id, const std::string& call, const Place& place) {
    Diagnostic& error = diagnostics_.error(function_without_call, place, text("`", id, "` is a function"));
    error.helped_by(text("call it: `", call, "`"));
    const bool complete = call.ends_with("()") || call == id + "(t)";
    if (complete) error.fixed_by(place, call);
  }

  void check_noise(const std::string& id, const Place& place) {
    if (noise_ == NoiseRule::any || (noise_ == NoiseRule::named && id != "xi")) return;
    if (noise_ == NoiseRule::none) return report_noise(text("`", id, "` is white noise"), place);
    diagnostics_
        .error(noise_placement, place,
               "plain `xi` cannot be part of a subexpression, which several equations may use")
        .helped_by("name it: wherever `xi_1` gets to, it is one and the same noise")
        .fixed_by(place, "xi_1");
  }

  void report_noise(const std::string& what, const Place& place) {
    diagnostics_
        .error(noise_placement, place,
               text(what, " and has no value at a single moment: only differential equations can use it"))
        .helped_by(
            "draw a number with `randn()`, or add the noise to the equation of a variable and read that");
  }

  /// Noise that comes in through a subexpression.
  void check_hidden_noise(const Expr& resolved) {
    const std::string name = noisy_name(resolved, scope_);
    if (name.empty()) return;
    tree::any(resolved, [&](const Expr& part) {
      const auto* leaf = as<ast::Name>(part);
      if (!leaf || leaf->id != name) return false;
      report_noise(text("`", part->place.text(), "` contains white noise"), part->place);
      return true;
    });
  }

  /// A name to propose for one that is unknown: the same at the other end of a synapse, or a near one. Names
  /// of one letter are near to each other by chance.
  std::string nearest(const std::string& id) const {
    std::vector<std::string> names = candidates();
    for (const char* end : {"_pre", "_post"})
      if (std::ranges::find(names, id + end) != names.end()) return id + end;
    const auto special = [](const std::string& name) {
      return name == "i" || name == "j" || name == "t" || name == "N" || name == "e";
    };
    if (id.size() == 1) std::erase_if(names, special);
    const std::string near = suggest_name(id, names);
    if (!near.empty() || id.size() < 2 || id.starts_with('_')) return near;
    const auto joined = [](std::string name) {
      std::erase(name, '_');
      return name;
    };
    for (const std::string& name : names)
      if (joined(name) == joined(id)) return name;
    std::erase_if(names, [&](const std::string& name) {  // the last letter is missing
      return name.size() != id.size() + 1 || !name.starts_with(id);
    });
    return names.size() == 1 ? names.front() : std::string();
  }

  std::vector<std::string> writable() const {
    std::vector<std::string> names = scope_.candidates();
    std::erase_if(names, [&](const std::string& name) {
      const Symbol* symbol = scope_.find(name);
      return !symbol || !symbol->read_only.empty() || !std::holds_alternative<Column>(symbol->meaning);
    });
    return names;
  }

  std::vector<std::string> candidates() const {
    std::vector<std::string> names = scope_.candidates();
    for (const auto& [name, canonical] : locals_) names.push_back(name);
    return names;
  }

  /// False if nothing can stand for the call.
  bool check_call(const ast::Call& call, const Place& place) {
    if (const Builtin* builtin = find_builtin(call.callee)) {
      check_count(call, static_cast<std::size_t>(builtin->arity), signature_of(call.callee), place);
      return true;
    }
    const Symbol* own = scope_.find_function(call.callee);
    if (!own || own != scope_.find(call.callee) || assigned_.contains(call.callee)) {
      report_callee(call, place);
      return true;
    }
    check_count(call, arity_of(*own), signature_of_own(call.callee, *own), place);
    if (const auto* array = std::get_if<TimedArray>(&own->meaning))
      warn_unaligned(call.callee, *array, place);
    const auto* function = std::get_if<Function>(&own->meaning);
    return !function || !function->body() || prepare_function(call.callee, place, scope_, diagnostics_);
  }

  void check_count(const ast::Call& call, std::size_t expected, const std::string& signature,
                   const Place& place) {
    if (call.args.size() == expected) return;
    const std::string count =
        expected == 0 ? "no argument" : text(expected, expected == 1 ? " argument" : " arguments");
    Diagnostic& error = diagnostics_
                            .error(wrong_argument_count, place,
                                   text("`", call.callee, "` takes ", count, ", not ", call.args.size()))
                            .helped_by(text("write `", signature, "`"));
    if (expected == 0) error.fixed_by(place, signature);
  }

  void warn_unaligned(const std::string& name, const TimedArray& array, const Place& place) {
    if (!scope_.step || array.is_multiple_of(*scope_.step)) return;
    const AnyQuantity step(*scope_.step, dimensions::second);
    const std::string message = text("`", name, "` changes every ", to_string(AnyQuantity(array.dt())),
                                     ", which is no multiple of the time step of ", to_string(step));
    const auto& known = diagnostics_.all();
    if (std::ranges::find(known, message, &Diagnostic::message) != known.end()) return;
    const bool finer = array.dt().si() < *scope_.step;
    diagnostics_.warning(unaligned_array, place, message)
        .helped_by(finer
                       ? "some of its values are never used; give it a coarser dt, or use smaller steps"
                       : "its values begin and end within a step, and count from the next one; choose its dt "
                         "or the step so that one divides the other");
  }

  void report_callee(const ast::Call& call, const Place& place) {
    const Place callee{place.source, call.callee_span};
    const bool known =
        locals_.contains(call.callee) || scope_.find(call.callee) || assigned_.contains(call.callee);
    if (known) {
      Diagnostic& error = diagnostics_.error(
          not_a_function, callee, text("`", call.callee, "` is not a function and cannot be called"));
      if (scope_.find_function(call.callee)) {
        error.note(text("the namespace has a function `", call.callee, "`, but here a variable has the name"))
            .helped_by("give one of the two another name");
        return;
      }
      if (call.args.empty())
        error.helped_by(text("leave out the parentheses behind `", call.callee, "`"))
            .fixed_by(place, call.callee);
      if (call.args.size() != 1) return;
      error.helped_by(text("did you mean the product `", call.callee, "*(...)`?"))
          .fixed_by(callee, call.callee + "*");
      return;
    }
    const std::string advice = advice_for_function(call.callee), other = other_name_of_function(call.callee);
    const std::string near = other.empty() ? suggest_function(call.callee, scope_.function_names()) : other;
    // What looks like a mistake is reported where the text was given; anything else a namespace may bring.
    if (scope_.lenient && advice.empty() && near.empty()) return;
    Diagnostic& error =
        diagnostics_.error(unknown_function, callee, text("there is no function `", call.callee, "`"));
    if (!advice.empty())
      error.helped_by(advice);
    else if (!near.empty())
      error.helped_by(text("did you mean `", near, "`?"));
    else
      error.helped_by(text(
          "a function or a TimedArray of your own is given in the namespace",
          call.args.size() == 1 ? text("; for a product, write `", call.callee, "*(...)`") : std::string()));
    const std::string rewritten = rewritten_call(call);
    if (!rewritten.empty())
      error.fixed_by(place, rewritten);
    else if (!near.empty() && (advice.empty() || !other.empty()))
      error.fixed_by(callee, near);
  }

  /// Code that nothing depends on is most likely a misspelt variable.
  void report_unread(const Statement& statement) {
    const std::string& id = statement.target;
    if (!locals_.contains(id) || !read_.insert(id).second) return;
    Diagnostic& warning = diagnostics_.warning(
        unused_local, statement.target_place,
        text("`", id, "` is no variable of the model, and nothing reads what is assigned here"));
    const std::string near = suggest_name(id, writable());
    if (near.empty())
      warning.helped_by("leave the statement out, or add an equation for the variable");
    else
      warning.helped_by(text("did you mean `", near, "`?")).fixed_by(statement.target_place, near);
  }

  std::string resolve_target(const Statement& statement) {
    const std::string& id = statement.target;
    if (const auto local = locals_.find(id); local != locals_.end()) return local->second;
    const Symbol* symbol = scope_.find(id);
    if (symbol && !symbol->refused.empty()) refuse(id, *symbol, statement.target_place);
    if (symbol && !std::holds_alternative<Literal>(symbol->meaning)) return symbol->name;
    if (id.starts_with('_')) report_underscore(id, statement.target_place);
    if (statement.op != AssignOp::set) report_unset(id, statement.target_place);
    return locals_[id] = name_of_local(statement);
  }

  /// A local may hide a unit, a constant or a function; its canonical name then must differ from theirs.
  std::string name_of_local(const Statement& statement) {
    const std::string& id = statement.target;
    const bool function = find_builtin(id) != nullptr;
    if (!function && !scope_.find(id)) return id;
    diagnostics_
        .warning(shadowed_name, statement.target_place,
                 text("from here on `", id, "` is a variable of this code, no longer the ",
                      function ? "function" : "unit or constant", " of that name"))
        .helped_by("choose another name");
    return "_local_" + id;
  }

  const Scope& scope_;
  const NoiseRule noise_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::string> locals_;   // set so far: as spelled -> canonical
  std::set<std::string> read_;                  // locals that a value uses
  std::set<std::string> assigned_;              // targets anywhere in the code
  std::optional<std::uint32_t> behind_number_;  // where a name stands that is most likely a unit
};

}  // namespace

Expr resolve(const Expr& expr, const Scope& scope, Diagnostics& diagnostics, NoiseRule noise) {
  return expr ? Resolver(scope, diagnostics, noise).resolve_whole(expr) : expr;
}

Code resolve(const Code& code, const Scope& scope, Diagnostics& diagnostics) {
  return Resolver(scope, diagnostics).resolve(code);
}

}  // namespace ranvier::pass
