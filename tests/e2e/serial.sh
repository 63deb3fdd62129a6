#!/bin/sh
# SPDX-License-Identifier: MIT
# A board's serial line as its console, by interrupts: what the other end says comes back whole, what is more
# than the line holds waits for it, what nobody reads is counted, and last words come out. One case a board;
# LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet
ring=256  # drivers/uart/uart_ring.h
chunk=200 # what is said at once: the line has no way to stop who speaks
ready=6   # bytes of "ready"

make_device() {
    "$linnet" new console --dir "$work" >"$work/messages"
    cp "$LINNET_SOURCE_DIR/tests/e2e/serial_app.c" "$work/console/main.c"
    "$linnet" build "$work/console" --board "$1" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"
    mkfifo "$work/line"
}

# has_said BYTES: waits until the device has said so many. What the emulator says is something else.
has_said() {
    for try in $(seq 600); do
        ended=false
        kill -0 $device 2>/dev/null || ended=true # what it said before counts
        [ "$(wc -c <"$work/said")" -lt "$1" ] || return 0
        ! $ended || break
        sleep 0.05
    done
    fail "$(wc -c <"$work/said") of $1 bytes: $(head -c 2000 "$work/said" "$work/complaints")"
}

# start BOARD SETTINGS...: the device, which listens to descriptor 8.
start() {
    board=$1
    shift
    : >"$work/said"
    timeout 60 "$work/console/build/$board/bin/console" --serial stdio "$@" \
        <"$work/line" >"$work/said" 2>"$work/complaints" &
    device=$!
    exec 8>"$work/line"
    trap 'kill $device 2>/dev/null || :; rm -rf "$work"' EXIT
    has_said $ready
}

# end CODE: the device ends with it.
end() {
    code=0
    wait $device || code=$?
    exec 8>&-
    [ $code -eq "$1" ] || fail "exit code $code: $(head -c 2000 "$work/said" "$work/complaints")"
}

says_and_counts() {
    has_emulator "$1" || { echo "no emulator of $1 here"; exit 77; }
    make_device "$1"
    seq 10000 10999 >"$work/much"
    head -c 4000 "$work/much" >"$work/text"
    start "$1" --echo 4000
    for at in $(seq 0 $chunk 3999); do
        tail -c +$((at + 1)) "$work/text" | head -c $chunk >&8
        has_said $((ready + at + chunk))
    done
    end 0
    { echo ready; cat "$work/text" "$work/much"; echo "4000 received, $((ready + 4000 + 6000)) sent, 0 overruns"; } |
        cmp - "$work/said" || fail "$(cat "$work/said")"

    start "$1" --deaf 1000
    head -c 1000 "$work/text" >&8
    end 0
    { echo ready; head -c $ring "$work/text"; echo "1000 received, $((ready + ring)) sent, $((1000 - ring)) overruns"; } |
        cmp - "$work/said" || fail "$(cat "$work/said")"

    # Last words come out, although nothing interrupts any more.
    start "$1" --fail
    end 71
    expect_text "$work/said" "assertion failed in task 'console'"
}

board_cases says_and_counts
run_cases "$cases" "$@"
