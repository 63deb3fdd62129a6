# SPDX-License-Identifier: MIT
# What an emulated or real board is made of.
#
#   linnet_board(SOURCES … [DEPENDS …])     linnet::board from the board's own sources, boards/common, and
#                                           the start-up code of its port
#
# The board's data is boards/BOARD/board.conf, lines NAME="value" that CMake, the shell and `linnet` read
# alike; boards/README.md has the names.

# Sets each NAME of the board's board.conf in the caller's scope.
macro(linnet_read_board_data file)
    file(STRINGS "${file}" linnet_board_lines REGEX "^[A-Z_0-9]+=\"")
    foreach(linnet_board_line IN LISTS linnet_board_lines)
        if(linnet_board_line MATCHES "^([A-Z_0-9]+)=\"(.*)\"$")
            set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
        endif()
    endforeach()
endmacro()

function(linnet_board)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    set(data "${CMAKE_CURRENT_SOURCE_DIR}/board.conf")
    linnet_read_board_data("${data}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${data}")
    set(common "${PROJECT_SOURCE_DIR}/boards/common")
    set(start "${PROJECT_SOURCE_DIR}/ports/${BOARD_PORT}/start")

    file(GLOB shared CONFIGURE_DEPENDS "${common}/src/*.c")
    set(uart "")
    if(BOARD_UART)
        list(APPEND shared "${common}/serial/console.c")
        set(uart linnet::uart_${BOARD_UART})
    endif()
    linnet_component(board SOURCES ${ARG_SOURCES} ${shared} "${common}/libc/${BOARD_LIBC}.c"
                                   "${common}/semihosting/${BOARD_SEMIHOSTING}.c"
                     DEPENDS linnet::interfaces linnet::start ${uart}
                     PRIVATE_DEPENDS linnet::port linnet::kernel ${ARG_DEPENDS})
    target_include_directories(linnet_board PRIVATE "${common}/include")
    target_compile_definitions(linnet_board PRIVATE "BOARD_NAME=\"${LINNET_BOARD}\"")
    if(BOARD_INTERRUPTS)
        target_compile_definitions(linnet_start PRIVATE BOARD_INTERRUPTS=${BOARD_INTERRUPTS})
    endif()
    # The start-up code and the board call each other: two archives that are searched in turn.
    target_link_libraries(linnet_start PRIVATE linnet_board)

    set(script "${CMAKE_CURRENT_BINARY_DIR}/image.ld")
    configure_file("${start}/image.ld.in" "${script}" @ONLY)
    target_link_options(linnet_board INTERFACE -nostartfiles "-T${script}" LINKER:--gc-sections
                        # The kernel and the C library, which call these, stand behind the board.
                        LINKER:--undefined=_exit
                        LINKER:--undefined=rtos_assert_failed
                        LINKER:--undefined=vApplicationStackOverflowHook)
    if(BOARD_LIBC STREQUAL newlib)
        target_link_options(linnet_board INTERFACE LINKER:--wrap=__sinit LINKER:--wrap=_reclaim_reent) # libc/newlib.c says why
    endif()
    set_property(TARGET linnet_board APPEND PROPERTY INTERFACE_LINK_DEPENDS "${script}")

    # Tests of the port need a board's interrupts, and the kernel to compile variants of it.
    if(LINNET_TESTS AND EXISTS "${PROJECT_SOURCE_DIR}/ports/${BOARD_PORT}/test/CMakeLists.txt")
        add_subdirectory("${PROJECT_SOURCE_DIR}/ports/${BOARD_PORT}/test"
                         "${PROJECT_BINARY_DIR}/ports/test")
    endif()
    if(LINNET_TESTS AND BOARD_UART)
        add_subdirectory("${PROJECT_SOURCE_DIR}/drivers/uart/test" "${PROJECT_BINARY_DIR}/drivers/uart/test")
    endif()
endfunction()
