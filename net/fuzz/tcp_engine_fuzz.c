/* SPDX-License-Identifier: MIT */
/*
 * The TCP engine, fed by a stranger. The input is a program: its first byte chooses between a
 * listener and an active open, then each step is a segment (numbers relative to what the connection
 * expects, so that they mostly matter), time that passes, or something that the application does.
 * At the end nothing may be left allocated.
 */
#include <stdlib.h>
#include <string.h>

#include "tcp/tcp.h"
#include "wire/bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
    struct tcpip_tcp_host host;
    struct tcpip_deadline *timers;
    uint32_t refused[TCPIP_TCP_REFUSED_REASONS];
    struct tcpip_tcp_settings settings;
    struct tcpip_tcp_listener listener;
    struct tcpip_tcp_connection *connection;
    struct tcpip_address local, peer;
    size_t allocated;
    uint32_t stamp, last_stamp; /* of the peer; the last of the engine */
} fuzz;

static bool transmit(void *context, const struct tcpip_tcp_outgoing *segment)
{
    uint8_t header[60];
    size_t size = tcpip_tcp_header_size(&segment->options);
    unsigned sum = 0;

    if (size > sizeof header)
        abort();
    tcpip_tcp_put_header(header, size, &segment->header, &segment->options);
    fuzz.last_stamp = segment->options.timestamp_value;
    for (unsigned i = 0; i < 2; i++)
        for (size_t k = 0; k < segment->payload[i].size; k++)
            sum += segment->payload[i].bytes[k] + 1u;
    return sum % 64 != 63; /* now and then there is no frame */
}

static uint16_t route_mss(void *context, const struct tcpip_address *remote)
{
    return 300;
}

static void *allocate(void *context, size_t size)
{
    fuzz.allocated++;
    return malloc(size);
}

static void release(void *context, void *memory)
{
    fuzz.allocated--;
    free(memory);
}

static uint32_t draw(void *context)
{
    return 4;
}

static void event(struct tcpip_tcp_owner *to, struct tcpip_tcp_connection *connection,
                  unsigned events)
{
    uint8_t buffer[64];

    if ((events & TCPIP_TCP_EVENT_READABLE) != 0)
        tcpip_ring_drop(&connection->receive,
                        (uint32_t)tcpip_ring_copy(&connection->receive, buffer, sizeof buffer));
}

static void incoming(struct tcpip_tcp_owner *to, struct tcpip_tcp_listener *listener)
{
    if (fuzz.connection == NULL)
        fuzz.connection = tcpip_tcp_accept(listener, to);
}

static struct tcpip_tcp_owner owner = {event, incoming};

static void start(uint8_t first)
{
    static const struct tcpip_tcp_environment environment = {NULL,
                                                             transmit,
                                                             route_mss,
                                                             allocate,
                                                             release,
                                                             draw,
                                                             .timers = &fuzz.timers,
                                                             .refused = fuzz.refused};
    struct tcpip_tcp_endpoints endpoints = {.local_port = 80, .remote_port = 4000};

    memset(&fuzz, 0, sizeof fuzz);
    fuzz.local = tcpip_address_from_ipv4(0x0a000001);
    fuzz.peer = tcpip_address_from_ipv4(0x0a000002);
    tcpip_tcp_init(&fuzz.host, &environment, &tcpip_tcp_config_default);
    fuzz.host.now = 0xffffff00;
    fuzz.listener.port = 80;
    fuzz.listener.backlog = 2;
    fuzz.listener.owner = &owner;
    uint32_t size = first % 4 == 0 ? 200 : 3000;
    fuzz.settings = (struct tcpip_tcp_settings){size, size, 0};
    fuzz.listener.settings = &fuzz.settings;
    if (first % 2 == 0) {
        tcpip_tcp_listen(&fuzz.host, &fuzz.listener);
        return;
    }
    endpoints.local = fuzz.local;
    endpoints.remote = fuzz.peer;
    size = first / 32 % 2 == 0 ? 200 : 100000;
    fuzz.settings = (struct tcpip_tcp_settings){size, size, first / 2 % 16};
    fuzz.connection = tcpip_tcp_open(&fuzz.host, &endpoints, &fuzz.settings, &owner);
}

/* Time stamps near those that count, and blocks near what is in flight: what is far off is found
 * out by the first comparison. */
