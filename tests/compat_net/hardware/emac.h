/* SPDX-License-Identifier: MIT */
/*
 * An Ethernet controller as a microcontroller's vendor would describe it: rings of DMA descriptors
 * in memory, an interrupt with a status register, and a PHY. It is simulated on simulated
 * interrupts, and network.h is what its cable leads to.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define EMAC_RX_DESCRIPTORS 4
#define EMAC_TX_DESCRIPTORS 4
#define EMAC_OWNED          0x80000000u /* by the controller, in a descriptor's status */
#define EMAC_LENGTH         0x0000ffffu /* bytes of the frame, in a descriptor's status */

#define EMAC_IRQ_RX         1u
#define EMAC_IRQ_TX         2u
#define EMAC_IRQ_LINK       4u

typedef struct {
    volatile uint32_t ulStatus;
    uint8_t *pucBuffer; /* of 1536 bytes for receiving */
} EMAC_Descriptor_t;

typedef struct {
    EMAC_Descriptor_t xRx[EMAC_RX_DESCRIPTORS];
    EMAC_Descriptor_t xTx[EMAC_TX_DESCRIPTORS];
    volatile uint32_t ulInterruptStatus; /* cleared by the handler */
    volatile uint32_t ulRxMissed;        /* no descriptor was the controller's */
    volatile uint32_t ulGroupsAllowed;
} EMAC_t;

extern EMAC_t EMAC;

/* Resets the controller; from now on it calls the handler as its interrupt. */
void EMAC_Enable(const uint8_t ucMACAddress[6], void (*pvHandler)(void));

/* Has it send the descriptors that it owns. */
void EMAC_KickTx(void);

bool EMAC_PHYLink(void);

/* The cable is plugged in or pulled out. */
void EMAC_SetCable(bool bPlugged);

/* A frame on the cable, arriving after so many microseconds. */
void EMAC_FromCable(const uint8_t *pucFrame, uint32_t ulLength, uint32_t ulMicroseconds);
