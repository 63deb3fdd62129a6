/* SPDX-License-Identifier: MIT */
/* The Ethernet controller of the LX60 board, whose PHY does not interrupt. */
#include <board_data.h>

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <open_eth.h>

#include <link_watch.h>

static struct open_eth device;

static void on_interrupt(void)
{
    portYIELD_FROM_ISR(open_eth_interrupt(&device));
}

static void enable_line(bool yes)
{
    if (yes)
        board_interrupt_install(BOARD_LINE_ETHERNET, on_interrupt, BOARD_PRIORITY_KERNEL);
    else
        board_interrupt_disable(BOARD_LINE_ETHERNET);
}

struct netif *board_netif(void)
{
    static const struct open_eth_config config = {
        .base = BOARD_ETHERNET_AT,
        .name = "eth0",
        .mac = {0x02, 0x00, 0x00, 0x0e, 0x7e, 0x60},
        .phy = 1,
        .enable_line = enable_line,
    };

    if (device.config != NULL)
        return &device.netif;
    link_watch(&device.netif, &device.started);
    return open_eth_create(&device, &config);
}
