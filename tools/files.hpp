#pragma once
#include <string>

#include <ranvier/tools/description.hpp>

namespace ranvier::tool {

/// The bytes of a file; "-": of the standard input. Throws NetworkError with the system's reason.
std::string read_file(const std::string& path);
/// Replaces a file as a whole. Throws NetworkError.
void write_file(const std::string& path, const std::string& bytes);

/// The lines that say the same as a session did. In say_session.cpp.
std::string text_of(const Description& description);

}  // namespace ranvier::tool
