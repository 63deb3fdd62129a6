#!/bin/sh
# SPDX-License-Identifier: MIT
# The device's clients with the servers that real networks have. Each server reads its configuration
# from this folder and writes into $work.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/linux/linux.sh"

start_dnsmasq() {
    need dnsmasq
    make_tap 1
    dnsmasq --conf-file="$here/dnsmasq.conf" --dhcp-leasefile="$work/leases" --pid-file= "$@" \
        >"$work/dnsmasq" 2>&1 &
    dnsmasq=$!
    for try in $(seq 200); do
        ! grep -qs 'started' "$work/dnsmasq" || return 0
        kill -0 "$dnsmasq" 2>/dev/null || break
        sleep 0.01
    done
    fail "dnsmasq: $(cat "$work/dnsmasq")"
}

dhcp_gives_address_gateway_and_server() {
    start_dnsmasq
    start_device 1 wait
    wait_for "$work/device.1" 'network address 10.9.1.5'
    expect_text "$work/device.1" 'mask 255.255.255.0 gateway 10.9.1.1 dns 10.9.1.1'
    address=$(sed -n 's/^network address \([0-9.]*\) .*/\1/p' "$work/device.1")
    expect_text "$work/leases" "$address linnet"
    peer ping address="$address" count=20
    stop_device
    judge
}

a_device_that_comes_back_gets_its_address_again() {
    start_dnsmasq
    for time in 1 2; do
        start_device 1 wait
        wait_for "$work/device.1" 'network address 10.9.1.5'
        stop_device
        cp "$work/device.1" "$work/time.$time"
    done
    [ "$(grep -h address "$work/time.1")" = "$(grep -h address "$work/time.2")" ] ||
        fail "$(cat "$work/time.1" "$work/time.2")"
    judge
}

dhcp_goes_on_until_a_server_appears() {
    make_tap 1
    start_device 1 wait
    wait_for "$work/device.1" 'network down'
    sleep 1
    make_tap() { :; }
    start_dnsmasq
    wait_for "$work/device.1" 'network address 10.9.1.5'
    stop_device
    judge
}

a_network_that_goes_away_is_noticed_and_found_again() {
    start_dnsmasq
    start_device 1 wait
    lines 'network address 10.9.1.5' 1
    ip link set tap1 down
    lines 'network down' 2
    ip link set tap1 up
    lines 'network address 10.9.1.5' 2
    stop_device
}

dhcp_survives_a_bad_cable() {
    start_dnsmasq
    start_device 1 wait --faults lose=200,duplicate=100,corrupt=50,reorder=100,reorder-ms=20,seed=3
    wait_for "$work/device.1" 'network address 10.9.1.5' 60
    stop_device
    judge
}

# The lease is of two minutes: it is renewed after one, by unicast.
a_lease_is_renewed() {
    start_dnsmasq
    start_device 1 wait
    wait_for "$work/device.1" 'network address 10.9.1.5'
    sleep 75
    [ "$(grep -c 'DHCPACK' "$work/dnsmasq")" -eq 2 ] || fail "$(cat "$work/dnsmasq")"
    [ "$(frames 1 'dhcp.option.dhcp == 3 && ip.dst == 10.9.1.1' | wc -l)" -eq 1 ] ||
        fail 'it was not renewed by unicast'
    stop_device
    [ "$(grep -c network "$work/device.1")" -eq 2 ] || fail "$(cat "$work/device.1")"
    judge
}

# look_up NAMES [FAMILY]: the device asks dnsmasq; expect_line tells what it must have found.
look_up() {
    start_static 1 look-up --names "$1" --family "${2-4}"
    finish_device
    judge
}

expect_line() {
    grep -qx "$1" "$work/device.1" || fail "'$1' is missing"
}

names_have_addresses() {
    start_dnsmasq
    look_up four.linnet.test,both.linnet.test
    expect_line 'name four.linnet.test: 192.0.2.4'
    expect_line 'name both.linnet.test: 192.0.2.10'
}

