#!/bin/sh
# SPDX-License-Identifier: MIT
# The demo as a whole, with the real device: the main job, its options, and each fault with a message
# that says what, why and what to do.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/e2e/broker.sh"

linnet=$LINNET_SOURCE_DIR/linnet
device=e2e-$$

demo() {
    "$linnet" demo --client-id "$device" --interval 50 "$@"
}

begin() {
    demo_folder=$LINNET_SOURCE_DIR/build/demo/$device
    trap 'rm -rf "$work" "$demo_folder"' EXIT
}

# The demo must end with the exit code; its words are in $work/messages.
expect_demo() {
    expected=$1
    code=0
    shift
    demo "$@" >"$work/messages" 2>&1 || code=$?
    [ "$code" -eq "$expected" ] || {
        cat "$work/messages" >&2
        fail "exit code $code instead of $expected"
    }
    expect_nothing_left
}

expect_nothing_left() {
    sleep 0.1
    echo "$device" >"$work/pattern"
    ! grep -alF -f "$work/pattern" /proc/[0-9]*/cmdline 2>/dev/null || fail 'still there: above'
    ! ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -F "$demo_folder" || fail 'still there: above'
}

every_message_comes_back_and_is_answered() {
    begin
    expect_demo 0 --messages 12
    [ "$(tail -n 1 "$work/messages")" = '12 published, 12 received, 12 acknowledged' ] ||
        fail "$(tail -n 1 "$work/messages")"
    for step in boot dhcp tls mqtt subscribed published received acked; do
        expect_text "$work/messages" "$step"
    done
}

json_is_one_value_a_line() {
    begin
    demo --messages 2 --json >"$work/output" 2>"$work/messages"
    ! grep -v '^{.*}$' "$work/output" || fail 'a line is not JSON'
    expect_text "$work/output" '"published":2,"received":2,"acknowledged":2'
}

no_captured_frame_is_malformed() {
    command -v tshark >/dev/null || { echo 'no tshark here'; exit 77; }
    begin
    expect_demo 0 --messages 2 --pcap "$work/frames.pcap"
    [ "$(tshark -r "$work/frames.pcap" 2>/dev/null | wc -l)" -gt 20 ] || fail 'hardly a frame'
    tshark -r "$work/frames.pcap" -Y _ws.malformed >"$work/malformed" 2>/dev/null
    [ ! -s "$work/malformed" ] || fail "$(cat "$work/malformed")"
    tshark -r "$work/frames.pcap" -Y 'dhcp || arp' 2>/dev/null | grep -q ARP || fail 'no ARP'
}

a_broker_killed_in_the_middle_costs_no_message() {
    begin
    expect_demo 0 --messages 8 --kill-broker-after 5
    expect_text "$work/messages" 'killed after'
    expect_text "$work/messages" '8 published, 8 received, 8 acknowledged'
}

an_interrupt_leaves_nothing() {
    begin
    demo --messages 1 >"$work/output"
    for seconds in 0.1 0.2 0.4 0.6 0.8 1.2; do
        env --default-signal=INT "$linnet" demo --client-id "$device" >"$work/output" 2>&1 &
        tool=$!
        # A shell's background command ignores SIGINT until env has put that right.
        while grep -q '^SigIgn:.*[2367abef]$' "/proc/$tool/status"; do
            sleep 0.01
        done
        sleep "$seconds"
        kill -INT "$tool"
        code=0
        wait "$tool" || code=$?
        [ "$code" -eq 130 ] || fail "exit code $code after $seconds s: $(cat "$work/output")"
        expect_nothing_left
    done
}

keep_stays_until_it_is_told_to_stop() {
    begin
    "$linnet" demo --client-id "$device" --messages 1 --keep >"$work/output" 2>&1 &
    tool=$!
    for try in $(seq 300); do
        ! grep -q ' acked ' "$work/output" || break
        sleep 0.1
    done
    sleep 1
    kill -0 "$tool" || fail 'it did not stay'
    kill -TERM "$tool"
    wait "$tool" || :
    expect_nothing_left
    expect_text "$work/output" ' acked '
}

