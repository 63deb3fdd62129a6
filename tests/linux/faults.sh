#!/bin/sh
# SPDX-License-Identifier: MIT
# The device and Linux over a bad cable: every byte arrives, once, in order. Several devices share the
# transfers of 64 KiB, each on a TAP with a seed of its own. The argument `night` makes 10,000 in each
# direction, and some over the worst cable; `six` makes those of the fast run over IPv6.
. "$LINNET_SOURCE_DIR/tests/harness/cases.sh"
. "$LINNET_SOURCE_DIR/tests/linux/linux.sh"

devices='1 2 3 4'
together=24 # connections of a device at once

# Linux knows where the device is before the first SYN, so that it does not take the time that ARP
# needed for that of the way.
find_device() {
    for try in $(seq 50); do
        ! "$programs/linux_peer" ping "address=$(device_at "$1")" count=1 patience=1 >"$work/ping" 2>&1 ||
            return 0
    done
    fail 'the device does not answer'
}

# start_bad N ROLE FAULTS SETTING…: a device behind a bad cable.
start_bad() {
    number=$1 role=$2 faults=$3
    shift 3
    start_static "$number" "$role" --port 7 --patience 900 --faults "$faults,seed=$((seed + number))" "$@"
    eval "device_$number=\$device"
}

stop_all() {
    for number in $devices; do
        eval "device=\$device_$number"
        stop_device
    done
}

# bulk_from_linux KIND COUNT FAULTS: Linux opens COUNT connections, some to each device.
bulk_from_linux() {
    share=$(($2 / $(echo $devices | wc -w)))
    for number in $devices; do
        start_bad "$number" accept "$3"
    done
    peers=
    for number in $devices; do
        wait_for "$work/device.$number" ready
        find_device "$number"
        "$programs/linux_peer" open "address=$(device_at "$number")" port=7 kind="$1" size=65536 \
            count="$share" parallel="$together" again=3 patience=900 >"$work/peer.$number" 2>&1 &
        peers="$peers $!"
    done
    for process in $peers; do
        code=0
        wait "$process" || code=$?
        expect_good $code 'linux_peer'
    done
    stop_all
}

# bulk_from_devices KIND COUNT FAULTS: the devices open them.
bulk_from_devices() {
    share=$(($2 / $(echo $devices | wc -w)))
    start_peer accept port=7 patience=900
    for number in $devices; do
        start_bad "$number" open "$3" --peer "$(linux_at "$number")" --kind "$1" --size 65536 \
            --count "$share" --parallel "$together" --again 3
    done
    for number in $devices; do
        wait_for "$work/device.$number" "$share connections" 3600
    done
    stop_all
    stop_peer
}

# Port 7 is that of echo, in whose bytes tshark looks for no protocol.
make_taps() {
    for number in $devices; do
        make_tap "$number"
    done
}

# happened FAULT…: the cables did each of these.
happened() {
    for word in "$@"; do
        grep -hE '^cable' "$work"/device.* | grep -qvE " 0 $word" || fail "nothing was $word"
    done
}

seed=0

# every_fault KIND: 200 transfers while everything goes wrong at times.
every_fault() {
    make_taps
    bulk_from_linux "$1" 200 lose=20,duplicate=20,corrupt=5,reorder=50,reorder-ms=5
    happened lost doubled damaged held
    judge
}

linux_sends_through_every_fault() { every_fault u; }
the_device_sends_through_every_fault() { every_fault d; }

# many ROUND KIND COUNT FAULTS WORD…: COUNT transfers by eight devices over a cable that did what each word
# says. A round of its own, so that captures do not grow without end.
many() {
    seed=$(($1 * 100)) kind=$2 count=$3 faults=$4
    shift 4
    bulk_from_linux "$kind" "$count" "$faults"
    happened "$@"
    judge
    echo "$faults: $(awk '/connections opened/ { done += $1; again += $6 }
        END { print done " transfers, " again " attempts repeated" }' "$work"/peer.[0-9])"
    rm "$work"/frames.*
}

# ten_thousand KIND: over five cables, each twice.
ten_thousand() {
    devices='1 2 3 4 5 6 7 8'
    make_taps
    for round in 1 3; do
        many $((10 * round)) "$1" 1000 lose=20,duplicate=20,corrupt=5,reorder=50,reorder-ms=5 \
            lost doubled damaged held
        many $((10 * round + 1)) "$1" 1000 lose=50,corrupt=20 lost damaged
        many $((10 * round + 2)) "$1" 1000 duplicate=200,reorder=500,reorder-ms=10 doubled held
        many $((10 * round + 3)) "$1" 1000 delay-ms=20,lose=20,reorder=100,reorder-ms=5 lost held
        many $((10 * round + 4)) "$1" 1000 delay-ms=5,lose=10,cut-every-ms=2000,cut-ms=100 lost cut
    done
}

ten_thousand_from_linux() { ten_thousand u; }
ten_thousand_from_the_device() { ten_thousand d; }

# the_worst KIND: a fifth lost, a tenth out of order, a twentieth doubled, a hundredth damaged.
the_worst() {
    devices='1 2 3 4 5 6 7 8'
    make_taps
    many 1 "$1" 400 lose=200,duplicate=50,corrupt=10,reorder=100,reorder-ms=5 lost doubled damaged held
}

linux_sends_over_the_worst_cable() { the_worst u; }
the_device_sends_over_the_worst_cable() { the_worst d; }

# one_fault FAULTS WORD: both directions, opened by the devices, with this fault alone.
one_fault() {
    make_taps
    bulk_from_devices u 24 "$1"
    bulk_from_devices d 24 "$1"
    happened "$2"
    judge
}

a_thirtieth_of_all_frames_is_lost() { one_fault lose=33 lost; }
half_of_all_frames_come_late() { one_fault reorder=500,reorder-ms=10 held; }
every_other_frame_comes_twice() { one_fault duplicate=500 doubled; }
a_thirtieth_of_all_frames_is_damaged() { one_fault corrupt=33 damaged; }
every_frame_takes_its_time() { one_fault delay-ms=20 frames; }
the_cable_is_cut_again_and_again() {
    together=2
    one_fault delay-ms=20,cut-every-ms=1000,cut-ms=100 cut
}

fast='linux_sends_through_every_fault the_device_sends_through_every_fault
a_thirtieth_of_all_frames_is_lost half_of_all_frames_come_late every_other_frame_comes_twice
a_thirtieth_of_all_frames_is_damaged every_frame_takes_its_time the_cable_is_cut_again_and_again'
night='ten_thousand_from_linux ten_thousand_from_the_device
linux_sends_over_the_worst_cable the_device_sends_over_the_worst_cable'

enter_linux "$@"
case $LINNET_TEST_ARGUMENT in
night) run_cases "$night" "$@" ;;
six) run_cases 'linux_sends_through_every_fault the_device_sends_through_every_fault' "$@" ;;
*) run_cases "$fast" "$@" ;;
esac
