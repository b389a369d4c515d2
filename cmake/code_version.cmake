# A sum of the sources that turn kernels into machine code, and of tables whose layout that code knows, so that code
# which an older version kept is not found.
# Included, it adds the rule; as a script (-D SOURCE=... -D OUTPUT=...) it writes the source file with the sum.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(SOURCE ${PROJECT_SOURCE_DIR})
endif()
file(GLOB sources ${SOURCE}/compiler/backends/*.?pp ${SOURCE}/compiler/backends/llvm/*.?pp
  ${SOURCE}/compiler/kernel*.?pp ${SOURCE}/compiler/random*.?pp)

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(OUTPUT ${PROJECT_BINARY_DIR}/code_version.cpp)
  add_custom_command(OUTPUT ${OUTPUT} VERBATIM
    COMMAND ${CMAKE_COMMAND} -D SOURCE=${SOURCE} -D OUTPUT=${OUTPUT} -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${sources} ${CMAKE_CURRENT_LIST_FILE})
  target_sources(ranvier_compiler PRIVATE ${OUTPUT})
  return()
endif()

list(SORT sources)
set(sums "")
foreach(source IN LISTS sources)
  file(SHA256 ${source} sum)
  string(APPEND sums ${sum})
endforeach()
string(SHA256 version "${sums}")
string(SUBSTRING ${version} 0 32 version)
file(WRITE ${OUTPUT} "#include <ranvier/compiler/backends/llvm/code_version.hpp>

std::string_view ranvier::llvm_backend::code_version() {
  return \"${version}\";
}
")
