/* SPDX-License-Identifier: MIT */
/* The player of packet scripts: see tcp_script.h. */
#include "tcp_script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/bytes.h"

#define BUFFERS   8192
#define ROUTE_MSS 1460
#define URGENT_AT 18

static uint8_t pattern(uint32_t at)
{
    return (uint8_t)(at * 7);
}

static bool transmit(void *context, const struct tcpip_tcp_outgoing *segment)
{
    struct script *script = context;
    uint32_t at = segment->header.sequence - script->own_base - 1;

    if (script->transmit_fails > 0) {
        script->transmit_fails--;
        return false;
    }
    CHECK(script->sent_count < SCRIPT_SENT);
    struct script_sent *sent = &script->sent[script->sent_count++];
    *sent = (struct script_sent){segment->header, segment->options, 0, script->host.now};
    for (unsigned i = 0; i < 2; i++)
        for (size_t k = 0; k < segment->payload[i].size; k++, sent->size++)
            CHECK_EQUAL(pattern(at + sent->size), segment->payload[i].bytes[k]);
    return true;
}

static uint16_t route_mss(void *context, const struct tcpip_address *remote)
{
    const struct script *script = context;

    return script->route_mss;
}

static void *allocate(void *context, size_t size)
{
    struct script *script = context;

    if (script->allocate_fails > 0 && --script->allocate_fails == 0)
        return NULL;
    script->allocated++;
    return malloc(size);
}

static void release(void *context, void *memory)
{
    struct script *script = context;

    script->allocated--;
    free(memory);
}

static uint32_t draw(void *context)
{
    struct script *script = context;

    return test_random_next(&script->random);
}

static void event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                  unsigned events)
{
    struct script *script = TCPIP_CONTAINER(owner, struct script, owner);

    script->events |= events;
}

static void incoming(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener)
{
}

void script_init(struct script *script, const struct tcpip_tcp_config *config)
{
    memset(script, 0, sizeof *script);
    script->environment = (struct tcpip_tcp_environment){
        script, transmit, route_mss, allocate, release, draw, &script->timers, script->refused};
    script->owner = (struct tcpip_tcp_owner){event, incoming};
    script->random.state = 88172645463325252u;
    script->local = tcpip_address_from_ipv4(0x0a000001);
    script->peer = tcpip_address_from_ipv4(0x0a000002);
    script->peer_port = SCRIPT_PEER_PORT;
    script->peer_base = 0xffffff00; /* and so do the sequence numbers */
    script->window = 65535;
    script->mss = 1000;
    script->route_mss = ROUTE_MSS;
    script->settings.send_size = script->settings.receive_size = BUFFERS;
    tcpip_tcp_init(&script->host, &script->environment,
                   config != NULL ? config : &tcpip_tcp_config_default);
    script->host.now = UINT32_MAX - 100; /* the clock wraps in every script */
}

void script_deinit(struct script *script)
{
    tcpip_tcp_deinit(&script->host);
    CHECK_EQUAL(0, script->allocated);
    CHECK_EQUAL(0, script->host.connections);
}

void script_listen(struct script *script, uint16_t backlog)
{
    script->listener.port = SCRIPT_LOCAL_PORT;
    script->listener.backlog = backlog;
    script->listener.settings = &script->settings;
    script->listener.owner = &script->owner;
    CHECK(tcpip_tcp_listen(&script->host, &script->listener));
}

static struct tcpip_tcp_endpoints endpoints_of(const struct script *script)
{
    return (struct tcpip_tcp_endpoints){script->local, script->peer, SCRIPT_LOCAL_PORT,
                                        script->peer_port};
}

struct tcpip_tcp_connection *script_current(const struct script *script)
{
    struct tcpip_tcp_connection *connection = NULL;

    while ((connection = tcpip_tcp_each(&script->host, connection)) != NULL)
        if (connection->state != TCPIP_TCP_CLOSED &&
            connection->ends.remote_port == script->peer_port)
            break;
    return connection;
}

void script_connect(struct script *script)
{
    struct tcpip_tcp_endpoints endpoints = endpoints_of(script);

    script->connection = tcpip_tcp_open(&script->host, &endpoints, &script->settings,
                                        &script->owner);
    if (script->connection != NULL)
        script->own_base = script->connection->initial_sequence;
}

void script_open(struct script *script)
{
    script_connect(script);
    CHECK(script->connection != NULL);
    out(script, 0, "S", 0, 0, 0);
    CHECK_EQUAL(ROUTE_MSS, script->sent[script->seen - 1].options.mss);
}

