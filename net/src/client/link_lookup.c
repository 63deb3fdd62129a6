/* SPDX-License-Identifier: MIT */
/*
 * Any host of the link may answer, but only to the id and the port of the question, and only from the
 * service's own port.
 */
#include "client/link_lookup.h"

#include "client/on_link.h"
#include "core/container.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "wire/llmnr.h"
#include "wire/nbns.h"

#if ipconfigUSE_DNS && TCPIP_LINK_LOOKUP

/* --- LLMNR -------------------------------------------------------------------------------------- */

static void ask_llmnr(const struct tcpip_dns_lookup *lookup)
{
    struct tcpip_end_point *link = NULL;
    struct names_message message;

    while (ipconfigUSE_LLMNR && (link = tcpip_names_next_link(link)) != NULL) {
        const struct tcpip_udp_target group = {tcpip_llmnr_group(link->active.address.family),
                                               LLMNR_PORT, false};

        tcpip_names_begin(&message, (uint16_t)(lookup->id % 65536u), 0);
        (void)tcpip_dns_write_question(&message.writer, &tcpip_dns_asked.name,
                                       lookup->family == TCPIP_IPV6 ? DNS_TYPE_AAAA : DNS_TYPE_A,
                                       DNS_CLASS_IN);
        tcpip_names_send(&message, link, lookup->port.number, &group);
    }
}

/* RFC 4795 2.1.1, 2.2: what is tentative, or says that there is an error, does not count. */
static bool hear_llmnr(struct tcpip_dns_lookup *lookup, const struct dns_message *message)
{
    struct dns_answer answer;

    if (!tcpip_dns_recall(lookup) || !tcpip_dns_parse_answer(message, &tcpip_dns_asked, &answer) ||
        answer.count == 0 || tcpip_dns_rcode(&answer) != DNS_RCODE_OK ||
        (answer.flags & LLMNR_FLAG_TENTATIVE) != 0)
        return false;
    tcpip_dns_found(lookup, answer.addresses, answer.count, answer.ttl);
    return true;
}

/* --- NetBIOS ------------------------------------------------------------------------------------ */

static struct tcpip_address broadcast_of(const struct tcpip_end_point *link)
{
    uint8_t prefix = link->active.prefix;
    uint32_t hosts = prefix >= 31 ? 0 : UINT32_MAX >> prefix;

    return tcpip_address_from_ipv4(tcpip_address_ipv4(&link->active.address) | hosts);
}

/* The name has one label, perhaps with a dot behind it. */
static bool query_of(const struct tcpip_dns_lookup *lookup, struct nbns_query *query)
{
    char label[NBNS_NAME_MAX + 1] = "";
    size_t size = strcspn(lookup->name, ".");

    query->id = (uint16_t)(lookup->id % 65536u);
    if (size > NBNS_NAME_MAX)
        return false;
    memcpy(label, lookup->name, size);
    return tcpip_nbns_name_from_text(&query->name, label, NBNS_KIND_HOST);
}

static void ask_nbns(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_end_point *link = NULL;
    struct nbns_query query;

    if (!ipconfigUSE_NBNS || lookup->family != TCPIP_IPV4 || !query_of(lookup, &query))
        return;
    while ((link = tcpip_names_next_link(link)) != NULL) {
        const struct tcpip_udp_target all = {broadcast_of(link), NBNS_PORT, false};
        struct netif_frame *frame;

        if (link->active.address.family != TCPIP_IPV4)
            continue;
        frame = tcpip_frame_outgoing(TCPIP_UDP_HEADROOM, NBNS_QUERY_SIZE);
        if (frame == NULL)
            continue;
        tcpip_nbns_build_query(frame->data, &query);
        tcpip_udp_send(&lookup->port, frame, &all);
    }
}

static bool hear_nbns(struct tcpip_dns_lookup *lookup, const struct dns_message *message)
{
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
    struct nbns_query query;
    uint32_t ttl;
    size_t count;

    if (lookup->family != TCPIP_IPV4 || !query_of(lookup, &query) ||
        !tcpip_nbns_parse_reply(message->bytes, message->size, &query, addresses,
                                ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY, &count, &ttl) ||
        count == 0)
        return false;
    tcpip_dns_found(lookup, addresses, count, ttl);
    return true;
}

/* --- both --------------------------------------------------------------------------------------- */

static void input(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    struct tcpip_dns_lookup *lookup = TCPIP_CONTAINER(port, struct tcpip_dns_lookup, port);
    const struct tcpip_packet *packet = datagram->packet;
    struct netif_frame *frame = packet->frame;
    const struct dns_message message = {frame->data, frame->length};
    bool taken = false;

    if (!packet->to_group && tcpip_names_on_link(packet->interface, &packet->source)) {
        if (ipconfigUSE_LLMNR && datagram->source_port == LLMNR_PORT)
            taken = hear_llmnr(lookup, &message);
        else if (ipconfigUSE_NBNS && datagram->source_port == NBNS_PORT)
            taken = hear_nbns(lookup, &message);
    }
    if (taken)
        tcpip_frame_release(frame);
    else
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
}

bool tcpip_link_ask(struct tcpip_dns_lookup *lookup)
{
    lookup->port = (struct tcpip_udp_port){.input = input};
    if (!tcpip_os_random(&lookup->id) || !tcpip_udp_bind(&lookup->port))
        return false;
    ask_llmnr(lookup);
    ask_nbns(lookup);
    return true;
}

#endif