a_publish_that_the_list_refuses_names_the_list() {
    begin
    expect_demo 1 --messages 1 --topic somebody/elses
    expect_text "$work/messages" 'access control list'
    expect_text "$work/messages" 'somebody/elses'
}

a_broker_that_is_not_there_is_named() {
    begin
    demo --messages 1 >"$work/output"
    expect_demo 1 --messages 1 --broker broker.linnet.test:1 \
        --ca "$demo_folder/certificates/ca.crt" --cert "$demo_folder/certificates/device.crt" \
        --key "$demo_folder/certificates/device.key"
    expect_text "$work/messages" 'port 1'
}

# with_broker SERVER-NAME [START END]: a broker of our own, and the device's certificate for it.
with_broker() {
    begin
    make_authority good
    make_certificate good device "$device" device
    make_certificate good server broker "$@"
    start_broker good server
}

use_broker() {
    expected=$1
    shift
    expect_demo "$expected" --messages 1 --broker "broker.linnet.test:$port" "$@"
}

an_existing_broker_can_be_used() {
    with_broker broker.linnet.test
    use_broker 0 --ca "$work/good.crt" --cert "$work/device.crt" --key "$work/device.key"
}

localhost_is_the_machine_of_the_simulator() {
    with_broker localhost
    expect_demo 0 --messages 1 --broker "localhost:$port" --ca "$work/good.crt" \
        --cert "$work/device.crt" --key "$work/device.key"
}

a_wrong_authority_is_named() {
    with_broker broker.linnet.test
    make_authority other
    use_broker 1 --ca "$work/other.crt" --cert "$work/device.crt" --key "$work/device.key"
    expect_text "$work/messages" 'the CA does not match'
}

an_expired_certificate_is_named() {
    with_broker broker.linnet.test 20200101000000Z 20210101000000Z
    use_broker 1 --ca "$work/good.crt" --cert "$work/device.crt" --key "$work/device.key"
    expect_text "$work/messages" 'has expired'
}

a_certificate_of_the_future_is_named() {
    with_broker broker.linnet.test 20450101000000Z 20460101000000Z
    use_broker 1 --ca "$work/good.crt" --cert "$work/device.crt" --key "$work/device.key"
    expect_text "$work/messages" 'not yet valid'
}

a_wrong_server_name_is_named() {
    with_broker other.linnet.test
    use_broker 1 --ca "$work/good.crt" --cert "$work/device.crt" --key "$work/device.key"
    expect_text "$work/messages" 'other.linnet.test'
}

a_refused_device_is_told() {
    with_broker broker.linnet.test
    make_authority other
    make_certificate other stranger "$device" device
    use_broker 1 --ca "$work/good.crt" --cert "$work/stranger.crt" --key "$work/stranger.key"
    grep -qi "certificate" "$work/messages" || fail "$(cat "$work/messages")"
}

a_full_disk_costs_the_capture_and_says_so() {
    begin
    demo --messages 1 >"$work/output"
    (ulimit -f 4; demo --messages 5 --pcap "$work/frames.pcap" \
        --device "$LINNET_BUILD_DIR/bin/mqtt_echo" 2>&1) | cat >"$work/messages"
    grep -qiE 'too large|no space' "$work/messages" || fail "$(cat "$work/messages")"
    [ -s "$work/frames.pcap" ] || fail 'nothing was captured'
    expect_nothing_left
}

for command in openssl mosquitto_pub; do
    command -v $command >/dev/null || [ "${1-}" = --list ] || { echo "no $command here"; exit 77; }
done
run_cases "every_message_comes_back_and_is_answered json_is_one_value_a_line
no_captured_frame_is_malformed a_broker_killed_in_the_middle_costs_no_message
an_interrupt_leaves_nothing keep_stays_until_it_is_told_to_stop
a_publish_that_the_list_refuses_names_the_list a_broker_that_is_not_there_is_named
an_existing_broker_can_be_used localhost_is_the_machine_of_the_simulator a_wrong_authority_is_named
an_expired_certificate_is_named a_certificate_of_the_future_is_named a_wrong_server_name_is_named
a_refused_device_is_told a_full_disk_costs_the_capture_and_says_so" "$@"