void script_accept(struct script *script)
{
    script->connection = tcpip_tcp_accept(&script->listener, &script->owner);
    CHECK(script->connection != NULL);
}

void script_established(struct script *script, uint8_t options)
{
    script_open(script);
    script->connection->options = options;
    in(script, "SA", 0, 1, 0);
    out(script, 0, "A", 1, 1, 0);
    state(script, TCPIP_TCP_ESTABLISHED);
}

static void reach_active_close(struct script *script, enum tcpip_tcp_state wanted)
{
    tcpip_tcp_shutdown(script->connection);
    out(script, 0, "FA", 1, 1, 0);
    if (wanted == TCPIP_TCP_FIN_WAIT_2 || wanted == TCPIP_TCP_TIME_WAIT)
        in(script, "A", 1, 2, 0);
    if (wanted == TCPIP_TCP_CLOSING)
        in(script, "FA", 1, 1, 0);
    if (wanted == TCPIP_TCP_TIME_WAIT)
        in(script, "FA", 1, 2, 0);
    if (wanted == TCPIP_TCP_CLOSING || wanted == TCPIP_TCP_TIME_WAIT)
        out(script, 0, "A", 2, 2, 0);
}

static void reach_passive_close(struct script *script, enum tcpip_tcp_state wanted)
{
    in(script, "FA", 1, 1, 0);
    out(script, 0, "A", 1, 2, 0);
    if (wanted == TCPIP_TCP_LAST_ACK) {
        tcpip_tcp_shutdown(script->connection);
        out(script, 0, "FA", 1, 2, 0);
    }
}

void script_reach(struct script *script, enum tcpip_tcp_state wanted)
{
    if (wanted == TCPIP_TCP_CLOSED)
        return;
    if (wanted == TCPIP_TCP_LISTEN || wanted == TCPIP_TCP_SYN_RECEIVED)
        script_listen(script, 2);
    if (wanted == TCPIP_TCP_SYN_RECEIVED) {
        in(script, "S", 0, 0, 0);
        script->connection = script_current(script);
        script->own_base = script->connection->initial_sequence;
        out(script, 0, "SA", 0, 1, 0);
    }
    if (wanted == TCPIP_TCP_SYN_SENT)
        script_open(script);
    if (wanted >= TCPIP_TCP_ESTABLISHED)
        script_established(script, 0);
    if (wanted == TCPIP_TCP_CLOSE_WAIT || wanted == TCPIP_TCP_LAST_ACK)
        reach_passive_close(script, wanted);
    else if (wanted > TCPIP_TCP_ESTABLISHED)
        reach_active_close(script, wanted);
    if (wanted != TCPIP_TCP_LISTEN)
        state(script, wanted);
}

uint8_t script_flags(const char *letters)
{
    static const char order[] = "FSRPAU";
    unsigned flags = 0;

    for (; *letters != '\0'; letters++) {
        const char *found = strchr(order, *letters);
        CHECK(found != NULL);
        flags |= 1u << (found - order);
    }
    return (uint8_t)flags;
}

void script_inject(struct script *script, const struct script_segment *wanted)
{
    size_t header_size = tcpip_tcp_header_size(&wanted->options);
    bool syn = (wanted->flags & TCPIP_TCP_SYN) != 0;
    uint8_t *bytes = malloc(header_size + wanted->size);
    struct tcpip_tcp_segment segment;

    CHECK(bytes != NULL && header_size <= 60);
    for (uint32_t i = 0; i < wanted->size; i++)
        bytes[header_size + i] = pattern(wanted->sequence - !syn + i) ^
                                 (wanted->other_bytes ? 0xff : 0);
    struct tcpip_tcp_header header = {
        .source_port = script->peer_port,
        .destination_port = SCRIPT_LOCAL_PORT,
        .sequence = script->peer_base + wanted->sequence,
        .acknowledgement = script->own_base + wanted->acknowledgement,
        .flags = wanted->flags,
        .window = wanted->window,
    };
    tcpip_tcp_put_header(bytes, header_size, &header, &wanted->options);
    tcpip_put_be16(bytes + URGENT_AT, wanted->urgent);
    CHECK(tcpip_tcp_parse(&segment, bytes, header_size + wanted->size));
    struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&script->local, &script->peer, &segment);
    tcpip_tcp_input(&script->host, &ends, &segment);
    free(bytes);
}