names_are_searched_in_the_domain_of_the_lease() {
    start_dnsmasq
    start_device 1 look-up --names four,both
    finish_device
    expect_line 'name four: 192.0.2.4'
    expect_line 'name both: 192.0.2.10'
    judge
}

names_are_searched_in_the_domains_of_the_lease() {
    start_dnsmasq --local=/nowhere.test/ --dhcp-option=option:domain-search,nowhere.test,linnet.test
    start_device 1 look-up --names four
    finish_device
    expect_line 'name four: 192.0.2.4'
    [ "$(frames 1 'dns.flags.response == 0 && dns.qry.name matches "(?i)^four.nowhere.test$"' |
        wc -l)" -ge 1 ] ||
        fail 'the first domain was not tried'
    judge
}

aliases_lead_to_addresses() {
    start_dnsmasq
    look_up alias.linnet.test,long-way.linnet.test
    expect_line 'name alias.linnet.test: 192.0.2.4'
    expect_line 'name long-way.linnet.test: 192.0.2.4'
}

names_without_an_address_have_none() {
    start_dnsmasq
    look_up absent.linnet.test,six.linnet.test
    [ "$(grep -c ': none' "$work/device.1")" -eq 2 ] || fail "$(cat "$work/device.1")"
}

# The answer of a hundred addresses does not go into a datagram: it says so, and is asked for again
# by TCP.
an_answer_that_was_cut_is_fetched_by_tcp() {
    start_dnsmasq
    look_up many.linnet.test
    [ "$(frames 1 'dns.flags.truncated == 1' | wc -l)" -ge 1 ] || fail 'no answer was cut'
    [ "$(frames 1 'tcp.dstport == 53 && tcp.flags.syn == 1' | wc -l)" -ge 1 ] || fail 'TCP was not used'
    grep -q '^name many.linnet.test: 192.0.2.1' "$work/device.1" || fail "$(cat "$work/device.1")"
}

every_question_has_another_id_and_port() {
    start_dnsmasq
    names=
    for i in $(seq 100); do
        names="$names${names:+,}n$i.linnet.test"
    done
    look_up "$names"
    frames 1 'dns.flags.response == 0' >"$work/questions"
    [ "$(wc -l <"$work/questions")" -ge 100 ] || fail 'not so many questions'
    tshark -n -r "$work/frames.1.pcap" -Y 'dns.flags.response == 0' -T fields -e dns.id -e udp.srcport \
        2>/dev/null | sort | uniq -d >"$work/equal"
    [ ! -s "$work/equal" ] || fail "$(cat "$work/equal")"
}

names_are_found_over_a_bad_cable() {
    start_dnsmasq
    start_static 1 look-up --names four.linnet.test,both.linnet.test,alias.linnet.test \
        --faults lose=300,duplicate=200,corrupt=100,seed=2
    finish_device
    expect_line 'name four.linnet.test: 192.0.2.4'
    expect_line 'name both.linnet.test: 192.0.2.10'
    expect_line 'name alias.linnet.test: 192.0.2.4'
}

fast='dhcp_gives_address_gateway_and_server a_device_that_comes_back_gets_its_address_again
dhcp_goes_on_until_a_server_appears a_network_that_goes_away_is_noticed_and_found_again
dhcp_survives_a_bad_cable names_have_addresses names_are_searched_in_the_domain_of_the_lease
names_are_searched_in_the_domains_of_the_lease aliases_lead_to_addresses
names_without_an_address_have_none an_answer_that_was_cut_is_fetched_by_tcp every_question_has_another_id_and_port
names_are_found_over_a_bad_cable'

enter_linux "$@"
case $LINNET_TEST_ARGUMENT in
night) run_cases a_lease_is_renewed "$@" ;;
*) run_cases "$fast" "$@" ;;
esac
