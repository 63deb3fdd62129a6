#!/bin/sh
# SPDX-License-Identifier: MIT
# A board that hangs is restarted by its watchdog and says why. LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

# hang_on BOARD CODE HOW, in counted time: what it says is in $work/messages.
hang_on() {
    code=0
    LINNET_ICOUNT=6 timeout 60 "$work/watched/build/$1/bin/watched" --hang "$3" >"$work/messages" 2>&1 || code=$?
    [ "$code" -eq "$2" ] || fail "exit code $code on $1, $3: $(cat "$work/messages")"
    expect_text "$work/messages" 'fed'
}

is_watched() {
    has_emulator "$1" || { echo "no emulator of $1 here"; exit 77; }
    "$linnet" new watched --dir "$work" >"$work/messages"
    cp "$LINNET_SOURCE_DIR/tests/e2e/watchdog_app.c" "$work/watched/main.c"
    "$linnet" build "$work/watched" --board "$1" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"

    # Who is fed, or not watched any more, lives.
    hang_on "$1" 0 not

    # The record is that of a task that hangs, masked or not, in its own function.
    for how in loop masked; do
        hang_on "$1" 3 $how
        expect_text "$work/messages" "before the restart: the watchdog was not fed in task 'eager'"
        expect_text "$work/messages" 'came back and knows why'
        pc=$(sed '/before the restart/,$!d' "$work/messages" | grep -oE ' pc [0-9a-f]{8}' | cut -d' ' -f3)
        arm-none-eabi-addr2line -f -e "$work/watched/build/$1/bin/watched.elf" "0x$pc" >"$work/place"
        grep -qE '^(hang|eager)$' "$work/place" || fail "$pc is in $(cat "$work/place")"
    done

    hang_on "$1" 3 deaf
    expect_text "$work/messages" 'before the restart: the watchdog was not fed, and nothing was kept'
    expect_text "$work/messages" 'came back and knows nothing'
}

board_cases is_watched
run_cases "$cases" "$@"
