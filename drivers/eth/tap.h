/* SPDX-License-Identifier: MIT */
/*
 * An Ethernet driver over a TAP device of Linux: the simulated device and the machine it runs on
 * (or whatever the TAP is bridged to) sit on one wire, and talk through the real stack of Linux.
 *
 * The TAP must be there before, so that a name that was mistyped makes nothing:
 *
 *     ip tuntap add dev linnet0 mode tap user "$USER"
 *     ip address add 10.0.2.2/24 dev linnet0 && ip link set linnet0 up
 *
 * The link is up while Linux has the interface up. The frames that cannot be taken at once wait in
 * the TAP's own queue. Between the TAP and the device may lie a bad cable (faults.h); the capture
 * shows the frames as they were sent, before it.
 */
#pragma once

#include "faults.h"

#include <netif.h>

#include <stdbool.h>
#include <stdint.h>

struct eth_tap_config {
    const char *name;            /* "eth0"; the string stays valid */
    const char *tap;             /* the interface of Linux */
    uint8_t mac[NETIF_MAC_SIZE]; /* unicast; all zero: a locally administered default */
    const char *pcap_path;       /* every frame of both directions goes here; NULL: no capture */
    int64_t epoch_us;            /* what sim_time_us() == 0 was since 1970, for the capture */
    const struct eth_faults_settings *faults; /* NULL: a good cable */
};

/* Attaches to the TAP and makes the capture; there is one such interface in a process. NULL: the
 * reason and its mend are printed. Before the scheduler starts. */
struct netif *eth_tap_create(const struct eth_tap_config *config);

/* Pulls the cable out or puts it back: frames are lost meanwhile. From a task. */
void eth_tap_set_link(bool up);

/* What the cable did to the frames of one direction. */
const struct eth_faults_counters *eth_tap_faults(enum eth_faults_way way);

/* True once a frame was lost to the capture: disk full, file too large … It was reported. */
bool eth_tap_capture_failed(void);
