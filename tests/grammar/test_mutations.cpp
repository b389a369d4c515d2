#include <doctest/doctest.h>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::problems;

namespace {

// One equation a line, so that the line of a message says whether it is near the mistake.
const std::string models[] = {
    "dv/dt = (Vl - v)/tau : volt (unless refractory)\ntau : second (constant)",
    "dv/dt = (gl*(El - v) + ge*(Ee - v) + gi*(Ei - v))/Cm : volt\ndge/dt = -ge/taue : siemens\ndgi/dt = "
    "-gi/taui : siemens",
    "dv/dt = (gL*(EL - v) + gL*DeltaT*exp((v - VT)/DeltaT) - w + I)/C : volt\ndw/dt = (a*(v - EL) - w)/tauw "
    ": amp\nI : amp",
    "dv/dt = (0.04/ms/mV)*v**2 + (5/ms)*v + 140*mV/ms - u + I : volt\ndu/dt = a*(b*v - u) : volt/second\na : "
    "1/second",
    "dm/dt = alpha_m*(1 - m) - beta_m*m : 1\nalpha_m = 0.32*(mV**-1)*4*mV/exprel((13.*mV - v + "
    "VT)/(4*mV))/ms : Hz\nv : volt",
    "ds/dt = -s/tau_s + alpha*x*(1 - s) : 1 (clock-driven)\ndx/dt = -x/tau_x : 1 (event-driven)\nw : 1",
    "dtheta/dt = omega + (K/N)*coupling : 1\ncoupling : 1\nomega : hertz (constant)",
    "I_syn = g*s*(E - v) : amp\ng : siemens (shared, constant)\nB = 1/(1 + exp(-0.062*v/mV)/3.57) : 1",
    "refractory_now = t - lastspike < 2*ms and not quiet : boolean\nquiet : boolean\nn : integer (constant)",
    "dv/dt = -v/tau + sigma*sqrt(2/tau)*xi : 1\nsigma = 0.5 + 0.5*sin(2*pi*f*t) : 1\nf : Hz",
};

const std::string codes[] = {
    "v = Vr\nw += b",
    "ge += w_e\nv_post = clip(v_post, 0*mV, 20*mV)",
    "apre += Apre\nw = clip(w + apost, 0, wmax)",
    "v *= 0.5\nu %= 1",
    "x = int(v > 0)*v\ny = x // 2",
};

const std::string conditions[] = {
    "v > 20*mV",
    "i != j and abs(x_pre - x_post) < 100*um",
    "v > Vt and (t - lastspike) > 5*ms or forced",
    "rand() < 0.1*exp(-(x - y)**2/(2*sigma**2))",
    "not (a == b) and c >= -1.5e-3",
};

std::uint32_t line_of(const Place& place, std::uint32_t offset) {
  return place.source->position(offset).line;
}

/// Every problem of the mutant lies on the line of the edit or the one after it, which a missing end may
/// swallow, and can be rendered.
void check_near(Entry entry, const std::string& mutant, std::size_t edit) {
  CAPTURE(mutant);
  for (const Diagnostic& d : problems(entry, mutant)) {
    CAPTURE(d.message);
    const std::uint32_t edited = line_of(d.place, static_cast<std::uint32_t>(edit));
    const std::uint32_t reported = line_of(d.place, d.place.span.begin);
    CHECK(reported >= edited);
    CHECK(reported <= edited + 1);
    CHECK(d.place.span.end <= mutant.size());
    CHECK(render(d).find('^') != std::string::npos);
  }
}

/// Deletes each token in turn, and swaps each with the next. Returns how many mutants were refused.
std::size_t mutate(Entry entry, const std::string& text) {
  REQUIRE(problems(entry, text).empty());
  const auto tokens = tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
  const auto piece = [&](const Token& t) { return text.substr(t.span.begin, t.span.end - t.span.begin); };
  std::size_t refused = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Span span = tokens[i].span;
    const std::string deleted = text.substr(0, span.begin) + text.substr(span.end);
    check_near(entry, deleted, span.begin);
    refused += !problems(entry, deleted).empty();
    if (i + 1 == tokens.size() || tokens[i + 1].starts_line) continue;
    const Span next = tokens[i + 1].span;
    const std::string swapped = text.substr(0, span.begin) + piece(tokens[i + 1]) +
                                text.substr(span.end, next.begin - span.end) + piece(tokens[i]) +
                                text.substr(next.end);
    check_near(entry, swapped, span.begin);
  }
  return refused;
}

}  // namespace

TEST_CASE("a model with a token lost or misplaced is reported near the mistake") {
  for (const std::string& text : models) CHECK(mutate(Entry::equations, text) > 5);
  for (const std::string& text : codes) CHECK(mutate(Entry::statements, text) > 2);
  for (const std::string& text : conditions) CHECK(mutate(Entry::expression, text) > 0);
}
