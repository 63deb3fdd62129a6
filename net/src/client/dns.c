/* SPDX-License-Identifier: MIT */
/*
 * A lookup asks one server after the other, round after round, each time with a new id from a new
 * port. In each round it waits twice as long as in the last; the server that answered last is the
 * first to be asked the next time.
 */
#include "client/dns_lookup.h"

#include "client/domains.h"
#include "client/link_lookup.h"
#include "client/mdns.h"
#include "core/container.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/text6.h"
#include "wire/mdns.h"

#if ipconfigUSE_DNS

enum {
    FIRST_WAIT_MS = 1000,
    ALIASES_MAX = 4,
    LOCAL_TRIES = 3,
    LINK_TRIES = 2,
    ROOM = ipconfigNETWORK_MTU - 48, /* behind the headers of IPv6 and UDP */
    UDP_SIZE = ipconfigDNS_UDP_SIZE < ROOM ? ipconfigDNS_UDP_SIZE : ROOM,
    PAYLOAD = UDP_SIZE > 512 ? UDP_SIZE : 0, /* for EDNS0; 0: without */
};

uint8_t tcpip_dns_preferred = TCPIP_IPV4;
struct dns_question tcpip_dns_asked;

struct tcpip_dns_lookup *tcpip_dns_lookups;
static uint8_t leader; /* the server that answered last */

static void ask_next(struct tcpip_dns_lookup *lookup);

/* It is not servers that are asked. */
static bool is_on_link(const struct tcpip_dns_lookup *lookup)
{
    return (ipconfigUSE_MDNS || TCPIP_LINK_LOOKUP) && lookup->on_link;
}

void tcpip_dns_init(void)
{
    tcpip_dns_lookups = NULL;
    leader = 0;
    tcpip_dns_cache_clear();
    tcpip_domains_init();
}

/* Server number `index`, counted round and round over all end-points that are up, those of the
 * preferred family first; returns how many there are. */
static size_t find_server(size_t index, struct tcpip_address *server)
{
    size_t count = 0;

    for (int preferred = ipconfigUSE_IPv6; preferred >= 0; preferred--) {
        struct tcpip_end_point *end_point = NULL;

        while ((end_point = tcpip_end_point_next(end_point)) != NULL) {
            const struct tcpip_address *dns = end_point->active.dns;

            if (end_point->state != TCPIP_END_POINT_UP)
                continue;
            for (size_t i = 0; i < end_point->active.dns_count; i++)
                if ((!ipconfigUSE_IPv6 || (dns[i].family == tcpip_dns_preferred) == preferred) &&
                    !tcpip_address_is_any(&dns[i]) && count++ == index)
                    *server = dns[i];
        }
    }
    return count > 0 && index >= count ? find_server(index % count, server) : count;
}

/* Nothing that comes in answers any more. */
static void stop_hearing(struct tcpip_dns_lookup *lookup)
{
    tcpip_udp_unbind(&lookup->port);
    tcpip_dns_stream_close(lookup);
}

static void forget_alias(struct tcpip_dns_lookup *lookup)
{
    if (!ipconfigDNS_ASK_ALIASES)
        return;
    tcpip_os_free(lookup->alias);
    lookup->alias = NULL;
}

void tcpip_dns_cancel(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_dns_lookup **at = &tcpip_dns_lookups;

    while (*at != NULL && *at != lookup)
        at = &(*at)->next;
    if (*at == NULL)
        return;
    *at = lookup->next;
    tcpip_timer_stop(&lookup->timer);
    stop_hearing(lookup);
    forget_alias(lookup);
}

void tcpip_dns_finish(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                      size_t count)
{
    tcpip_dns_cancel(lookup);
    lookup->done(lookup, addresses, count);
}

void tcpip_dns_give_up(struct tcpip_dns_lookup *lookup)
{
    lookup->unanswered = true;
    tcpip_dns_finish(lookup, NULL, 0);
}

/* RFC 5452 and the draft on bit 0x20: letters in a case that only the asked server sees. */
static void mix_case(struct dns_name *name, uint32_t bits)
{
    for (size_t i = 0; i < name->size; i++)
        if ((name->bytes[i] | 0x20u) - 'a' < 26u)
            name->bytes[i] ^= (uint8_t)(bits >> i % 32u & 1u) * 0x20u;
}

