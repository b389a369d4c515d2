#include <ranvier/compiler/linked.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

/// Where an element of some group is found.
struct Position {
  Expr at;
  bool direct = false;  // the loop's own element: a column with the view's index
  bool first = false;   // entry 0 for all
};

const Variable* find_in(const std::vector<Variable>& variables, const std::string& name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  return found == variables.end() ? nullptr : &*found;
}

Expr replace_names(const Expr& expr, const std::function<Expr(const Expr&, const std::string&)>& replaced) {
  if (const auto* name = as<ast::Name>(expr)) return replaced(expr, name->id);
  return tree::map_children(expr, [&](const Expr& child) { return replace_names(child, replaced); });
}

/// Writes what is linked to in the names of a scope, and adds the columns that this takes.
class Reader {
 public:
  Reader(Scope& scope, const View& view) : scope_(scope), view_(view) {}

  Expr read(const Link& link) {
    return through(link, {view_.variables, view_.group, 0}, {view_.number, true, false});
  }

  /// The first name in a subexpression that means something else in this scope; "" if there is none.
  std::string hidden;

 private:
  struct Elements {
    const std::vector<Variable>* variables;
    std::string name;
    std::int64_t size;
  };

  Expr through(const Link& link, const Elements& from, const Position& p) {
    const Elements to{&link.group->variables, link.group->name, link.size};
    switch (link.kind) {
      case Link::Kind::one_to_one:
        if (link.begin == 0) return variable(to, link.variable, p);
        return variable(to, link.variable, {tree::add(p.at, tree::integer(link.begin)), false, false});
      case Link::Kind::broadcast:
        return variable(to, link.variable, {tree::integer(link.begin), false, link.begin == 0});
      case Link::Kind::array:
        return variable(to, link.variable, {index_array(from, link.index, p), false, false});
      case Link::Kind::variable:
        break;
    }
    // The runtime checks the numbers when a run begins; what code makes of them later stays inside the array.
    const Expr number = variable(from, link.index, p);
    const Expr inside = tree::call("clip", {number, tree::integer(0), tree::integer(link.count - 1)});
    return variable(to, link.variable, {tree::add(inside, tree::integer(link.begin)), false, false});
  }

  /// Parts of subexpressions are made once, however often they are used.
  Expr variable(const Elements& owner, const std::string& name, const Position& p) {
    const Variable& v = *find_in(*owner.variables, name);
    Expr& known = made_[{&v, &*p.at}];
    if (!known) known = meaning_of(owner, v, p);
    positions_.push_back(p.at);  // keeps its address, the key, from being used again
    return known;
  }

  Expr meaning_of(const Elements& owner, const Variable& v, const Position& p) {
    const bool own = owner.variables == view_.variables && p.direct;
    if (own && !v.linked) return tree::name(v.name + view_.suffix);
    if (v.link) return through(*v.link, owner, p);
    if (v.linked || is_stored(v)) return stored(owner, v, p);
    return replace_names(v.rhs, [&](const Expr& expr, const std::string& id) -> Expr {
      if (find_in(*owner.variables, id)) return variable(owner, id, p);
      if (id == "i") return p.at;
      if (id == "N") return tree::integer(owner.size);
      const Symbol* other = scope_.find(id);
      const bool same = !other || std::holds_alternative<Literal>(other->meaning) || is_time(*other);
      if (!same) hidden = id;
      return expr;
    });
  }

  static bool is_time(const Symbol& symbol) {
    const auto* scalar = std::get_if<Scalar>(&symbol.meaning);
    return scalar && scalar->kind <= ScalarKind::timestep;
  }

  Expr stored(const Elements& owner, const Variable& v, const Position& p) {
    Symbol symbol{"", v.type, v.dimension};
    symbol.dimension_known = v.unit_known;
    symbol.declared = v.name_place;
    const Variable* free = find_in(*owner.variables, "not_refractory");
    if (p.direct && v.unless_refractory && free) symbol.guard = as<ast::Name>(stored(owner, *free, p))->id;
    return column(owner, v.name, v.shared || p.first, p, std::move(symbol));
  }

  Expr index_array(const Elements& owner, const std::string& name, const Position& p) {
    return column(owner, name, false, p, Symbol{"", Type::integer});
  }

  /// The array `name` of a group, read at a position.
  Expr column(const Elements& owner, const std::string& name, bool one, const Position& p, Symbol symbol) {
    const Index index = one ? Index::shared : p.direct ? view_.index : Index::computed;
    const std::string kind = one ? "_one_" : p.direct ? "_at" + view_.suffix + "_" : "_of_";
    symbol.name = text(kind, owner.name.size(), "_", owner.name, "_", name);
    symbol.meaning =
        Column{symbol.name, Owner::self, text(owner.name, ".", name), storage_of(symbol.type), index};
    const Expr called = tree::name(symbol.name);
    scope_.add(as<ast::Name>(called)->id, std::move(symbol));
    return index == Index::computed ? tree::call("_load", {called, p.at}) : called;
  }

  Scope& scope_;
  const View& view_;
  std::map<std::pair<const Variable*, const Node*>, Expr> made_;
  std::vector<Expr> positions_;
};

