#include <doctest/doctest.h>
#include <ranvier/tests/grammar/helpers.hpp>

using namespace ranvier;
using test::Entry;
using test::generator;
using test::problems;

namespace {

struct Bad {
  const char* text;
  DiagnosticCode code;
  const char* under;   // the text that the caret stands under
  const char* mended;  // with the fixes applied; "": none is proposed
};

std::string shown(const Expr& e) {
  return e ? print(e) : "-";
}

/// The parts of a generator, "-" for what is not written.
std::string parts(const std::string& text) {
  const Generator g = generator(text);
  std::string out = print(g.element) + " | " + (g.range ? g.variable : "-") + " | ";
  if (g.range)
    out += std::string(g.range->sampled ? "sample " : "range ") + shown(g.range->low) + ' ' +
           shown(g.range->high) + ' ' + shown(g.range->step) + ' ' + shown(g.range->p) + ' ' +
           shown(g.range->size);
  return out + " | " + shown(g.condition);
}

void check(const Bad& bad) {
  CAPTURE(bad.text);
  const auto found = problems(Entry::generator, bad.text);
  REQUIRE(!found.empty());
  CAPTURE(render(found));
  CHECK(found[0].code == bad.code);
  CHECK(found[0].place.text() == bad.under);
  if (*bad.mended) {
    REQUIRE(!found[0].fixes.empty());
    const std::string mended = test::mended(bad.text, found[0]);
    CHECK(mended == bad.mended);
    CHECK(problems(Entry::generator, mended).empty());
  } else {
    CHECK(found[0].fixes.empty());
    CHECK(!found[0].help.empty());
  }
}

}  // namespace

TEST_CASE("a generator has an element, a loop and a condition") {
  CHECK(parts("i") == "i | - |  | -");
  CHECK(parts("i+1 if i<2") == "i + 1 | - |  | i < 2");
  CHECK(parts("k for k in range(i,i+3)") == "k | k | range i i + 3 - - - | -");
  CHECK(parts("k for k in range(N_post)") == "k | k | range - N_post - - - | -");
  CHECK(parts("(i+k)%N_post for k in range(-1, 2, 1) if k != 0") ==
        "(i + k)%N_post | k | range -1 2 1 - - | k != 0");
  CHECK(parts("k for k in sample(N_post, p=0.1*i)") == "k | k | sample - N_post - 0.1*i - | -");
  CHECK(parts("k for _k2 in sample(1, N_post, 2, size=f(i, 3))") ==
        "k | _k2 | sample 1 N_post 2 - f(i, 3) | -");
  CHECK(parts("k for k in sample(p=0.5, N_post)") == "k | k | sample - N_post - 0.5 - | -");
  CHECK(parts("1\n for _\n in range(3) # three copies\n if True") == "1 | _ | range - 3 - - - | True");
}

TEST_CASE("every part of a generator knows its place") {
  const Generator g = generator(" i + k for k in range(2, N) if k > 1 ");
  CHECK(g.place.text() == "i + k for k in range(2, N) if k > 1");
  CHECK(g.element->place.text() == "i + k");
  CHECK(g.variable_place.text() == "k");
  CHECK(g.range->place.text() == "range(2, N)");
  CHECK(g.range->low->place.text() == "2");
  CHECK(g.condition->place.text() == "k > 1");
}

TEST_CASE("a printed generator reads back as the same") {
  for (const char* text : {"i", "i + 1 if i < 2", "k for k in range(3)",
                           "k for k in range(0, N, 2) if not k == i", "2*k for k in sample(N_post, p=0.1)",
                           "k for _ in sample(1, N, -2, size=i//2) if i != j and x_pre > 0"}) {
    CHECK(print(generator(text)) == text);
    CHECK(print(generator(print(generator(text)))) == text);
  }
}

