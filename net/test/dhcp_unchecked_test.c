/* SPDX-License-Identifier: MIT */
/* The machine of DHCP where the link is not asked whether an address is free. */
#include "client/dhcp_machine.h"
#include "linnet_test.h"

#include <string.h>

static struct dhcp_machine machine;

static unsigned step(enum dhcp_event event, uint32_t now, const struct dhcp_reply *reply)
{
    machine.now = now;
    machine.random = 1000;
    return tcpip_dhcp_machine_step(&machine, event, reply);
}

TEST(lease_is_used_as_soon_as_it_is_granted)
{
    static const uint8_t mac[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 1};
    struct dhcp_reply reply = {.type = DHCP_OFFER,
                               .your_address = 0x0a000207,
                               .numbers[DHCP_SERVER] = 0x0a000202,
                               .numbers[DHCP_MASK] = 0xffffff00,
                               .numbers[DHCP_LEASE_TIME] = 600};

    tcpip_dhcp_machine_init(&machine, mac, 64);
    CHECK_EQUAL(DHCP_SEND, step(DHCP_EVENT_TIME, 0, NULL));
    CHECK_EQUAL(DHCP_SEND, step(DHCP_EVENT_REPLY, 1, &reply));
    CHECK_EQUAL(DHCP_REQUESTING, machine.state);
    reply.type = DHCP_ACK;
    CHECK_EQUAL(DHCP_BIND, step(DHCP_EVENT_REPLY, 1, &reply));
    CHECK_EQUAL(DHCP_BOUND, machine.state);
    CHECK_EQUAL(301, machine.wake);
    CHECK_EQUAL(0, step(DHCP_EVENT_CONFLICT, 2, NULL)); /* nobody has asked */
    CHECK_EQUAL(DHCP_BOUND, machine.state);
}
