#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <cstdlib>

#include <ranvier/tests/support/folder.hpp>

// The user's folder of compiled code is none of the tests' business, nor of the programs that they start.
static const int no_cache = setenv("RANVIER_CACHE", "", 1);

const std::string test_folder = RANVIER_TEST_DIR;