std::string linked_to(const Link& link) {
  return text("it is linked to `", link.variable, "` of '", link.group->name, "'");
}

/// Why code may not write what a link stands for; "" if it may.
std::string why_read_only(const Link& link, const View& view) {
  const LinkEnd end = end_of(link);
  if (!end.variable) return text(linked_to(link), ", which is a subexpression");
  if (!end.one_to_one) return text(linked_to(link), ", but not element by element");
  if (end.variable->constant) return text(linked_to(link), ", which is declared (constant)");
  if (end.variable->constant_over_dt) return text(linked_to(link), ", which is a subexpression");
  if (end.variable->automatic) return text(linked_to(link), ", which refractoriness sets");
  for (const Variable& other : *view.variables) {
    const LinkEnd same = other.link ? end_of(*other.link) : LinkEnd{};
    if (same.variable == end.variable && !same.one_to_one)
      return text(linked_to(link), ", whose other elements `", other.name, "` reads");
  }
  return {};
}

Symbol symbol_of(const Variable& variable, const View& view, Scope& scope) {
  Symbol symbol{variable.name + view.suffix, variable.type, variable.dimension};
  symbol.dimension_known = variable.unit_known;
  symbol.declared = variable.name_place;
  if (!variable.link) {
    symbol.meaning = Column{symbol.name, Owner::self, text(view.group, ".", variable.name),
                            storage_of(variable), view.index};
    return symbol;
  }
  Reader reader(scope, view);
  const Expr value = reader.read(*variable.link);
  symbol.read_only = why_read_only(*variable.link, view);
  symbol.help = text("write `", variable.link->variable, "` in code of '", variable.link->group->name, "'");
  const auto* name = as<ast::Name>(value);
  const Symbol* column = name ? scope.find_canonical(name->id) : nullptr;
  if (symbol.read_only.empty() && column) {
    symbol.name = column->name;
    symbol.meaning = column->meaning;
    symbol.read_only = column->read_only;
    symbol.guard = column->guard;
    return symbol;
  }
  symbol.meaning = Definition{value};
  if (value->size > scope.limits.expanded_nodes || value->height > scope.limits.height) {
    symbol.refused = text(linked_to(*variable.link), ", a subexpression that is too large");
    symbol.help = "let the subexpressions use each other less";
  }
  if (reader.hidden.empty()) return symbol;
  symbol.refused = text(linked_to(*variable.link), ", which uses the constant '", reader.hidden, "'; here, '",
                        reader.hidden, "' is something else");
  symbol.help = "give one of the two another name";
  return symbol;
}

}  // namespace

void add_linked_variables(Scope& scope, const View& view) {
  if (std::ranges::none_of(*view.variables, &Variable::linked)) return;
  for (const Variable& variable : *view.variables) {
    if (!variable.linked) continue;
    Symbol symbol = symbol_of(variable, view, scope);
    scope.add(variable.name + view.suffix, std::move(symbol));
  }
  const auto canonical = [&](const Expr& expr, const std::string& name) {
    const Symbol* symbol = scope.find(name);
    return symbol && symbol->name != name ? tree::name(symbol->name, expr->place) : expr;
  };
  for (const Variable& variable : *view.variables) {
    const std::string name = variable.name + view.suffix;
    const Symbol* symbol = variable.linked ? nullptr : scope.find(name);
    const auto* definition = symbol ? std::get_if<Definition>(&symbol->meaning) : nullptr;
    if (definition && definition->rhs) scope.define(name, replace_names(definition->rhs, canonical));
  }
}

LinkEnd end_of(const Link& link) {
  LinkEnd end{link.group, find_in(link.group->variables, link.variable), true};
  const Link* at = &link;
  while (true) {
    end.one_to_one &= at->kind == Link::Kind::one_to_one && at->begin == 0 && !end.variable->shared;
    if (!end.variable->link) break;
    at = end.variable->link.get();
    end.group = at->group;
    end.variable = find_in(at->group->variables, at->variable);
  }
  if (!is_stored(*end.variable)) end.variable = nullptr;
  return end;
}

namespace {

class Walk {
 public:
  explicit Walk(const ReadTest& test) : test_(test) {}

  bool reaches(const std::vector<Variable>& variables, const std::string& name) {
    const Variable* v = find_in(variables, name);
    if (!v || !seen_.insert(v).second) return false;
    if (test_(variables, *v)) return true;
    if (v->link) {
      const bool by_index = v->link->kind == Link::Kind::variable && reaches(variables, v->link->index);
      return by_index || reaches(v->link->group->variables, v->link->variable);
    }
    if (is_stored(*v) || !v->rhs) return false;
    bool found = false;
    tree::for_each_name(v->rhs, [&](const std::string& used) { found = found || reaches(variables, used); });
    return found;
  }

 private:
  const ReadTest& test_;
  std::set<const Variable*> seen_;
};

}  // namespace

bool reads(const std::vector<Variable>& variables, const std::string& variable, const ReadTest& test) {
  return Walk(test).reaches(variables, variable);
}

}  // namespace ranvier
