#pragma once
#include <string>
#include <vector>

/// Documents and the code that they show. Every C++ block of a document stands in a test, too, so that it
/// compiles and runs; `shows` compares the two.
namespace document {

/// A file of the repository.
std::string contents(const std::string& path);
/// The blocks between ```kind and ``` of a document.
std::vector<std::string> blocks(const std::string& document, const std::string& kind);
/// Whether each paragraph of a snippet occurs in the code, however the two break and indent lines.
bool shows(const std::string& code, const std::string& snippet);

}  // namespace document
