/* SPDX-License-Identifier: MIT */
/*
 * A lookup asks one server after the other, round after round, each time with a new id from a new
 * port, and waits a second longer in each round.
 */
#include "client/dns.h"

#include "client/names.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "wire/dns.h"

#if ipconfigUSE_DNS

enum { FIRST_WAIT_MS = 1000 };

static struct tcpip_dns_lookup *lookups;

static void ask_next(struct tcpip_dns_lookup *lookup);

void tcpip_dns_init(void)
{
    lookups = NULL;
    tcpip_dns_cache_clear();
}

static uint16_t type_of(uint8_t family)
{
    return family == TCPIP_IPV6 ? DNS_TYPE_AAAA : DNS_TYPE_A;
}

/* Server number `index` over all end-points that are up; returns how many there are. */
static size_t find_server(size_t index, struct tcpip_address *server)
{
    struct tcpip_end_point *end_point = NULL;
    size_t count = 0;

    while ((end_point = tcpip_end_point_next(end_point)) != NULL) {
        const struct tcpip_configuration *active = &end_point->active;

        if (end_point->state != TCPIP_END_POINT_UP)
            continue;
        for (size_t i = 0; i < active->dns_count; i++)
            if (!tcpip_address_is_any(&active->dns[i]) && count++ == index)
                *server = active->dns[i];
    }
    return count;
}

static void stop_asking(struct tcpip_dns_lookup *lookup)
{
    tcpip_timer_stop(&lookup->timer);
    if (lookup->port.number != 0)
        tcpip_udp_unbind(&lookup->port);
    lookup->port.number = 0;
}

void tcpip_dns_cancel(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_dns_lookup **at = &lookups;

    while (*at != NULL && *at != lookup)
        at = &(*at)->next;
    if (*at == NULL)
        return;
    *at = lookup->next;
    stop_asking(lookup);
}

static void finish(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                   size_t count)
{
    tcpip_dns_cancel(lookup);
    lookup->done(lookup, addresses, count);
}

void tcpip_dns_shutdown(void)
{
    while (lookups != NULL)
        finish(lookups, NULL, 0);
    tcpip_dns_cache_clear();
}

static bool expected(const struct tcpip_dns_lookup *lookup, const struct tcpip_datagram *datagram)
{
    return datagram->source_port == DNS_PORT &&
           tcpip_address_equal(&datagram->packet->source, &lookup->server.address) &&
           !datagram->packet->to_group;
}

static bool question_of(const struct tcpip_dns_lookup *lookup, struct dns_question *question)
{
    question->id = lookup->id;
    question->type = type_of(lookup->family);
    return tcpip_dns_name_from_text(&question->name, lookup->name);
}

static void input(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    struct tcpip_dns_lookup *lookup =
        (struct tcpip_dns_lookup *)((char *)port - offsetof(struct tcpip_dns_lookup, port));
    struct netif_frame *frame = datagram->packet->frame;
    struct dns_question question;
    struct dns_answer answer;

    if (!expected(lookup, datagram) || !question_of(lookup, &question) ||
        !tcpip_dns_parse_answer(frame->data, frame->length, &question, &answer)) {
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
        return;
    }
    tcpip_frame_release(frame);
    bool settled = (answer.rcode == DNS_RCODE_OK && !answer.truncated) || answer.count > 0 ||
                   answer.rcode == DNS_RCODE_NO_NAME;
    if (!settled) { /* this server cannot tell; perhaps another can */
        ask_next(lookup);
        return;
    }
    tcpip_dns_cache_add(lookup->name, answer.ttl, tcpip_os_now(), answer.addresses, answer.count);
    finish(lookup, answer.addresses, answer.count);
}

static void timed_out(void *context)
{
    ask_next(context);
}

static void unreachable(struct tcpip_udp_port *port, const struct tcpip_address *destination,
                        uint16_t destination_port)
{
    struct tcpip_dns_lookup *lookup =
        (struct tcpip_dns_lookup *)((char *)port - offsetof(struct tcpip_dns_lookup, port));

    if (destination_port == DNS_PORT && tcpip_address_equal(destination, &lookup->server.address))
        tcpip_timer_start(&lookup->timer, 0); /* the next server, but never in a tight loop */
}

static bool send_query(struct tcpip_dns_lookup *lookup)
{
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, DNS_QUERY_MAX);
    struct dns_question question;

    if (frame == NULL) {
        tcpip_drop(NULL, TCPIP_DROP_OUT_NO_FRAME);
        return false;
    }
    size_t size = question_of(lookup, &question)
                      ? tcpip_dns_build_query(frame->data, DNS_QUERY_MAX, &question)
                      : 0;
    if (size == 0) {
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
        return false;
    }
    frame->length = (uint16_t)size;
    return tcpip_udp_send(&lookup->port, frame, &lookup->server);
}

static void ask_next(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_address server;
    size_t servers = find_server(0, &server);
    uint32_t random;

    stop_asking(lookup);
    if (servers == 0 || lookup->tries >= servers * ipconfigDNS_REQUEST_ATTEMPTS ||
        !tcpip_os_random(&random)) {
        finish(lookup, NULL, 0);
        return;
    }
    size_t round = lookup->tries / servers;
    find_server(lookup->tries % servers, &server);
    lookup->tries++;
    lookup->id = (uint16_t)(random % 65536u);
    lookup->server = (struct tcpip_udp_target){server, DNS_PORT, false};
    lookup->port = (struct tcpip_udp_port){.input = input, .unreachable = unreachable};
    if (!tcpip_udp_bind(&lookup->port)) {
        finish(lookup, NULL, 0);
        return;
    }
    tcpip_timer_start(&lookup->timer, (uint32_t)(FIRST_WAIT_MS * (round + 1)));
    send_query(lookup); /* one that was not sent is one without an answer */
}

void tcpip_dns_resolve(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
    struct dns_name wire;
    size_t count = 1;

    if (!(tcpip_ipv4_from_text(lookup->name, addresses) && lookup->family == TCPIP_IPV4) &&
        !tcpip_host_find(lookup->name, lookup->family, addresses))
        count = tcpip_dns_cache_find(lookup->name, lookup->family, tcpip_os_now(), addresses,
                                     ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY);
    lookup->next = lookups;
    lookups = lookup;
    lookup->port.number = 0;
    lookup->tries = 0;
    tcpip_timer_init(&lookup->timer, timed_out, lookup);
    if (count > 0)
        finish(lookup, addresses, count);
    else if (!tcpip_dns_name_from_text(&wire, lookup->name) ||
             strlen(lookup->name) >= ipconfigDNS_CACHE_NAME_LENGTH)
        finish(lookup, NULL, 0);
    else
        ask_next(lookup);
}

#endif
