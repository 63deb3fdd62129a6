# SPDX-License-Identifier: MIT
# Target linnet_options carries the folder of the generated option headers (FreeRTOSConfig.h …).
add_library(linnet_options INTERFACE)
target_include_directories(linnet_options INTERFACE "${PROJECT_SOURCE_DIR}/cmake/options")
