#include <fmt/format.h>
#include <ranvier/tools/evaluate.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>

// What drives neurons from outside.
namespace ranvier::tool {
namespace {

std::string name_in(const std::map<std::string, Place>& options, const std::string& usual) {
  const auto name = options.find("name");
  return name == options.end() ? usual : std::string(name->second.text());
}

/// A name that no step has yet: input, input_1, ...
std::string free_name(Session& session, const std::string& wished) {
  std::string name = wished;
  for (int k = 1; session.description().find(name); ++k) name = fmt::format("{}_{}", wished, k);
  return name;
}

}  // namespace

void say_poisson(Session& session, Reader& reader) {
  const auto options = reader.options({"name"});
  const std::string handle = reader.name("a name for the neurons");
  PoissonStep poisson;
  poisson.size = reader.number("the number of neurons");
  const Place rate = reader.rest("the rate");
  const bool text = rate.text().starts_with('\'') || rate.text().starts_with('"');
  if (text) {
    poisson.text = unquoted(rate);
  } else {
    for (const Place& item : listed(rate))
      poisson.rates.push_back(session.value(item, dimensions::hertz, "a rate"));
  }
  session.add({reader.line(), handle, name_in(options, handle), poisson});
  session.keep(reader.line());
}

void say_generator(Session& session, Reader& reader) {
  const auto options = reader.options({"indices", "times", "period", "name"});
  const std::string handle = reader.name("a name for the neurons");
  GeneratorStep generator;
  generator.size = reader.number("the number of neurons");
  reader.end();
  if (!options.contains("indices") || !options.contains("times"))
    reader.fail(reader.line(), "the neurons and the times of the spikes are missing");
  for (const Place& item : listed(options.at("indices")))
    generator.indices.push_back(whole_number(item, "the number of a neuron"));
  for (const Place& item : listed(options.at("times")))
    generator.times.push_back(session.value(item, dimensions::second, "the time of a spike"));
  if (options.contains("period"))
    generator.period = session.value(options.at("period"), dimensions::second, "the period");
  session.add({reader.line(), handle, name_in(options, handle), generator});
  session.keep(reader.line());
}

void say_timed_array(Session& session, Reader& reader) {
  const auto options = reader.options({"dt", "values"});
  const Place place = reader.peek();
  const std::string name = reader.name("a name for the values");
  reader.end();
  if (!options.contains("dt") || !options.contains("values"))
    reader.fail(reader.line(), "how long each value holds and the values are missing");
  const Time dt(session.value(options.at("dt"), dimensions::second, "the time that each value holds"));
  std::vector<std::vector<AnyQuantity>> rows;
  const Place values = options.at("values");
  const bool columns = values.text().find(';') != std::string_view::npos;
  for (std::size_t begin = 0; begin <= values.text().size();) {
    const std::size_t end = std::min(values.text().find(';', begin), values.text().size());
    rows.push_back(
        evaluate_list(trimmed(part(values, begin, end)), session.description().constants, session.texts()));
    begin = end + 1;
  }
  const TimedArray array = columns ? TimedArray(rows, dt) : TimedArray(rows.front(), dt);
  session.add({reader.line(), "", name, ConstantStep{name, array}});
  session.description().constants[name] = array;
  session.keep(reader.line());
}

void say_poisson_input(Session& session, Reader& reader) {
  const auto options = reader.options({"n", "rate", "weight", "name"});
  const Place target = reader.rest("the variable of some neurons: cells.v");
  const std::size_t dot = target.text().rfind('.');
  if (dot == std::string_view::npos) reader.fail(target, "the variable is missing: cells.v");
  if (!options.contains("n") || !options.contains("rate") || !options.contains("weight"))
    reader.fail(reader.line(), "the number of inputs, their rate and the weight are missing");
  PoissonInputStep input{.target = read_neurons(session, part(target, 0, dot)),
                         .variable = std::string(part(target, dot + 1, target.text().size()).text())};
  input.n = whole_number(options.at("n"), "the number of inputs");
  input.rate = session.value(options.at("rate"), dimensions::hertz, "the rate");
  input.weight = options.at("weight");
  const std::string handle = free_name(session, "poisson_input");
  session.add({reader.line(), handle, name_in(options, handle), input});
  session.keep(reader.line());
}

void say_regularly(Session& session, Reader& reader) {
  RegularStep regular;
  const Place target = reader.chunk("the neurons or the synapses");
  if (reader.peek().text().starts_with("dt=")) {
    const Place dt = reader.chunk("dt=...");
    regular.dt = session.value(part(dt, 3, dt.text().size()), dimensions::second, "dt");
  }
  const Step* step = session.description().find(target.text());
  if (step && std::holds_alternative<SynapsesStep>(step->what)) {
    regular.target = target.text();
  } else {
    regular.neurons = read_neurons(session, target);
    regular.target = regular.neurons.handle;
  }
  regular.code = unquoted(reader.rest("the statements"));
  const std::string handle = free_name(session, regular.target + "_regularly");
  session.add({reader.line(), handle, handle, regular});
  session.keep(reader.line());
}

void say_inject(Session& session, Reader& reader) {
  InjectStep inject{.neurons = read_neurons(session, reader.chunk("the neurons: cells, cells[0:10]")),
                    .runs = session.description().runs};
  if (!reader.done())
    for (const Place& item : listed(reader.rest("the numbers of neurons")))
      inject.numbers.push_back(whole_number(item, "the number of a neuron"));
  session.add({reader.line(), "", "", inject});
  session.keep(reader.line());
  if (session.options().interactive) session.built();
}

}  // namespace ranvier::tool
