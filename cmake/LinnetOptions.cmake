# SPDX-License-Identifier: MIT
# The options: from Kconfig and the layers on top to the headers that the sources read.
#
#   options/BOARD.config        what the board has different from the defaults (LINNET_BOARD)
#   options/PRESET.config       what the preset has different (LINNET_OPTIONS)
#   app.config                  what the application has different: beside the CMakeLists.txt of a
#                               project that adds Linnet, or the files of LINNET_APP_OPTIONS, of which
#                               the last one is strongest
#   BUILD/local.config          what this build folder has different (`linnet config` writes it)
#
# An application's FreeRTOSConfig_app.h is found beside that CMakeLists.txt too, or in
# LINNET_APP_OPTIONS_DIR.
#
# Whoever has a FreeRTOSConfig.h written by hand needs none of this, and no tool for it: the folder goes
# into LINNET_CONFIG_DIR, or an interface library `freertos_config` that was declared before Linnet was
# added leads to it. Beside it may lie FreeRTOSIPConfig.h and core_mqtt_config.h.
#
# Otherwise target linnet_options carries BUILD/options, the folder of the headers (FreeRTOSConfig.h …). They
# are written while CMake configures, again when a Kconfig file or a layer changes, and only those
# whose text differs. The tool that writes them is built for the host, whatever the target is.

set(LINNET_CONFIG_DIR "" CACHE PATH "Folder of the user's own FreeRTOSConfig.h, instead of options")
if(LINNET_CONFIG_DIR OR TARGET freertos_config)
    set(LINNET_HAS_USER_CONFIG ON)
else()
    set(LINNET_HAS_USER_CONFIG OFF)
endif()
set(LINNET_OPTIONS "" CACHE STRING "Name of a file in options/ that goes on top of the board's")
set(LINNET_APP_OPTIONS "" CACHE STRING "Option files of the application")
set(LINNET_APP_OPTIONS_DIR "" CACHE PATH "Folder of the application's FreeRTOSConfig_app.h")
if(NOT CMAKE_SOURCE_DIR STREQUAL PROJECT_SOURCE_DIR)
    # The build looks again each time whether they are there.
    file(GLOB app_config CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/app.config")
    file(GLOB app_header CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/FreeRTOSConfig_app.h")
    if(NOT LINNET_APP_OPTIONS)
        set(LINNET_APP_OPTIONS ${app_config})
    endif()
    if(NOT LINNET_APP_OPTIONS_DIR AND app_header)
        set(LINNET_APP_OPTIONS_DIR "${CMAKE_SOURCE_DIR}")
    endif()
endif()
find_program(LINNET_HOST_CC NAMES cc gcc clang DOC "C compiler for tools that run on the host"
             NO_CMAKE_FIND_ROOT_PATH)
find_program(LINNET_KCONFIG_CONF NAMES kconfig-conf DOC "Evaluates the Kconfig files"
             NO_CMAKE_FIND_ROOT_PATH)

function(linnet_need_host_tools)
    if(NOT LINNET_HOST_CC)
        message(FATAL_ERROR "No C compiler for the host (cc, gcc or clang). "
                            "Install it: apt-get install gcc")
    endif()
    if(NOT LINNET_KCONFIG_CONF)
        message(FATAL_ERROR "kconfig-conf is missing; it works out the options. "
                            "Install it: apt-get install kconfig-frontends-nox")
    endif()
endfunction()

# Builds optgen if a source of it is newer.
function(linnet_build_optgen program)
    file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tools/optgen/src/*.[ch]")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
    set(stale FALSE)
    foreach(source IN LISTS sources)
        if("${source}" IS_NEWER_THAN "${program}")
            set(stale TRUE)
        endif()
    endforeach()
    if(NOT stale)
        return()
    endif()
    list(FILTER sources INCLUDE REGEX "\\.c$")
    execute_process(COMMAND "${LINNET_HOST_CC}" -std=c11 -O1 -o "${program}" ${sources}
                    RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "The host's compiler ${LINNET_HOST_CC} cannot build tools/optgen.")
    endif()
endfunction()

# The layers that there are, weakest first, by names relative to the source where they lie there.
function(linnet_option_layers variable)
    set(layers "")
    if(EXISTS "${PROJECT_SOURCE_DIR}/options/${LINNET_BOARD}.config")
        list(APPEND layers "options/${LINNET_BOARD}.config")
    endif()
    if(LINNET_OPTIONS AND NOT LINNET_OPTIONS STREQUAL LINNET_BOARD)
        list(APPEND layers "options/${LINNET_OPTIONS}.config")
    endif()
    foreach(file IN LISTS LINNET_APP_OPTIONS)
        get_filename_component(path "${file}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
        list(APPEND layers "${path}")
    endforeach()
    file(GLOB local CONFIGURE_DEPENDS "${CMAKE_BINARY_DIR}/local.config")
    set(${variable} "${layers};${local}" PARENT_SCOPE)
endfunction()

function(linnet_watch_options program layers)
    execute_process(COMMAND "${program}" -s Kconfig WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
                    OUTPUT_VARIABLE sources OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    string(REPLACE "\n" ";" sources "${sources}")
    foreach(file IN LISTS sources layers)
        get_filename_component(path "${file}" ABSOLUTE BASE_DIR "${PROJECT_SOURCE_DIR}")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    endforeach()
endfunction()

function(linnet_write_option_headers folder)
    set(program "${PROJECT_BINARY_DIR}/host/optgen")
    file(MAKE_DIRECTORY "${folder}" "${PROJECT_BINARY_DIR}/host")
    linnet_need_host_tools()
    linnet_build_optgen("${program}")
    linnet_option_layers(layers)
    linnet_watch_options("${program}" "${layers}")
    execute_process(COMMAND "${program}" -k "${LINNET_KCONFIG_CONF}" -o "${folder}" Kconfig ${layers}
                    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" RESULT_VARIABLE status
                    ERROR_VARIABLE messages)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "The options cannot be worked out:\n${messages}")
    elseif(messages)
        message(STATUS "${messages}")
    endif()
endfunction()

# The user's headers first; behind them, empty ones for the libraries that the user leaves as they are.
function(linnet_take_user_config folder)
    if(LINNET_CONFIG_DIR AND NOT EXISTS "${LINNET_CONFIG_DIR}/FreeRTOSConfig.h")
        message(FATAL_ERROR "LINNET_CONFIG_DIR is ${LINNET_CONFIG_DIR}, "
                            "but there is no FreeRTOSConfig.h in it.")
    endif()
    foreach(header FreeRTOSIPConfig.h core_mqtt_config.h)
        file(CONFIGURE OUTPUT "${folder}/${header}" CONTENT "#pragma once /* all defaults */\n")
    endforeach()
    add_library(linnet_option_defaults INTERFACE)
    target_include_directories(linnet_option_defaults INTERFACE "${folder}")
    target_include_directories(linnet_options INTERFACE ${LINNET_CONFIG_DIR})
    if(TARGET freertos_config)
        target_link_libraries(linnet_options INTERFACE freertos_config)
    endif()
    target_link_libraries(linnet_options INTERFACE linnet_option_defaults)
endfunction()

add_library(linnet_options INTERFACE)
if(LINNET_HAS_USER_CONFIG)
    linnet_take_user_config("${PROJECT_BINARY_DIR}/options")
else()
    linnet_write_option_headers("${PROJECT_BINARY_DIR}/options")
    target_include_directories(linnet_options INTERFACE "${PROJECT_BINARY_DIR}/options"
                               ${LINNET_APP_OPTIONS_DIR})
endif()
