/* SPDX-License-Identifier: MIT */
/* The Ethernet controller of the MPS2 and MPS3 boards. */
#include <board_data.h>

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <lan9118.h>

static struct lan9118 device;

static void on_interrupt(void)
{
    portYIELD_FROM_ISR(lan9118_interrupt(&device));
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
    static const struct lan9118_config config = {
        .base = BOARD_ETHERNET_AT,
        .name = "eth0",
        .mac = {0x02, 0x00, 0x00, 0x11, 0x91, 0x18},
        .enable_line = enable_line,
    };

    return device.config == NULL ? lan9118_create(&device, &config) : &device.netif;
}
