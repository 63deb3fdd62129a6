/* SPDX-License-Identifier: MIT */
/* The network: the first virtio network device, wherever the emulator has put it. */
#include <board_data.h>

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_priority.h>
#include <stddef.h>
#include <virtio_net.h>

static struct virtio_net device;
static struct virtio_net_config config;
static unsigned line;

static void on_interrupt(void)
{
    portYIELD_FROM_ISR(virtio_net_interrupt(&device));
}

static void enable_line(bool yes)
{
    if (yes)
        board_interrupt_install(line, on_interrupt, BOARD_PRIORITY_KERNEL);
    else
        board_interrupt_disable(line);
}

struct netif *board_netif(void)
{
    if (config.base != 0)
        return &device.netif;
    for (unsigned i = 0; i < BOARD_VIRTIO_COUNT; i++) {
        const uintptr_t base = BOARD_VIRTIO_AT + i * BOARD_VIRTIO_SIZE;
        if (!virtio_is(base, VIRTIO_NET))
            continue;
        line = BOARD_LINE_VIRTIO + i;
        config = (struct virtio_net_config){.base = base,
                                            .name = "eth0",
                                            .rx_slots = 8,
                                            .mac = {0x02, 0x00, 0x00, 0x00, 0x56, 0x01},
                                            .enable_line = enable_line};
        return virtio_net_create(&device, &config);
    }
    return NULL;
}
