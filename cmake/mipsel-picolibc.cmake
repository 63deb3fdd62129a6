# SPDX-License-Identifier: MIT
# Toolchain: Debian's GCC for MIPS, whose own C library is Linux's, with picolibc compiled from its sources
# (third_party/fetch-picolibc, once for all builds). LINNET_CPU_FLAGS chooses the core; board.cmake sets it.
# Its libgcc is for Linux too: ports/common has the arithmetic.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR mips)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

set(third_party "${CMAKE_CURRENT_LIST_DIR}/../third_party")
execute_process(COMMAND "${third_party}/fetch-picolibc" RESULT_VARIABLE failed
                OUTPUT_VARIABLE picolibc_sources OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT failed)
    string(MD5 flags_hash "${LINNET_CPU_FLAGS}")
    string(SUBSTRING "${flags_hash}" 0 8 flags_hash)
    get_filename_component(picolibc_name "${picolibc_sources}" NAME)
    get_filename_component(picolibc "${third_party}/../build/third_party/mips-${flags_hash}-${picolibc_name}"
                           ABSOLUTE)
    execute_process(COMMAND "${third_party}/build-picolibc" "${picolibc_sources}" "${picolibc}" mips
                            mipsel-linux-gnu- "${LINNET_CPU_FLAGS} -ffunction-sections -fdata-sections"
                    RESULT_VARIABLE failed)
endif()
if(failed)
    message(FATAL_ERROR "no C library for MIPS: the lines above say why and what to do")
endif()

set(CMAKE_C_COMPILER mipsel-linux-gnu-gcc)
set(CMAKE_ASM_COMPILER mipsel-linux-gnu-gcc)
# Of the compiler's headers only its own: those of Linux's C library would be found where picolibc has none.
execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=include
                OUTPUT_VARIABLE own_headers OUTPUT_STRIP_TRAILING_WHITESPACE)
set(not_linux "-U__linux__ -U__linux -Ulinux -U__gnu_linux__ -U__unix__ -U__unix -Uunix")
set(CMAKE_C_FLAGS_INIT "${LINNET_CPU_FLAGS} ${not_linux} -fno-stack-protector -nostdinc -isystem ${own_headers} -isystem ${picolibc}/include")
set(CMAKE_ASM_FLAGS_INIT "${LINNET_CPU_FLAGS}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostdlib -static -Wl,--build-id=none -L${picolibc}/lib")
set(CMAKE_C_STANDARD_LIBRARIES "-Wl,--start-group -lc -lm -Wl,--end-group")
set(CMAKE_EXECUTABLE_SUFFIX_C ".elf")

set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