void in(struct script *script, const char *flags, uint32_t sequence, uint32_t acknowledgement,
        uint32_t size)
{
    struct script_segment segment = {.flags = script_flags(flags),
                                     .sequence = sequence,
                                     .acknowledgement = acknowledgement,
                                     .size = size,
                                     .window = script->window,
                                     .urgent = script->urgent};

    segment.options.has_mss = script->mss != 0 && (segment.flags & TCPIP_TCP_SYN) != 0;
    segment.options.mss = script->mss;
    script_inject(script, &segment);
}

void script_wait(struct script *script, uint32_t duration)
{
    uint32_t end = script->host.now + duration, when;

    while (script->seen == script->sent_count && tcpip_tcp_next_deadline(&script->host, &when) &&
           (int32_t)(when - end) <= 0) {
        if ((int32_t)(when - script->host.now) > 0)
            script->host.now = when;
        tcpip_tcp_run_timers(&script->host);
    }
    if (script->seen == script->sent_count)
        script->host.now = end;
}

static void describe(const struct script *script, const struct script_sent *sent)
{
    static const char order[] = "FSRPAU";

    printf("  seen: \"");
    for (unsigned i = 0; i < 6; i++)
        if ((sent->header.flags & 1u << i) != 0)
            putchar(order[i]);
    printf("\" seq %u ack %u size %u window %u\n", sent->header.sequence - script->own_base,
           sent->header.acknowledgement - script->peer_base, sent->size, sent->header.window);
}

void out_at(struct script *script, uint32_t within, const char *flags, uint32_t sequence,
            uint32_t acknowledgement, uint32_t size, const char *file, int line)
{
    script_wait(script, within);
    if (script->seen == script->sent_count)
        test_fail("nothing was sent", file, line);
    const struct script_sent *sent = &script->sent[script->seen++];
    unsigned got = sent->header.flags & ~(unsigned)TCPIP_TCP_PSH;
    uint32_t ack = (got & TCPIP_TCP_ACK) != 0 ? script->peer_base + acknowledgement
                                              : sent->header.acknowledgement;

    if (got != script_flags(flags) || sent->header.sequence != script->own_base + sequence ||
        sent->header.acknowledgement != ack || sent->size != size) {
        describe(script, sent);
        test_fail("another segment was sent", file, line);
    }
}

void quiet_at(struct script *script, uint32_t duration, const char *file, int line)
{
    script_wait(script, duration);
    if (script->seen == script->sent_count)
        return;
    describe(script, &script->sent[script->seen]);
    test_fail("a segment was sent", file, line);
}

void state_at(const struct script *script, enum tcpip_tcp_state wanted, const char *file, int line)
{
    if (script->connection != NULL && script->connection->state == wanted)
        return;
    if (script->connection != NULL)
        printf("  state: %s, wanted %s\n", tcpip_tcp_state_name(script->connection->state),
               tcpip_tcp_state_name(wanted));
    test_fail("another state", file, line);
}

void app_write(struct script *script, uint32_t size)
{
    struct tcpip_tcp_connection *connection = script->connection;
    bool opening = connection->unacknowledged == script->own_base; /* the SYN is no byte */
    uint32_t at = connection->unacknowledged - script->own_base - !opening +
                  tcpip_ring_count(&connection->send);

    for (uint32_t i = 0; i < size; i++) {
        uint8_t byte = pattern(at + i);
        CHECK_EQUAL(1, tcpip_ring_write(&connection->send, &byte, 1));
    }
    tcpip_tcp_service(connection);
}

uint32_t app_read(struct script *script)
{
    struct tcpip_tcp_connection *connection = script->connection;
    uint32_t count = tcpip_ring_count(&connection->receive);
    uint32_t at = connection->expected - connection->peer_finished - script->peer_base - 1 - count;

    for (uint32_t i = 0; i < count; i++) {
        uint8_t byte = 0;
        CHECK_EQUAL(1, tcpip_ring_copy(&connection->receive, &byte, 1));
        CHECK_EQUAL(pattern(at + i), byte);
        tcpip_ring_drop(&connection->receive, 1);
    }
    tcpip_tcp_service(connection);
    return count;
}

void pass_time(struct script *script, uint32_t duration)
{
    uint32_t end = script->host.now + duration, when;

    while (tcpip_tcp_next_deadline(&script->host, &when) && (int32_t)(when - end) <= 0) {
        if ((int32_t)(when - script->host.now) > 0)
            script->host.now = when;
        tcpip_tcp_run_timers(&script->host);
        if (script->sent_count == SCRIPT_SENT)
            script->sent_count = script->seen = 0;
    }
    script->host.now = end;
}

unsigned forget_sent(struct script *script)
{
    unsigned count = script->sent_count - script->seen;

    script->seen = script->sent_count = 0;
    return count;
}
