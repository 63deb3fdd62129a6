/* SPDX-License-Identifier: MIT */
/*
 * A claim is a member of an end-point, and is found through it.
 */
#include "core/claim.h"

#include "core/os.h"
#include "core/timer.h"
#include "ip/ip.h"

#if TCPIP_CLAIMS

static uint32_t up_to(uint16_t most)
{
    uint32_t random;

    return most != 0 && tcpip_os_random(&random) ? random % (most + 1u) : 0;
}

static void finish(struct tcpip_claim *claim, bool is_free)
{
    struct tcpip_interface *interface = claim->interface;
    struct tcpip_address address = claim->address;

    tcpip_ip_hear(interface, &address, true); /* no gap between the claim and the use */
    tcpip_claim_end(claim);
    claim->done(claim, is_free);
    tcpip_ip_hear(interface, &address, false);
}

static void step(void *context)
{
    struct tcpip_claim *claim = context;
    const struct tcpip_claim_pace *pace = claim->pace;

    if (claim->left == 0) {
        finish(claim, true);
        return;
    }
    claim->left--;
    tcpip_timer_start(&claim->timer, claim->left == 0
                                         ? pace->wait
                                         : pace->interval + up_to(pace->interval_random));
    tcpip_ip_probe(claim->interface, &claim->address);
}

void tcpip_claim_begin(struct tcpip_claim *claim, struct tcpip_interface *interface,
                       const struct tcpip_address *address, const struct tcpip_claim_pace *pace,
                       void (*done)(struct tcpip_claim *claim, bool is_free))
{
    tcpip_claim_end(claim);
    claim->interface = interface;
    claim->address = *address; /* perhaps its own */
    claim->left = pace->questions;
    claim->active = true;
    claim->pace = pace;
    claim->done = done;
    tcpip_ip_hear(claim->interface, &claim->address, true);
    tcpip_timer_init(&claim->timer, step, claim);
    tcpip_timer_start(&claim->timer, up_to(pace->delay_random));
}

void tcpip_claim_end(struct tcpip_claim *claim)
{
    if (!claim->active)
        return;
    claim->active = false;
    tcpip_timer_stop(&claim->timer);
    tcpip_ip_hear(claim->interface, &claim->address, false);
}

bool tcpip_claim_heard(const struct tcpip_interface *interface, const struct tcpip_address *address)
{
    struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL &&
           !(end_point->claim.active && tcpip_address_equal(&end_point->claim.address, address)))
        end_point = end_point->next;
    if (end_point != NULL)
        finish(&end_point->claim, false);
    return end_point != NULL;
}

#endif
