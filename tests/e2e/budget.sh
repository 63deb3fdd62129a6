#!/bin/sh
# SPDX-License-Identifier: MIT
# The smallest promise: the main job within the memory that the board's data allows, shown by a run that
# keeps a connection alive and makes it anew. One case a board; LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

cases=
for board in $LINNET_TEST_ARGUMENT; do
    name=on_$(printf %s "$board" | tr - _)
    cases="$cases $name"
    eval "$name() { keeps_its_budget $board; }"
done

data() {
    sed -n "s/^$2=\"\(.*\)\"/\1/p" "$LINNET_SOURCE_DIR/boards/$1/board.conf"
}

keeps_its_budget() {
    [ "$(id -u)" = 0 ] || command -v qemu-system-arm >/dev/null || { echo 'no emulator here'; exit 77; }
    "$linnet" size "$(data "$1" BOARD_BUDGET_APP)" --board "$1" --budget >"$work/messages" 2>&1 ||
        fail "$(cat "$work/messages")"
    tail -n 1 "$work/messages" | grep -qE "^RAM [1-9][0-9]* of $(data "$1" BOARD_BUDGET_RAM) \(high water of the run\), \
program memory [1-9][0-9]* of $(data "$1" BOARD_BUDGET_PROGRAM)\$" || fail "$(cat "$work/messages")"
}

command -v mosquitto >/dev/null || [ "${1-}" = --list ] || { echo "no mosquitto here"; exit 77; }
run_cases "$cases" "$@"
