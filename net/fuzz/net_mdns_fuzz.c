/* SPDX-License-Identifier: MIT */
/*
 * Multicast DNS with a host, two services, a type that is browsed, an instance that is resolved and a
 * name that is looked up. The input is a sequence of steps: a byte of flags, a byte of length, and a
 * message. Flags choose from where it comes and let time pass. What the stack sends must be sound,
 * and at the end nothing may be left.
 */
#include <stdlib.h>
#include <string.h>

#include "client/dns.h"
#include "client/mdns_browse.h"
#include "client/mdns_out.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/stack.h"
#include "host_os.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    OTHER_PORT = 1,
    TO_US_ALONE = 2,
    PASS_LITTLE = 4,
    PASS_MUCH = 8,
    AS_RESPONSE = 16,
    CLAIM_AGAIN = 32,
    LOOK_UP = 64,
    OWN = 0x0a000001,
    PEER = 0x0a000007,
    STEPS_MAX = 16,
    FRAME_HEADERS = 14 + 20 + 8,
};

static struct netif netif;
static struct tcpip_interface interface;
static struct tcpip_end_point end_point;
static struct tcpip_mdns_service services[2];
static struct tcpip_mdns_browse browse;
static struct tcpip_mdns_resolution resolution;
static struct tcpip_mdns_target target;
static struct tcpip_dns_lookup lookup;
static bool looking_up;
static unsigned there;

static bool start(struct netif *started)
{
    return true;
}

static void stop(struct netif *stopped)
{
}

/* Every message is as long as it says, and all its names and records can be read. */
static bool transmit(struct netif *sender, struct netif_frame *frame)
{
    const uint8_t *udp = frame->data + 34;
    struct dns_header header;
    struct dns_record record;

    if (frame->length >= FRAME_HEADERS && tcpip_get_be16(udp) == MDNS_PORT) {
        const struct dns_message message = {udp + 8, tcpip_get_be16(udp + 4) - 8u};

        if (!tcpip_dns_read_header(&message, &header))
            abort();
        struct dns_cursor cursor = tcpip_dns_cursor(&header);
        size_t left = (size_t)header.questions + header.answers + header.authorities +
                      header.additionals;
        for (; left > 0; left--)
            if (!tcpip_dns_next(&message, &cursor, &record) ||
                (cursor.section != DNS_QUESTIONS && !tcpip_mdns_sound(&message, &record)))
                abort();
        if (cursor.offset != message.size)
            abort();
    }
    sender->stack->release(frame);
    return true;
}

static enum netif_link link_state(struct netif *asked)
{
    return NETIF_LINK_UP;
}

static const struct netif_driver driver = {
    .name = "fuzz", .start = start, .stop = stop, .transmit = transmit, .link = link_state};

static void changed(struct tcpip_mdns_browse *changing, const char *instance, bool is_there)
{
    if (strlen(instance) == 0 || strlen(instance) >= TCPIP_MDNS_LABEL_SIZE || (!is_there && !there))
        abort();
    there += is_there ? 1u : UINT32_MAX;
}

static void resolved(struct tcpip_mdns_resolution *ended)
{
    if (ended->has_srv && strlen(target.host) >= sizeof target.host)
        abort();
}

static void done(struct tcpip_dns_lookup *ended, const struct tcpip_address *addresses,
                 size_t count)
{
    looking_up = false;
}

static void begin(void)
{
    netif = (struct netif){
        .driver = &driver, .name = "fuzz", .mac = {2, 0, 0, 0, 0, 1}, .mtu = 1500};
    host_seed(1);
    tcpip_stack_init();
    tcpip_stack_attach(&interface, &netif);
    end_point = (struct tcpip_end_point){
        .defaults = {.address = tcpip_address_from_ipv4(OWN), .prefix = 24}};
    tcpip_end_point_link(&interface, &end_point);
    there = 0;
    looking_up = false;
    host_run(0);
    tcpip_mdns_claim_host("a", NULL);
    services[0] = (struct tcpip_mdns_service){.instance = "i", .type = "_t._udp", .port = 1};
    services[1] = (struct tcpip_mdns_service){.type = "_t._udp", .subtype = "s", .port = 2};
    browse = (struct tcpip_mdns_browse){.type = "_t._udp", .changed = changed};
    resolution = (struct tcpip_mdns_resolution){
        .instance = "i", .type = "_t._udp", .target = &target, .done = resolved};
    if (!tcpip_mdns_own_service(&services[0]) || !tcpip_mdns_own_service(&services[1]) ||
        !tcpip_mdns_browse_begin(&browse) || !tcpip_mdns_resolve_begin(&resolution))
        abort();
    tcpip_mdns_claim_all();
}

static void deliver(const uint8_t *bytes, size_t size, uint8_t flags)
{
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, size);
    struct tcpip_udp_port *port = tcpip_udp_find(MDNS_PORT);

    if (frame == NULL || port == NULL)
        abort(); /* a frame stayed somewhere */
    if (size > 0)
        memcpy(frame->data, bytes, size);
    frame->length = (uint16_t)size;
    if (size > 3) {
        frame->data[2] = (flags & AS_RESPONSE) != 0 ? 0x84 : frame->data[2] % 8;
        frame->data[3] = 0;
    }
    struct tcpip_packet packet = {.frame = frame,
                                  .interface = &interface,
                                  .end_point = &end_point,
                                  .source = tcpip_address_from_ipv4(PEER),
                                  .destination = tcpip_mdns_group(TCPIP_IPV4),
                                  .to_group = true};
    if ((flags & TO_US_ALONE) != 0) {
        packet.destination = tcpip_address_from_ipv4(OWN);
        packet.to_group = false;
    }
    struct tcpip_datagram datagram = {&packet, (flags & OTHER_PORT) != 0 ? 50000 : MDNS_PORT,
                                      MDNS_PORT};
    port->input(port, &datagram);
}

static void act(uint8_t flags)
{
    if ((flags & CLAIM_AGAIN) != 0)
        tcpip_mdns_claim_all();
    if ((flags & LOOK_UP) != 0 && !looking_up) {
        looking_up = true;
        lookup = (struct tcpip_dns_lookup){.name = "b.local", .family = TCPIP_IPV4, .done = done};
        tcpip_dns_resolve(&lookup);
    }
    host_run((flags & PASS_MUCH) != 0 ? 70000 : (flags & PASS_LITTLE) != 0 ? 300 : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    begin();
    for (unsigned step = 0; step < STEPS_MAX && size >= 2; step++) {
        size_t length = data[1] < size - 2 ? data[1] : size - 2;

        deliver(data + 2, length, data[0]);
        act(data[0]);
        data += 2 + length;
        size -= 2 + length;
    }
    tcpip_stack_shutdown();
    if (!tcpip_frames_all_free() || !tcpip_timers_idle() || host_allocations != 0)
        abort();
    return 0;
}
