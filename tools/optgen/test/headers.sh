#!/bin/sh
# SPDX-License-Identifier: MIT
# optgen from the Kconfig file to the header, with the real kconfig-conf and the real options.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

optgen=$LINNET_BUILD_DIR/host/optgen
cd "$LINNET_SOURCE_DIR" || exit 1

# Headers in $work/out with one line on top of the simulator's options.
generate() {
    mkdir -p "$work/out"
    printf '%s\n' "$@" >"$work/app.config"
    "$optgen" -o "$work/out" Kconfig options/sim.config "$work/app.config"
}

defines() {
    grep -qE "^#define $1 +$2\$" "$work/out/FreeRTOSConfig.h" ||
        fail "no '$1 $2': $(grep "$1" "$work/out/FreeRTOSConfig.h")"
}

a_changed_option_arrives_in_the_header() {
    generate configMAX_PRIORITIES=9 configUSE_TICK_HOOK=y 'configIDLE_TASK_NAME="quiet"'
    defines configMAX_PRIORITIES 9
    defines configUSE_TICK_HOOK 1
    defines configIDLE_TASK_NAME '"quiet"'
    generate configUSE_TICK_HOOK=n
    defines configMAX_PRIORITIES 7
    defines configUSE_TICK_HOOK 0
}

a_type_is_not_quoted() {
    generate 'configSTACK_DEPTH_TYPE="uint16_t"' LINNET_TICKS_64_BITS=y
    defines configSTACK_DEPTH_TYPE uint16_t
    defines configTICK_TYPE_WIDTH_IN_BITS TICK_TYPE_WIDTH_64_BITS
}

every_option_is_defined_also_when_hidden() {
    generate configUSE_TIMERS=n configSUPPORT_STATIC_ALLOCATION=n
    defines configUSE_DAEMON_TASK_STARTUP_HOOK 0
    defines INCLUDE_xTimerPendFunctionCall 0
    defines configTIMER_QUEUE_LENGTH '[0-9]+'
    "$optgen" -l Kconfig | grep -v '^LINNET_' | cut -f1 | sort >"$work/declared"
    cat "$work"/out/*.h | sed -n 's/^#define \([^ ]*\).*/\1/p' | sort >"$work/defined"
    diff "$work/declared" "$work/defined" || fail "declared and defined options differ"
}

