#!/bin/sh
# SPDX-License-Identifier: MIT
# A vendor's start-up file, vector table and configuration on a Cortex-M3, run in QEMU.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

for tool in arm-none-eabi-gcc qemu-system-arm; do
    command -v $tool >/dev/null || { [ "${1-}" = --list ] || { echo "no $tool"; exit 77; }; }
done

build() {
    vendor=$LINNET_SOURCE_DIR/tests/builds/vendor
    arm-none-eabi-gcc -std=c11 -mcpu=cortex-m3 -mthumb -Os -ffunction-sections -Wall -Wextra -Werror \
        "$@" -I"$vendor" -I"$LINNET_SOURCE_DIR/kernel/include" \
        -I"$LINNET_SOURCE_DIR/ports/cortex_m/include" -T "$vendor/vendor.ld" -nostartfiles -Wl,--gc-sections \
        -o "$work/image" "$vendor"/*.c "$LINNET_SOURCE_DIR"/kernel/src/*.c \
        "$LINNET_SOURCE_DIR"/ports/cortex_m/src/*.c "$LINNET_SOURCE_DIR/kernel/heap/heap_4.c"
}

# Under a clock that counts instructions, so that a busy host changes nothing.
emulate() {
    timeout 20 qemu-system-arm -M mps2-an385 -display none -monitor none -serial null \
        -icount shift=5,align=off,sleep=off -semihosting-config enable=on,target=native \
        -kernel "$work/image" </dev/null >"$work/output" 2>&1
}

runs() {
    emulate || { cat "$work/output"; fail "exit code $?"; }
    printf 'received 0\nreceived 1\nreceived 2\nafter 30 ticks\ntimer\n' | diff - "$work/output"
}

the_kernels_names_stand_in_the_vector_table() {
    build
    runs
}

handlers_may_have_the_names_of_cmsis() {
    build -DHANDLERS_RENAMED
    runs
    arm-none-eabi-nm "$work/image" | grep -q ' T PendSV_Handler' || fail "PendSV_Handler is the default's"
}

the_application_may_bring_the_timer_of_the_tick() {
    build -DHANDLERS_RENAMED -DOWN_TICK_TIMER
    runs
}

the_tick_counts_with_the_clock_that_the_configuration_names() {
    build -DSYSTICK_HZ=1000000 # the reference clock of the board
    runs
}

a_handler_that_is_not_installed_is_found() {
    build -DSVC_INDIRECT
    if emulate; then fail "it started"; fi
    expect_text "$work/output" 'assertion in priority.c'
}

a_table_that_forwards_is_allowed_by_an_option() {
    build -DSVC_INDIRECT -DCHECK_INSTALLATION=0 -Wl,--defsym=SVC_Handler_Real=vPortSVCHandler
    runs
}

run_cases "the_kernels_names_stand_in_the_vector_table handlers_may_have_the_names_of_cmsis
the_application_may_bring_the_timer_of_the_tick
the_tick_counts_with_the_clock_that_the_configuration_names
a_handler_that_is_not_installed_is_found a_table_that_forwards_is_allowed_by_an_option" "$@"
