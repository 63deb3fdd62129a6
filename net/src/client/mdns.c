/* SPDX-License-Identifier: MIT */
/*
 * The port and the groups. Only what comes from the link is believed: sent to the group, which no
 * router passes on, or from an address of the link's own network (RFC 6762 11).
 */
#include "client/mdns_out.h"

#include "client/dns.h"
#include "core/drop.h"
#include "core/frame.h"
#include "core/os.h"
#include "wire/mdns.h"

#if ipconfigUSE_MDNS

enum {
    QUESTIONS_MAX = 64 /* in a message that is read: each is compared with every name of ours */
};

static struct tcpip_udp_port port;
static struct mdns_part *parts;
static struct dns_name asked_name; /* while an answer repeats it */

bool tcpip_mdns_use(struct mdns_part *part)
{
    const struct mdns_part *each = parts;

    while (each != NULL && each != part)
        each = each->next;
    if (each != NULL)
        return false;
    part->next = parts;
    parts = part;
    return true;
}

bool tcpip_mdns_is_own(const char *text)
{
    for (const struct mdns_part *part = parts; part != NULL; part = part->next)
        if (part->owns != NULL && part->owns(text))
            return true;
    return false;
}

uint32_t tcpip_mdns_random(uint32_t least, uint32_t range)
{
    uint32_t number;

    return least + (tcpip_os_random(&number) ? number % (range + 1) : range / 2);
}

/* --- out --------------------------------------------------------------------------------------- */

void tcpip_mdns_send(struct names_message *message, const struct tcpip_end_point *link,
                     const struct tcpip_udp_target *to)
{
    const struct tcpip_udp_target group = {tcpip_mdns_group(link->active.address.family), MDNS_PORT,
                                           false};

    tcpip_names_send(message, link, MDNS_PORT, to != NULL ? to : &group);
}

/* RFC 6762 6.7: who asks from another port gets an answer of the usual kind: the question again, the
 * id, and lives so short that it asks again. */
void tcpip_mdns_begin_reply(const struct mdns_query *query, const struct dns_record *question,
                            struct names_message *message)
{
    tcpip_names_begin(message, query->legacy ? query->header->id : 0, MDNS_FLAGS_RESPONSE);
    message->writer.plain = query->legacy;
    if (query->legacy && tcpip_dns_read_name(query->message, question->owner, &asked_name))
        (void)tcpip_dns_write_question(&message->writer, &asked_name, question->type,
                                       question->class % MDNS_UNICAST);
}

void tcpip_mdns_ask(const struct dns_name *name, uint16_t type)
{
    struct tcpip_end_point *link = NULL;
    struct names_message message;

    while ((link = tcpip_names_next_link(link)) != NULL) {
        tcpip_names_begin(&message, 0, 0);
        (void)tcpip_dns_write_question(&message.writer, name, type, DNS_CLASS_IN);
        tcpip_mdns_send(&message, link, NULL);
    }
}

/* --- in ---------------------------------------------------------------------------------------- */

static bool is_from_link(const struct tcpip_packet *packet)
{
    const struct tcpip_address group = tcpip_mdns_group(packet->destination.family);

    return tcpip_address_equal(&packet->destination, &group) ||
           (!packet->to_group && tcpip_names_on_link(packet->interface, &packet->source));
}

static void hear_response(const struct tcpip_end_point *link, const struct dns_message *message,
                          const struct dns_header *header)
{
    struct dns_cursor cursor = tcpip_dns_cursor(header);
    struct dns_record record;

    while (tcpip_dns_next(message, &cursor, &record))
        if ((cursor.section == DNS_ANSWERS || cursor.section == DNS_ADDITIONALS) &&
            tcpip_mdns_sound(message, &record))
            for (const struct mdns_part *part = parts; part != NULL; part = part->next)
                part->hear_record(link, message, &record);
    tcpip_dns_heard(message);
}

/* A name that the application says is this host's, though it was never claimed. */
static void answer_by_hook(const struct mdns_query *query, const struct dns_record *question)
{
    bool private = query->legacy || (question->class & MDNS_UNICAST) != 0;
    static char text[ipconfigDNS_CACHE_NAME_LENGTH];
    struct names_message message;

    if (!tcpip_dns_text_of(query->message, question->owner, text, sizeof text) ||
        !tcpip_dns_read_name(query->message, question->owner, &asked_name) ||
        !tcpip_mdns_is_local(&asked_name) || tcpip_mdns_is_own(text) ||
        !tcpip_names_is_own(query->link, text))
        return;
    tcpip_mdns_begin_reply(query, question, &message);
    tcpip_names_answer(&message.writer, query->link->interface, &asked_name, question->type,
                       query->legacy ? MDNS_TTL_LEGACY : MDNS_TTL_HOST);
    tcpip_mdns_send(&message, query->link, private ? query->from : NULL);
}

static void hear_query(const struct mdns_query *query)
{
    struct dns_cursor cursor = tcpip_dns_cursor(query->header);
    struct dns_record question;

    while (tcpip_dns_next(query->message, &cursor, &question) && cursor.section == DNS_QUESTIONS)
        answer_by_hook(query, &question);
    for (const struct mdns_part *part = parts; part != NULL; part = part->next)
        part->hear_query(query);
}

static bool hear(const struct tcpip_datagram *datagram, const struct dns_message *message)
{
    const struct tcpip_packet *packet = datagram->packet;
    struct tcpip_end_point *link = tcpip_end_point_on(packet->interface, packet->source.family);
    const struct tcpip_udp_target from = {packet->source, datagram->source_port, false};
    struct dns_header header;

    /* 18.3, 18.11: messages of another kind or with an error are ignored */
    if (link == NULL || !is_from_link(packet) || !tcpip_dns_read_header(message, &header) ||
        header.flags / 2048u % 16u != 0 || header.flags % 16u != DNS_RCODE_OK ||
        header.questions > QUESTIONS_MAX)
        return false;
    const struct mdns_query query = {link, &from, message, &header, from.port != MDNS_PORT};
    if (header.flags < DNS_FLAG_REPLY)
        hear_query(&query);
    else if (datagram->source_port == MDNS_PORT) /* 6: from elsewhere it is forged */
        hear_response(link, message, &header);
    return header.flags < DNS_FLAG_REPLY || datagram->source_port == MDNS_PORT;
}

static void input(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;
    const struct dns_message message = {frame->data, frame->length};

    if (hear(datagram, &message))
        tcpip_frame_release(frame);
    else
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
}

/* --- life -------------------------------------------------------------------------------------- */

void tcpip_mdns_init(void)
{
    parts = NULL;
    port = (struct tcpip_udp_port){.number = MDNS_PORT, .input = input};
    (void)tcpip_udp_bind(&port); /* nobody else is there yet */
}

void tcpip_mdns_end_point_changed(struct tcpip_end_point *end_point,
                                  enum tcpip_end_point_event event)
{
    struct tcpip_address group = tcpip_mdns_group(end_point->active.address.family);

    if (event == TCPIP_END_POINT_WENT_UP || event == TCPIP_END_POINT_WENT_DOWN)
        tcpip_names_join(end_point->interface, &group, event == TCPIP_END_POINT_WENT_UP);
    for (const struct mdns_part *part = parts; part != NULL; part = part->next)
        part->end_point_changed(end_point, event);
}

void tcpip_mdns_shutdown(void)
{
    for (const struct mdns_part *part = parts; part != NULL; part = part->next)
        part->stop();
    parts = NULL;
    tcpip_udp_unbind(&port);
}

#endif
