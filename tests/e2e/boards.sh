#!/bin/sh
# SPDX-License-Identifier: MIT
# The main job on emulated boards: mutual TLS with the broker on this machine, and the same last line as
# the simulator's. One case a board; LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

# Case names are shell functions: mps2-an385 is on_mps2_an385.
cases=
for board in $LINNET_TEST_ARGUMENT; do
    name=on_$(printf %s "$board" | tr - _)
    cases="$cases $name"
    eval "$name() { main_job_on $board; }"
done

main_job_on() {
    emulator=$(sed -n 's/^BOARD_QEMU="\([^ ]*\).*/\1/p' "$LINNET_SOURCE_DIR/boards/$1/board.conf")
    [ "$(id -u)" = 0 ] || command -v "$emulator" >/dev/null || { echo "no $emulator here"; exit 77; }
    device=e2e-$1-$$
    demo_folder=$LINNET_SOURCE_DIR/build/demo/$device
    trap 'rm -rf "$work" "$demo_folder"' EXIT
    "$linnet" demo --board "$1" --client-id "$device" --messages 5 --interval 50 \
        --pcap "$work/frames.pcap" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"
    [ "$(tail -n 1 "$work/messages")" = '5 published, 5 received, 5 acknowledged' ] ||
        fail "$(tail -n 1 "$work/messages")"
    expect_text "$work/messages" "$1, Linnet"
    expect_text "$work/messages" 'verified'
    ! command -v tshark >/dev/null ||
        [ -z "$(tshark -r "$work/frames.pcap" -Y _ws.malformed 2>/dev/null)" ] ||
        fail 'a frame is malformed'
}

command -v mosquitto >/dev/null || [ "${1-}" = --list ] || { echo "no mosquitto here"; exit 77; }
run_cases "$cases" "$@"
