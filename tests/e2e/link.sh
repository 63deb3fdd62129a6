#!/bin/sh
# SPDX-License-Identifier: MIT
# The cable is pulled and plugged in again by the emulator's monitor: driver and stack say so, the address is
# asked for again, and a connection goes on. One case a board; LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet
cuts=2

make_device() {
    "$linnet" new cable --dir "$work" >"$work/messages"
    sed -i 's/linnet::kernel/linnet::net/' "$work/cable/CMakeLists.txt"
    cp "$LINNET_SOURCE_DIR/tests/e2e/link_app.c" "$work/cable/main.c"
    echo 'ipconfigUSE_NETWORK_EVENT_HOOK=y' >"$work/cable/app.config"
    "$linnet" build "$work/cable" --board "$1" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"
}

# The device, with an echo server at 10.0.2.100 and a monitor that obeys what is written to descriptor 7.
start_device() {
    mkfifo "$work/monitor.in" "$work/monitor.out"
    exec 7<>"$work/monitor.in"
    : >"$work/device.messages"
    LINNET_QEMU_MORE="-monitor pipe:$work/monitor" \
        timeout 300 "$work/cable/build/$1/bin/cable" --cuts $cuts --pcap "$work/frames.pcap" \
        --network user,guestfwd=tcp:10.0.2.100:7-cmd:cat >"$work/device.messages" 2>&1 &
    device=$!
    trap 'kill $device 2>/dev/null || :; rm -rf "$work"' EXIT
}

# wait_for COUNT WORDS: the device has said them so often.
wait_for() {
    for try in $(seq 600); do
        ended=false
        kill -0 $device 2>/dev/null || ended=true # what it said before counts
        [ "$(grep -c ": $2\$" "$work/device.messages")" -lt "$1" ] || return 0
        ! $ended || break
        sleep 0.1
    done
    fail "'$2' was not said $1 times: $(cat "$work/device.messages")"
}

follows_its_cable() {
    has_emulator "$1" || { echo "no emulator of $1 here"; exit 77; }
    make_device "$1"
    start_device "$1"
    expected='network up,echo,'
    for cut in $(seq $cuts); do
        wait_for "$cut" echo
        echo 'set_link n0 off' >&7
        wait_for "$cut" 'network down'
        sleep 1 # in which nothing must be said
        echo 'set_link n0 on' >&7
        expected="${expected}network down,network up,echo,"
    done
    wait $device || fail "exit code $?: $(cat "$work/device.messages")"
    [ "$(sed 's/^[0-9]* ms: //' "$work/device.messages" | tr '\n' ',')" = "$expected" ] ||
        fail "$(cat "$work/device.messages")"
    # The lease is asked for again each time, and granted.
    ! command -v tshark >/dev/null ||
        [ "$(tshark -r "$work/frames.pcap" -Y 'dhcp.option.dhcp == 5' 2>/dev/null | wc -l)" -gt $cuts ] ||
        fail "$(tshark -r "$work/frames.pcap" -Y dhcp 2>/dev/null)"
}

board_cases follows_its_cable
run_cases "$cases" "$@"
