# SPDX-License-Identifier: MIT
# Toolchain: GCC for Xtensa with picolibc, call0 ABI. LINNET_CPU_FLAGS chooses the core; board.cmake sets it.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR xtensa)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(CMAKE_C_COMPILER xtensa-lx106-elf-gcc)
set(CMAKE_ASM_COMPILER xtensa-lx106-elf-gcc)
# Literals beside the code, and calls by register, so that they are reached however large the image is; the
# linker shortens what is near.
set(CMAKE_C_FLAGS_INIT "${LINNET_CPU_FLAGS} -mtext-section-literals -mlongcalls --specs=/usr/lib/xtensa-lx106-elf/picolibc.specs")
set(CMAKE_ASM_FLAGS_INIT "${LINNET_CPU_FLAGS} -mtext-section-literals -mlongcalls")
set(CMAKE_EXECUTABLE_SUFFIX_C ".elf")

set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
