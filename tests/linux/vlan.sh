#!/bin/sh
# SPDX-License-Identifier: MIT
# A tagged network between the device and Linux. It is Linux's own 8021q that takes the tags off; with the
# argument `switch` it is a program between two interfaces, for kernels that have none.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/linux/linux.sh"

# Linux's side of network 5 on tap1: the interface net5 with the addresses of tap1.
make_network() {
    ip tuntap add dev tap1 mode tap
    echo 1 >/proc/sys/net/ipv6/conf/tap1/disable_ipv6
    ip link set tap1 up
    if [ "$LINNET_TEST_ARGUMENT" = switch ]; then
        start_peer trunk wire=tap1 tap=net5 id=5
    else
        ip link add link tap1 name net5 type vlan id 5 2>/dev/null || skip 'this kernel has no 8021q'
    fi
    ip address add 10.9.1.1/24 dev net5
    ip address add 2001:db8:1::1/64 dev net5 nodad
    ip link set net5 up
}

start_tagged() {
    role=$1
    shift
    start_static 1 "$role" --vlan 5 "$@"
}

# Everything of the device had the tag, and what it is for reached nobody else.
judge_tags() {
    judge
    [ "$(frames 1 'eth.src[0:5] == 02:00:00:00:00 && !(vlan.id == 5)' | wc -l)" -eq 0 ] ||
        fail 'a frame without its tag'
    [ "$(frames 1 'vlan.id == 5 && vlan.priority == 4' | wc -l)" -gt 0 ] || fail 'no frame with a tag'
}

linux_pings_the_device() {
    make_network
    start_tagged wait
    wait_for "$work/device.1" 'network address'
    peer ping address="$(device_at 1)" count=100
    stop_device
    judge_tags
}

# Of every length up to the whole MTU.
linux_gets_its_datagrams_back() {
    make_network
    start_tagged echo --port 7
    wait_for "$work/device.1" ready
    peer ask address="$(device_at 1)" port=7 count=300
    stop_device
    judge_tags
}

linux_gets_its_datagrams_back_over_ipv6() {
    six=yes
    linux_gets_its_datagrams_back
}

linux_opens_connections() {
    make_network
    start_tagged accept --port 7
    wait_for "$work/device.1" ready
    peer open address="$(device_at 1)" port=7 kind=b size=300000 count=4 parallel=2
    stop_device
    expect_text "$work/device.1" '4 connections accepted, 0 failed'
    [ "$(frames 1 'tcp && frame.len == 1518' | wc -l)" -gt 0 ] || fail 'no frame of the whole MTU'
    judge_tags
}

another_network_is_not_heard() {
    make_network
    start_static 1 wait --vlan 6
    wait_for "$work/device.1" 'network address'
    ! "$programs/linux_peer" ping address="$(device_at 1)" count=1 patience=2 >/dev/null 2>&1 ||
        fail 'network 6 answers in network 5'
    stop_device
    expect_text "$work/device.1" 'unknown VLAN'
}

enter_linux "$@"
run_cases "linux_pings_the_device linux_gets_its_datagrams_back
linux_gets_its_datagrams_back_over_ipv6 linux_opens_connections another_network_is_not_heard" "$@"
