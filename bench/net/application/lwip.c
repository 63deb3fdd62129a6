/* SPDX-License-Identifier: MIT */
/* The same set by lwIP's raw API: linked, not run. */
#include "lwip/dhcp.h"
#include "lwip/dns.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/ip.h"
#include "lwip/netif.h"
#include "lwip/tcp.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"
#include "netif/ethernet.h"

#include <string.h>

int main(void);
u32_t sys_now(void);

static struct netif interface;
static ip_addr_t address;

u32_t sys_now(void)
{
    return 0;
}

unsigned bench_random(void)
{
    return 4;
}

static err_t transmit(struct netif *device, struct pbuf *chain)
{
    (void)device, (void)chain;
    return ERR_OK;
}

static err_t set_up(struct netif *device)
{
    device->output = etharp_output;
    device->linkoutput = transmit;
    device->mtu = 1500;
    device->hwaddr_len = 6;
    device->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_LINK_UP;
    return ERR_OK;
}

static void datagram_arrived(void *context, struct udp_pcb *pcb, struct pbuf *datagram,
                             const ip_addr_t *from, u16_t port)
{
    (void)context;
    udp_sendto(pcb, datagram, from, port);
    pbuf_free(datagram);
}

static err_t received(void *context, struct tcp_pcb *pcb, struct pbuf *data, err_t error)
{
    (void)context, (void)error;
    tcp_write(pcb, data->payload, data->len, TCP_WRITE_FLAG_COPY);
    tcp_output(pcb);
    tcp_recved(pcb, data->tot_len);
    pbuf_free(data);
    tcp_shutdown(pcb, 0, 1);
    tcp_close(pcb);
    return ERR_OK;
}

static err_t accepted(void *context, struct tcp_pcb *pcb, err_t error)
{
    (void)context;
    tcp_recv(pcb, received);
    return error;
}

static void name_found(const char *name, const ip_addr_t *found, void *context)
{
    (void)name, (void)found, (void)context;
}

int main(void)
{
    lwip_init();
    netif_add(&interface, NULL, NULL, NULL, NULL, set_up, ethernet_input);
    netif_set_default(&interface);
    netif_set_up(&interface);
    dhcp_start(&interface);
    dns_gethostbyname("name.example", &address, name_found, NULL);
    struct udp_pcb *port = udp_new();
    udp_bind(port, IP_ADDR_ANY, 9);
    udp_recv(port, datagram_arrived, NULL);
    struct tcp_pcb *listening = tcp_new();
    tcp_bind(listening, IP_ADDR_ANY, 9);
    tcp_accept(tcp_listen_with_backlog(listening, 1), accepted);
    tcp_connect(tcp_new(), &address, 9, accepted);
    for (;;)
        sys_check_timeouts();
}
