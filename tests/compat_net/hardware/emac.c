/* SPDX-License-Identifier: MIT */
#include "emac.h"

#include "network.h"

#include <sim.h>
#include <string.h>

enum { ON_THE_CABLE = 32, FRAME_SIZE = 1518 };

struct frame {
    bool in_use;
    uint32_t length;
    uint8_t bytes[FRAME_SIZE];
};

EMAC_t EMAC;

static void (*interrupt_handler)(void);
static uint8_t own_mac[6];
static bool plugged = true;
static unsigned next_rx, next_tx;
static struct frame cable[ON_THE_CABLE];

static void interrupt(uint32_t cause)
{
    EMAC.ulInterruptStatus |= cause;
    if (interrupt_handler != NULL)
        interrupt_handler();
}

void EMAC_Enable(const uint8_t ucMACAddress[6], void (*pvHandler)(void))
{
    memcpy(own_mac, ucMACAddress, sizeof own_mac);
    interrupt_handler = pvHandler;
    EMAC.ulInterruptStatus = 0;
    next_rx = next_tx = 0;
}

static void arrived(void *argument)
{
    struct frame *frame = argument;
    EMAC_Descriptor_t *descriptor = &EMAC.xRx[next_rx];

    frame->in_use = false;
    if (!plugged || interrupt_handler == NULL)
        return;
    if ((descriptor->ulStatus & EMAC_OWNED) == 0) {
        EMAC.ulRxMissed++;
        return;
    }
    memcpy(descriptor->pucBuffer, frame->bytes, frame->length);
    descriptor->ulStatus = frame->length;
    next_rx = (next_rx + 1) % EMAC_RX_DESCRIPTORS;
    interrupt(EMAC_IRQ_RX);
}

void EMAC_FromCable(const uint8_t *pucFrame, uint32_t ulLength, uint32_t ulMicroseconds)
{
    struct frame *frame = cable;

    while (frame < cable + ON_THE_CABLE && frame->in_use)
        frame++;
    if (frame == cable + ON_THE_CABLE || ulLength > FRAME_SIZE)
        return;
    frame->in_use = true;
    frame->length = ulLength;
    memcpy(frame->bytes, pucFrame, ulLength);
    sim_interrupt_at(sim_time_us() + ulMicroseconds, arrived, frame);
}

static void sent(void *argument)
{
    (void)argument;
    while ((EMAC.xTx[next_tx].ulStatus & EMAC_OWNED) != 0) {
        EMAC_Descriptor_t *descriptor = &EMAC.xTx[next_tx];

        if (plugged)
            network_receive(own_mac, descriptor->pucBuffer, descriptor->ulStatus & EMAC_LENGTH);
        descriptor->ulStatus &= EMAC_LENGTH;
        next_tx = (next_tx + 1) % EMAC_TX_DESCRIPTORS;
    }
    interrupt(EMAC_IRQ_TX);
}

void EMAC_KickTx(void)
{
    sim_interrupt_at(sim_time_us() + 20, sent, NULL);
}

bool EMAC_PHYLink(void)
{
    return plugged;
}

static void link_changed(void *argument)
{
    (void)argument;
    if (interrupt_handler != NULL)
        interrupt(EMAC_IRQ_LINK);
}

void EMAC_SetCable(bool bPlugged)
{
    plugged = bPlugged;
    sim_raise(link_changed, NULL);
}
