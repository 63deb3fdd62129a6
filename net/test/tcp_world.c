/* SPDX-License-Identifier: MIT */
/* The wire between two engines: see tcp_world.h. */
#include "tcp_world.h"

#include <stdlib.h>
#include <string.h>

#include "core/checksum.h"
#include "wire/bytes.h"

#define PROTOCOL_TCP 6
#define ROUTE_MSS    1460
#define CHECKSUM_AT  16

static bool chance(struct world *world, unsigned percent)
{
    return percent > 0 && test_random_below(&world->random, 100) < percent;
}

static void enqueue(struct world *world, const struct world_packet *packet, uint32_t delay)
{
    struct world_packet *copy = malloc(sizeof *copy);
    struct world_packet **at = &world->packets;

    CHECK(copy != NULL);
    *copy = *packet;
    copy->due = world->now + delay;
    while (*at != NULL && (int32_t)((*at)->due - copy->due) <= 0)
        at = &(*at)->next;
    copy->next = *at;
    *at = copy;
}

/* Loses, damages, delays and doubles. */
static void carry(struct world *world, struct world_packet *packet)
{
    uint32_t delay = world->delay;

    world->carried++;
    if (world->cut || chance(world, world->faults.lose))
        return;
    if (chance(world, world->faults.damage)) {
        uint32_t at = test_random_below(&world->random, (uint32_t)packet->size);
        packet->bytes[at] ^= (uint8_t)(1 + test_random_below(&world->random, 255));
    }
    if (chance(world, world->faults.reorder))
        delay += 1 + test_random_below(&world->random, 3 * world->delay + 3);
    enqueue(world, packet, delay);
    if (chance(world, world->faults.repeat))
        enqueue(world, packet, delay + test_random_below(&world->random, 5));
}

static uint16_t checksum(const struct tcpip_address *source,
                         const struct tcpip_address *destination, const uint8_t *bytes, size_t size)
{
    uint32_t sum = tcpip_checksum_pseudo(source, destination, PROTOCOL_TCP, size);

    return tcpip_checksum_finish(tcpip_checksum_add(sum, bytes, size));
}

static bool transmit(void *context, const struct tcpip_tcp_outgoing *segment)
{
    struct world_side *side = context;
    struct world *world = side->world;
    struct world_packet packet = {.to = side == &world->sides[0] ? 1 : 0};
    size_t size = tcpip_tcp_header_size(&segment->options);

    CHECK(size <= 60);
    tcpip_tcp_put_header(packet.bytes, size, &segment->header, &segment->options);
    for (unsigned i = 0; i < 2; i++) {
        CHECK(segment->payload[i].size <= sizeof packet.bytes - size);
        if (segment->payload[i].size > 0)
            memcpy(packet.bytes + size, segment->payload[i].bytes, segment->payload[i].size);
        size += segment->payload[i].size;
    }
    packet.size = size;
    tcpip_put_be16(packet.bytes + CHECKSUM_AT,
                   checksum(&segment->ends->local, &segment->ends->remote, packet.bytes, size));
    carry(world, &packet);
    return true;
}

static void deliver(struct world *world, const struct world_packet *packet)
{
    struct world_side *to = &world->sides[packet->to];
    const struct tcpip_address *source = &world->sides[1 - packet->to].address;
    struct tcpip_tcp_segment segment;
    uint8_t *exact = malloc(packet->size); /* so that a sanitizer sees reads past the end */

    CHECK(exact != NULL);
    memcpy(exact, packet->bytes, packet->size);
    if (checksum(source, &to->address, exact, packet->size) != 0)
        world->damaged_caught++;
    else if (tcpip_tcp_parse(&segment, exact, packet->size)) {
        segment.options.has_sack_permitted &= !world->no_sack;
        struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&to->address, source, &segment);
        tcpip_tcp_input(&to->host, &ends, &segment);
    }
    free(exact);
}

static uint16_t route_mss(void *context, const struct tcpip_address *remote)
{
    return ROUTE_MSS;
}

static void *allocate(void *context, size_t size)
{
    struct world_side *side = context;

    side->world->allocated++;
    return malloc(size);
}

static void release(void *context, void *memory)
{
    struct world_side *side = context;

    side->world->allocated--;
    free(memory);
}

static uint32_t draw(void *context)
{
    struct world_side *side = context;

    return test_random_next(&side->world->random);
}

