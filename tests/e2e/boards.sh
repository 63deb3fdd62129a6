#!/bin/sh
# SPDX-License-Identifier: MIT
# The main job on emulated boards: mutual TLS with the broker on this machine, and the same last line as
# the simulator's. One case a board; LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

does_the_main_job() {
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

main_job_on() {
    has_emulator "$1" || { echo "no emulator of $1 here"; exit 77; }
    does_the_main_job "$1"
    [ "$1" = riscv32-virt ] || return 0
    export LINNET_QEMU_MORE='-global virtio-mmio.force-legacy=false' # virtio 1.0 and later
    does_the_main_job "$1"
}

command -v mosquitto >/dev/null || [ "${1-}" = --list ] || { echo "no mosquitto here"; exit 77; }
board_cases main_job_on
run_cases "$cases" "$@"
