#!/bin/sh
# SPDX-License-Identifier: MIT
# The host side of the demo: certificates, broker, interrupts, a taken port, a full disk. A script
# stands in for the device, so that each fault is the host's alone. Each case works in a checkout of
# its own that holds the tool and nothing else.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"

standin=$LINNET_SOURCE_DIR/tests/e2e/standin_device.sh

for command in mosquitto_pub openssl; do
    command -v $command >/dev/null || [ "${1-}" = --list ] || { echo "no $command here"; exit 77; }
done

begin() {
    checkout=$work/checkout
    demo_folder=$checkout/build/demo/demo-01
    mkdir -p "$checkout/build/host"
    cp "$LINNET_SOURCE_DIR/build/host/linnet" "$checkout/build/host"
    cp "$LINNET_SOURCE_DIR/CMakePresets.json" "$checkout"
}

demo() {
    "$checkout/build/host/linnet" demo --device "$standin" "$@"
}

start_demo() {
    STANDIN_HANG=1 "$checkout/build/host/linnet" demo --device "$standin" "$@" \
        >"$work/output" 2>&1 &
    tool=$!
}

wait_for_text() {
    for try in $(seq 100); do
        grep -qF -- "$1" "$work/output" && return
        sleep 0.1
    done
    fail "'$1' never appeared: $(cat "$work/output")"
}

# No living process has the case's checkout in its command line or stands in its demo folder.
expect_nothing_left() {
    sleep 0.1
    echo "$checkout" >"$work/pattern"
    ! grep -alF -f "$work/pattern" /proc/[0-9]*/cmdline 2>/dev/null || fail 'still there: above'
    ! ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -F "$demo_folder" || fail 'still there: above'
}

the_device_is_let_in_and_all_is_stopped() {
    begin
    demo --messages 3 >"$work/output"
    expect_text "$work/output" '3 published'
    expect_text "$work/output" 'client certificates required'
    expect_nothing_left
    ! ls "$demo_folder" | grep -q 'mosquitto-' || fail 'files of the broker are left'
}

certificates_are_as_described() {
    begin
    demo --messages 1 >"$work/output"
    cd "$demo_folder/certificates"
    [ "$(stat -c %a server.key device.key ca.key | sort -u)" = 600 ] || fail 'keys can be read'
    openssl verify -CAfile ca.crt server.crt device.crt
    openssl x509 -in server.crt -noout -text >"$work/text"
    expect_text "$work/text" 'DNS:broker.linnet.test'
    expect_text "$work/text" 'ASN1 OID: prime256v1'
    openssl x509 -in device.crt -noout -subject >"$work/text"
    expect_text "$work/text" 'demo-01'
}

certificates_are_kept_while_good_and_replaced_otherwise() {
    begin
    demo --messages 1 >"$work/output"
    before=$(cksum "$demo_folder/certificates/device.crt")
    demo --messages 1 >"$work/output"
    [ "$before" = "$(cksum "$demo_folder/certificates/device.crt")" ] || fail 'made again'
    echo broken >"$demo_folder/certificates/server.crt"
    demo --messages 1 >"$work/output"
    [ "$before" != "$(cksum "$demo_folder/certificates/device.crt")" ] || fail 'not made again'
}

a_stranger_is_refused_by_the_broker() {
    begin
    start_demo
    wait_for_text 'device: up at'
    port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\),.*/\1/p' "$work/output")
    expect_failure mosquitto_pub -h 127.0.0.1 -p "$port" --insecure -t linnet/demo-01/echo -m x \
        --cafile "$demo_folder/certificates/ca.crt"
    kill "$tool"
    wait "$tool" || :
    expect_nothing_left
}

# A background job is born with SIGINT ignored: one that comes before the tool takes it is lost.
interrupt() {
    kill -"$1" "$tool"
    for try in $(seq 20); do
        sleep 0.1
        kill -0 "$tool" 2>/dev/null || return 0
    done
    kill -"$1" "$tool"
}