bool tcpip_dns_recall_name(const struct tcpip_dns_lookup *lookup)
{
    return tcpip_dns_name_in_form(lookup->name, lookup->form, &tcpip_dns_asked.name);
}

bool tcpip_dns_recall(const struct tcpip_dns_lookup *lookup)
{
    tcpip_dns_asked.id = (uint16_t)(lookup->id % 65536u);
    tcpip_dns_asked.type = ipconfigUSE_IPv6 && lookup->family == TCPIP_IPV6 ? DNS_TYPE_AAAA
                                                                            : DNS_TYPE_A;
    tcpip_dns_asked.flags = is_on_link(lookup) ? 0 : DNS_FLAG_RECURSION;
    tcpip_dns_asked.payload = is_on_link(lookup) || lookup->plain ? 0 : PAYLOAD;
    if (ipconfigDNS_ASK_ALIASES && lookup->alias != NULL)
        tcpip_dns_asked.name = *lookup->alias;
    else if (!tcpip_dns_recall_name(lookup))
        return false;
    if (ipconfigDNS_MIX_CASE && !is_on_link(lookup))
        mix_case(&tcpip_dns_asked.name, lookup->case_bits);
    return true;
}

static void ask_anew(struct tcpip_dns_lookup *lookup)
{
    lookup->on_link = false;
    lookup->tries = 0;
    lookup->first = leader;
    ask_next(lookup);
}

/* RFC 6762 3: names in "local" are asked for on the link, and nowhere else. Names of one label are
 * asked for there first. */
static void ask_link(struct tcpip_dns_lookup *lookup, bool is_local)
{
    lookup->on_link = true;
    stop_hearing(lookup);
    if (lookup->tries == (is_local ? LOCAL_TRIES : LINK_TRIES) ||
        (!is_local && !tcpip_link_ask(lookup))) {
        lookup->link_is_silent = true;
        if (is_local)
            tcpip_dns_give_up(lookup);
        else
            ask_anew(lookup);
        return;
    }
    if (is_local)
        tcpip_mdns_ask(&tcpip_dns_asked.name,
                       lookup->family == TCPIP_IPV6 ? DNS_TYPE_AAAA : DNS_TYPE_A);
    tcpip_timer_start(&lookup->timer, (uint32_t)FIRST_WAIT_MS << lookup->tries++);
}

/* The next form of the name that is not known to be without addresses. */
static void try_form(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_address addresses[ipconfigDNS_CACHE_ADDRESSES_PER_ENTRY];
    struct dns_name *name = &tcpip_dns_asked.name;
    int count = 0;

    for (; lookup->form < tcpip_dns_forms(lookup->name); lookup->form++) {
        if (!tcpip_dns_recall_name(lookup))
            continue;
        count = tcpip_dns_cache_find(name, lookup->family, addresses);
        if (count < 0) {
            lookup->ttl = DNS_TTL_MAX;
            bool is_local = ipconfigUSE_MDNS && tcpip_mdns_is_local(name);
            if (is_local ||
                (TCPIP_LINK_LOOKUP && tcpip_link_is_for(name) && !lookup->link_is_silent))
                ask_link(lookup, is_local);
            else
                ask_anew(lookup);
            return;
        }
        if (count > 0)
            break;
    }
    tcpip_dns_finish(lookup, addresses, (size_t)count);
}

#if TCPIP_LINK_LOOKUP
void tcpip_dns_found(struct tcpip_dns_lookup *lookup, const struct tcpip_address *addresses,
                     size_t count, uint32_t ttl)
{
    if (tcpip_dns_recall_name(lookup))
        tcpip_dns_cache_add(&tcpip_dns_asked.name, lookup->family, ttl, addresses, count);
    tcpip_dns_finish(lookup, addresses, count);
}

#endif

static uint32_t ttl_of(const struct tcpip_dns_lookup *lookup, const struct dns_answer *answer)
{
    return !ipconfigDNS_ASK_ALIASES || answer->ttl < lookup->ttl ? answer->ttl : lookup->ttl;
}

