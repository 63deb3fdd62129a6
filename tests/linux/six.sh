#!/bin/sh
# SPDX-License-Identifier: MIT
# IPv6 as networks give it: routers by radvd and by dnsmasq, leases by DHCPv6, names over IPv6, and those of
# the link with avahi. The device has no IPv4.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/linux/linux.sh"
six=yes

# start_server NAME READY COMMAND…: in the background until its words in $work/NAME have READY.
start_server() {
    name=$1 ready=$2
    shift 2
    "$@" >"$work/$name" 2>&1 &
    server=$!
    for try in $(seq 500); do
        ! grep -qs "$ready" "$work/$name" || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.01
    done
    fail "$name: $(cat "$work/$name")"
}

# start_radvd SETTING…: with more settings of the interface. It refuses a file that others may write.
start_radvd() {
    need radvd
    echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
    awk -v more="$*" '{ print } /^interface/ { print more }' "$here/radvd.conf" >"$work/radvd.conf"
    chmod 600 "$work/radvd.conf"
    # It begins when the device is there.
    start_server radvd 'version' radvd --nodaemon --debug=5 --logmethod=stderr \
        --config="$work/radvd.conf" --pidfile="$work/radvd.pid"
}

start_dnsmasq() {
    need dnsmasq
    start_server dnsmasq started dnsmasq --conf-file="$here/dnsmasq.conf" \
        --dhcp-leasefile="$work/leases" --pid-file= "$@"
}

# start_six ROLE WAY SETTING…: the device with an address by that way.
start_six() {
    role=$1 way=$2
    shift 2
    start_device 1 "$role" --address none --six "$way" --family 6 "$@"
}

own_address() {
    sed -n 's/^network address \([0-9a-f:]*\).*/\1/p' "$work/device.1" | tail -n 1
}

radvd_gives_an_address_that_is_reachable() {
    make_tap 1
    start_radvd
    start_six wait router
    wait_for "$work/device.1" 'network address 2001:db8:1:'
    peer ping address="$(own_address)" count=20
    case $(own_address) in *ff:fe*) fail 'the address shows the station' ;; esac
    stop_device
    [ "$(frames 1 'icmpv6.type == 133 && ipv6.src == fe80::/10' | wc -l)" -le 3 ] ||
        fail 'it goes on asking for routers'
    judge
}

the_router_leads_to_other_networks() {
    make_tap 1
    ip address add 2001:db8:77::1/128 dev lo
    start_radvd 'AdvLinkMTU 1480;'
    start_peer accept port=7
    start_six open router --peer 2001:db8:77::1 --port 7 --kind b --size 65536 --count 10 --parallel 2
    wait_for "$work/device.1" '10 connections'
    stop_peer
    stop_device
    [ "$(frames 1 'tcp && frame.len > 1494' | wc -l)" -eq 0 ] || fail 'the MTU of the link is exceeded'
    judge
}

the_servers_of_the_router_know_names() {
    make_tap 1
    start_dnsmasq
    start_radvd
    start_six look-up router --names six.linnet.test,both.linnet.test,alias.linnet.test,six
    finish_device
    expect_line 'name six: 2001:db8::6' # in the domain that the router names
    expect_line 'name six.linnet.test: 2001:db8::6'
    expect_line 'name both.linnet.test: 2001:db8::10'
    grep -q '^name alias.linnet.test: none' "$work/device.1" || fail "$(cat "$work/device.1")"
    [ "$(frames 1 'dns && ip && !mdns' | wc -l)" -eq 0 ] || fail 'it has used IPv4'
    judge
}

an_answer_that_was_cut_is_fetched_by_tcp() {
    make_tap 1
    start_dnsmasq
    start_radvd
    start_six look-up router --family 4 --names many.linnet.test
    finish_device
    [ "$(frames 1 'ipv6 && tcp.dstport == 53 && tcp.flags.syn == 1' | wc -l)" -ge 1 ] ||
        fail 'TCP was not used'
    grep -q '^name many.linnet.test: 192.0.2.1' "$work/device.1" || fail "$(cat "$work/device.1")"
    judge
}

