#!/bin/sh
# SPDX-License-Identifier: MIT
# The smallest promise: the main job within the memory that the board's data allows, shown by a run that
# keeps a connection alive and makes it anew. One case a board; LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

keeps_its_budget() {
    has_emulator "$1" || { echo "no emulator of $1 here"; exit 77; }
    "$linnet" size "$(board_data "$1" BOARD_BUDGET_APP)" --board "$1" --budget >"$work/messages" 2>&1 ||
        fail "$(cat "$work/messages")"
    tail -n 1 "$work/messages" | grep -qE "^RAM [1-9][0-9]* of $(board_data "$1" BOARD_BUDGET_RAM) \(high water of the run\), \
program memory [1-9][0-9]* of $(board_data "$1" BOARD_BUDGET_PROGRAM)\$" || fail "$(cat "$work/messages")"
}

command -v mosquitto >/dev/null || [ "${1-}" = --list ] || { echo "no mosquitto here"; exit 77; }
board_cases keeps_its_budget
run_cases "$cases" "$@"
