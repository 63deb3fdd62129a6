/* SPDX-License-Identifier: MIT */
/*
 * RFC 4795 2.3 and 2.4: questions come to the group, answers go to who asked alone.
 */
#include "client/llmnr.h"

#include "client/names.h"
#include "client/on_link.h"
#include "core/drop.h"
#include "core/frame.h"
#include "wire/llmnr.h"

#if ipconfigUSE_LLMNR

static struct tcpip_udp_port port;
static struct dns_name asked_name; /* while the answer repeats it */
static char asked_text[ipconfigDNS_CACHE_NAME_LENGTH];

/* A query with one question and nothing else, that no conflict made be sent, 2.1.1. */
static bool is_question(const struct dns_header *header)
{
    return header->flags / 2048u == 0 && (header->flags & LLMNR_FLAG_CONFLICT) == 0 &&
           header->questions == 1 && header->answers == 0 && header->authorities == 0;
}

static bool answer(const struct tcpip_datagram *datagram, const struct dns_message *message)
{
    const struct tcpip_packet *packet = datagram->packet;
    struct tcpip_end_point *link = tcpip_end_point_on(packet->interface, packet->source.family);
    const struct tcpip_udp_target from = {packet->source, datagram->source_port, false};
    const struct tcpip_address group = tcpip_llmnr_group(packet->source.family);
    size_t offset = DNS_HEADER_SIZE;
    struct names_message reply;
    struct dns_record question;
    struct dns_header header;

    if (link == NULL || !tcpip_address_equal(&packet->destination, &group) ||
        !tcpip_dns_read_header(message, &header) || !is_question(&header) ||
        !tcpip_dns_read_question(message, &offset, &question) || question.class != DNS_CLASS_IN ||
        !tcpip_dns_text_of(message, question.owner, asked_text, sizeof asked_text) ||
        !tcpip_names_is_own(link, asked_text) ||
        !tcpip_dns_read_name(message, question.owner, &asked_name))
        return false;
    tcpip_names_begin(&reply, header.id, DNS_FLAG_REPLY);
    if (tcpip_dns_write_question(&reply.writer, &asked_name, question.type, DNS_CLASS_IN))
        tcpip_names_answer(&reply.writer, packet->interface, &asked_name, question.type, LLMNR_TTL);
    tcpip_names_send(&reply, link, LLMNR_PORT, &from);
    return true;
}

static void input(struct tcpip_udp_port *bound, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;
    const struct dns_message message = {frame->data, frame->length};

    if (answer(datagram, &message))
        tcpip_frame_release(frame);
    else
        tcpip_drop(frame, TCPIP_DROP_CLIENT);
}

void tcpip_llmnr_init(void)
{
    port = (struct tcpip_udp_port){.number = LLMNR_PORT, .input = input};
    (void)tcpip_udp_bind(&port); /* nobody else is there yet */
}

void tcpip_llmnr_shutdown(void)
{
    tcpip_udp_unbind(&port);
}

void tcpip_llmnr_end_point_changed(struct tcpip_end_point *end_point,
                                   enum tcpip_end_point_event event)
{
    struct tcpip_address group = tcpip_llmnr_group(end_point->active.address.family);

    if (event == TCPIP_END_POINT_WENT_UP || event == TCPIP_END_POINT_WENT_DOWN)
        tcpip_names_join(end_point->interface, &group, event == TCPIP_END_POINT_WENT_UP);
}

#endif
