#pragma once
#include <string>

/// Where the tests lie. Known to one file alone, so that the objects of all others do not depend on the place
/// of the source tree and a compiler cache serves every checkout.
extern const std::string test_folder;
