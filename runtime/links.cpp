// Linked variables: what a variable of one group stands for in another.
#include <fmt/format.h>
#include <algorithm>
#include <ranvier/compiler/linked.hpp>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {
namespace {

/// Makes a Link of what a user asks for; throws NetworkError for what cannot be.
class Linker {
 public:
  Linker(StateOwner& owner, std::string name, const Variable& variable, const VariableView& source)
      : owner_(owner),
        name_(fmt::format("{}.{}", owner.owner_name(), name)),
        variable_(variable),
        source_(source),
        group_(dynamic_cast<Group*>(&source.owner())) {}

  Link make(const LinkOptions& options, bool for_synapses) {
    if (!variable_.linked)
      refuse(fmt::format("it is no linked variable; declare it as `{} : unit (linked)`", variable_.name));
    if (!group_) refuse("only variables of groups can be linked to");
    if (source_.selected())
      refuse("a selection cannot be linked to; give the numbers of its elements as .index");
    const Variable& to = group_->declared(source_.variable());
    if (to.automatic && to.kind == EquationKind::subexpression)
      refuse(fmt::format("'{}' cannot be linked to; compute it from a variable", to.name));
    check_kind(to);
    Link link{&group_->model(),       to.name,
              Link::Kind::one_to_one, {},
              source_.begin(),        source_.end() - source_.begin(),
              group_->size()};
    if (to.shared) link.begin = 0, link.count = 1;
    choose(link, to, options.index, for_synapses);
    check_circle(link);
    return link;
  }

 private:
  void check_kind(const Variable& to) const {
    if (!(to.dimension == variable_.dimension))
      refuse(fmt::format("it is declared in {}, but {} is in {}", to_string(variable_.dimension),
                         source_name(), to_string(to.dimension)));
    if (to.type != variable_.type)
      refuse(fmt::format("it is {}, but {} is {}", to_string(variable_.type), source_name(),
                         to_string(to.type)));
  }

  void choose(Link& link, const Variable& to, const LinkIndex& index, bool for_synapses) const {
    const std::int64_t own = owner_.element_count();
    if (index.given() && to.shared) refuse(fmt::format("{} is shared; leave the index out", source_name()));
    if (index.variable()) return by_variable(link, *index.variable());
    if (for_synapses && (index.given() || link.count != 1))
      refuse(
          "synapses come and go: link to a shared variable, or give the name of an integer variable as "
          ".index");
    if (index.elements()) return by_array(link, *index.elements());
    if (link.count == own && !to.shared && !for_synapses) return;
    link.kind = Link::Kind::broadcast;
    if (link.count != 1)
      refuse(fmt::format("it has {} elements, but {} has {}; give an .index that says which belongs to which",
                         own, source_name(), link.count));
  }

  void by_variable(Link& link, const std::string& name) const {
    const Variable& index = owner_.declared(name);
    if (index.type != Type::integer || index.shared || !is_stored(index))
      refuse(fmt::format(
          "'{}' cannot be its index: that is an integer parameter with a value for each element", name));
    link.kind = Link::Kind::variable;
    link.index = name;
  }

  void by_array(Link& link, const std::vector<std::int64_t>& elements) const {
    if (std::ssize(elements) != owner_.element_count())
      refuse(fmt::format("it has {} elements, but .index has {}", owner_.element_count(), elements.size()));
    for (std::size_t k = 0; k < elements.size(); ++k)
      if (elements[k] < 0 || elements[k] >= link.count)
        refuse(fmt::format("index[{}] is {}, but {} has the elements [0, {})", k, elements[k], source_name(),
                           link.count));
    link.kind = Link::Kind::array;
    link.index = "_index_" + variable_.name;
  }

  /// What it stands for must not read itself, nor other elements of its own group: while a step computes new
  /// values, some of these would be new already.
  void check_circle(const Link& link) const {
    const auto& own = owner_.variables();
    const auto passes = [&](const ReadTest& test) {
      return reads(link.group->variables, link.variable, test);
    };
    if (passes([&](const auto& group, const Variable& v) { return &group == &own && &v == &variable_; }))
      refuse("it would be linked to itself");
    const bool other_elements =
        link.kind != Link::Kind::one_to_one || link.begin != 0 || !end_of(link).one_to_one;
    const auto of_own = [&](const auto& group, const Variable& v) { return &group == &own && !v.shared; };
    if (other_elements && passes(of_own))
      refuse("links between different elements of one group are planned, not built yet");
  }