# The macro of each boolean reads 1 after y and 0 after n.
every_boolean_can_be_set_and_cleared() {
    "$optgen" -l Kconfig | awk '$2 == "bool" && $1 !~ /^LINNET_/ { print $1 }' >"$work/booleans"
    mkdir -p "$work/out"
    while read -r name; do
        for value in n y; do
            printf '%s=%s\n' "$name" "$value" >"$work/app.config"
            "$optgen" -o "$work/out" Kconfig options/sim.config options/sim-full.config \
                "$work/app.config" || fail "$name=$value"
            grep -qE "^#define $name +$([ $value = y ] && echo 1 || echo 0)\$" "$work"/out/*.h ||
                fail "$name does not follow $value"
        done
    done <"$work/booleans"
}

nothing_is_written_when_nothing_changes() {
    generate configMAX_PRIORITIES=9
    touch -d '2001-01-01' "$work"/out/*.h
    generate configMAX_PRIORITIES=9
    [ -z "$(find "$work/out" -name '*.h' -newermt 2002-01-01)" ] || fail "a header was written anew"
    generate configMAX_PRIORITIES=8
    [ -n "$(find "$work/out" -name '*.h' -newermt 2002-01-01)" ] || fail "no header was written"
}

a_mistake_names_file_line_option_and_remedy() {
    expect_failure generate '' configMAX_PRIORITYS=9
    expect_text "$work/messages" "app.config:2: configMAX_PRIORITYS: there is no such option"
    expect_text "$work/messages" "configMAX_PRIORITIES"
    expect_failure generate configMAX_PRIORITIES=1000
    expect_text "$work/messages" "app.config:1: configMAX_PRIORITIES: 1000 is not possible"
    expect_text "$work/messages" "range is 1"
    expect_failure generate configUSE_MUTEXES=n configUSE_RECURSIVE_MUTEXES=y
    expect_text "$work/messages" "app.config:2: configUSE_RECURSIVE_MUTEXES: y is not possible"
    expect_text "$work/messages" "depends on configUSE_MUTEXES"
    expect_failure generate 'configMAX_PRIORITIES 9'
    expect_text "$work/messages" "app.config:1: malformed line"
}

a_later_layer_may_take_away_what_an_earlier_one_uses() {
    printf 'configUSE_TIMERS=y\nconfigTIMER_TASK_PRIORITY=3\n' >"$work/board.config"
    printf 'configUSE_TIMERS=n\n' >"$work/app.config"
    mkdir "$work/out"
    "$optgen" -o "$work/out" Kconfig "$work/board.config" "$work/app.config"
    defines configUSE_TIMERS 0
}

the_applications_own_header_is_included() {
    generate configMAX_PRIORITIES=9
    printf '#define FROM_THE_APPLICATION configMAX_PRIORITIES\n' >"$work/FreeRTOSConfig_app.h"
    printf '#include "FreeRTOSConfig.h"\nint answer = FROM_THE_APPLICATION;\n' |
        cc -E -I"$work/out" -I"$work" - >"$work/text"
    expect_text "$work/text" "int answer = 9;"
}

# A project outside the tree: its files count, and a change of them reaches the header by itself.
an_applications_files_reach_its_build() {
    printf '%s\n' 'cmake_minimum_required(VERSION 3.22)' 'project(app C ASM)' \
        "add_subdirectory($LINNET_SOURCE_DIR linnet EXCLUDE_FROM_ALL)" \
        'add_executable(app main.c)' 'target_link_libraries(app linnet_options)' \
        >"$work/CMakeLists.txt"
    printf '#include "FreeRTOSConfig.h"\n_Static_assert(FROM_THE_APPLICATION == 12, "");\n%s\n' \
        'int main(void) { return 0; }' >"$work/main.c"
    printf '#define FROM_THE_APPLICATION configMAX_PRIORITIES\n' >"$work/FreeRTOSConfig_app.h"
    printf 'configMAX_PRIORITIES=11\n' >"$work/app.config"
    cmake -S "$work" -B "$work/build" -G Ninja -DLINNET_PORT=sim -DLINNET_BOARD=sim \
        -DLINNET_TLS=OFF >"$work/messages" || { cat "$work/messages"; return 1; }
    expect_failure ninja -C "$work/build" app
    expect_text "$work/messages" "static assertion failed"
    sleep 0.01
    printf 'configMAX_PRIORITIES=12\n' >"$work/app.config"
    ninja -C "$work/build" app
    # The options of the build folder itself come last, also when the file is new.
    printf 'configMAX_PRIORITIES=11\n' >"$work/build/local.config"
    expect_failure ninja -C "$work/build" app
    expect_text "$work/messages" "static assertion failed"
    rm "$work/build/local.config" "$work/app.config"
    expect_failure ninja -C "$work/build" app
    printf 'configMAX_PRIORITIES=12\n' >"$work/app.config"
    ninja -C "$work/build" app
}

a_missing_kconfig_conf_is_named_with_its_package() {
    mkdir "$work/out"
    expect_failure "$optgen" -k kconfig-conf-that-is-not-there -o "$work/out" Kconfig
    expect_text "$work/messages" "install the package kconfig-frontends-nox"
}

run_cases "a_changed_option_arrives_in_the_header a_type_is_not_quoted
every_option_is_defined_also_when_hidden every_boolean_can_be_set_and_cleared
nothing_is_written_when_nothing_changes a_mistake_names_file_line_option_and_remedy
a_later_layer_may_take_away_what_an_earlier_one_uses the_applications_own_header_is_included
a_missing_kconfig_conf_is_named_with_its_package an_applications_files_reach_its_build" "$@"
