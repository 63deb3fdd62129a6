/* SPDX-License-Identifier: MIT */
#include <board_data.h>

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <stellaris.h>

static struct stellaris device;

static void on_interrupt(void)
{
    portYIELD_FROM_ISR(stellaris_interrupt(&device));
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
    static const struct stellaris_config config = {
        .base = BOARD_ETHERNET_AT,
        .name = "eth0",
        .mac = {0x02, 0x00, 0x00, 0x69, 0x65, 0x01},
        .enable_line = enable_line,
    };

    return device.config == NULL ? stellaris_create(&device, &config) : &device.netif;
}
