# SPDX-License-Identifier: MIT
# cmake --install: the sources, without tests, and a package file for find_package(Linnet).
#
# A kernel is compiled with its application's FreeRTOSConfig.h, flags and CPU; a library compiled
# beforehand would fit one application. So what is installed is source, and find_package declares the
# same targets as add_subdirectory does.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(source_folder "${CMAKE_INSTALL_DATADIR}/linnet")
set(package_folder "${CMAKE_INSTALL_DATADIR}/cmake/Linnet")

install(FILES CMakeLists.txt Kconfig LICENSE NOTICE README.md DESTINATION "${source_folder}")
install(DIRECTORY boards cmake drivers interfaces kernel libs net options ports third_party
        DESTINATION "${source_folder}" USE_SOURCE_PERMISSIONS
        PATTERN test EXCLUDE PATTERN fuzz EXCLUDE PATTERN proof EXCLUDE)
install(DIRECTORY tools/optgen/src DESTINATION "${source_folder}/tools/optgen")

configure_package_config_file(cmake/LinnetConfig.cmake.in "${PROJECT_BINARY_DIR}/LinnetConfig.cmake"
                              INSTALL_DESTINATION "${package_folder}" PATH_VARS source_folder)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/LinnetConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES "${PROJECT_BINARY_DIR}/LinnetConfig.cmake"
              "${PROJECT_BINARY_DIR}/LinnetConfigVersion.cmake"
        DESTINATION "${package_folder}")
