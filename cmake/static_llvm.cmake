# Whether LLVM's archives become part of the library, so that a program does not load all of libLLVM. Without them, and
# in builds that are linked often, the shared libLLVM is used.
include(CheckLinkerFlag)
llvm_map_components_to_libnames(ranvier_llvm_archives orcjit native passes)

set(archives_there ON)
foreach(archive IN LISTS ranvier_llvm_archives)
  get_target_property(file ${archive} LOCATION)
  if(NOT EXISTS "${file}")
    set(archives_there OFF)
  endif()
endforeach()
# What LLVM itself is linked with; the development files of it may be missing.
get_target_property(needed LLVMSupport INTERFACE_LINK_LIBRARIES)
foreach(library IN LISTS needed)
  if((library MATCHES "::" AND NOT TARGET ${library}) OR (library MATCHES "^/" AND NOT EXISTS "${library}"))
    set(archives_there OFF)
  endif()
endforeach()

set(static_default OFF)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND RANVIER_SHARED AND NOT RANVIER_SANITIZE AND archives_there)
  set(static_default ON)
endif()
option(RANVIER_LLVM_STATIC "Link LLVM statically (default: on for a shared library in a Release build, where the archives are)"
  ${static_default})

# Nothing of it is anybody else's: a program may have another LLVM. Unused parts stay out.
set(ranvier_static_link_options)
if(RANVIER_LLVM_STATIC)
  foreach(flag --exclude-libs,ALL --gc-sections --as-needed -Bsymbolic-functions -z,pack-relative-relocs)
    string(MAKE_C_IDENTIFIER "RANVIER_LINKER_HAS${flag}" known)
    check_linker_flag(CXX -Wl,${flag} ${known})
    if(${known})
      list(APPEND ranvier_static_link_options -Wl,${flag})
    endif()
  endforeach()
endif()
