# SPDX-License-Identifier: MIT
# Tests of options: the kernel and its port, compiled once more with options of the test's own.
#
#   linnet_kernel_variant(NAME SOURCES … [HEAP file|none] [CONFIG folder] OPTIONS line …)
#
# NAME becomes a test program whose cases are bodies of tasks, as with linnet_test(NAME TASK). The lines
# go on top of the board's options; the folder may hold a FreeRTOSConfig_app.h.
#
# Several programs on one such kernel:
#
#   linnet_variant_library(NAME [HEAP file|none] [CONFIG folder] OPTIONS line …)
#   linnet_variant_test(NAME LIBRARY source …)

function(linnet_kernel_sources variable heap)
    foreach(target linnet_kernel linnet_port)
        get_target_property(sources ${target} SOURCES)
        get_target_property(folder ${target} SOURCE_DIR)
        list(FILTER sources EXCLUDE REGEX "^heap/")
        list(TRANSFORM sources PREPEND "${folder}/")
        list(APPEND all ${sources})
    endforeach()
    if(NOT heap STREQUAL none)
        list(APPEND all "${PROJECT_SOURCE_DIR}/kernel/heap/${heap}.c")
    endif()
    set(${variable} ${all} PARENT_SCOPE)
endfunction()

function(linnet_variant_options folder)
    list(JOIN ARGN "\n" lines)
    file(CONFIGURE OUTPUT "${folder}/app.config" CONTENT "${lines}\n" @ONLY)
    execute_process(COMMAND "${PROJECT_BINARY_DIR}/host/optgen" -k "${LINNET_KCONFIG_CONF}" -o "${folder}"
                            Kconfig "options/${LINNET_BOARD}.config" "${folder}/app.config"
                    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" RESULT_VARIABLE status
                    ERROR_VARIABLE messages)
    if(NOT status EQUAL 0 OR messages)
        message(FATAL_ERROR "The options of ${folder} do not hold:\n${messages}")
    endif()
endfunction()

# The kernel, the port and the harness with these options, to link programs with.
function(linnet_variant_library name)
    cmake_parse_arguments(ARG "" "HEAP;CONFIG" "OPTIONS" ${ARGN})
    if(NOT ARG_HEAP)
        set(ARG_HEAP heap_tlsf)
    endif()
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${name}")
    linnet_variant_options("${folder}" ${ARG_OPTIONS})
    linnet_kernel_sources(kernel ${ARG_HEAP})
    set(platform sim)
    if(CMAKE_CROSSCOMPILING)
        set(platform board)
    endif()
    set(harness cases.c check.c task_main.c hooks.c ${platform}/run_all.c ${platform}/interrupt.c)
    list(TRANSFORM harness PREPEND "${PROJECT_SOURCE_DIR}/tests/harness/")
    add_library(${name} OBJECT ${kernel} ${harness})
    target_link_libraries(${name} PUBLIC linnet_flags)
    foreach(include kernel/include kernel/src ports/${LINNET_PORT}/include ports/${LINNET_PORT}/src
                    ports/common/include interfaces
                    tests/harness tests/harness/include kernel/test)
        list(APPEND includes "${PROJECT_SOURCE_DIR}/${include}")
    endforeach()
    target_include_directories(${name} PUBLIC "${folder}" ${ARG_CONFIG} ${includes}
                               $<TARGET_PROPERTY:linnet_port,INTERFACE_INCLUDE_DIRECTORIES>)
    if(CMAKE_CROSSCOMPILING)
        target_link_libraries(${name} PUBLIC linnet::board)
    endif()
endfunction()

function(linnet_variant_test name library)
    set(target test_${name})
    add_executable(${target} ${ARGN})
    target_link_libraries(${target} PRIVATE ${library})
    linnet_place_program(${target} test ${name})
    linnet_register_test(${name} case "" "" "${PROJECT_BINARY_DIR}/test/${name}")
endfunction()

function(linnet_kernel_variant name)
    cmake_parse_arguments(ARG "" "HEAP;CONFIG" "SOURCES;OPTIONS" ${ARGN})
    linnet_variant_library(variant_${name} HEAP "${ARG_HEAP}" CONFIG "${ARG_CONFIG}"
                           OPTIONS ${ARG_OPTIONS})
    linnet_variant_test(${name} variant_${name} ${ARG_SOURCES})
endfunction()