dhcpv6_gives_an_address_and_a_server() {
    make_tap 1
    start_dnsmasq --enable-ra --dhcp-range=2001:db8:1::100,2001:db8:1::1ff,64,2m \
        --dhcp-option=option6:dns-server,[2001:db8:1::1] \
        --dhcp-option=option6:domain-search,linnet.test
    start_six wait dhcp
    wait_for "$work/device.1" 'network address 2001:db8:1::1'
    expect_text "$work/leases" "$(own_address)"
    peer ping address="$(own_address)" count=20
    stop_device
    start_six look-up dhcp --names six.linnet.test,six
    finish_device
    expect_line 'name six.linnet.test: 2001:db8::6'
    expect_line 'name six: 2001:db8::6'
    judge
}

dhcpv6_survives_a_bad_cable() {
    make_tap 1
    start_dnsmasq --enable-ra --dhcp-range=2001:db8:1::100,2001:db8:1::1ff,64,2m
    start_six wait dhcp --faults lose=200,duplicate=100,corrupt=50,reorder=100,reorder-ms=20,seed=3
    wait_for "$work/device.1" 'network address 2001:db8:1::1' 180 # its questions come ever later
    stop_device
    judge
}

a_network_that_goes_away_is_noticed_and_found_again() {
    make_tap 1
    start_radvd
    start_six wait router
    lines 'network address 2001:db8:1:' 1
    ip link set tap1 down
    lines 'network down' 2
    ip link set tap1 up
    ip address add 2001:db8:1::1/64 dev tap1 nodad
    lines 'network address 2001:db8:1:' 2
    [ "$(grep '^network address' "$work/device.1" | sort -u | wc -l)" -eq 1 ] ||
        fail "$(cat "$work/device.1")"
    stop_device
}

expect_line() {
    grep -qx "$1" "$work/device.1" || fail "'$1' is missing: $(cat "$work/device.1")"
}

start_avahi() {
    need dbus-daemon avahi-daemon avahi-resolve avahi-publish avahi-browse
    make_tap 1
    mkdir -p /run/dbus
    sed 's/use-ipv4=yes/use-ipv4=no/; s/use-ipv6=no/use-ipv6=yes/' "$here/avahi.conf" >"$work/avahi.conf"
    start_server bus 'unix:' dbus-daemon --config-file="$here/bus.conf" --nofork --nopidfile \
        --print-address
    start_server avahi 'Server startup complete' avahi-daemon --file "$work/avahi.conf" \
        --no-drop-root --no-chroot --no-rlimits
}

the_device_finds_the_name_of_a_host() {
    start_avahi
    start_static 1 look-up --names linnet-peer.local
    finish_device
    grep -q '^name linnet-peer.local:.* \(2001:db8:1::1\|fe80:\)' "$work/device.1" ||
        fail "$(cat "$work/device.1")"
    [ "$(frames 1 'mdns && ipv6.dst == ff02::fb' | wc -l)" -ge 1 ] || fail 'the group was not asked'
    judge
}

linux_finds_the_name_and_the_service_of_the_device() {
    start_avahi
    start_static 1 wait --mdns lamp --instance 'Lamp in the hall'
    wait_for "$work/device.1" 'claimed service Lamp in the hall'
    avahi-resolve -6 -n lamp.local >"$work/found" 2>&1
    grep -q 'lamp.local.\(2001:db8:1::2\|fe80:\)' "$work/found" || fail "$(cat "$work/found")"
    avahi-browse --terminate --parsable --resolve _http._tcp >"$work/found" 2>&1
    expect_text "$work/found" ';80;"path=/"'
    stop_device
    judge
}

enter_linux "$@"
run_cases "radvd_gives_an_address_that_is_reachable the_router_leads_to_other_networks
the_servers_of_the_router_know_names an_answer_that_was_cut_is_fetched_by_tcp
dhcpv6_gives_an_address_and_a_server dhcpv6_survives_a_bad_cable
a_network_that_goes_away_is_noticed_and_found_again the_device_finds_the_name_of_a_host
linux_finds_the_name_and_the_service_of_the_device" "$@"
