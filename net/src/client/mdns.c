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

#if ipconfigUSE_MDNS

static struct tcpip_udp_port port;

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

void tcpip_mdns_send_set(struct tcpip_end_point *link, const struct mdns_set *set,
                         enum mdns_sense sense)
{
    struct mdns_set left = *set, related = {0};
    struct names_message message;
    bool progress = true, all = tcpip_mdns_is_empty(set);

    if (sense == MDNS_ANSWER)
        tcpip_mdns_add_related(set, link->interface, &related);
    while (!all && progress) {
        tcpip_names_begin(&message, 0, MDNS_FLAGS_RESPONSE);
        all = tcpip_mdns_write(&message.writer, link->interface, &left, DNS_ANSWERS, sense);
        progress = message.writer.at > DNS_HEADER_SIZE;
        if (all && progress)
            (void)tcpip_mdns_write(&message.writer, link->interface, &related, DNS_ADDITIONALS,
                                   sense);
        tcpip_mdns_send(&message, link, NULL);
    }
    tcpip_mdns_note_sent(link, set);
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

    while (tcpip_dns_next(message, &cursor, &record)) {
        if ((cursor.section != DNS_ANSWERS && cursor.section != DNS_ADDITIONALS) ||
            !tcpip_mdns_sound(message, &record))
            continue;
        tcpip_mdns_claim_hear_record(message, &record);
        tcpip_mdns_hear_answer(link, message, &record);
        tcpip_mdns_hear_record(message, &record);
    }
    tcpip_dns_heard(message);
}

static bool hear(const struct tcpip_datagram *datagram, const struct dns_message *message)
{
    const struct tcpip_packet *packet = datagram->packet;
    struct tcpip_end_point *link = tcpip_end_point_on(packet->interface, packet->source.family);
    const struct tcpip_udp_target from = {packet->source, datagram->source_port, false};
    struct dns_header header;

    /* 18.3, 18.11: messages of another kind or with an error are ignored */
    if (link == NULL || !is_from_link(packet) || !tcpip_dns_read_header(message, &header) ||
        header.flags / 2048u % 16u != 0 || header.flags % 16u != DNS_RCODE_OK)
        return false;
    if (header.flags < DNS_FLAG_REPLY)
        tcpip_mdns_hear_query(link, &from, message, &header);
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
    port = (struct tcpip_udp_port){.number = MDNS_PORT, .input = input};
    (void)tcpip_udp_bind(&port); /* nobody else is there yet */
    tcpip_mdns_claims_init();
    tcpip_mdns_answers_init();
    tcpip_mdns_browse_init();
}

void tcpip_mdns_end_point_changed(struct tcpip_end_point *end_point,
                                  enum tcpip_end_point_event event)
{
    struct tcpip_address group = tcpip_mdns_group(end_point->active.address.family);

    if (event == TCPIP_END_POINT_CONFLICT)
        return;
    tcpip_mdns_answers_stop(end_point);
    if (event == TCPIP_END_POINT_WENT_UP) {
        tcpip_names_join(end_point->interface, &group);
        tcpip_mdns_claim_all();
        tcpip_mdns_browse_again();
    }
    for (size_t subject = 0; event == TCPIP_END_POINT_RECONFIGURED && subject < MDNS_SUBJECTS;
         subject++)
        if (tcpip_mdns_claim_of(subject) != NULL)
            tcpip_mdns_announce(subject); /* 8.4: perhaps with another address */
}

void tcpip_mdns_say_goodbye(size_t subject)
{
    const struct tcpip_mdns_claim *claim = tcpip_mdns_claim_of(subject);
    struct tcpip_end_point *link = NULL;
    struct mdns_set set = {0};

    if (claim == NULL || claim->phase < MDNS_ANNOUNCING)
        return;
    /* That there is the type at all others may still say. */
    set.facts[subject] = (uint8_t)(tcpip_mdns_facts_of(subject) & ~MDNS_META);
    while ((link = tcpip_names_next_link(link)) != NULL)
        tcpip_mdns_send_set(link, &set, MDNS_GOODBYE);
}

void tcpip_mdns_leave(void)
{
    for (size_t subject = MDNS_SUBJECTS; subject-- > 0;) {
        tcpip_mdns_say_goodbye(subject);
        if (subject > 0)
            tcpip_mdns_disown(subject);
    }
    tcpip_mdns_own_host(NULL);
    tcpip_mdns_claims_stop();
    tcpip_mdns_answers_stop(NULL);
}

void tcpip_mdns_shutdown(void)
{
    tcpip_mdns_leave();
    tcpip_mdns_browse_stop();
    tcpip_udp_unbind(&port);
}

#endif