an_interrupt_at_any_moment_leaves_nothing() {
    begin
    for signal in INT TERM; do
        for seconds in 0 0.01 0.02 0.04 0.06 0.08 0.1 0.15 0.3; do
            rm -rf "$demo_folder/certificates"
            start_demo
            sleep "$seconds"
            interrupt $signal
            code=0
            wait "$tool" || code=$?
            [ "$code" -eq 130 ] || [ "$seconds" = 0 ] || fail "exit code $code after $seconds s"
            ! grep -q error: "$work/output" || fail "not quiet: $(cat "$work/output")"
            expect_nothing_left
        done
    done
}

a_killed_tool_takes_its_children_with_it() {
    begin
    start_demo
    wait_for_text 'device: up at'
    kill -KILL "$tool"
    wait "$tool" || :
    expect_nothing_left
}

a_taken_port_is_named() {
    begin
    start_demo --port 28831
    wait_for_text 'device: up at'
    expect_failure demo --port 28831
    expect_text "$work/messages" 'port 28831 is taken'
    expect_text "$work/messages" 'leave --port out'
    kill "$tool"
    wait "$tool" || :
}

a_full_disk_is_named() {
    begin
    (ulimit -f 0; demo 2>&1) | cat >"$work/messages"
    expect_text "$work/messages" 'error: cannot write'
    expect_text "$work/messages" 'File too large'
    expect_text "$work/messages" 'make room'
    [ ! -e "$demo_folder/certificates" ] || fail 'half a set of certificates was left'
    demo --messages 1 >"$work/output"
    (ulimit -f 0; demo 2>&1) | cat >"$work/messages"
    expect_text "$work/messages" 'mosquitto-'
    expect_nothing_left
}

a_broker_that_does_not_start_shows_its_log() {
    begin
    mkdir "$work/bin"
    printf '#!/bin/sh\necho "its last words" >&2\nexit 1\n' >"$work/bin/mosquitto"
    chmod +x "$work/bin/mosquitto"
    PATH=$work/bin:$PATH expect_failure demo
    expect_text "$work/messages" 'Mosquitto did not start'
    expect_text "$work/messages" 'its last words'
}

the_end_of_the_broker_is_told() {
    begin
    start_demo
    wait_for_text 'device: up at'
    for directory in /proc/[0-9]*; do
        [ "$(readlink "$directory/cwd" 2>/dev/null)" = "$demo_folder" ] || continue
        kill -KILL "${directory#/proc/}"
    done
    wait_for_text 'the broker has ended'
    kill "$tool"
    wait "$tool" || :
    expect_nothing_left
}

a_failed_device_is_a_failed_demo() {
    begin
    standin=/bin/false
    code=0
    demo >"$work/output" 2>&1 || code=$?
    [ "$code" -eq 1 ] || fail "exit code $code"
    expect_nothing_left
}

json_is_all_that_standard_output_has() {
    begin
    demo --messages 1 --json >"$work/output" 2>"$work/messages"
    grep -q '^{"step":"certificates"' "$work/output"
    grep -q '^{"step":"broker","port":[0-9]*}$' "$work/output"
    expect_text "$work/output" '1 published'
    grep -q '^{"step":"end","pings":[0-9]*}$' "$work/output"
    [ "$(wc -l <"$work/output")" -eq 4 ] || fail "$(cat "$work/output")"
}

run_cases "the_device_is_let_in_and_all_is_stopped certificates_are_as_described
certificates_are_kept_while_good_and_replaced_otherwise a_stranger_is_refused_by_the_broker
an_interrupt_at_any_moment_leaves_nothing a_killed_tool_takes_its_children_with_it
a_taken_port_is_named a_full_disk_is_named a_broker_that_does_not_start_shows_its_log
the_end_of_the_broker_is_told a_failed_device_is_a_failed_demo
json_is_all_that_standard_output_has" "$@"