  std::string source_name() const {
    return fmt::format("{}.{}", source_.owner().owner_name(), source_.variable());
  }
  [[noreturn]] void refuse(const std::string& why) const {
    throw NetworkError(fmt::format("link of {}: {}", name_, why));
  }

  StateOwner& owner_;
  std::string name_;
  const Variable& variable_;
  const VariableView& source_;
  Group* group_;
};

}  // namespace

void StateOwner::link_variable(std::vector<Variable>& own, std::string_view name, const VariableView& source,
                               const LinkOptions& options, bool for_synapses) {
  const Variable& declaration = declared(name);
  const auto place = std::ranges::find(own, name, &Variable::name);
  Linker linker(*this, std::string(name), declaration, source);
  auto link = std::make_shared<const Link>(linker.make(options, for_synapses));
  network_of().require_group(*dynamic_cast<Group*>(&source.owner()));
  if (link->kind == Link::Kind::array) {
    Array numbers(Storage::i32, element_count());
    for (std::size_t k = 0; k < options.index.elements()->size(); ++k)
      numbers.set(static_cast<std::int64_t>(k),
                  static_cast<double>(link->begin + (*options.index.elements())[k]));
    arrays_.insert_or_assign(link->index, std::move(numbers));
  }
  place->link = std::move(link);
  network_of().model_changed();
}

void StateOwner::check_link_indices() {
  for (const Variable& v : variables()) {
    if (!v.link || v.link->kind != Link::Kind::variable) continue;
    const Array& numbers = *find_array(v.link->index);
    for (std::int64_t k = 0; k < numbers.size(); ++k) {
      const double number = numbers.get(k);
      if (number >= 0 && number < static_cast<double>(v.link->count)) continue;
      throw NetworkError(
          fmt::format("{0}.{1} is linked by {0}.{2}, but {2}[{3}] is {4}; it must lie in [0, {5})",
                      owner_name(), v.name, v.link->index, k, number, v.link->count));
    }
  }
}

void* StateOwner::linked_array(const std::string& path) {
  const auto dot = path.find('.');
  const std::string group = path.substr(0, dot), variable = path.substr(dot + 1);
  StateOwner* owner = group == owner_name() ? this : network_of().find_owner(group);
  void* array = owner ? owner->named_array(variable) : nullptr;
  if (!array) throw NetworkError(fmt::format("{} is linked to nothing yet; call link() first", path));
  return array;
}

void Group::link(std::string_view variable, const VariableView& source, const LinkOptions& options) {
  link_variable(model_.variables, variable, source, options, false);
}

void Synapses::link(std::string_view variable, const VariableView& source, const LinkOptions& options) {
  link_variable(model_.variables, variable, source, options, true);
}

std::vector<Network::LinkedDefinition> Network::linked_definitions(
    const std::vector<Variable>& variables) const {
  std::vector<LinkedDefinition> found;
  for (const Variable& v : variables) {
    if (!v.link) continue;
    reads(v.link->group->variables, v.link->variable, [&](const auto& owner, const Variable& read) {
      const auto group =
          std::ranges::find_if(groups_, [&](const Group* g) { return &g->model().variables == &owner; });
      if (group != groups_.end() && !is_stored(read) && read.rhs) found.push_back({*group, &read});
      return false;
    });
  }
  return found;
}

void Network::add_linked_names(const std::vector<Variable>& variables, Namespace& names) const {
  for (const LinkedDefinition& definition : linked_definitions(variables))
    names.insert(definition.group->own_names().begin(), definition.group->own_names().end());
}

void Network::refuse_ambiguous_links(const std::vector<Variable>& variables, const Namespace& names,
                                     const std::string& reader) const {
  for (const LinkedDefinition& definition : linked_definitions(variables))
    for (const auto& [constant, value] : definition.group->own_names())
      if (uses_name(definition.variable->rhs, constant, names) && !(names.at(constant) == value))
        throw NetworkError(fmt::format(
            "'{}': the constant '{}' has one value in '{}' of '{}', which is linked to, and another "
            "here; give one of them another name",
            reader, constant, definition.variable->name, definition.group->name()));
}

StateOwner* Network::find_owner(std::string_view name) const {
  const auto found = std::ranges::find_if(objects_, [&](const auto& o) { return o->name() == name; });
  return found == objects_.end() ? nullptr : dynamic_cast<StateOwner*>(found->get());
}

void Network::model_changed() {
  for (const auto& object : objects_) object->compiled_ = false;
  bound_ = false;
}

}  // namespace ranvier
