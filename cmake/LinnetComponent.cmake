# SPDX-License-Identifier: MIT
# What a component, a test, a fuzzer and an application are made of.
#
#   linnet_component(NAME SOURCES … [DEPENDS …] [PRIVATE_DEPENDS …])   library linnet::NAME from include/ and src/
#   linnet_test(NAME TASK|HOST SOURCES … [DEPENDS …] [PRIVATE_INCLUDES …] [TIMEOUT S] [NIGHT])
#   linnet_script_test(NAME SCRIPT file [ARGUMENT text] [TIMEOUT S] [NIGHT|PROOF])
#                                            a program that answers like a test, with
#                                            LINNET_SOURCE_DIR, LINNET_BUILD_DIR and LINNET_TEST_ARGUMENT
#                                            in its environment; PROOF: it runs when proofs are asked for
#   linnet_tests(DIRECTORY)                  add_subdirectory for a folder of tests: if there are to be any
#   linnet_fuzz(NAME SOURCES … [DEPENDS …] [PRIVATE_INCLUDES …] CORPUS dir)
#   linnet_app(NAME SOURCES … [DEPENDS …])                             an image for the chosen board
#
# Where the board is an emulated one, boards/emulate runs an image, and a script of the program's name
# stands before each. A test runs in counted time and without a network, an application in the host's time
# and with one.
#
# A test program prints its cases with --list and runs one when given its name; the names of all
# programs end in BUILD/tests.txt, which `linnet test` reads: name, kind, seconds, when, path.

