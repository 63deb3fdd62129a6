/* SPDX-License-Identifier: MIT */
/*
 * DHCP: the parser on the bytes as they are, and behind a fixed part that is right; what is read
 * goes into a machine that asks for it.
 */
#include <stdlib.h>
#include <string.h>

#include "client/dhcp_machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OPTIONS_AT = 240, SNAME_AT = 44, OVERLOADED = 64 + 128 };

static void step(struct dhcp_machine *machine, enum dhcp_event event, uint32_t now,
                 const struct dhcp_reply *reply)
{
    machine->now = now;
    machine->random = 0x1234;
    (void)tcpip_dhcp_machine_step(machine, event, reply);
    if (machine->state != DHCP_STOPPED && machine->wake < now && machine->wake + 1 < now)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t mac[NETIF_MAC_SIZE] = {2, 0, 0, 0, 0, 1};
    uint8_t message[1500] = {2, 1, 6, 0, 0, 0, 0x12, 0x34};
    struct dhcp_machine machine;
    struct dhcp_reply reply;

    tcpip_dhcp_parse(data, size, &reply);
    if (size < OVERLOADED || size > 1000)
        return 0;
    message[16] = 10;
    message[19] = 7;
    memcpy(message + 28, mac, sizeof mac);
    memcpy(message + SNAME_AT, data, OVERLOADED);
    memcpy(message + 236, (uint8_t[]){0x63, 0x82, 0x53, 0x63}, 4);
    memcpy(message + OPTIONS_AT, data + OVERLOADED, size - OVERLOADED);
    if (!tcpip_dhcp_parse(message, OPTIONS_AT + size - OVERLOADED, &reply))
        return 0;
    tcpip_dhcp_machine_init(&machine, mac, 64);
    step(&machine, DHCP_EVENT_TIME, 0, NULL);
    step(&machine, DHCP_EVENT_REPLY, 0, &reply);
    reply.type = DHCP_ACK;
    step(&machine, DHCP_EVENT_REPLY, 0, &reply);
    for (int i = 0; i < 20 && machine.wake != DHCP_NEVER; i++)
        step(&machine, DHCP_EVENT_TIME, machine.wake, NULL);
    return 0;
}
