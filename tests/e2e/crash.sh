#!/bin/sh
# SPDX-License-Identifier: MIT
# What a crash on a board tells: at once, and to the next start. One case a board; LINNET_TEST_ARGUMENT names
# the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

# crash_on BOARD CODE SETTINGS...: what it says is in $work/messages.
crash_on() {
    board=$1
    expected=$2
    code=0
    shift 2
    timeout 60 "$work/unlucky/build/$board/bin/unlucky" "$@" >"$work/messages" 2>&1 || code=$?
    [ "$code" -eq "$expected" ] || { cat "$work/messages" >&2; fail "exit code $code on $board: $*"; }
}

# Registers and stack in columns, each a name that the port knows, or the one before going on.
expect_record() {
    expect_text "$work/messages" 'about to crash'
    expect_text "$work/messages" "in task 'unlucky'"
    for register in pc lr sp stack; do
        grep -qE " $register [0-9a-f]{8}( |\$)" "$work/messages" || fail "no $register: $(cat "$work/messages")"
    done
}

a_fault_prints_registers_task_and_stack() {
    for how in undefined jump read; do
        case $how-$1 in
        read-lm3s6965evb | read-mps3-an547 | read-xilinx-zynq-a9) continue ;; # the emulated machine answers everywhere
        esac
        crash_on "$1" 70 --crash "$how"
        expect_record
        [ $how != jump ] || grep -qE ' pc deadbee[01]' "$work/messages" || fail "$(cat "$work/messages")"
    done
}

# What the program has printed is decoded as well as what it prints.
the_monitor_names_function_file_and_line() {
    code=0
    "$linnet" monitor "$work/unlucky" --board "$1" -- --crash undefined >"$work/messages" 2>&1 || code=$?
    [ "$code" -eq 70 ] || fail "exit code $code: $(cat "$work/messages")"
    grep -qE ' pc  +0x[0-9a-f]{8}  crash  main.c:[0-9]+' "$work/messages" || fail "$(cat "$work/messages")"
    crash_on "$1" 70 --crash undefined
    mv "$work/messages" "$work/log"
    "$linnet" monitor "$work/unlucky" --board "$1" --input "$work/log" >"$work/messages" 2>&1
    grep -qE ' pc  +0x[0-9a-f]{8}  crash  main.c:[0-9]+' "$work/messages" || fail "$(cat "$work/messages")"
}

the_next_start_prints_what_the_last_one_left() {
    crash_on "$1" 3 --crash undefined --after-crash restart
    expect_text "$work/messages" 'before the restart: '
    expect_text "$work/messages" 'came back after: '
    [ "$(grep -c "in task 'unlucky'" "$work/messages")" -eq 2 ] || fail "$(cat "$work/messages")"
    [ "$(grep -oE ' pc [0-9a-f]{8}' "$work/messages" | sort | uniq -c | awk '{ print $1 }')" = 2 ] ||
        fail "$(cat "$work/messages")"
}

an_interrupt_without_a_handler_is_told() {
    [ "$1" != lx60-nommu-lx106 ] || return 0 # its one software interrupt switches tasks
    crash_on "$1" 70 --crash interrupt
    grep -qE "^interrupt [0-9]+ without a handler in task 'unlucky'" "$work/messages" || fail "$(cat "$work/messages")"
}

tells_of_a_crash() {
    has_emulator "$1" || { echo "no emulator of $1 here"; exit 77; }
    "$linnet" new unlucky --dir "$work" >"$work/messages"
    cp "$LINNET_SOURCE_DIR/tests/e2e/crash_app.c" "$work/unlucky/main.c"
    "$linnet" build "$work/unlucky" --board "$1" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"

    a_fault_prints_registers_task_and_stack "$1"
    the_monitor_names_function_file_and_line "$1"
    the_next_start_prints_what_the_last_one_left "$1"
    an_interrupt_without_a_handler_is_told "$1"
    crash_on "$1" 71 --crash assert
    expect_text "$work/messages" "assertion failed in task 'unlucky'"
    crash_on "$1" 134 --crash abort
}

board_cases tells_of_a_crash
run_cases "$cases" "$@"
