#!/bin/sh
# SPDX-License-Identifier: MIT
# Linnet inside a user's CMake project: with the user's FreeRTOSConfig.h, generator and flags.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

# Configures and builds the user's project: HOW GENERATOR [more of cmake's arguments].
build() {
    how=$1 generator=$2
    shift 2
    cp -R "$LINNET_SOURCE_DIR/tests/builds/project" "$work/project"
    cmake -S "$work/project" -B "$work/build" -G "$generator" -DHOW="$how" \
        -DLINNET="$LINNET_SOURCE_DIR" -DLINNET_KCONFIG_CONF=/nowhere "$@" >"$work/messages" 2>&1 ||
        { cat "$work/messages"; fail "cmake with $*"; }
    cmake --build "$work/build" --parallel 2 >"$work/messages" 2>&1 ||
        { cat "$work/messages"; fail "the build of $how"; }
    if grep -i warning "$work/messages"; then fail "warnings"; fi
}

runs() {
    for program in app connected; do
        "$work/build/$program" >"$work/output"
        printf 'received %d at %d\n' 1 10 2 20 3 30 | diff - "$work/output" || fail "$program"
    done
}

add_subdirectory_takes_a_folder_of_configuration() {
    build folder 'Unix Makefiles'
    runs
    [ ! -e "$work/build/tests.txt" ] || fail "Linnet's tests are built in a user's project"
    if find "$work/build" -name '*heap_4*.o' -o -name '*test*.o' | grep .; then
        fail "more was built than the project uses"
    fi
}

add_subdirectory_takes_an_interface_library() {
    build library Ninja -DLINNET_HEAP=heap_4
    runs
}

the_user_decides_about_flags_and_warnings() {
    build folder Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
    runs
    if grep -v 'main.c' "$work/build/compile_commands.json" | grep -e -Werror -e -Wconversion; then
        fail "Linnet's warnings are imposed on the user"
    fi
}

find_package_finds_what_was_installed() {
    cmake --install "$LINNET_BUILD_DIR" --prefix "$work/in stalled" >"$work/messages"
    build package 'Unix Makefiles' -DCMAKE_PREFIX_PATH="$work/in stalled" -DLINNET=/nowhere
    runs
    if find "$work/in stalled" -name test -o -name fuzz | grep .; then
        fail "tests were installed"
    fi
}

a_component_that_is_not_there_is_named() {
    cmake --install "$LINNET_BUILD_DIR" --prefix "$work/installed" >"$work/messages"
    cp -R "$LINNET_SOURCE_DIR/tests/builds/project" "$work/project"
    sed -i 's/COMPONENTS kernel/COMPONENTS no_such_part kernel/' "$work/project/CMakeLists.txt"
    expect_failure cmake -S "$work/project" -B "$work/build" -DHOW=package \
        -DCMAKE_PREFIX_PATH="$work/installed"
    expect_text "$work/messages" no_such_part
}

a_folder_without_a_configuration_is_named() {
    cp -R "$LINNET_SOURCE_DIR/tests/builds/project" "$work/project"
    rm "$work/project/config/FreeRTOSConfig.h"
    expect_failure cmake -S "$work/project" -B "$work/build" -DHOW=folder -DLINNET="$LINNET_SOURCE_DIR"
    expect_text "$work/messages" 'FreeRTOSConfig.h in it'
}

run_cases "add_subdirectory_takes_a_folder_of_configuration add_subdirectory_takes_an_interface_library
the_user_decides_about_flags_and_warnings find_package_finds_what_was_installed
a_component_that_is_not_there_is_named a_folder_without_a_configuration_is_named" "$@"
