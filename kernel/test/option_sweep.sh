#!/bin/sh
# SPDX-License-Identifier: MIT
# The kernel compiles without warnings whatever its options are: each boolean turned round, the widths
# of the tick, and numbers at the ends of their ranges, on top of the simulator's options.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

optgen=$LINNET_BUILD_DIR/host/optgen
cd "$LINNET_SOURCE_DIR" || exit 1
includes='-Ikernel/include -Ikernel/src -Iports/sim/include -Iports/common/include -Iinterfaces'
warnings='-Wall -Wextra -Wconversion -Wshadow -Werror -Wstrict-prototypes -Wmissing-prototypes'

# Compiles the kernel, without writing code, with the given lines on top.
compile() {
    printf '%s\n' "$@" >"$work/app.config"
    "$optgen" -o "$work" Kconfig options/sim.config "$work/app.config" || fail "$*"
    printf '%s\n' kernel/src/*.c kernel/heap/heap_tlsf.c | xargs -P 2 -n 16 gcc -std=c11 -fsyntax-only \
        $warnings -Wno-unused-parameter -I"$work" $includes || fail "does not compile with: $*"
}

with_each_boolean_turned_round() {
    "$optgen" -l Kconfig | awk '$2 == "bool" && $1 ~ /^(config|INCLUDE_)/ { print $1 }' >"$work/names"
    compile
    cp "$work/linnet.config" "$work/before"
    while read -r name; do
        case $name in
        *_TLS* | *_REENTRANT) continue ;; # need a C library that the host does not have
        esac
        if grep -qx "$name=y" "$work/before"; then compile "$name=n"; else compile "$name=y"; fi
    done <"$work/names"
}

with_each_width_of_the_tick() {
    compile LINNET_TICKS_16_BITS=y
    compile LINNET_TICKS_64_BITS=y configUSE_TICKLESS_IDLE=1
}

with_numbers_at_the_ends_of_their_ranges() {
    compile configMAX_PRIORITIES=1 configTIMER_TASK_PRIORITY=0 configQUEUE_REGISTRY_SIZE=0 \
        configNUM_THREAD_LOCAL_STORAGE_POINTERS=0 configTASK_NOTIFICATION_ARRAY_ENTRIES=1 \
        configCHECK_FOR_STACK_OVERFLOW=0 configMAX_TASK_NAME_LEN=1 configTIMER_QUEUE_LENGTH=1
    compile configMAX_PRIORITIES=255 configTIMER_TASK_PRIORITY=254 configQUEUE_REGISTRY_SIZE=1024 \
        configNUM_THREAD_LOCAL_STORAGE_POINTERS=64 configTASK_NOTIFICATION_ARRAY_ENTRIES=32 \
        configCHECK_FOR_STACK_OVERFLOW=2 configMAX_TASK_NAME_LEN=256 configINITIAL_TICK_COUNT=4294967295
}

with_narrow_types() {
    compile 'configSTACK_DEPTH_TYPE="uint16_t"' 'configMESSAGE_BUFFER_LENGTH_TYPE="uint16_t"'
    compile 'configMESSAGE_BUFFER_LENGTH_TYPE="uint8_t"' 'configRUN_TIME_COUNTER_TYPE="uint64_t"' \
        configGENERATE_RUN_TIME_STATS=y
}

run_cases "with_each_boolean_turned_round with_each_width_of_the_tick
with_numbers_at_the_ends_of_their_ranges with_narrow_types" "$@"
