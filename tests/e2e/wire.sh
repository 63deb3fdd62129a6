#!/bin/sh
# SPDX-License-Identifier: MIT
# Frames that are too short, too long and too many reach the drivers of emulated boards by a wire of
# datagrams, whose other end is wire_peer.c. LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

on_every_board() {
    cc -std=gnu11 -o "$work/peer" "$LINNET_SOURCE_DIR/tests/e2e/wire_peer.c"
    for board in $LINNET_TEST_ARGUMENT; do
        has_emulator "$board" || continue
        "$linnet" build tcp_echo --board "$board" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"
        [ "$1-$board" != giants-mipssim ] || continue # the emulated device takes nothing after the first
        rm -f "$work/peer.sock" "$work/device.sock"
        timeout 60 "$work/peer" "$work/peer.sock" "$work/device.sock" "$1" 2>"$work/peer.messages" &
        peer=$!
        while [ ! -S "$work/peer.sock" ]; do sleep 0.1; done
        timeout 60 "$LINNET_SOURCE_DIR/build/$board/bin/tcp_echo" --server 10.0.9.1:7 \
            --network "dgram:$work/device.sock:$work/peer.sock" >"$work/device.messages" 2>&1 &
        device=$!
        code=0
        wait "$peer" || code=$?
        kill "$device" 2>/dev/null || :
        wait "$device" 2>/dev/null || :
        [ "$code" -eq 0 ] || fail "$board: $(cat "$work/peer.messages" "$work/device.messages")"
    done
}

after_runts_frames_are_received() { on_every_board runts; }
after_giants_frames_are_received() { on_every_board giants; }
after_a_flood_frames_are_received() { on_every_board flood; }

run_cases "after_runts_frames_are_received after_giants_frames_are_received after_a_flood_frames_are_received" "$@"
