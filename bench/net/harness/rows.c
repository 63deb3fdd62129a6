/* SPDX-License-Identifier: MIT */
/* Each row sets the world up anew in its own process, warms it up, and counts. */
#include "rows.h"

#include "measure.h"
#include "peer.h"
#include "stack.h"
#include "world.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIRE_DELAY_US = 100,
    SECOND = 1000000,
    WARM_MESSAGES = 64,
    DATAGRAMS = 400,
    STREAM_BYTES = 1 << 20,
    SMALL_MESSAGES = 1000,
    MESSAGE_MAX = 65536,
    ETHERNET_RATE = 10000000,
    QUEUE_FRAMES = 64,
    TRANSFER_S = 60,
};

static uint8_t message[MESSAGE_MAX];
static uint64_t wanted;

static void begin(const struct wire_settings *settings)
{
    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (uint8_t)(i * 13 + i / 256);
    world_begin(settings);
}

static const struct wire_settings plain = {.delay_us = WIRE_DELAY_US};

/* Instructions (0: callgrind has them), stretches, and what they were for. */
static void print_counted(double amount)
{
    row_print((double)measure_tenths() / 10, measure_stretches, amount);
}

/* --- UDP ------------------------------------------------------------------------------------- */

static bool peer_has_all(void)
{
    return peer_udp_received >= wanted;
}

static bool stack_has_all(void)
{
    return stack_udp_received >= wanted;
}

static bool send_datagrams(unsigned count, size_t size)
{
    for (unsigned i = 0; i < count; i++) {
        measure_begin();
        bool sent = stack_udp_send(message, size);
        measure_end();
        wanted += size;
        if (!sent || !world_until(peer_has_all, SECOND))
            return false;
    }
    return true;
}

static bool udp_send(size_t size)
{
    begin(&plain);
    stack_udp_open();
    stack_udp_send(message, size); /* asks who the peer is */
    wanted = size;
    if (!world_until(peer_has_all, SECOND) || !send_datagrams(WARM_MESSAGES, size))
        return false;
    measure_start();
    if (!send_datagrams(DATAGRAMS, size))
        return false;
    measure_stop();
    print_counted((double)DATAGRAMS * (double)size);
    return true;
}

static bool receive_datagrams(unsigned count, size_t size)
{
    for (unsigned i = 0; i < count; i++) {
        peer_udp_send(message, size);
        wanted += size;
        if (!world_until(stack_has_all, SECOND))
            return false;
    }
    return true;
}

static bool udp_recv(size_t size)
{
    begin(&plain);
    stack_udp_open();
    stack_udp_send(message, size);
    wanted = size;
    if (!world_until(peer_has_all, SECOND))
        return false;
    wanted = 0;
    if (!receive_datagrams(WARM_MESSAGES, size))
        return false;
    measure_start();
    if (!receive_datagrams(DATAGRAMS, size))
        return false;
    measure_stop();
    print_counted((double)DATAGRAMS * (double)size);
    return true;
}

/* --- TCP ------------------------------------------------------------------------------------- */

static bool connect_to_peer(void)
{
    stack_tcp_open();
    return world_until(stack_tcp_connected, 30 * SECOND);
}

static bool peer_has_stream(void)
{
    return peer_tcp_received >= wanted;
}

static bool stack_has_stream(void)
{
    return stack_tcp_received >= wanted;
}

/* Writes so many bytes in messages of that size, as room arises, and waits until they are there. */
static bool send_stream(uint64_t bytes, size_t size, uint64_t limit_us)
{
    uint64_t end = wire_now + limit_us;

    wanted += bytes;
    for (size_t at = 0; bytes > 0;) {
        size_t left = size - at < bytes ? size - at : (size_t)bytes;
        measure_begin();
        size_t taken = stack_tcp_write(message + at, left);
        measure_end();
        bytes -= taken;
        at = (at + taken) % size;
        if (taken < left && !world_step(end))
            return false;
    }
    return world_until(peer_has_stream, end > wire_now ? end - wire_now : 0);
}

static uint64_t stream_bytes(size_t size)
{
    uint64_t bytes = (uint64_t)size * SMALL_MESSAGES;

    return bytes < STREAM_BYTES ? bytes : STREAM_BYTES / size * size;
}

