#!/bin/sh
# SPDX-License-Identifier: MIT
# What a crash on a board tells: at once, and to the next start. LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

begin() {
    [ "$(id -u)" = 0 ] || command -v arm-none-eabi-gcc qemu-system-arm >/dev/null || exit 77
    "$linnet" new unlucky --dir "$work" >"$work/messages"
    cp "$LINNET_SOURCE_DIR/tests/e2e/crash_app.c" "$work/unlucky/main.c"
}

# crash_on BOARD CODE SETTINGS...: what it says is in $work/messages.
crash_on() {
    board=$1
    expected=$2
    code=0
    shift 2
    "$linnet" run --board "$board" "$work/unlucky" -- "$@" >"$work/messages" 2>&1 || code=$?
    [ "$code" -eq "$expected" ] || { cat "$work/messages" >&2; fail "exit code $code on $board: $*"; }
}

a_fault_prints_registers_task_and_stack_and_stops_with_70() {
    begin
    for board in $LINNET_TEST_ARGUMENT; do
        for how in undefined jump read; do
            crash_on "$board" 70 --crash "$how"
            expect_text "$work/messages" 'about to crash'
            expect_text "$work/messages" "fault in task 'unlucky'"
            for register in r0 r11 lr pc psr sp stack; do
                grep -qE " $register [0-9a-f]{8}" "$work/messages" ||
                    fail "no $register: $(cat "$work/messages")"
            done
        done
    done
}

the_program_counter_is_that_of_the_fault() {
    begin
    for board in $LINNET_TEST_ARGUMENT; do
        crash_on "$board" 70 --crash undefined
        pc=$(grep -oE ' pc [0-9a-f]{8}' "$work/messages" | cut -d' ' -f3)
        image=$work/unlucky/build/$board/bin/unlucky.elf
        arm-none-eabi-addr2line -f -e "$image" "0x$pc" >"$work/place"
        grep -qE 'crash|unlucky' "$work/place" || fail "$pc is in $(cat "$work/place")"
        grep -q 'main.c' "$work/place" || fail "$pc is in $(cat "$work/place")"
    done
}

the_monitor_names_function_file_and_line() {
    begin
    board=${LINNET_TEST_ARGUMENT%% *}
    code=0
    "$linnet" monitor "$work/unlucky" --board "$board" -- --crash undefined >"$work/messages" 2>&1 || code=$?
    [ "$code" -eq 70 ] || fail "exit code $code: $(cat "$work/messages")"
    grep -qE ' pc  +0x[0-9a-f]{8}  crash  main.c:[0-9]+' "$work/messages" || fail "$(cat "$work/messages")"
    crash_on "$board" 70 --crash undefined
    mv "$work/messages" "$work/log"
    "$linnet" monitor "$work/unlucky" --board "$board" --input "$work/log" >"$work/messages" 2>&1
    grep -qE ' pc  +0x[0-9a-f]{8}  crash  main.c:[0-9]+' "$work/messages" || fail "$(cat "$work/messages")"
}

the_next_start_prints_what_the_last_one_left() {
    begin
    for board in $LINNET_TEST_ARGUMENT; do
        crash_on "$board" 3 --crash undefined --after-crash restart
        expect_text "$work/messages" "before the restart: "
        expect_text "$work/messages" "came back after: "
        [ "$(grep -c "fault in task 'unlucky'" "$work/messages")" -eq 2 ] ||
            fail "$(cat "$work/messages")"
    done
}

an_interrupt_that_nobody_handles_is_named() {
    begin
    for board in $LINNET_TEST_ARGUMENT; do
        crash_on "$board" 70 --crash interrupt
        expect_text "$work/messages" "interrupt without a handler in task 'unlucky'"
    done
}

a_failed_assertion_and_an_abort_have_codes_of_their_own() {
    begin
    for board in $LINNET_TEST_ARGUMENT; do
        crash_on "$board" 71 --crash assert
        expect_text "$work/messages" "assertion failed in task 'unlucky'"
        crash_on "$board" 134 --crash abort
    done
}

run_cases "a_fault_prints_registers_task_and_stack_and_stops_with_70
the_program_counter_is_that_of_the_fault the_monitor_names_function_file_and_line the_next_start_prints_what_the_last_one_left
an_interrupt_that_nobody_handles_is_named a_failed_assertion_and_an_abort_have_codes_of_their_own" "$@"
