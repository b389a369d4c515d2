#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <ranvier/tests/support/folder.hpp>

const std::string test_folder = RANVIER_TEST_DIR;
