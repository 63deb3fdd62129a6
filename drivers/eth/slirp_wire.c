/* SPDX-License-Identifier: MIT */
/*
 * libslirp's callbacks: its clock is the simulator's, its timers are a list, and its descriptors
 * are translated to poll's and back.
 */
#include "slirp_wire.h"

#include <sim_device.h>

#include <arpa/inet.h>
#include <slirp/libslirp.h>
#include <stdio.h>
#include <stdlib.h>

struct timer {
    struct timer *next;
    SlirpTimerCb callback;
    void *context;
    int64_t expires_ms; /* -1: not running */
};

/* The table that fill writes and service reads. */
struct poll_table {
    struct pollfd *polls;
    const struct pollfd *seen;
    size_t room, count;
};

static Slirp *network;
static eth_slirp_receive *receiver;
static void *receiver_context;
static struct timer *timers;

static int64_t now_ns(void *opaque)
{
    (void)opaque;
    return (int64_t)sim_time_us() * 1000;
}

static ssize_t on_frame(const void *frame, size_t size, void *opaque)
{
    (void)opaque;
    receiver(receiver_context, frame, size);
    return (ssize_t)size;
}

static void on_guest_error(const char *message, void *opaque)
{
    (void)opaque;
    fprintf(stderr, "slirp: the device sent something wrong: %s\n", message);
}

/* --- timers ---------------------------------------------------------------------------------- */

static void *timer_new(SlirpTimerCb callback, void *context, void *opaque)
{
    struct timer *timer = malloc(sizeof *timer);

    (void)opaque;
    if (timer == NULL)
        abort(); /* libslirp takes no refusal, and aborts itself when it finds no memory */
    *timer = (struct timer){timers, callback, context, -1};
    timers = timer;
    return timer;
}

static void timer_free(void *handle, void *opaque)
{
    struct timer **link = &timers;

    (void)opaque;
    while (*link != NULL && *link != handle)
        link = &(*link)->next;
    if (*link == NULL)
        return;
    *link = (*link)->next;
    free(handle);
}

static void timer_mod(void *handle, int64_t expires_ms, void *opaque)
{
    struct timer *timer = handle;

    (void)opaque;
    timer->expires_ms = expires_ms;
}

static void run_timers(void)
{
    int64_t now_ms = now_ns(NULL) / 1000000;

    for (struct timer *timer = timers, *next; timer != NULL; timer = next) {
        next = timer->next; /* the callback may free its own timer */
        if (timer->expires_ms < 0 || timer->expires_ms > now_ms)
            continue;
        timer->expires_ms = -1;
        timer->callback(timer->context);
    }
}

static uint64_t timers_wait_us(uint64_t timeout_us)
{
    int64_t now_ms = now_ns(NULL) / 1000000;

    for (const struct timer *timer = timers; timer != NULL; timer = timer->next) {
        if (timer->expires_ms < 0)
            continue;
        int64_t wait_ms = timer->expires_ms > now_ms ? timer->expires_ms - now_ms : 0;
        if ((uint64_t)wait_ms < timeout_us / 1000)
            timeout_us = (uint64_t)wait_ms * 1000;
    }
    return timeout_us;
}

/* --- descriptors ------------------------------------------------------------------------------ */

/* The simulator asks for all descriptors at each poll, so these two have nothing to do; nor has
 * the last, since libslirp is polled again after every frame. */
static void on_register(int descriptor, void *opaque)
{
    (void)descriptor, (void)opaque;
}

static void on_unregister(int descriptor, void *opaque)
{
    (void)descriptor, (void)opaque;
}

static void on_notify(void *opaque)
{
    (void)opaque;
}

static const struct {
    int slirp;
    short poll;
} event_names[] = {{SLIRP_POLL_IN, POLLIN},
                   {SLIRP_POLL_OUT, POLLOUT},
                   {SLIRP_POLL_PRI, POLLPRI},
                   {SLIRP_POLL_ERR, POLLERR},
                   {SLIRP_POLL_HUP, POLLHUP}};
#define EVENT_NAMES (sizeof event_names / sizeof event_names[0])

static int add_poll(int descriptor, int events, void *opaque)
{
    struct poll_table *table = opaque;
    short wanted = 0;

    if (table->count == table->room)
        return -1; /* libslirp looks at that socket another time */
    for (size_t i = 0; i < EVENT_NAMES; i++) {
        if (events & event_names[i].slirp)
            wanted = (short)(wanted | event_names[i].poll);
    }
    table->polls[table->count] = (struct pollfd){.fd = descriptor, .events = wanted};
    return (int)table->count++;
}

static int get_events(int index, void *opaque)
{
    const struct poll_table *table = opaque;
    int events = 0;

    if (index < 0 || (size_t)index >= table->count)
        return 0;
    for (size_t i = 0; i < EVENT_NAMES; i++) {
        if (table->seen[index].revents & event_names[i].poll)
            events |= event_names[i].slirp;
    }
    return events;
}

size_t eth_slirp_wire_fill(struct pollfd *polls, size_t room, uint64_t *timeout_us)
{
    struct poll_table table = {.polls = polls, .room = room};
    uint64_t wait_ms = *timeout_us / 1000 + 1;
    uint32_t timeout_ms = wait_ms < UINT32_MAX ? (uint32_t)wait_ms : UINT32_MAX;

    slirp_pollfds_fill(network, &timeout_ms, add_poll, &table);
    if ((uint64_t)timeout_ms * 1000 < *timeout_us)
        *timeout_us = (uint64_t)timeout_ms * 1000;
    *timeout_us = timers_wait_us(*timeout_us);
    return table.count;
}

void eth_slirp_wire_service(const struct pollfd *polls, size_t count)
{
    struct poll_table table = {.seen = polls, .count = count};

    slirp_pollfds_poll(network, 0, get_events, &table);
    run_timers();
}

/* --- the instance ----------------------------------------------------------------------------- */

static struct in_addr host_address(const char *text)
{
    return (struct in_addr){.s_addr = inet_addr(text)};
}

bool eth_slirp_wire_open(eth_slirp_receive *receive, void *context)
{
    static const SlirpCb callbacks = {.send_packet = on_frame,
                                      .guest_error = on_guest_error,
                                      .clock_get_ns = now_ns,
                                      .timer_new = timer_new,
                                      .timer_free = timer_free,
                                      .timer_mod = timer_mod,
                                      .register_poll_fd = on_register,
                                      .unregister_poll_fd = on_unregister,
                                      .notify = on_notify};
    SlirpConfig config = {.version = 1,
                          .in_enabled = true,
                          .vnetwork = host_address("10.0.2.0"),
                          .vnetmask = host_address("255.255.255.0"),
                          .vhost = host_address("10.0.2.2"),
                          .vdhcp_start = host_address("10.0.2.15"),
                          .vnameserver = host_address("10.0.2.3"),
                          .vhostname = "linnet"};

    receiver = receive;
    receiver_context = context;
    network = slirp_new(&config, &callbacks, NULL);
    return network != NULL;
}

void eth_slirp_wire_close(void)
{
    slirp_cleanup(network);
    network = NULL;
}

bool eth_slirp_wire_forward(const struct eth_slirp_port *forward)
{
    return slirp_add_hostfwd(network, forward->udp, host_address("127.0.0.1"), forward->host_port,
                             host_address("10.0.2.15"), forward->device_port) == 0;
}

void eth_slirp_wire_send(const uint8_t *frame, size_t size)
{
    slirp_input(network, frame, (int)size);
}
