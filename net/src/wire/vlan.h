/* SPDX-License-Identifier: MIT */
/*
 * The tag of a network that shares a wire with others (IEEE 802.1Q 9): it stands between the source
 * address and the type, and says by which network and how urgently a frame travels.
 */
#pragma once

#include "wire/ethernet.h"

enum {
    ETHERNET_VLAN = 0x8100,
    VLAN_TAG_SIZE = 4, /* the type above, then priority and id */
    VLAN_HEADER_SIZE = NETIF_HEADER_SIZE + VLAN_TAG_SIZE,
    VLAN_ID_NONE = 0, /* a priority alone */
    VLAN_ID_MOST = 4094,
    VLAN_PRIORITY_MOST = 7,
};

/* Nothing is said of whether the frame may rather be dropped (DEI). */
/*@ requires id <= VLAN_ID_MOST && priority <= VLAN_PRIORITY_MOST;
    assigns \nothing;
    ensures \result == priority * 8192 + id; */
static inline uint16_t vlan_tag(uint16_t id, uint8_t priority)
{
    return (uint16_t)(priority * 8192u + id);
}

/*@ requires tcpip_readable(frame, VLAN_HEADER_SIZE);
    assigns \nothing;
    ensures \result == tcpip_be16(frame + NETIF_HEADER_SIZE) % 4096; */
static inline uint16_t vlan_id(const uint8_t *frame)
{
    return (uint16_t)(tcpip_get_be16(frame + NETIF_HEADER_SIZE) % 4096u);
}

/* The frame begins VLAN_TAG_SIZE bytes behind `room`, and at it afterwards. */
/*@ requires tcpip_writable(room, VLAN_HEADER_SIZE);
    assigns room[0 .. NETIF_HEADER_SIZE + 1];
    ensures \forall integer i; 0 <= i < ETHERNET_TYPE_AT ==>
            room[i] == \old(room[VLAN_TAG_SIZE + i]);
    ensures tcpip_be16(room + ETHERNET_TYPE_AT) == ETHERNET_VLAN;
    ensures tcpip_be16(room + NETIF_HEADER_SIZE) == tag; */
static inline void vlan_insert(uint8_t *room, uint16_t tag)
{
    memmove(room, room + VLAN_TAG_SIZE, ETHERNET_TYPE_AT);
    tcpip_put_be16(room + ETHERNET_TYPE_AT, ETHERNET_VLAN);
    tcpip_put_be16(room + NETIF_HEADER_SIZE, tag);
}

/* The frame begins VLAN_TAG_SIZE bytes further on afterwards. */
/*@ requires tcpip_writable(frame, VLAN_HEADER_SIZE);
    assigns frame[VLAN_TAG_SIZE .. VLAN_TAG_SIZE + ETHERNET_TYPE_AT - 1];
    ensures \forall integer i; 0 <= i < ETHERNET_TYPE_AT ==>
            frame[VLAN_TAG_SIZE + i] == \old(frame[i]); */
static inline void vlan_remove(uint8_t *frame)
{
    memmove(frame + VLAN_TAG_SIZE, frame, ETHERNET_TYPE_AT);
}
