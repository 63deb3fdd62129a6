/* SPDX-License-Identifier: MIT */
/*
 * A small network: 10.0.2.0/24 with a host 10.0.2.2 that has a DHCP server (it gives 10.0.2.15),
 * answers ARP for every address but that, answers pings, echoes UDP port 7, and is the name server
 * 10.0.2.3, for which every name is 10.0.2.9. TCP to 10.0.2.9 comes back as from there: a mirror in
 * which a device meets itself.
 */
#pragma once

#include <stdint.h>

/* What a device with this station address has sent. */
void network_receive(const uint8_t mac[6], const uint8_t *frame, uint32_t length);

/* Sends the device a ping from 10.0.2.2; what it answers is counted. */
void network_ping(const uint8_t mac[6], const uint8_t address[4]);
unsigned network_pongs(void);
