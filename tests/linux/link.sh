#!/bin/sh
# SPDX-License-Identifier: MIT
# Names and services of the link without a server: the device and avahi-daemon, which has a message bus
# of its own here.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/linux/linux.sh"

need_option() {
    grep -q "^config $1\$" "$LINNET_SOURCE_DIR/net/Kconfig" || skip "the stack has no $1"
}

start_avahi() {
    need_option ipconfigUSE_MDNS
    need dbus-daemon avahi-daemon avahi-resolve avahi-browse avahi-publish
    make_tap 1
    mkdir -p /run/dbus
    dbus-daemon --config-file="$here/bus.conf" --nofork --nopidfile >"$work/bus" 2>&1 &
    for try in $(seq 500); do
        [ ! -S /run/dbus/system_bus_socket ] || break
        sleep 0.01
    done
    avahi-daemon --file "$here/avahi.conf" --no-drop-root --no-chroot --no-rlimits \
        >"$work/avahi" 2>&1 &
    for try in $(seq 500); do
        ! grep -qs 'Server startup complete' "$work/avahi" || return 0
        sleep 0.01
    done
    fail "avahi-daemon: $(cat "$work/bus" "$work/avahi")"
}

publish() {
    avahi-publish -s "$@" >"$work/publish" 2>&1 &
    published=$!
    wait_for "$work/publish" Established
}

the_device_finds_the_name_of_a_host() {
    start_avahi
    start_static 1 look-up --names linnet-peer.local
    finish_device
    expect_text "$work/device.1" 'name linnet-peer.local: 10.9.1.1'
    judge
}

linux_finds_the_name_of_the_device() {
    start_avahi
    start_static 1 wait --mdns lamp
    wait_for "$work/device.1" 'claimed host lamp'
    avahi-resolve -4 -n lamp.local >"$work/found" 2>&1
    grep -q 'lamp.local.10.9.1.2' "$work/found" || fail "$(cat "$work/found")"
    stop_device
    judge
}

a_name_that_is_taken_gets_a_number() {
    start_avahi
    start_static 1 wait --mdns linnet-peer
    wait_for "$work/device.1" 'claimed host linnet-peer-2'
    avahi-resolve -4 -n linnet-peer.local >"$work/found" 2>&1
    grep -q 'linnet-peer.local.10.9.1.1' "$work/found" || fail "$(cat "$work/found")"
    avahi-resolve -4 -n linnet-peer-2.local >"$work/found" 2>&1
    grep -q 'linnet-peer-2.local.10.9.1.2' "$work/found" || fail "$(cat "$work/found")"
    stop_device
    judge
}

linux_finds_a_service_of_the_device() {
    start_avahi
    start_static 1 wait --mdns lamp --instance 'Lamp in the hall'
    wait_for "$work/device.1" 'claimed service Lamp in the hall'
    avahi-browse --terminate --parsable --resolve _http._tcp >"$work/found" 2>&1
    expect_text "$work/found" ';lamp.local;10.9.1.2;80;"path=/"'
    grep -q '^=.*Lamp.*in.*the.*hall' "$work/found" || fail "$(cat "$work/found")"
    stop_device
    judge
}

a_service_that_ends_says_goodbye() {
    start_avahi
    start_static 1 browse --mdns lamp
    wait_for "$work/device.1" 'claimed service'
    avahi-browse --parsable _http._tcp >"$work/found" 2>&1 &
    wait_for "$work/found" '+;tap1'
    stop_device
    wait_for "$work/found" '-;tap1'
    judge
}

the_device_finds_a_service_and_sees_it_go() {
    start_avahi
    publish 'Printer of the floor' _ipp._tcp 631 rp=queue paper=A4
    start_static 1 browse --type _ipp._tcp
    wait_for "$work/device.1" 'found Printer of the floor at linnet-peer.local:631'
    grep -q 'rp=queue' "$work/device.1" && grep -q 'paper=A4' "$work/device.1" ||
        fail "$(cat "$work/device.1")"
    kill "$published"
    wait_for "$work/device.1" 'gone Printer of the floor'
    stop_device
    judge
}

enter_linux "$@"
run_cases "the_device_finds_the_name_of_a_host linux_finds_the_name_of_the_device
a_name_that_is_taken_gets_a_number linux_finds_a_service_of_the_device
a_service_that_ends_says_goodbye the_device_finds_a_service_and_sees_it_go" "$@"
