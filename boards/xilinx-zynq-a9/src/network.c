/* SPDX-License-Identifier: MIT */
/* The network: the first Ethernet controller, whose PHY does not interrupt. */
#include <board_data.h>

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <cadence_gem.h>

#include <link_watch.h>

#define UNLOCK_KEY   0xdf0du
#define CLOCK_ACTIVE 1u
#define REGISTER(at) (*(volatile uint32_t *)(at))

static struct cadence_gem device;

static void on_interrupt(void)
{
    portYIELD_FROM_ISR(cadence_gem_interrupt(&device));
}

static void enable_line(bool yes)
{
    if (yes)
        board_interrupt_install(BOARD_LINE_ETHERNET, on_interrupt, BOARD_PRIORITY_KERNEL);
    else
        board_interrupt_disable(BOARD_LINE_ETHERNET);
}

/* From 1000 MHz: 125, 25 or 2.5 MHz (UG585, 25.10). */
static void set_speed(unsigned megabits)
{
    const uint32_t second = megabits == 1000 ? 1 : megabits == 100 ? 5 : 50;

    REGISTER(BOARD_UNLOCK_AT) = UNLOCK_KEY;
    REGISTER(BOARD_ETHERNET_CLOCK_AT) = CLOCK_ACTIVE | 8u << 8 | second << 20;
}

struct netif *board_netif(void)
{
    static const struct cadence_gem_config config = {
        .base = BOARD_ETHERNET_AT,
        .name = "eth0",
        .mac = {0x02, 0x00, 0x00, 0x00, 0x07, 0x01},
        .enable_line = enable_line,
        .set_speed = set_speed,
    };

    if (device.config != NULL)
        return &device.netif;
    link_watch(&device.netif, &device.started);
    return cadence_gem_create(&device, &config);
}