TEST_CASE("clauses that do not fit together are refused with what to write") {
  using enum DiagnosticCode;
  const Bad all[] = {
      {"k for k in range(3) for l in range(2)", bad_generator, "for", ""},
      {"k for k in range(3) if k > 1 if k < 5", bad_generator, "if",
       "k for k in range(3) if k > 1 and k < 5"},
      {"k for k in range(3) if k > 1 or i if k < 5", bad_generator, "if", ""},
      {"k if k > 1 for k in range(3)", bad_generator, "if", "k for k in range(3) if k > 1"},
      {"[k for k in range(3)]", bad_generator, "[", "k for k in range(3)"},
      {"(k for k in range(3))", bad_generator, "(", "k for k in range(3)"},
      {"k for in range(3)", bad_generator, "in", ""},
      {"k for", bad_generator, "for", ""},
      {"k for k, l in range(3)", bad_generator, "k, l", ""},
      {"k for (k, l) in range(3)", bad_generator, "(k, l)", ""},
      {"k for 3 in range(3)", bad_generator, "3", ""},
      {"k for k range(3)", bad_generator, "range", "k for k in range(3)"},
      {"k for k = range(3)", bad_generator, "=", ""},
      {"k for k", bad_generator, "k", ""},
      {"k for k in", bad_generator, "in", ""},
      {"k for k in 10", bad_generator, "10", "k for k in range(10)"},
      {"k for k in N_post", bad_generator, "N_post", "k for k in range(N_post)"},
      {"k for k in [1, 2]", bad_generator, "[1, 2]", ""},
      {"k for k in 0:10", bad_generator, "0:10", ""},
      {"k for k in range(3)*2", bad_generator, "*2", ""},
      {"k for k in xrange(3)", bad_generator, "xrange", "k for k in range(3)"},
      {"k for k in samples(3, p=0.1)", bad_generator, "samples", "k for k in sample(3, p=0.1)"},
      {"k for k in where(3)", bad_generator, "where", ""},
      {"", empty_expression, "", ""},
  };
  for (const Bad& bad : all) check(bad);
}

TEST_CASE("arguments of range and sample are checked") {
  using enum DiagnosticCode;
  const Bad all[] = {
      {"k for k in range()", wrong_argument_count, "range()", ""},
      {"k for k in range(1, 2, 3, 4)", wrong_argument_count, "range(1, 2, 3, 4)", ""},
      {"k for k in range(start=1, 3)", bad_generator, "start", "k for k in range(1, 3)"},
      {"k for k in range(1, high=3)", bad_generator, "high", "k for k in range(1, 3)"},
      {"k for k in range(3, p=0.1)", bad_generator, "p", ""},
      {"k for k in sample(3)", bad_generator, "sample(3)", ""},
      {"k for k in sample(N, 0.1)", bad_generator, "sample(N, 0.1)", "k for k in sample(N, p=0.1)"},
      {"k for k in sample(N, p=0.1, size=3)", bad_generator, "size", ""},
      {"k for k in sample(N, p=0.1, p=0.2)", bad_generator, "p", ""},
      {"k for k in sample(N, prob=0.1)", bad_generator, "prob", "k for k in sample(N, p=0.1)"},
      {"k for k in sample(N, seed=1)", bad_generator, "seed", ""},
      {"k for k in sample(1, 2, 3, 4, size=1)", wrong_argument_count, "sample(1, 2, 3, 4, size=1)", ""},
      {"k for k in sample(size=1)", wrong_argument_count, "sample(size=1)", ""},
  };
  for (const Bad& bad : all) check(bad);
}

TEST_CASE("mistakes inside the parts are found, all of them") {
  const auto codes = [](const char* text) {
    std::vector<DiagnosticCode> found;
    for (const Diagnostic& problem : problems(Entry::generator, text)) found.push_back(problem.code);
    return found;
  };
  using enum DiagnosticCode;
  using Codes = std::vector<DiagnosticCode>;
  CHECK(codes("2 k for k in range(i^2, 3) if 0 < k < 3") ==
        Codes{implicit_product, caret_power, chained_comparison});
  CHECK(codes("k for k in range(3") == Codes{unbalanced_parenthesis});
  CHECK(codes("k for k in range(3,)") == Codes{empty_expression});
  CHECK(codes("k for k in range(*x)") == Codes{syntax});
  CHECK(codes("k for k in sample(3, p=)") == Codes{empty_expression});
  CHECK(codes("for k in range(3)") == Codes{empty_expression});
  CHECK(codes("k for k in range(3) if") == Codes{empty_expression});
  CHECK(codes("i if i < 3 else 2") == Codes{forbidden_operator});
  CHECK(codes("f(k for k in range(3))") == Codes{forbidden_operator});
}

TEST_CASE("a loop in an expression is answered with where loops stand") {
  const auto found = problems(Entry::expression, "k for k in range(3)");
  REQUIRE(found.size() == 1);
  CHECK(found[0].help.find(".j = ") != std::string::npos);
}

TEST_CASE("the bounds of texts hold for generators") {
  Limits limits;
  limits.depth = 10;
  limits.nodes = 50;
  limits.text_bytes = 1000;
  using enum DiagnosticCode;
  const auto first = [&](const std::string& text) {
    const auto found = problems(Entry::generator, text, limits);
    REQUIRE(!found.empty());
    return found[0].code;
  };
  CHECK(first("k for k in range(" + test::repeated("(", 11) + "3" + test::repeated(")", 11) + ")") ==
        too_deep);
  CHECK(first(test::repeated("k + ", 60) + "k for k in range(3)") == too_many_nodes);
  CHECK(first("k for k in range(3) if k < " + std::string(1000, '1')) == too_long);
  CHECK(first("k for " + std::string(200, 'k') + " in range(3)") == too_long);
}
