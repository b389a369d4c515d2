// What the proposed replacements are worth: put in place by a program, not by a person.
#include <doctest/doctest.h>

#include <ranvier/tests/support/model_file.hpp>

using namespace ranvier;
using test::ModelFile;

namespace {

/// Compiles, mends what can be mended, and so on: mending a word may uncover what was behind it.
bool mends_itself(ModelFile model) {
  for (int round = 0; round < 4; ++round) {
    const test::Verdict verdict = test::compile(model);
    if (!verdict.refused()) return true;
    ModelFile next = test::mended(model, verdict);
    if (std::ranges::equal(next.sections, model.sections, {}, &test::Section::text, &test::Section::text))
      return false;
    model = std::move(next);
  }
  return false;
}

}  // namespace

TEST_CASE("the proposed replacements make most bad models compile") {
  auto models = test::models_in("errors");
  std::erase_if(models, [](const ModelFile& model) { return model.name.starts_with("warning_"); });
  std::size_t mended = 0;
  std::string others;
  for (const ModelFile& model : models) {
    if (mends_itself(model))
      ++mended;
    else
      others += "\n  " + model.name;
  }
  const double share = static_cast<double>(mended) / static_cast<double>(models.size());
  MESSAGE("mended by their proposed replacements: ", mended, " of ", models.size(), " bad models");
  INFO("not mended:", others);
  CHECK(share >= 0.65);
}
