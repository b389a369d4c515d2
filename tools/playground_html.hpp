#pragma once
#include <string_view>

namespace ranvier::tool {

/// The page of the playground; {{DATA}} is where its data go.
extern const std::string_view playground_html;

}  // namespace ranvier::tool
