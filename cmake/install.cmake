# Installs the library, its public headers, a CMake package and a pkg-config file.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Ranvier)
set(exported_targets ranvier)
if(NOT RANVIER_SHARED)
  list(APPEND exported_targets ranvier_link)  # a static library brings what it is linked with
endif()
install(TARGETS ${exported_targets} EXPORT RanvierTargets)
install(EXPORT RanvierTargets NAMESPACE Ranvier:: DESTINATION ${package_dir})

# All headers but those of the back ends' insides, which name third parties (scripts/check-layers).
install(DIRECTORY ${ranvier_folders} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ranvier
  FILES_MATCHING PATTERN "*.hpp"
  PATTERN backends/llvm EXCLUDE
  PATTERN backends/reference EXCLUDE)
install(FILES ranvier.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ranvier OPTIONAL)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(cmake/RanvierConfig.cmake.in ${PROJECT_BINARY_DIR}/RanvierConfig.cmake
  INSTALL_DESTINATION ${package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/RanvierConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/RanvierConfig.cmake ${PROJECT_BINARY_DIR}/RanvierConfigVersion.cmake
  DESTINATION ${package_dir})

list(JOIN ranvier_pc_modules " " ranvier_pc_requires)
configure_file(cmake/ranvier.pc.in ${PROJECT_BINARY_DIR}/ranvier.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/ranvier.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