static bool tcp_send(size_t size)
{
    uint64_t bytes = stream_bytes(size);

    begin(&plain);
    if (!connect_to_peer() || !send_stream(bytes / 4, size, 100 * SECOND))
        return false;
    measure_start();
    if (!send_stream(bytes, size, 100 * SECOND))
        return false;
    measure_stop();
    print_counted((double)bytes);
    return true;
}

static bool receive_stream(uint64_t bytes, size_t size, uint64_t limit_us)
{
    wanted += bytes;
    peer_tcp_send(bytes, (uint32_t)size);
    return world_until(stack_has_stream, limit_us);
}

static bool tcp_recv(size_t size)
{
    uint64_t bytes = stream_bytes(size);

    begin(&plain);
    if (!connect_to_peer() || !receive_stream(bytes / 4 / size * size, size, 100 * SECOND))
        return false;
    wanted = stack_tcp_received;
    measure_start();
    if (!receive_stream(bytes, size, 100 * SECOND))
        return false;
    measure_stop();
    print_counted((double)bytes);
    return true;
}

/* --- throughput ------------------------------------------------------------------------------ */

/* Bits a second over a wire of 10 Mbit/s, in as many bytes as a minute takes, or in a minute. */
static bool throughput(bool sends, const char *const words[ROW_WORDS])
{
    struct wire_settings settings = {.delay_us = (uint32_t)atoi(words[1]) * 1000,
                                     .lose = (uint32_t)atoi(words[2]),
                                     .seed = (uint64_t)atoi(words[3]),
                                     .bits_per_second = ETHERNET_RATE,
                                     .queue = QUEUE_FRAMES};
    uint64_t bytes = (uint64_t)ETHERNET_RATE / 8 * TRANSFER_S;

    begin(&settings);
    if (!connect_to_peer())
        return false;
    uint64_t start = wire_now;
    if (sends)
        send_stream(bytes, MESSAGE_MAX, TRANSFER_S * (uint64_t)SECOND);
    else
        receive_stream(bytes, MESSAGE_MAX, TRANSFER_S * (uint64_t)SECOND);
    double seconds = (double)(wire_now - start) / SECOND;
    uint64_t arrived = sends ? peer_tcp_received : stack_tcp_received;
    row_print((double)arrived * 8 / seconds, (double)arrived, seconds);
    return true;
}

/* --- memory ---------------------------------------------------------------------------------- */

/* What is allocated when the stack is idle, with a quiet connection, and with one whose buffers are
 * full both ways: a window of data that the application has not taken, and as much that the peer has
 * not acknowledged. */
static bool memory(void)
{
    begin(&plain);
    stack_udp_open();
    world_run(SECOND);
    size_t idle = stack_memory();
    if (!connect_to_peer())
        return false;
    world_run(SECOND);
    size_t quiet = stack_memory();
    stack_tcp_hold();
    peer_tcp_send(BENCH_WINDOW, BENCH_WINDOW);
    world_run(SECOND);
    wire.cut = true;
    while (stack_tcp_write(message, sizeof message) > 0)
        continue;
    row_print((double)idle, (double)(quiet - idle), (double)(stack_memory() - idle));
    return true;
}

/* --- the table ------------------------------------------------------------------------------- */

static bool empty(void)
{
    measure_start();
    for (unsigned i = 0; i < SMALL_MESSAGES; i++) {
        measure_begin();
        measure_end();
    }
    measure_stop();
    print_counted(SMALL_MESSAGES);
    return true;
}

bool row_run(const char *const words[ROW_WORDS])
{
    static const struct {
        const char *name;
        bool (*run)(size_t size);
    } rows[] = {{"udp_send", udp_send},
                {"udp_recv", udp_recv},
                {"tcp_send", tcp_send},
                {"tcp_recv", tcp_recv}};
    size_t size = (size_t)atoi(words[1]);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(words[0], rows[i].name) == 0)
            return size > 0 && size <= MESSAGE_MAX && rows[i].run(size);
    if (strcmp(words[0], "throughput_send") == 0)
        return throughput(true, words);
    if (strcmp(words[0], "throughput_recv") == 0)
        return throughput(false, words);
    if (strcmp(words[0], "memory") == 0)
        return memory();
    return strcmp(words[0], "empty") == 0 && empty();
}
