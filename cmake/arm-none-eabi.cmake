# SPDX-License-Identifier: MIT
# Toolchain: GCC for Cortex-M with newlib. LINNET_CPU names the core, in the compiler's words.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(LINNET_CPU "cortex-m3" CACHE STRING "The core, as -mcpu names it")
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES LINNET_CPU)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_ASM_COMPILER arm-none-eabi-gcc)
set(CMAKE_C_FLAGS_INIT "-mcpu=${LINNET_CPU} -mthumb")
set(CMAKE_ASM_FLAGS_INIT "-mcpu=${LINNET_CPU} -mthumb")
set(CMAKE_EXECUTABLE_SUFFIX_C ".elf")

set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
