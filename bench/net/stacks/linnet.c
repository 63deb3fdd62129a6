/* SPDX-License-Identifier: MIT */
/*
 * Linnet's stack without an operating system: net_core by its own functions, as its clients inside
 * the stack use them. Everything that os.h asks for is here.
 */
#include "stack.h"

#include "measure.h"
#include "wire.h"

#include "core/end_point.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/stack.h"
#include "tcp/tcp_ip.h"
#include "udp/udp.h"

#include <stdlib.h>
#include <string.h>

uint64_t stack_udp_received, stack_tcp_received;

static uint8_t application[BENCH_CHUNK]; /* where received bytes end */
static uint64_t next_step;               /* us from now; UINT64_MAX: never */
static size_t memory;

/* --- the operating system -------------------------------------------------------------------- */

enum { HEAD = 8 };

uint32_t tcpip_os_mask(void)
{
    return 0;
}

void tcpip_os_unmask(uint32_t state)
{
    (void)state;
}

uint32_t tcpip_os_now(void)
{
    return (uint32_t)(wire_now / 1000);
}

void tcpip_os_wake(void)
{
}

bool tcpip_os_wake_from_isr(void)
{
    return false;
}

void *tcpip_os_allocate(size_t size)
{
    uint8_t *block = malloc(size + HEAD);

    if (block == NULL)
        return NULL;
    memcpy(block, &size, sizeof size);
    memory += size;
    return block + HEAD;
}

void tcpip_os_free(void *place)
{
    uint8_t *block = place;
    size_t size;

    if (block == NULL)
        return;
    memcpy(&size, block - HEAD, sizeof size);
    memory -= size;
    free(block - HEAD);
}

bool tcpip_os_random(uint32_t *value)
{
    static uint32_t state = 1;

    state = state * 1664525u + 1013904223u;
    *value = state;
    return true;
}

uint32_t tcpip_os_longest_discover(void)
{
    return 64000;
}

uint32_t tcpip_os_dns_longest_wait(void)
{
    return 5000;
}

uint32_t tcpip_os_dns_send_wait(void)
{
    return 500;
}

size_t stack_memory(void)
{
    return memory;
}

/* --- the device ------------------------------------------------------------------------------ */

static struct netif netif;
static struct tcpip_interface interface;
static struct tcpip_end_point end_point;

static bool start(struct netif *device)
{
    (void)device;
    return true;
}

static void stop(struct netif *device)
{
    (void)device;
}

/* The device reads the frame out of the stack's memory by itself. */
static bool transmit(struct netif *device, struct netif_frame *frame)
{
    measure_pause();
    wire_send(WIRE_PEER, frame->data, frame->length);
    measure_resume();
    device->stack->release(frame);
    return true;
}

static enum netif_link link_state(struct netif *device)
{
    (void)device;
    return NETIF_LINK_UP;
}

void stack_input(const uint8_t *bytes, size_t size)
{
    struct netif_frame *frame = tcpip_netif_stack.allocate(&netif, size);

    if (frame == NULL)
        return;
    measure_pause();
    memcpy(frame->data, bytes, size);
    measure_resume();
    frame->length = (uint16_t)size;
    tcpip_netif_stack.receive(&netif, frame);
    stack_poll();
}

void stack_poll(void)
{
    uint32_t wait;

    do
        wait = tcpip_stack_step();
    while (wait == 0);
    next_step = wait == TCPIP_TIMER_FOREVER ? UINT64_MAX : (uint64_t)wait * 1000;
    if (next_step != UINT64_MAX)
        next_step += wire_now;
}

uint64_t stack_next(void)
{
    if (next_step == UINT64_MAX)
        return UINT64_MAX;
    return next_step > wire_now ? next_step - wire_now : 0;
}

void stack_begin(void)
{
    static const struct netif_driver driver = {
        .name = "bench", .start = start, .stop = stop, .transmit = transmit, .link = link_state};

    netif = (struct netif){
        .driver = &driver, .name = "bench0", .mac = {2, 0, 0, 0, 0, 1}, .mtu = 1500};
    tcpip_stack_init();
    tcpip_tcp_ip_init();
    tcpip_stack_attach(&interface, &netif);
    end_point.defaults = (struct tcpip_configuration){
        .address = tcpip_address_from_ipv4(BENCH_STACK_ADDRESS), .prefix = 24};
    tcpip_end_point_link(&interface, &end_point);
    stack_poll();
    tcpip_netif_stack.link_changed(&netif, NETIF_LINK_UP);
    stack_poll();
}

/* --- UDP ------------------------------------------------------------------------------------- */

static void datagram_arrived(struct tcpip_udp_port *port, const struct tcpip_datagram *datagram)
{
    struct netif_frame *frame = datagram->packet->frame;

    (void)port;
    memcpy(application, frame->data, frame->length);
    stack_udp_received += frame->length;
    tcpip_frame_release(frame);
}

static struct tcpip_udp_port port = {.number = BENCH_UDP_PORT, .input = datagram_arrived};

void stack_udp_open(void)
{
    tcpip_udp_bind(&port);
}

bool stack_udp_send(const void *bytes, size_t size)
{
    struct tcpip_udp_target target = {.address = tcpip_address_from_ipv4(BENCH_PEER_ADDRESS),
                                      .port = BENCH_UDP_PORT};
    struct netif_frame *frame = tcpip_frame_allocate(TCPIP_UDP_HEADROOM, size);

    if (frame == NULL)
        return false;
    memcpy(frame->data, bytes, size);
    frame->length = (uint16_t)size;
    return tcpip_udp_send(&port, frame, &target);
}

/* --- TCP ------------------------------------------------------------------------------------- */

static struct tcpip_tcp_connection *connection;
static bool connected, held;

static void read_all(void)
{
    size_t got;

    while ((got = tcpip_ring_copy(&connection->receive, application, sizeof application)) > 0) {
        tcpip_ring_drop(&connection->receive, (uint32_t)got);
        stack_tcp_received += got;
    }
    tcpip_tcp_service(connection);
}

static void event(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *about,
                  unsigned events)
{
    (void)owner;
    connection = about;
    connected |= (events & TCPIP_TCP_EVENT_CONNECTED) != 0;
    if ((events & TCPIP_TCP_EVENT_READABLE) != 0 && !held)
        read_all();
}

static struct tcpip_tcp_owner owner = {.event = event};

void stack_tcp_open(void)
{
    static const struct tcpip_tcp_settings settings = {BENCH_WINDOW, BENCH_WINDOW,
                                                       TCPIP_TCP_NO_DELAY};
    struct tcpip_tcp_endpoints endpoints = {.local = tcpip_address_from_ipv4(BENCH_STACK_ADDRESS),
                                            .remote = tcpip_address_from_ipv4(BENCH_PEER_ADDRESS),
                                            .remote_port = BENCH_TCP_PORT};

    connected = false;
    tcpip_tcp_host()->now = tcpip_os_now(); /* outside of a step of the stack */
    connection = tcpip_tcp_open(tcpip_tcp_host(), &endpoints, &settings, &owner);
    if (connection == NULL)
        abort();
    stack_poll();
}

bool stack_tcp_connected(void)
{
    return connected;
}

void stack_tcp_hold(void)
{
    held = true;
}

size_t stack_tcp_write(const void *bytes, size_t size)
{
    size_t taken = tcpip_ring_write(&connection->send, bytes, size);

    if (taken == 0)
        return 0;
    tcpip_tcp_host()->now = tcpip_os_now();
    tcpip_tcp_service(connection);
    return taken;
}
