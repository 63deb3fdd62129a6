/* SPDX-License-Identifier: MIT */
/*
 * An Ethernet driver over libslirp: the device sits on a network of its own, 10.0.2.0/24, which
 * libslirp joins to the host's network by ordinary sockets of the user's. No root, no TAP device.
 *
 *   10.0.2.2  the host: its loopback as the device sees it, and the gateway
 *   10.0.2.3  the host's name server
 *   10.0.2.15 the first address that its DHCP server gives
 *
 * libslirp is only ever called as a simulated interrupt. A frame to send is queued and raises one;
 * what libslirp sends waits in a ring, as in a hardware's, for the stack to have a free buffer.
 */
#pragma once

#include <netif.h>

#include <stdbool.h>
#include <stdint.h>

struct eth_slirp_config {
    const char *name;            /* "eth0"; the string stays valid */
    uint8_t mac[NETIF_MAC_SIZE]; /* unicast; all zero: a locally administered default */
    const char *pcap_path;       /* every frame of both directions goes here; NULL: no capture */
    int64_t epoch_us;            /* what sim_time_us() == 0 was since 1970, for the capture */
};

/* The driver's interface with that configuration; there is one in a process. The capture is opened
 * at once. NULL: the address is a multicast one, or the capture cannot be opened; the reason is
 * printed. Before the scheduler starts. */
struct netif *eth_slirp_create(const struct eth_slirp_config *config);

/* Pulls the cable out or puts it back: frames are lost meanwhile. From a task. */
void eth_slirp_set_link(bool up);

/* Lets connections to the host's 127.0.0.1:host_port reach the device's device_port, over TCP or
 * UDP, from the next start on. Up to 8. False: too many, or a port of 0. */
bool eth_slirp_forward(bool udp, uint16_t host_port, uint16_t device_port);

/* True once a frame was lost to the capture: disk full, file too large … It was reported. */
bool eth_slirp_capture_failed(void);
