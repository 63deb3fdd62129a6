# SPDX-License-Identifier: MIT
# For the scripts that bring the device and Linux together; to be sourced behind cases.sh. Each case
# runs in namespaces of its own: its network has nothing but the TAPs that it makes, its processes die
# with it however it ends, and $work lies in a file system that goes with it.
#
#   . "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
#   . "$LINNET_SOURCE_DIR/tests/linux/linux.sh"
#   enter_linux "$@"
#   run_cases "…" "$@"

here=$LINNET_SOURCE_DIR/tests/linux
programs=$LINNET_BUILD_DIR/test/linux

skip() {
    echo "skipped: $*"
    exit 77
}

need() {
    for command in "$@"; do
        command -v "$command" >/dev/null || skip "no $command here (linnet doctor names its package)"
    done
}

# Goes on in namespaces of its own when one case is to run.
enter_linux() {
    [ $# -eq 1 ] && [ "$1" != --list ] || return 0
    if [ "${LINNET_INSIDE-}" != "$1" ]; then
        [ "$(id -u)" = 0 ] || skip 'only root may make network namespaces'
        [ -c /dev/net/tun ] && : 2>/dev/null <>/dev/net/tun || skip 'no /dev/net/tun here'
        need unshare ip tshark
        unshare --net --mount --pid --fork true 2>/dev/null || skip 'no network namespaces here'
        LINNET_INSIDE=$1 exec unshare --net --mount --pid --fork --kill-child --mount-proc "$0" "$1"
    fi
    mount -t tmpfs -o mode=755 linnet /run
    TMPDIR=/run
    export TMPDIR
    ip link set lo up
    echo reno >/proc/sys/net/ipv4/tcp_congestion_control # everywhere the same
}

# Set where the two speak IPv6 with each other.
six=
[ "$LINNET_TEST_ARGUMENT" != six ] || six=yes

# The addresses of Linux and of the device on tapN.
linux_at() { [ -n "$six" ] && echo "2001:db8:$1::1" || echo "10.9.$1.1"; }
device_at() { [ -n "$six" ] && echo "2001:db8:$1::2" || echo "10.9.$1.2"; }

# For tshark: a packet of IP from this address.
from() { echo "ip${six:+v6}.src == $1"; }

# make_tap N: TAP tapN with 10.9.N.1/24 and 2001:db8:N::1/64; what the device has there ends in 2.
make_tap() {
    ip tuntap add dev "tap$1" mode tap
    echo 0 >"/proc/sys/net/ipv6/conf/tap$1/accept_dad" # its own address is good at once
    ip address add "10.9.$1.1/24" dev "tap$1"
    ip address add "2001:db8:$1::1/64" dev "tap$1" nodad
    ip link set "tap$1" up
}

# wait_for FILE TEXT [SECONDS]: until the file has a line that begins with the text.
wait_for() {
    for try in $(seq $((${3-20} * 100))); do
        ! grep -qs "^$2" "$1" || return 0
        sleep 0.01
    done
    cat "$1" >&2
    fail "'$2' did not appear in $1"
}

# lines TEXT COUNT: the device has said so many times what begins with the text.
lines() {
    for try in $(seq 2000); do
        [ "$(grep -c "^$1" "$work/device.1")" -lt "$2" ] || return 0
        sleep 0.01
    done
    fail "'$1' did not come $2 times: $(cat "$work/device.1")"
}

# start_device N ROLE SETTING…: the device on tapN; its words are in $work/device.N, its frames in
# $work/frames.N.pcap, its process is $device.
start_device() {
    tap=$1 role=$2
    shift 2
    : >"$work/device.$tap"
    "$programs/linux_device" --network "tap:tap$tap" --pcap "$work/frames.$tap.pcap" \
        --mac "02:00:00:00:00:0$tap" --role "$role" "$@" >"$work/device.$tap" 2>&1 &
    device=$!
}

# The same with the address of device_at.
start_static() {
    tap=$1 role=$2
    shift 2
    if [ -n "$six" ]; then
        start_device "$tap" "$role" --address none --six "$(device_at "$tap")" --family 6 "$@"
    else
        start_device "$tap" "$role" --address "$(device_at "$tap")" "$@"
    fi
}

expect_good() {
    [ "$1" -eq 0 ] || {
        tail -n 30 "$work"/device.* "$work"/peer* >&2 2>/dev/null
        fail "$2 ended with exit code $1"
    }
}

finish_device() {
    code=0
    wait "$device" || code=$?
    expect_good $code 'the device'
}

# For one that goes on until it is told.
stop_device() {
    kill -TERM "$device"
    finish_device
}

# peer COMMAND NAME=VALUE…: Linux's end, to its end; its words are in $work/peer.
peer() {
    code=0
    "$programs/linux_peer" "$@" >"$work/peer" 2>&1 || code=$?
    expect_good $code "linux_peer $1"
}

# One that serves, in the background, once it is ready; stop_peer ends it.
start_peer() {
    : >"$work/peer.server"
    "$programs/linux_peer" "$@" >"$work/peer.server" 2>&1 &
    peer=$!
    wait_for "$work/peer.server" ready
}

stop_peer() {
    kill -TERM "$peer"
    code=0
    wait "$peer" || code=$?
    expect_good $code 'linux_peer'
}

checks='-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE'
# Linux writes a TCP checksum of 0 as 0xffff, which sums up to the same. What an error quotes may be
# damaged: a header of IPv6 has no checksum of its own.
bad='_ws.malformed || ip.checksum.status == "Bad" || icmp.checksum.status == "Bad" ||
     icmpv6.checksum.status == "Bad" ||
     (!icmpv6 && (udp.checksum.status == "Bad" ||
      (tcp.checksum.status == "Bad" && !(tcp.checksum == 0xffff && eth.src[0:5] != 02:00:00:00:00))))'

# frames N FILTER: those frames of the device's capture, one a line.
frames() {
    tshark -n $checks -r "$work/frames.$1.pcap" -Y "$2" 2>/dev/null
}

# No frame that either end sent is malformed or has a wrong checksum. The capture shows frames as they
# were sent: what the cable damages comes behind it.
judge() {
    for file in "$work"/frames.*.pcap; do
        tshark -n $checks -r "$file" -Y "$bad" >"$work/bad" 2>/dev/null || fail "tshark and $file"
        [ ! -s "$work/bad" ] || fail "$file: $(head -n 5 "$work/bad")"
        [ "$(stat -c %s "$file")" -gt 100 ] || fail "$file: hardly a frame"
    done
}
