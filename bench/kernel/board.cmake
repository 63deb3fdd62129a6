# SPDX-License-Identifier: MIT
# The image of all rows for the board that the preset chose, `bench_rows`; included from the root. Boards
# that are measured have BOARD_BENCH in their board.conf.
#
# The kernel and the port are compiled once more, with the one FreeRTOSConfig.h of the rows. What the
# port wants to know of the board (the options of its Kconfig) comes from the board's own options.
include(LinnetKernelVariant) # linnet_kernel_sources

function(bench_board_options file)
    set(kconfig "${PROJECT_SOURCE_DIR}/ports/${LINNET_PORT}/Kconfig")
    set(header "${PROJECT_BINARY_DIR}/options/FreeRTOSConfig.h")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${kconfig}" "${header}")
    file(STRINGS "${kconfig}" names REGEX "^config ")
    list(TRANSFORM names REPLACE "^config +([A-Za-z0-9_]+).*" "\\1")
    list(APPEND names configCPU_CLOCK_HZ) # several ports share it
    list(REMOVE_DUPLICATES names)
    set(text "#pragma once /* the options of ports/${LINNET_PORT}, as the board has them */\n")
    foreach(name IN LISTS names)
        file(STRINGS "${header}" line REGEX "^#define ${name} ")
        if(line)
            string(APPEND text "${line}\n")
        endif()
    endforeach()
    file(CONFIGURE OUTPUT "${file}" CONTENT "${text}" @ONLY)
endfunction()

function(bench_rows)
    set(bench "${PROJECT_SOURCE_DIR}/bench/kernel")
    set(folder "${PROJECT_BINARY_DIR}/bench")
    bench_board_options("${folder}/options/bench_board.h")
    linnet_kernel_sources(kernel heap_tlsf)
    file(GLOB rows CONFIGURE_DEPENDS "${bench}/rows/*.c" "${bench}/thread_metric/*.c")
    add_executable(bench_rows EXCLUDE_FROM_ALL ${kernel} ${rows} "${bench}/image/print.c"
                   "${bench}/image/board/host.c" "${bench}/image/board/port_${LINNET_PORT}.c")
    set_target_properties(bench_rows PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${folder}"
                          OUTPUT_NAME rows SUFFIX .elf)
    target_compile_definitions(bench_rows PRIVATE BENCH_BOARD BENCH_ASSERTS=0)
    target_compile_options(bench_rows PRIVATE -O2 -ffunction-sections -fdata-sections -fno-common
                           -Wall -Wextra -Wno-unused-parameter)
    target_compile_features(bench_rows PRIVATE c_std_11)
    target_include_directories(bench_rows BEFORE PRIVATE "${folder}/options" "${bench}"
        "${bench}/image/board" "${PROJECT_SOURCE_DIR}/kernel/include" "${PROJECT_SOURCE_DIR}/kernel/src"
        "${PROJECT_SOURCE_DIR}/ports/${LINNET_PORT}/src")
    # What is in no archive is found first: the board calls the kernel of the image.
    target_link_libraries(bench_rows PRIVATE linnet::board)
endfunction()

linnet_read_board_data("${PROJECT_SOURCE_DIR}/boards/${LINNET_BOARD}/board.conf")
if(BOARD_BENCH)
    bench_rows()
endif()
