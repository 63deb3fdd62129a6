#!/bin/sh
# SPDX-License-Identifier: MIT
# `linnet bench kernel --board`: each board's image of the rows builds and runs a row. One case a board;
# LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

# The counts of the functions add up, and the switch is among them.
a_row_runs_on() {
    has_emulator "$1" || { echo "no emulator of $1 here"; exit 77; }
    "$linnet" bench kernel --board "$1" --trace notify_round >"$work/trace" 2>"$work/messages" ||
        fail "$(cat "$work/messages")"
    expect_text "$work/trace" rtos_switch_stack
    expect_text "$work/trace" 'over 100 operations of notify_round'
    awk '/in all/ { all = $1; next } $1 + 0 > 0 { sum += $1 }
         END { exit !(all > 50 && sum > all - 2 && sum < all + 0.1) }' "$work/trace" ||
        fail "$(cat "$work/trace")"
}

board_cases a_row_runs_on
run_cases "$cases" "$@"
