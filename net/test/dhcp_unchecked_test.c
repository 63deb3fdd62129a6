/* SPDX-License-Identifier: MIT */
/* The machine of DHCP where the link is not asked whether an address is free. */
#include "client/dhcp_machine.h"
#include "linnet_test.h"

#include <string.h>

static struct dhcp_machine machine;

static void step(enum dhcp_event_kind kind, uint32_t now, const struct dhcp_reply *reply)
{
    struct dhcp_event event = {kind, now, 1000, reply};

    tcpip_dhcp_machine_step(&machine, &event);
}

TEST(lease_is_used_as_soon_as_it_is_granted)
{
    static const uint8_t mac[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 1};
    struct dhcp_reply reply = {.type = DHCP_OFFER,
                               .your_address = 0x0a000207,
                               .server = 0x0a000202,
                               .mask = 0xffffff00,
                               .lease = 600};

    tcpip_dhcp_machine_init(&machine, mac, 64);
    step(DHCP_EVENT_START, 0, NULL);
    step(DHCP_EVENT_REPLY, 1, &reply);
    CHECK_EQUAL(DHCP_REQUESTING, machine.state);
    reply.type = DHCP_ACK;
    step(DHCP_EVENT_REPLY, 1, &reply);
    CHECK_EQUAL(DHCP_BOUND, machine.state);
    CHECK_EQUAL(DHCP_BIND, machine.actions);
    CHECK_EQUAL(301, machine.wake);
    step(DHCP_EVENT_CONFLICT, 2, NULL); /* nobody has asked */
    CHECK_EQUAL(DHCP_BOUND, machine.state);
    CHECK_EQUAL(0, machine.actions);
}
