#!/bin/sh
# SPDX-License-Identifier: MIT
# Stands in for the device where a test is about the host side of the demo only: takes the same
# settings, proves that the broker lets it in, publishes, and ends. STANDIN_HANG: stays up instead.
set -u

trap 'echo "device: asked to stop"; exit 0' TERM
broker= ca= cert= key= client= topic= messages=1
while [ $# -gt 0 ]; do
    case $1 in
    --broker) broker=$2; shift ;;
    --ca) ca=$2; shift ;;
    --cert) cert=$2; shift ;;
    --key) key=$2; shift ;;
    --client-id) client=$2; shift ;;
    --topic) topic=$2; shift ;;
    --messages) messages=$2; shift ;;
    --interval | --pcap) shift ;;
    esac
    shift
done
if [ "${STANDIN_HANG:-}" ]; then
    echo "device: up at $broker"
    while :; do sleep 0.1; done
fi
for number in $(seq "$messages"); do
    mosquitto_pub -h 127.0.0.1 -p "${broker##*:}" --cafile "$ca" --cert "$cert" --key "$key" \
        --insecure -i "$client" -q 1 -t "$topic" -m "message $number" || exit 1
done
echo "$messages published"