static void conclude(struct tcpip_dns_lookup *lookup, const struct dns_answer *answer)
{
    bool nothing_at_all = ipconfigDNS_CACHE_ABSENCE &&
                          tcpip_dns_rcode(answer) == DNS_RCODE_NO_NAME && answer->count == 0;

    if (answer->final && /* what was asked for may be the alias for it */
        (!ipconfigDNS_ASK_ALIASES || tcpip_dns_recall_name(lookup)))
        tcpip_dns_cache_add(&tcpip_dns_asked.name,
                            nothing_at_all ? TCPIP_UNSPECIFIED : lookup->family,
                            ttl_of(lookup, answer), answer->addresses, answer->count);
    if (answer->count > 0) {
        tcpip_dns_finish(lookup, answer->addresses, answer->count);
        return;
    }
    forget_alias(lookup);
    lookup->form++;
    lookup->tries = 0;
    try_form(lookup);
}

/* RFC 1034 5.3.3: the answer ends with an alias, about which it says nothing. */
static void follow_alias(struct tcpip_dns_lookup *lookup, const struct dns_message *message,
                         const struct dns_answer *answer)
{
    if (lookup->alias == NULL)
        lookup->alias = tcpip_os_allocate(sizeof *lookup->alias);
    if (lookup->alias == NULL || lookup->aliases++ == ALIASES_MAX ||
        !tcpip_dns_read_name(message, answer->alias, lookup->alias)) {
        tcpip_dns_give_up(lookup);
        return;
    }
    if (answer->ttl < lookup->ttl)
        lookup->ttl = answer->ttl;
    ask_anew(lookup);
}

/* What the server says, or that it says nothing. */
static void weigh(struct tcpip_dns_lookup *lookup, const struct dns_message *message,
                  const struct dns_answer *answer)
{
    unsigned rcode = tcpip_dns_rcode(answer);
    bool told = rcode == DNS_RCODE_OK || rcode == DNS_RCODE_NO_NAME;
    bool form_refused = rcode == DNS_RCODE_FORMAT || rcode == DNS_RCODE_NOT_IMPLEMENTED;

    if (form_refused && PAYLOAD > 0 && !lookup->plain) {
        lookup->plain = true; /* RFC 6891 7: the same server again */
        lookup->tries--;
        ask_next(lookup);
    } else if (!told || (tcpip_dns_truncated(answer) && answer->count == 0)) {
        tcpip_dns_server_failed(lookup);
    } else if (ipconfigDNS_ASK_ALIASES && rcode == DNS_RCODE_OK && !answer->final &&
               answer->alias != DNS_HEADER_SIZE) {
        follow_alias(lookup, message, answer);
    } else {
        leader = (uint8_t)(lookup->first + lookup->tries - 1);
        conclude(lookup, answer);
    }
}

bool tcpip_dns_take(struct tcpip_dns_lookup *lookup, const struct dns_message *message,
                    bool over_udp)
{
    const struct dns_name *name = &tcpip_dns_asked.name;
    struct dns_answer answer;

    if (!tcpip_dns_recall(lookup) || !tcpip_dns_parse_answer(message, &tcpip_dns_asked, &answer) ||
        (ipconfigDNS_MIX_CASE &&
         memcmp(message->bytes + DNS_HEADER_SIZE, name->bytes, name->size) != 0))
        return false;
    if (TCPIP_DNS_USES_TCP && tcpip_dns_truncated(&answer) && over_udp) {
        stop_hearing(lookup);
        if (tcpip_dns_stream_ask(lookup))
            return true;
    }
    weigh(lookup, message, &answer);
    return true;
}

static bool is_server(const struct tcpip_dns_lookup *lookup, const struct tcpip_address *address,
                      uint16_t port)
{
    return port == DNS_PORT && tcpip_address_equal(address, &lookup->server.address);
}

static void input(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    struct tcpip_dns_lookup *lookup = TCPIP_CONTAINER(port, struct tcpip_dns_lookup, port);
    const struct tcpip_packet *packet = datagram->packet;
    struct netif_frame *frame = packet->frame;
    const struct dns_message message = {frame->data, frame->length};

    if (!packet->to_group && is_server(lookup, &packet->source, datagram->source_port) &&
        tcpip_dns_take(lookup, &message, true))
        tcpip_frame_release(frame);
    else
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
}

static void timed_out(void *context)
{
    struct tcpip_dns_lookup *lookup = context;

    if (is_on_link(lookup))
        try_form(lookup);
    else
        ask_next(lookup);
}

