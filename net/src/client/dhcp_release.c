/* SPDX-License-Identifier: MIT */
/*
 * Giving a lease back, for those who ever do: what the machine makes of it, and the client.
 */
#include "client/dhcp.h"

#include "client/dhcp_client.h"
#include "core/os.h"

#if ipconfigUSE_DHCP

/* RFC 2131 4.4.6. Before there is a lease, what was asked for is just not taken. */
unsigned tcpip_dhcp_machine_release(struct dhcp_machine *machine)
{
    bool held = tcpip_dhcp_holds_lease(machine);

    machine->state = DHCP_STOPPED;
    machine->send.xid = machine->random;
    machine->started = machine->now;
    machine->granted = 0;
    machine->wake = DHCP_NEVER;
    return held ? tcpip_dhcp_machine_send(machine) | DHCP_UNBIND : DHCP_UNBIND;
}

void tcpip_dhcp_release(struct tcpip_end_point *end_point)
{
    struct tcpip_dhcp *client = end_point->dhcp;

    if (client == NULL)
        return;
    if (!tcpip_os_random(&client->machine.random))
        client->machine.random = client->machine.send.xid + 1u; /* nobody answers */
    client->machine.now = tcpip_seconds();
    (void)tcpip_dhcp_act(client, tcpip_dhcp_machine_release(&client->machine));
    tcpip_timer_stop(&client->timer);
}

#endif
