#!/bin/sh
# SPDX-License-Identifier: MIT
# A board in the middle of the main job is flooded with datagrams that nobody asked for, more than its device
# holds: it goes on. One case a board; LINNET_TEST_ARGUMENT names the boards.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/harness/board_cases.sh"

linnet=$LINNET_SOURCE_DIR/linnet

# The demo's device with a port that leads into it.
make_device() {
    port=$((20000 + $$ % 20000))
    "$linnet" build mqtt_echo --board "$1" >"$work/messages" 2>&1 || fail "$(cat "$work/messages")"
    cat >"$work/device" <<EOF
#!/bin/sh
exec "$LINNET_SOURCE_DIR/build/$1/bin/mqtt_echo" --forward udp:$port:9 "\$@"
EOF
    chmod +x "$work/device"
    cc -O1 -o "$work/flood" "$LINNET_SOURCE_DIR/tests/e2e/flood.c"
}

goes_on_after_a_flood() {
    make_device "$1"
    device=e2e-$1-$$
    demo_folder=$LINNET_SOURCE_DIR/build/demo/$device
    trap 'rm -rf "$work" "$demo_folder"' EXIT
    "$linnet" demo --board "$1" --device "$work/device" --client-id "$device" --messages 30 --interval 400 \
        >"$work/messages" 2>&1 &
    tool=$!
    for try in $(seq 300); do
        ! grep -q ' acked ' "$work/messages" || break
        sleep 0.1
    done
    longest=1472
    [ "$1" != mipssim ] || longest=1471 # its emulated device takes no frame of 1514 bytes, nor any after it
    "$work/flood" "$port" 4 $longest >"$work/sent"
    [ "$(cat "$work/sent")" -gt 5000 ] || fail "a flood of $(cat "$work/sent")"
    wait "$tool" || fail "$(cat "$work/messages")"
    [ "$(tail -n 1 "$work/messages")" = '30 published, 30 received, 30 acknowledged' ] || fail "$(cat "$work/messages")"
}

command -v mosquitto >/dev/null || [ "${1-}" = --list ] || { echo "no mosquitto here"; exit 77; }
board_cases goes_on_after_a_flood
run_cases "$cases" "$@"
