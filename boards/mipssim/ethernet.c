/* SPDX-License-Identifier: MIT */
/* The machine's network device. */
#include <board_data.h>

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <mipsnet.h>

static struct mipsnet device;

static void on_interrupt(void)
{
    portYIELD_FROM_ISR(mipsnet_interrupt(&device));
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
    static const struct mipsnet_config config = {
        .base = BOARD_ETHERNET_AT,
        .name = "eth0",
        .mac = {0x02, 0x00, 0x00, 0x31, 0x95, 0x17},
        .enable_line = enable_line,
    };

    return device.config == NULL ? mipsnet_create(&device, &config) : &device.netif;
}