static void add_options(struct tcpip_reader *reader, struct tcpip_tcp_options *options,
                        const struct tcpip_tcp_connection *connection, uint8_t kinds)
{
    uint8_t value = 0, other = 0;

    options->has_mss = (kinds & 1) != 0;
    options->mss = (uint16_t)(kinds * 7);
    options->has_window_scale = (kinds & 2) != 0;
    options->window_scale = kinds / 8 % 32;
    options->has_sack_permitted = (kinds & 4) != 0;
    if ((kinds & 8) != 0 && tcpip_read_u8(reader, &value) && tcpip_read_u8(reader, &other)) {
        options->has_timestamps = true;
        options->timestamp_value = value * 16u + fuzz.stamp;
        options->timestamp_echo = fuzz.last_stamp - other % 16u * 50u;
        fuzz.stamp += value % 4u;
    }
    while ((kinds & 16) != 0 && options->sack_count < kinds / 32 % 5u &&
           tcpip_read_u8(reader, &value) && tcpip_read_u8(reader, &other)) {
        uint32_t left = (connection != NULL ? connection->unacknowledged : 0) + value * 8u - 64u;
        options->sack[options->sack_count++] = (struct tcpip_tcp_block){left, left + other * 4u};
    }
    if (options->sack_count > TCPIP_TCP_SACK_BLOCKS_MAX)
        abort();
}

static void segment_step(struct tcpip_reader *reader)
{
    struct tcpip_tcp_connection *connection = tcpip_tcp_each(&fuzz.host, NULL);
    struct tcpip_tcp_segment segment = {0};
    static const uint8_t payload[256];
    uint8_t flags, sequence, acknowledgement, size, window, option;

    if (!tcpip_read_u8(reader, &flags) || !tcpip_read_u8(reader, &sequence) ||
        !tcpip_read_u8(reader, &acknowledgement) || !tcpip_read_u8(reader, &size) ||
        !tcpip_read_u8(reader, &window) || !tcpip_read_u8(reader, &option))
        return;
    segment.header.source_port = (uint16_t)(4000 + option % 2);
    segment.header.destination_port = 80;
    segment.header.flags = flags % 64;
    segment.header.window = (uint16_t)(window * 5);
    add_options(reader, &segment.options, connection, (uint8_t)(option / 2 + flags / 64 * 32));
    segment.header.sequence = sequence - UINT32_C(128);
    segment.header.acknowledgement = acknowledgement - UINT32_C(128);
    if (connection != NULL) {
        segment.header.sequence += connection->expected;
        segment.header.acknowledgement += acknowledgement % 2 ? connection->highest
                                                              : connection->unacknowledged;
    }
    segment.payload = payload;
    segment.payload_size = size;
    struct tcpip_tcp_endpoints ends = tcpip_tcp_ends_of(&fuzz.local, &fuzz.peer, &segment);
    tcpip_tcp_input(&fuzz.host, &ends, &segment);
}

static void application_step(uint8_t what)
{
    static const uint8_t zeros[3000];
    struct tcpip_tcp_connection *connection = fuzz.connection;

    if (connection == NULL)
        return;
    switch (what % 4) {
    case 0:
        tcpip_ring_write(&connection->send, zeros, what / 4 * 40u);
        tcpip_tcp_service(connection);
        break;
    case 1:
        tcpip_tcp_shutdown(connection);
        break;
    case 2:
        fuzz.connection = NULL;
        tcpip_tcp_close(connection);
        break;
    default:
        fuzz.connection = NULL;
        tcpip_tcp_abort(connection);
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tcpip_reader reader = tcpip_reader_of(data, size);
    uint8_t step, value;

    if (!tcpip_read_u8(&reader, &step))
        return 0;
    start(step);
    while (tcpip_read_u8(&reader, &step)) {
        if (step % 8 == 0 && tcpip_read_u8(&reader, &value))
            fuzz.host.now += (uint32_t)value * value;
        else if (step % 8 == 1 && tcpip_read_u8(&reader, &value))
            application_step(value);
        else
            segment_step(&reader);
        tcpip_tcp_run_timers(&fuzz.host);
    }
    tcpip_tcp_deinit(&fuzz.host);
    if (fuzz.allocated != 0 || fuzz.timers != NULL || fuzz.host.time_waits != 0)
        abort();
    return 0;
}
