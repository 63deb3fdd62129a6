# SPDX-License-Identifier: MIT
# Toolchain of a board: from its data to that of its compiler. LINNET_BOARD names the board.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES LINNET_BOARD)
file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/../boards/${LINNET_BOARD}/board.conf" linnet_board_lines
     REGEX "^BOARD_(PORT|TOOLCHAIN|FLAGS|OPTIMISE|WHOLE|UART)=\"")
foreach(linnet_board_line IN LISTS linnet_board_lines)
    if(linnet_board_line MATCHES "^([A-Z_]+)=\"(.*)\"$")
        set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
    endif()
endforeach()
set(LINNET_PORT "${BOARD_PORT}" CACHE STRING "A folder of ports/: the CPU")
set(LINNET_CPU_FLAGS "${BOARD_FLAGS}")
include("${CMAKE_CURRENT_LIST_DIR}/${BOARD_TOOLCHAIN}.cmake")
