#pragma once
#include <cstddef>
#include <string_view>

namespace ranvier {

/// Bytes of the UTF-8 character at the front of a text that is not empty; 0 if they are none: a stray byte,
/// an overlong form, a surrogate, a number beyond U+10FFFF.
std::size_t utf8_length(std::string_view text);

}  // namespace ranvier
