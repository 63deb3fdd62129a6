/* SPDX-License-Identifier: MIT */
/*
 * An end-point that wants a router's prefix takes the first autonomous one that no other end-point of
 * its interface has; so there are as many addresses as the application has provided end-points.
 * Times are kept as ends, in seconds; FOREVER has none.
 */
#include "ip/autoconf.h"

#if ipconfigUSE_IPv6

#include "client/dhcp6.h"
#include "core/claim.h"
#include "core/end_point.h"
#include "core/os.h"
#include "core/chaskey.h"
#include "core/timer.h"
#include "ip/ipv6.h"

enum {
    IDENTIFIER_BITS = 64,
    COLLISIONS_MOST = 3,
    TWO_HOURS = 7200,
    HOST_PREFIX = 128,
    LOOK_AGAIN_S = TCPIP_TIMER_MAX / 1000, /* however long something lasts */
};

#define FOREVER ND_FOREVER

uint8_t tcpip_autoconf_secret[16];

uint32_t tcpip_autoconf_end_of(uint32_t lifetime)
{
    uint32_t now = tcpip_seconds();

    return lifetime < FOREVER - now ? now + lifetime : FOREVER;
}

/* RFC 7217 5: F(prefix, interface, -, collisions, key). */
static void make_identifier(const struct tcpip_end_point *end_point, struct tcpip_address *address)
{
    const struct tcpip_interface *interface = end_point->interface;
    uint8_t input[8 + NETIF_MAC_SIZE + 2];

    memcpy(input, address->bytes, 8);
    memcpy(input + 8, interface->netif->mac, NETIF_MAC_SIZE);
    input[14] = interface->number;
    input[15] = end_point->collision;
    uint64_t identifier = tcpip_chaskey(tcpip_autoconf_secret, input, sizeof input);
    memcpy(address->bytes + 8, &identifier, sizeof identifier); /* in whatever order */
}

static bool is_own_link_local(const struct tcpip_end_point *end_point)
{
    return end_point == &end_point->interface->ipv6.link_local;
}

static void claim_link_local(struct tcpip_end_point *end_point)
{
    struct tcpip_address *address = &end_point->defaults.address;

    memset(address, 0, sizeof *address);
    address->family = TCPIP_IPV6;
    address->zone = end_point->interface->number;
    address->bytes[0] = 0xfe;
    address->bytes[1] = 0x80;
    end_point->defaults.prefix = IDENTIFIER_BITS;
    make_identifier(end_point, address);
    tcpip_end_point_claim(end_point, &end_point->defaults);
}

void tcpip_autoconf_link(struct tcpip_interface *interface)
{
    struct tcpip_end_point *own = &interface->ipv6.link_local;
    bool has_ipv6 = false;

    for (struct tcpip_end_point *other = interface->end_points; other != NULL;
         other = other->next) {
        has_ipv6 = has_ipv6 || tcpip_end_point_family(other) == TCPIP_IPV6;
        if (other == own || (tcpip_end_point_family(other) == TCPIP_IPV6 &&
                             tcpip_address_is_link_local(&other->defaults.address)))
            return;
    }
    if (!has_ipv6)
        return;
    *own = (struct tcpip_end_point){.defaults = {.address = {.family = TCPIP_IPV6}}};
    tcpip_end_point_link(interface, own);
}

static void plan(struct tcpip_end_point *end_point)
{
    struct tcpip_lifetimes *lifetimes = &end_point->lifetimes;
    uint32_t now = tcpip_seconds();
    uint32_t next = end_point->advertised ? lifetimes->valid_until : FOREVER;

    for (size_t i = 0; ipconfigRA_DNS && i < end_point->active.dns_count; i++)
        if (lifetimes->dns_until[i] < next)
            next = lifetimes->dns_until[i];
    uint32_t left = next > now ? next - now : 0;
    if (next == FOREVER)
        tcpip_timer_stop(&lifetimes->timer);
    else
        tcpip_timer_start(&lifetimes->timer, 1000u * (left < LOOK_AGAIN_S ? left : LOOK_AGAIN_S));
}

static void lose_prefix(struct tcpip_end_point *end_point)
{
    end_point->advertised = false;
    tcpip_claim_end(&end_point->claim);
    tcpip_end_point_withdraw(end_point, TCPIP_END_POINT_CONFIGURING);
}

/* Something is over, or has come; what is over goes. */
void tcpip_autoconf_expired(void *context)
{
    struct tcpip_end_point *end_point = context;

    tcpip_autoconf_drop_dns(end_point);
    if (end_point->advertised && end_point->lifetimes.valid_until <= tcpip_seconds())
        lose_prefix(end_point);
    else if (end_point->state == TCPIP_END_POINT_UP)
        tcpip_end_point_configure(end_point, &end_point->active); /* tells of it */
    plan(end_point);
}

void tcpip_autoconf_start(struct tcpip_end_point *end_point)
{
    struct tcpip_lifetimes *lifetimes = &end_point->lifetimes;

    end_point->advertised = false;
    memset(lifetimes, 0xff, offsetof(struct tcpip_lifetimes, timer)); /* FOREVER, each */
    tcpip_timer_init(&lifetimes->timer, tcpip_autoconf_expired, end_point);
    if (is_own_link_local(end_point))
        claim_link_local(end_point);
    else if ((ipconfigUSE_RA && end_point->wants_ra) ||
             (end_point->wants_dhcp && tcpip_dhcp6_start(end_point)) ||
             tcpip_address_is_any(&end_point->defaults.address))
        end_point->state = TCPIP_END_POINT_CONFIGURING;
    else
        tcpip_end_point_claim(end_point, &end_point->defaults);
}

