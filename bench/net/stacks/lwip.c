/* SPDX-License-Identifier: MIT */
/*
 * lwIP without an operating system: NO_SYS and the raw API, by its published documentation. Its
 * options stand in config/lwipopts.h.
 */
#include "stack.h"

#include "measure.h"
#include "wire.h"

#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/sys.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"

#include <stdlib.h>
#include <string.h>

uint64_t stack_udp_received, stack_tcp_received;

static uint8_t application[BENCH_CHUNK]; /* where received bytes end */
static struct netif interface;

u32_t sys_now(void)
{
    return (u32_t)(wire_now / 1000);
}

/* What LWIP_RAND is. */
unsigned bench_random(void)
{
    static unsigned state = 1;

    state = state * 1664525u + 1013904223u;
    return state;
}

/* --- memory, where lwipopts.h leaves it to the C library ---------------------------------------- */

void *bench_malloc(size_t size);
void *bench_calloc(size_t count, size_t size);
void bench_free(void *place);

enum { HEAD = 8 };

static size_t memory;

void *bench_malloc(size_t size)
{
    uint8_t *block = malloc(size + HEAD);

    if (block == NULL)
        return NULL;
    memcpy(block, &size, sizeof size);
    memory += size;
    return block + HEAD;
}

void *bench_calloc(size_t count, size_t size)
{
    void *place = bench_malloc(count * size);

    if (place != NULL)
        memset(place, 0, count * size);
    return place;
}

void bench_free(void *place)
{
    uint8_t *block = place;
    size_t size;

    if (block == NULL)
        return;
    memcpy(&size, block - HEAD, sizeof size);
    memory -= size;
    free(block - HEAD);
}

size_t stack_memory(void)
{
    return memory;
}

/* --- the device ------------------------------------------------------------------------------ */

/* The device reads the chain of buffers out of the stack's memory by itself. */
static err_t transmit(struct netif *device, struct pbuf *chain)
{
    (void)device;
    measure_pause();
    uint8_t joined[WIRE_FRAME_MAX];
    size_t size = 0;
    for (const struct pbuf *part = chain; part != NULL; part = part->next) {
        memcpy(joined + size, part->payload, part->len);
        size += part->len;
    }
    wire_send(WIRE_PEER, joined, size);
    measure_resume();
    return ERR_OK;
}

static err_t set_up(struct netif *device)
{
    static const uint8_t station[6] = {2, 0, 0, 0, 0, 1};

    device->name[0] = 'b';
    device->name[1] = 'e';
    device->output = etharp_output;
    device->linkoutput = transmit;
    device->mtu = 1500;
    device->hwaddr_len = sizeof station;
    memcpy(device->hwaddr, station, sizeof station);
    device->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_LINK_UP;
    return ERR_OK;
}

void stack_input(const uint8_t *bytes, size_t size)
{
    struct pbuf *frame = pbuf_alloc(PBUF_RAW, (u16_t)size, PBUF_POOL);

    if (frame == NULL)
        return;
    measure_pause();
    pbuf_take(frame, bytes, (u16_t)size);
    measure_resume();
    if (interface.input(frame, &interface) != ERR_OK)
        pbuf_free(frame);
}

void stack_poll(void)
{
    sys_check_timeouts();
}

uint64_t stack_next(void)
{
    u32_t wait = sys_timeouts_sleeptime();

    return wait == SYS_TIMEOUTS_SLEEPTIME_INFINITE ? UINT64_MAX : (uint64_t)wait * 1000;
}

void stack_begin(void)
{
    ip4_addr_t address, mask, gateway;

    IP4_ADDR(&address, 10, 0, 0, 1);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    IP4_ADDR(&gateway, 0, 0, 0, 0);
    lwip_init();
    netif_add(&interface, &address, &mask, &gateway, NULL, set_up, ethernet_input);
    netif_set_default(&interface);
    netif_set_up(&interface);
}

/* --- UDP ------------------------------------------------------------------------------------- */

static struct udp_pcb *port;
static ip_addr_t peer;

static void datagram_arrived(void *context, struct udp_pcb *pcb, struct pbuf *datagram,
                             const ip_addr_t *from, u16_t from_port)
{
    (void)context, (void)pcb, (void)from, (void)from_port;
    pbuf_copy_partial(datagram, application, datagram->tot_len, 0);
    stack_udp_received += datagram->tot_len;
    pbuf_free(datagram);
}

void stack_udp_open(void)
{
    IP_ADDR4(&peer, 10, 0, 0, 2);
    port = udp_new();
    udp_bind(port, IP_ADDR_ANY, BENCH_UDP_PORT);
    udp_recv(port, datagram_arrived, NULL);
}

bool stack_udp_send(const void *bytes, size_t size)
{
    struct pbuf *datagram = pbuf_alloc(PBUF_TRANSPORT, (u16_t)size, PBUF_RAM);

    if (datagram == NULL)
        return false;
    pbuf_take(datagram, bytes, (u16_t)size);
    err_t result = udp_sendto(port, datagram, &peer, BENCH_UDP_PORT);
    pbuf_free(datagram);
    return result == ERR_OK;
}

/* --- TCP ------------------------------------------------------------------------------------- */

static struct tcp_pcb *connection;
static bool connected, held;

static err_t received(void *context, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
    (void)context;
    if (data == NULL || error != ERR_OK)
        return ERR_OK;
    if (held)
        return ERR_OK; /* the application keeps it */
    for (size_t at = 0; at < data->tot_len; at += sizeof application)
        pbuf_copy_partial(data, application, sizeof application, (u16_t)at);
    stack_tcp_received += data->tot_len;
    tcp_recved(pcb, data->tot_len);
    pbuf_free(data);
    return ERR_OK;
}

static err_t has_connected(void *context, struct tcp_pcb *pcb, err_t error)
{
    (void)context, (void)pcb;
    connected = error == ERR_OK;
    return ERR_OK;
}

void stack_tcp_open(void)
{
    IP_ADDR4(&peer, 10, 0, 0, 2);
    connected = false;
    connection = tcp_new();
    if (connection == NULL)
        abort();
    tcp_nagle_disable(connection);
    tcp_recv(connection, received);
    if (tcp_connect(connection, &peer, BENCH_TCP_PORT, has_connected) != ERR_OK)
        abort();
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
    size_t room = tcp_sndbuf(connection);
    size_t taken = size < room ? size : room;

    if (taken == 0 || tcp_write(connection, bytes, (u16_t)taken, TCP_WRITE_FLAG_COPY) != ERR_OK)
        return 0;
    tcp_output(connection);
    return taken;
}