static void event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                  unsigned events)
{
    struct world_side *side = TCPIP_CONTAINER(owner, struct world_side, owner);

    side->connection = connection;
    side->events |= events;
}

static void incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener)
{
    struct world_side *side = TCPIP_CONTAINER(owner, struct world_side, owner);

    if (side->hold_accept)
        return;
    side->connection = tcpip_tcp_accept(listener, owner);
    CHECK(side->connection != NULL);
    side->events |= TCPIP_TCP_EVENT_CONNECTED;
}

static void set_clock(struct world *world, uint32_t now)
{
    world->now = world->sides[0].host.now = world->sides[1].host.now = now;
}

void world_init(struct world *world, uint64_t seed, const struct tcpip_tcp_config *config)
{
    memset(world, 0, sizeof *world);
    world->random.state = seed + 1;
    world->delay = 5;
    for (unsigned i = 0; i < 2; i++) {
        struct world_side *side = &world->sides[i];
        side->environment = (struct tcpip_tcp_environment){
            side, transmit, route_mss, allocate, release, draw, &side->timers, side->refused};
        side->owner = (struct tcpip_tcp_owner){event, incoming};
        side->world = world;
        side->address = tcpip_address_from_ipv4(0x0a000001 + i);
        tcpip_tcp_init(&side->host, &side->environment,
                       config != NULL ? config : &tcpip_tcp_config_default);
    }
    set_clock(world, UINT32_MAX - 2000); /* it wraps early in every test */
}

void world_deinit(struct world *world)
{
    struct world_packet *packet;

    for (unsigned i = 0; i < 2; i++)
        tcpip_tcp_deinit(&world->sides[i].host);
    CHECK_EQUAL(0, world->allocated);
    while ((packet = world->packets) != NULL) {
        world->packets = packet->next;
        free(packet);
    }
}

void world_listen(struct world *world, uint16_t backlog, uint32_t buffers, uint8_t options)
{
    struct world_side *side = &world->sides[1];

    memset(&side->listener, 0, sizeof side->listener);
    side->listener.port = 80;
    side->listener.backlog = backlog;
    side->settings = (struct tcpip_tcp_settings){buffers, buffers, options};
    side->listener.settings = &side->settings;
    side->listener.owner = &side->owner;
    CHECK(tcpip_tcp_listen(&side->host, &side->listener));
}

void world_open(struct world *world, uint32_t buffers, uint8_t options)
{
    struct world_side *side = &world->sides[0];
    struct tcpip_tcp_endpoints endpoints = {
        .local = side->address, .remote = world->sides[1].address, .remote_port = 80};

    side->settings = (struct tcpip_tcp_settings){buffers, buffers, options};
    side->connection = tcpip_tcp_open(&side->host, &endpoints, &side->settings, &side->owner);
    CHECK(side->connection != NULL);
}

void world_connect(struct world *world, uint32_t buffers, uint8_t options)
{
    world_listen(world, 4, buffers, options);
    world_open(world, buffers, options);
    while ((world->sides[1].events & TCPIP_TCP_EVENT_CONNECTED) == 0)
        CHECK(world_step(world, world->now + 100000));
    tcpip_tcp_unlisten(&world->sides[1].listener);
}

static uint32_t earlier(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b) < 0 ? a : b;
}

bool world_step(struct world *world, uint32_t until)
{
    uint32_t next = until, when;
    bool any = false;

    if (world->packets != NULL) {
        next = earlier(next, world->packets->due);
        any = true;
    }
    for (unsigned i = 0; i < 2; i++) {
        if (tcpip_tcp_next_deadline(&world->sides[i].host, &when)) {
            next = earlier(next, when);
            any = true;
        }
    }
    if ((int32_t)(next - world->now) > 0)
        set_clock(world, next);
    while (world->packets != NULL && (int32_t)(world->packets->due - world->now) <= 0) {
        struct world_packet *packet = world->packets;
        world->packets = packet->next;
        deliver(world, packet);
        free(packet);
    }
    for (unsigned i = 0; i < 2; i++)
        tcpip_tcp_run_timers(&world->sides[i].host);
    return any;
}

void world_run(struct world *world, uint32_t duration)
{
    uint32_t end = world->now + duration;

    while ((int32_t)(world->now - end) < 0)
        world_step(world, end);
}