void tcpip_autoconf_stop(struct tcpip_end_point *end_point)
{
    tcpip_dhcp6_pause(end_point);
    tcpip_timer_stop(&end_point->lifetimes.timer);
}

bool tcpip_end_point_deprecated(const struct tcpip_end_point *end_point)
{
    return tcpip_end_point_family(end_point) == TCPIP_IPV6 &&
           end_point->lifetimes.preferred_until <= tcpip_seconds();
}

bool tcpip_autoconf_collided(struct tcpip_end_point *end_point)
{
    bool own = tcpip_end_point_family(end_point) == TCPIP_IPV6 && is_own_link_local(end_point);

    if ((!own && !end_point->advertised) || end_point->collision >= COLLISIONS_MOST)
        return false;
    end_point->collision++;
    if (own) {
        claim_link_local(end_point);
    } else {
        make_identifier(end_point, &end_point->active.address);
        tcpip_end_point_claim(end_point, &end_point->active);
    }
    return true;
}

void tcpip_autoconf_give_up(struct tcpip_interface *interface)
{
    for (struct tcpip_end_point *end_point = interface->end_points; end_point != NULL;
         end_point = end_point->next)
        if (tcpip_end_point_family(end_point) == TCPIP_IPV6 && end_point->wants_ra &&
            end_point->state == TCPIP_END_POINT_CONFIGURING && !end_point->claim.active &&
            !tcpip_address_is_any(&end_point->defaults.address))
            tcpip_end_point_claim(end_point, &end_point->defaults);
}

/* RFC 4862 5.5.3 (e): what is not authenticated cannot end an address within two hours. */
static void extend(struct tcpip_end_point *end_point, const struct nd_prefix *prefix)
{
    struct tcpip_lifetimes *lifetimes = &end_point->lifetimes;
    uint32_t now = tcpip_seconds();
    uint32_t left = lifetimes->valid_until > now ? lifetimes->valid_until - now : 0;

    lifetimes->preferred_until = tcpip_autoconf_end_of(prefix->preferred);
    if (prefix->valid > TWO_HOURS || prefix->valid > left)
        lifetimes->valid_until = tcpip_autoconf_end_of(prefix->valid);
    else if (left > TWO_HOURS)
        lifetimes->valid_until = tcpip_autoconf_end_of(TWO_HOURS);
}

/* A new address in an end-point that has none from a router yet. */
static void form_address(struct tcpip_end_point *end_point, const struct nd_prefix *prefix,
                         const struct tcpip_address *network)
{
    struct tcpip_configuration configuration = end_point->defaults;

    end_point->advertised = true;
    if (ipconfigRA_DNS)
        tcpip_autoconf_keep_dns(end_point);
    end_point->lifetimes.valid_until = tcpip_autoconf_end_of(prefix->valid);
    end_point->lifetimes.preferred_until = tcpip_autoconf_end_of(prefix->preferred);
    configuration.address = *network;
    configuration.gateway = (struct tcpip_address){0};
    configuration.prefix = HOST_PREFIX;
    make_identifier(end_point, &configuration.address);
    tcpip_end_point_claim(end_point, &configuration);
}

/* RFC 4861 6.3.4: without the flag nothing is said about it, also not that it is elsewhere. A lifetime of
 * zero would end it at once, and so have a stranger lead all that we say to our neighbours past itself; as
 * with addresses (RFC 4862 5.5.3) nobody is believed so much, and it lasts as long as the address. */
static void set_on_link(struct tcpip_end_point *end_point, const struct nd_prefix *prefix)
{
    if ((prefix->flags & ND_PREFIX_ON_LINK) != 0 && prefix->valid != 0 &&
        (end_point->advertised || end_point->wants_dhcp))
        end_point->active.prefix = prefix->length;
}

void tcpip_autoconf_prefix(struct tcpip_interface *interface, const struct nd_prefix *prefix)
{
    struct tcpip_address network = tcpip_address_from_ipv6(prefix->prefix);
    bool autonomous = (prefix->flags & ND_PREFIX_AUTONOMOUS) != 0 &&
                      prefix->length == IDENTIFIER_BITS && prefix->preferred <= prefix->valid;
    struct tcpip_end_point *end_point = interface->end_points;
    struct tcpip_end_point *vacant = NULL;
    struct tcpip_end_point *holder = NULL;

    if (tcpip_address_scope(&network) != TCPIP_SCOPE_GLOBAL ||
        tcpip_address_is_multicast(&network) || prefix->length == 0)
        return;
    for (; end_point != NULL; end_point = end_point->next) {
        if (tcpip_end_point_family(end_point) != TCPIP_IPV6)
            continue;
        if (end_point->wants_ra && !end_point->advertised && vacant == NULL)
            vacant = end_point;
        if (!tcpip_address_same_prefix(&end_point->active.address, &network, prefix->length))
            continue;
        set_on_link(end_point, prefix);
        if (end_point->advertised)
            holder = end_point;
    }
    if (autonomous && holder != NULL) {
        extend(holder, prefix);
    } else if (autonomous && vacant != NULL && prefix->valid != 0) {
        form_address(vacant, prefix, &network);
        set_on_link(vacant, prefix);
        holder = vacant;
    }
    if (holder != NULL)
        plan(holder);
}

#endif
