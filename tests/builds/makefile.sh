#!/bin/sh
# SPDX-License-Identifier: MIT
# A user's Makefile that lists the kernel's sources, a port, a heap and two include paths. All of
# kernel/src and of the port's folder is listed, so whatever an option leaves out must compile to nothing.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

prepare() {
    cp -R "$LINNET_SOURCE_DIR/tests/builds/project" "$work/project"
    cd "$work/project"
}

builds_and_runs() {
    make -j2 LINNET="$LINNET_SOURCE_DIR" "$@" >"$work/messages" 2>&1 ||
        { cat "$work/messages"; fail "make $*"; }
    ./app >"$work/output"
    printf 'received %d at %d\n' 1 10 2 20 3 30 | diff - "$work/output" || fail "make $*"
}

thirty_lines_are_enough() {
    prepare
    [ "$(wc -l <Makefile)" -le 30 ] || fail "the Makefile has grown"
    builds_and_runs CC=gcc
}

clang_builds_it_too() {
    prepare
    builds_and_runs CC=clang
}

no_optimization_is_needed_to_link() {
    prepare
    builds_and_runs CC=gcc CFLAGS='-O0 -Wall -Wextra -Wpedantic -Werror' HEAP=heap_tlsf
}

optimization_brings_no_warnings() {
    prepare
    builds_and_runs CC=gcc CFLAGS='-O3 -Wall -Wextra -Werror -ffunction-sections'
}

a_configuration_of_nothing_but_what_is_required_will_do() {
    prepare
    cat >config/FreeRTOSConfig.h <<'END'
#define configUSE_PREEMPTION     1
#define configUSE_IDLE_HOOK      0
#define configUSE_TICK_HOOK      0
#define configTICK_RATE_HZ       1000
#define configMAX_PRIORITIES     5
#define configMINIMAL_STACK_SIZE 128
#define configTOTAL_HEAP_SIZE    65536
#define INCLUDE_vTaskDelay       1
#define INCLUDE_vTaskDelete      1
END
    builds_and_runs
}

what_is_required_and_missing_is_named() {
    prepare
    sed -i /configTICK_RATE_HZ/d config/FreeRTOSConfig.h
    expect_failure make LINNET="$LINNET_SOURCE_DIR"
    expect_text "$work/messages" 'must define configTICK_RATE_HZ'
}

applications_in_other_standards_compile() {
    prepare
    for standard in c99 gnu99 c11 gnu17; do
        gcc -std=$standard -Wall -Wextra -Wpedantic -Werror -Iconfig \
            -I"$LINNET_SOURCE_DIR/kernel/include" -I"$LINNET_SOURCE_DIR/ports/sim/include" \
            -c -o main.o main.c || fail "$standard"
    done
}

run_cases "thirty_lines_are_enough clang_builds_it_too no_optimization_is_needed_to_link
optimization_brings_no_warnings a_configuration_of_nothing_but_what_is_required_will_do
what_is_required_and_missing_is_named applications_in_other_standards_compile" "$@"