option(LINNET_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
option(LINNET_COVERAGE "Count which lines and branches of the kernel are reached" OFF)
set_property(GLOBAL PROPERTY LINNET_TESTS "")

set(LINNET_WARNINGS -Wall -Wextra -Wconversion -Wshadow -Werror -Wstrict-prototypes
                    -Wmissing-prototypes -Wno-unused-parameter)

add_library(linnet_flags INTERFACE)
target_compile_features(linnet_flags INTERFACE c_std_11)
if(LINNET_TESTS)
    target_compile_options(linnet_flags INTERFACE ${LINNET_WARNINGS} -fno-common)
endif()
target_compile_options(linnet_flags INTERFACE -ffunction-sections -fdata-sections
                       "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
if(LINNET_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
                        -fno-omit-frame-pointer)
    # A fuzzer finds its way by the coverage of what it calls; it costs the others little.
    if(CMAKE_C_COMPILER_ID MATCHES Clang)
        add_compile_options(-fsanitize=fuzzer-no-link)
    endif()
    add_link_options(-fsanitize=address,undefined)
endif()

# What `linnet size` reads: how much stack each function takes.
if(CMAKE_CROSSCOMPILING)
    target_compile_options(linnet_flags INTERFACE $<$<COMPILE_LANGUAGE:C>:-fstack-usage>)
endif()

# The board's, behind what the kind of build says.
if(BOARD_OPTIMISE)
    add_compile_options(${BOARD_OPTIMISE})
endif()

if(LINNET_COVERAGE)
    add_link_options(--coverage)
endif()

function(linnet_component name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    if(ARG_SOURCES)
        add_library(linnet_${name} STATIC ${ARG_SOURCES})
        set(scope PUBLIC)
        target_link_libraries(linnet_${name} PRIVATE linnet_flags ${ARG_PRIVATE_DEPENDS})
        if(LINNET_SANITIZE AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/fuzz")
            # Without it the fuzzers would not see which branches an input reaches.
            target_compile_options(linnet_${name} PRIVATE -fsanitize=fuzzer-no-link)
        endif()
    else()
        add_library(linnet_${name} INTERFACE)
        set(scope INTERFACE)
    endif()
    if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/include")
        target_include_directories(linnet_${name} ${scope} include)
    endif()
    if(ARG_SOURCES AND EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/src")
        target_include_directories(linnet_${name} PRIVATE src)
    endif()
    target_link_libraries(linnet_${name} ${scope} linnet_options ${ARG_DEPENDS})
    linnet_optimise_whole(${name})
    add_library(linnet::${name} ALIAS linnet_${name})
endfunction()

# Components that the board's BOARD_WHOLE names are optimised as one unit when an image is linked. Each source keeps a
# file of its own, so that `linnet size` can tell whose the code is, and each function a section, of which the linker
# takes those that are used.
function(linnet_optimise_whole name)
    string(REPLACE " " ";" whole "${BOARD_WHOLE}")
    if(NOT name IN_LIST whole)
        return()
    endif()
    set_target_properties(linnet_${name} PROPERTIES INTERPROCEDURAL_OPTIMIZATION ON)
    target_link_options(linnet_${name} INTERFACE ${BOARD_OPTIMISE} -flto=1 -flto-partition=1to1
                                                 -fstack-usage -ffunction-sections -fdata-sections)
endfunction()

macro(linnet_tests directory)
    if(LINNET_TESTS)
        add_subdirectory(${directory})
    endif()
endmacro()

function(linnet_register_test name kind timeout when path)
    if(NOT when)
        set(when fast)
    endif()
    if(NOT timeout)
        set(timeout 60)
    endif()
    set_property(GLOBAL APPEND PROPERTY LINNET_TESTS
                 "${name}\t${kind}\t${timeout}\t${when}\t${path}")
endfunction()

# A program in `folder` of the build: on the host the executable itself, else a script that has the
# board's emulator run the image.
function(linnet_place_program target folder name)
    set_target_properties(${target} PROPERTIES
                          RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/${folder}"
                          OUTPUT_NAME ${name})
    if(NOT CMAKE_CROSSCOMPILING)
        return()
    endif()
    target_link_libraries(${target} PRIVATE linnet::board)
    get_filename_component(boards "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../boards" ABSOLUTE) # also for a user's project
    set(image "${PROJECT_BINARY_DIR}/${folder}/${name}.elf")
    if(folder STREQUAL bin)
        # For `linnet size`: what lies where, and who calls whom.
        target_link_options(${target} PRIVATE "LINKER:-Map=${PROJECT_BINARY_DIR}/bin/${name}.map"
                            LINKER:--emit-relocs)
        if(BOARD_WHOLE)
            # Stacks of the last link's units, which may have been others.
            add_custom_command(TARGET ${target} PRE_LINK VERBATIM
                               COMMAND sh -c "rm -f '${image}'.ltrans*.su")
        endif()
    endif()
    set(how "export LINNET_NETWORK=\"\${LINNET_NETWORK:-none}\"")
    if(folder STREQUAL bin)
        set(how "export LINNET_ICOUNT=\"\${LINNET_ICOUNT:-host}\"")
    endif()
    linnet_write_script("${PROJECT_BINARY_DIR}/${folder}/${name}" "#!/bin/sh
${how}
exec '${boards}/emulate' '${boards}/${LINNET_BOARD}' '${image}' \"$@\"
")
endfunction()

function(linnet_write_script path text)
    file(WRITE "${path}" "${text}")
    file(CHMOD "${path}" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
         WORLD_READ WORLD_EXECUTE)
endfunction()

# What a board has no room for: lines `PROGRAM why` in boards/BOARD/left_out.txt. Such a program is not built; its
# cases are skipped with the reason. (Lines `PROGRAM.CASE why` are for boards/emulate.)
function(linnet_leave_out name left_out)
    set(${left_out} FALSE PARENT_SCOPE)
    set(list "${PROJECT_SOURCE_DIR}/boards/${LINNET_BOARD}/left_out.txt")
    if(NOT CMAKE_CROSSCOMPILING OR NOT EXISTS "${list}")
        return()
    endif()
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${list}")
    file(STRINGS "${list}" reason REGEX "^${name} ")
    if(NOT reason)
        return()
    endif()
    string(LENGTH "${name} " prefix)
    string(SUBSTRING "${reason}" ${prefix} -1 reason)
    foreach(source IN LISTS ARGN)
        file(STRINGS "${source}" found REGEX "^TEST\\(")
        string(REGEX REPLACE "TEST\\(([A-Za-z0-9_]*)\\)" "\\1" found "${found}")
        list(APPEND cases ${found})
    endforeach()
    list(JOIN cases "\n" cases)
    linnet_write_script("${PROJECT_BINARY_DIR}/test/${name}" "#!/bin/sh
[ \"\$1\" != --list ] || { printf '%s\\n' '${cases}'; exit; }
echo 'left out: ${reason}'
exit 77
")
    linnet_register_test(${name} case "" "" "${PROJECT_BINARY_DIR}/test/${name}")
    set(${left_out} TRUE PARENT_SCOPE)
endfunction()

function(linnet_test name)
    if(NOT LINNET_TESTS)
        return()
    endif()
    cmake_parse_arguments(ARG "TASK;HOST;NIGHT" "TIMEOUT" "SOURCES;DEPENDS;PRIVATE_INCLUDES" ${ARGN})
    linnet_leave_out(${name} left_out ${ARG_SOURCES})
    if(left_out)
        return()
    endif()
    set(target test_${name})
    add_executable(${target} ${ARG_SOURCES})
    if(ARG_TASK)
        target_link_libraries(${target} PRIVATE linnet_flags ${ARG_DEPENDS} linnet_test_task)
    else()
        target_link_libraries(${target} PRIVATE linnet_flags ${ARG_DEPENDS} linnet_test_host)
    endif()
    target_include_directories(${target} PRIVATE ${ARG_PRIVATE_INCLUDES})
    linnet_place_program(${target} test ${name})
    set(when "")
    if(ARG_NIGHT)
        set(when night)
    endif()
    linnet_register_test(${name} case "${ARG_TIMEOUT}" "${when}"
                         "${PROJECT_BINARY_DIR}/test/${name}")
endfunction()

function(linnet_script_test name)
    if(NOT LINNET_TESTS)
        return()
    endif()
    cmake_parse_arguments(ARG "NIGHT;PROOF" "SCRIPT;TIMEOUT;ARGUMENT" "" ${ARGN})
    get_filename_component(script "${ARG_SCRIPT}" ABSOLUTE)
    set(path "${PROJECT_BINARY_DIR}/test/${name}")
    linnet_write_script("${path}" "#!/bin/sh
export LINNET_SOURCE_DIR='${PROJECT_SOURCE_DIR}' LINNET_BUILD_DIR='${PROJECT_BINARY_DIR}'
export LINNET_TEST_ARGUMENT='${ARG_ARGUMENT}'
exec '${script}' \"$@\"
")
    set(when "")
    if(ARG_PROOF)
        set(when proof)
    elseif(ARG_NIGHT)
        set(when night)
    endif()
    linnet_register_test(${name} case "${ARG_TIMEOUT}" "${when}" "${path}")
endfunction()

# Under the sanitizer preset a fuzzer is a libFuzzer program; everywhere else the same entry point
# replays the kept inputs and every input of up to two bytes.
function(linnet_fuzz name)
    cmake_parse_arguments(ARG "" "CORPUS" "SOURCES;DEPENDS;PRIVATE_INCLUDES" ${ARGN})
    set(target fuzz_${name})
    get_filename_component(corpus "${ARG_CORPUS}" ABSOLUTE)
    add_executable(${target} ${ARG_SOURCES})
    target_link_libraries(${target} PRIVATE linnet_flags ${ARG_DEPENDS})
    target_include_directories(${target} PRIVATE ${ARG_PRIVATE_INCLUDES})
    target_compile_options(${target} PRIVATE -Wno-missing-prototypes)
    set_target_properties(${target} PROPERTIES
                          RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/fuzz"
                          OUTPUT_NAME ${name})
    if(LINNET_SANITIZE)
        target_link_options(${target} PRIVATE -fsanitize=fuzzer)
        set(kind fuzz)
    else()
        target_link_libraries(${target} PRIVATE linnet_fuzz_replay)
        set(kind replay)
    endif()
    linnet_register_test(fuzz_${name} "${kind}:${corpus}" 900 ""
                         "${PROJECT_BINARY_DIR}/fuzz/${name}")
endfunction()

function(linnet_app name)
    cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE linnet_flags ${ARG_DEPENDS} linnet::board)
    linnet_place_program(${name} bin ${name})
endfunction()

function(linnet_write_test_list)
    get_property(tests GLOBAL PROPERTY LINNET_TESTS)
    list(JOIN tests "\n" text)
    file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/tests.txt" CONTENT "${text}\n")
endfunction()