/* The servers of this round that are left are asked at once, but never again in a tight loop. */
void tcpip_dns_server_failed(struct tcpip_dns_lookup *lookup)
{
    tcpip_dns_stream_close(lookup);
    tcpip_timer_start(&lookup->timer, lookup->tries % lookup->servers == 0 ? FIRST_WAIT_MS : 0);
}

static void unreachable(struct tcpip_udp_port *port, const struct tcpip_address *destination,
                        uint16_t destination_port)
{
    struct tcpip_dns_lookup *lookup = TCPIP_CONTAINER(port, struct tcpip_dns_lookup, port);

    if (is_server(lookup, destination, destination_port))
        tcpip_dns_server_failed(lookup);
}

/* The question that was recalled. */
static bool send_query(struct tcpip_dns_lookup *lookup)
{
    struct netif_frame *frame = tcpip_frame_outgoing(TCPIP_UDP_HEADROOM, DNS_QUERY_MAX);

    if (frame == NULL)
        return false;
    frame->length = (uint16_t)tcpip_dns_build_query(frame->data, frame->length, &tcpip_dns_asked);
    return tcpip_udp_send(&lookup->port, frame, &lookup->server);
}

/* RFC 1536 2: each round waits longer. */
static uint32_t wait_in_round(size_t round)
{
    uint32_t longest = tcpip_os_dns_longest_wait();

    return round < 16 && (uint32_t)FIRST_WAIT_MS << round < longest
               ? (uint32_t)FIRST_WAIT_MS << round
               : longest;
}

static void ask_next(struct tcpip_dns_lookup *lookup)
{
    size_t servers = find_server(lookup->first + lookup->tries, &lookup->server.address);

    stop_hearing(lookup);
    lookup->servers = (uint16_t)servers;
    lookup->port.number = 0; /* another each time */
    lookup->port.input = input;
    lookup->port.unreachable = unreachable;
    if (lookup->tries >= servers * ipconfigDNS_REQUEST_ATTEMPTS || !tcpip_os_random(&lookup->id) ||
        (ipconfigDNS_MIX_CASE && !tcpip_os_random(&lookup->case_bits)) ||
        !tcpip_dns_recall(lookup) || !tcpip_udp_bind(&lookup->port)) {
        tcpip_dns_give_up(lookup);
        return;
    }
    uint32_t wait = wait_in_round(lookup->tries++ / servers);
    tcpip_timer_start(&lookup->timer, send_query(lookup) ? wait : tcpip_os_dns_send_wait());
}

/* The address of this host, by the name that it has on the link. */
static bool is_own(const char *name, uint8_t family, struct tcpip_address *address)
{
    struct tcpip_end_point *end_point = NULL;

    if (!ipconfigUSE_MDNS || !tcpip_mdns_is_own(name))
        return false;
    while ((end_point = tcpip_end_point_next(end_point)) != NULL) {
        *address = end_point->active.address;
        if (end_point->state == TCPIP_END_POINT_UP && address->family == family)
            return true;
    }
    return false;
}

bool tcpip_dns_is_number(const char *name, struct tcpip_address *address)
{
    if (!ipconfigINCLUDE_FULL_INET_ADDR)
        return false;
    if (tcpip_ipv4_from_text(name, address))
        return true;
    *address = (struct tcpip_address){.family = TCPIP_IPV6};
    return ipconfigUSE_IPv6 && tcpip_ipv6_from_text(name, address->bytes);
}

bool tcpip_dns_is_fixed(const char *name, uint8_t family, struct tcpip_address *address)
{
    return tcpip_host_find(name, family, address) || is_own(name, family, address);
}

void tcpip_dns_resolve(struct tcpip_dns_lookup *lookup)
{
    struct tcpip_address address;

    /* what is the client's of it */
    memset(&lookup->unanswered, 0, sizeof *lookup - offsetof(struct tcpip_dns_lookup, unanswered));
    lookup->server.port = DNS_PORT;
    lookup->next = tcpip_dns_lookups;
    tcpip_dns_lookups = lookup;
    tcpip_timer_init(&lookup->timer, timed_out, lookup);
    if (tcpip_dns_is_number(lookup->name, &address))
        tcpip_dns_finish(lookup, &address, address.family == lookup->family);
    else if (tcpip_dns_is_fixed(lookup->name, lookup->family, &address))
        tcpip_dns_finish(lookup, &address, 1);
    else
        try_form(lookup);
}

#endif
