/* SPDX-License-Identifier: MIT */
/* The board's one network interface, made from the settings when it is first asked for. */
#include "sim_board.h"

#include <slirp.h>
#include <tap.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Six hexadecimal bytes with colons between them. */
static bool parse_mac(const char *text, uint8_t mac[NETIF_MAC_SIZE])
{
    unsigned bytes[NETIF_MAC_SIZE];
    int used = 0;

    if (strlen(text) != 17 ||
        sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x%n", &bytes[0], &bytes[1], &bytes[2], &bytes[3],
               &bytes[4], &bytes[5], &used) != 6 ||
        used != 17)
        return false;
    for (int i = 0; i < NETIF_MAC_SIZE; i++)
        mac[i] = (uint8_t)bytes[i];
    return bytes[0] % 2 == 0;
}

static void read_mac(uint8_t mac[NETIF_MAC_SIZE])
{
    const char *text = board_setting("mac");

    if (text != NULL && !parse_mac(text, mac))
        board_setting_wrong("mac", "six bytes, of which the first is even: 02:00:00:00:00:01");
}

static void read_forward(void)
{
    const char *text = board_setting("forward");
    unsigned host_port = 0, device_port = 0;
    char protocol[4], rest;

    if (text == NULL)
        return;
    if (sscanf(text, "%3[a-z]:%5u:%5u%c", protocol, &host_port, &device_port, &rest) != 3 ||
        (strcmp(protocol, "tcp") != 0 && strcmp(protocol, "udp") != 0) || host_port > 65535 ||
        device_port > 65535 ||
        !eth_slirp_forward(protocol[0] == 'u', (uint16_t)host_port, (uint16_t)device_port))
        board_setting_wrong("forward", "tcp:HOST_PORT:DEVICE_PORT or udp:…, ports 1 to 65535");
}

/* --- the two networks ------------------------------------------------------------------------ */

static struct netif *create_slirp(void)
{
    struct eth_slirp_config config = {
        .name = "eth0", .pcap_path = board_setting("pcap"), .epoch_us = board_epoch_us()};

    if (board_setting("faults") != NULL)
        board_setting_wrong("faults",
                            "it together with --network tap:NAME, whose cable can be bad");
    read_mac(config.mac);
    read_forward();
    return eth_slirp_create(&config);
}

static struct netif *create_tap(const char *tap)
{
    struct eth_tap_config config = {.name = "eth0",
                                    .tap = tap,
                                    .pcap_path = board_setting("pcap"),
                                    .epoch_us = board_epoch_us()};
    struct eth_faults_settings faults;
    const char *text = board_setting("faults");

    if (board_setting("forward") != NULL)
        board_setting_wrong("forward", "it without --network tap:NAME, where no port needs it");
    if (text != NULL && !eth_faults_parse(text, &faults))
        board_setting_wrong("faults",
                            "parts like lose=20,duplicate=5,corrupt=1,reorder=10 (of a thousand), "
                            "reorder-ms=20,delay-ms=5,cut-every-ms=10000,cut-ms=500,seed=7");
    config.faults = text != NULL ? &faults : NULL;
    read_mac(config.mac);
    return eth_tap_create(&config);
}

static struct netif *create(void)
{
    const char *network = board_setting("network");

    if (network == NULL || strcmp(network, "slirp") == 0)
        return create_slirp();
    if (strncmp(network, "tap:", 4) != 0)
        board_setting_wrong("network", "slirp, or tap: and the name of a TAP device");
    return create_tap(network + 4);
}

struct netif *board_netif(void)
{
    static struct netif *interface;

    if (interface == NULL)
        interface = create();
    if (interface == NULL)
        exit(EXIT_FAILURE); /* the driver has said why */
    return interface;
}

bool board_network_capture_failed(void)
{
    return eth_slirp_capture_failed() || eth_tap_capture_failed();
}
