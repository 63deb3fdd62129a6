/* SPDX-License-Identifier: MIT */
/*
 * DHCPv6: the parser on the bytes as they are, and behind names that are right; what is read goes into a
 * machine that asks for it.
 */
#include <stdlib.h>
#include <string.h>

#include "client/dhcp6_machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ID = 7, XID = 0x1234, NAMES = 26 };

static void step(struct dhcp6_machine *machine, enum dhcp6_event_kind kind, uint64_t now,
                 const struct dhcp6_reply *reply)
{
    struct dhcp6_event event = {kind, now, XID, reply};

    tcpip_dhcp6_machine_step(machine, &event);
    if (machine->state >= DHCP6_STATES || machine->dns_count > DHCP6_DNS_MOST)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t mac[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 1};
    uint8_t message[1500] = {DHCP6_ADVERTISE,
                             0,
                             0x12,
                             0x34,
                             0,
                             1,
                             0,
                             10,
                             0,
                             3,
                             0,
                             1,
                             2,
                             0,
                             0,
                             0,
                             0,
                             1,
                             0,
                             2,
                             0,
                             4,
                             0,
                             2,
                             9,
                             9};
    struct dhcp6_machine machine;
    struct dhcp6_reply reply;

    (void)tcpip_dhcp6_parse(data, size, mac, ID, &reply);
    if (size > sizeof message - NAMES)
        return 0;
    if (size > 0)
        memcpy(message + NAMES, data, size);
    if (!tcpip_dhcp6_parse(message, NAMES + size, mac, ID, &reply))
        return 0;
    tcpip_dhcp6_machine_init(&machine, mac, ID, false, 64000);
    step(&machine, DHCP6_EVENT_START, 0, NULL);
    step(&machine, DHCP6_EVENT_TIME, machine.wake, NULL);
    step(&machine, DHCP6_EVENT_REPLY, 10, &reply);
    step(&machine, DHCP6_EVENT_TIME, machine.wake, NULL);
    reply.type = DHCP6_REPLY;
    step(&machine, DHCP6_EVENT_REPLY, 2000, &reply);
    step(&machine, DHCP6_EVENT_FREE, 3000, NULL);
    for (int i = 0; i < 20 && machine.wake != UINT64_MAX; i++)
        step(&machine, DHCP6_EVENT_TIME, machine.wake, NULL);
    return 0;
}
