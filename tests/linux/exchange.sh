#!/bin/sh
# SPDX-License-Identifier: MIT
# The device and Linux over a good cable: echoes, datagrams, connections of every kind, opened from
# either side. The argument `six` has all of it over IPv6.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/linux/linux.sh"

linux_pings_the_device() {
    make_tap 1
    start_static 1 wait
    wait_for "$work/device.1" 'network address'
    peer ping address="$(device_at 1)" count=200
    stop_device
    judge
}

the_device_pings_linux() {
    make_tap 1
    start_static 1 ping --peer "$(linux_at 1)" --count 200
    finish_device
    judge
}

linux_gets_its_datagrams_back() {
    make_tap 1
    start_static 1 echo --port 7
    wait_for "$work/device.1" ready
    peer ask address="$(device_at 1)" port=7 count=1000
    stop_device
    judge
}

the_device_gets_its_datagrams_back() {
    make_tap 1
    start_peer echo port=7
    start_static 1 ask --peer "$(linux_at 1)" --port 7 --count 1000
    finish_device
    judge
}

# from_linux KIND SIZE COUNT PARALLEL: Linux opens connections to the device.
from_linux() {
    make_tap 1
    start_static 1 accept --port 7
    wait_for "$work/device.1" ready
    peer open address="$(device_at 1)" port=7 kind="$1" size="$2" count="$3" parallel="$4"
    stop_device
    expect_text "$work/device.1" "$3 connections accepted, 0 failed"
    judge
}

options= # more settings of the device

# from_device KIND SIZE COUNT PARALLEL [NAME=VALUE…]: the device opens connections to Linux.
from_device() {
    kind=$1 size=$2 count=$3 parallel=$4
    shift 4
    make_tap 1
    start_peer accept port=7 "$@"
    start_static 1 open --peer "$(linux_at 1)" --port 7 --kind "$kind" --size "$size" \
        --count "$count" --parallel "$parallel" $options
    wait_for "$work/device.1" "$count connections"
    stop_peer
    stop_device
    expect_text "$work/peer.server" "$count connections accepted, 0 failed"
    judge
}

linux_uploads_in_bulk() { from_linux u 65536 100 4; }
linux_downloads_in_bulk() { from_linux d 65536 100 4; }
linux_and_the_device_send_at_once() { from_linux b 65536 50 4; }
linux_gets_an_echo_piece_by_piece() { from_linux e 65536 10 4; }
linux_opens_thousands_of_short_connections() { from_linux s 0 3000 8; }
linux_aborts_and_the_device_sees_a_reset() { from_linux r 0 200 8; }
the_device_aborts_and_linux_sees_a_reset() { from_linux a 0 200 8; }

the_device_uploads_in_bulk() { from_device u 65536 100 4; }
the_device_downloads_in_bulk() { from_device d 65536 100 4; }
the_device_and_linux_send_at_once() { from_device b 65536 50 4; }
the_device_gets_an_echo_piece_by_piece() { from_device e 65536 10 4; }
the_device_opens_thousands_of_short_connections() { from_device s 0 3000 8; }
the_device_aborts_its_own_and_linux_sees_a_reset() { from_device r 0 200 8; }
linux_aborts_what_the_device_opened() { from_device a 0 200 8; }

# The direction that was closed first stays closed while a megabyte comes the other way.
data_follows_a_half_close_both_ways() {
    from_device d 1000000 2 1
    fin=$(frames 1 "tcp.flags.fin == 1 && $(from "$(device_at 1)")" | head -n 1 | awk '{ print $1 }')
    after=$(frames 1 "frame.number > $fin && tcp.len > 0 && $(from "$(linux_at 1)")" | wc -l)
    [ "$after" -gt 600 ] || fail "only $after segments after the FIN"
}

# probed ADDRESS COUNT: that end has asked so often whether the other was still there.
probed() {
    probes=$(frames 1 "tcp.analysis.keep_alive && $(from "$1")" | wc -l)
    [ "$probes" -ge "$2" ] || fail "only $probes probes from $1"
}

an_idle_connection_is_kept_alive_by_both_ends() {
    options=--alive
    from_device i 4500 1 1 alive=1
    probed "$(linux_at 1)" 3
    probed "$(device_at 1)" 3
}

a_connection_to_a_closed_port_is_refused() {
    make_tap 1
    start_static 1 wait
    wait_for "$work/device.1" 'network address'
    expect_failure "$programs/linux_peer" open address="$(device_at 1)" port=4001
    expect_text "$work/messages" 'could not be opened'
    stop_device
    start_static 1 open --peer "$(linux_at 1)" --port 4001
    wait_for "$work/device.1" '1 connections'
    kill -TERM "$device"
    ! wait "$device" || fail 'Linux had no such port'
    expect_text "$work/device.1" 'could not be opened'
    judge
}

enter_linux "$@"
run_cases "linux_pings_the_device the_device_pings_linux linux_gets_its_datagrams_back
the_device_gets_its_datagrams_back linux_uploads_in_bulk linux_downloads_in_bulk
linux_and_the_device_send_at_once linux_gets_an_echo_piece_by_piece
linux_opens_thousands_of_short_connections linux_aborts_and_the_device_sees_a_reset
the_device_aborts_and_linux_sees_a_reset the_device_uploads_in_bulk the_device_downloads_in_bulk
the_device_and_linux_send_at_once the_device_gets_an_echo_piece_by_piece
the_device_opens_thousands_of_short_connections the_device_aborts_its_own_and_linux_sees_a_reset
linux_aborts_what_the_device_opened data_follows_a_half_close_both_ways
an_idle_connection_is_kept_alive_by_both_ends a_connection_to_a_closed_port_is_refused" "$@"
