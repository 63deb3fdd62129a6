/* SPDX-License-Identifier: MIT */
/* Registers of the Ethernet controller in Stellaris LM3S (Texas Instruments SPMS034, 15), and of its PHY. */
#pragma once

enum stellaris_register {
    RIS = 0x00, /* read: causes; write: acknowledges */
    IM = 0x04,
    RCTL = 0x08,
    TCTL = 0x0c,
    DATA = 0x10,
    IA0 = 0x14,
    IA1 = 0x18,
    MCTL = 0x20,
    MDV = 0x24,
    MTXD = 0x2c,
    MRXD = 0x30,
    NP = 0x34,
    TR = 0x38,
};

enum stellaris_interrupt {
    INT_RECEIVED = 1 << 0,
    INT_TX_ERROR = 1 << 1,
    INT_TX_EMPTY = 1 << 2,
    INT_OVERRUN = 1 << 3,
    INT_RX_ERROR = 1 << 4,
    INT_PHY = 1 << 6,
};

enum { RCTL_ENABLE = 1, RCTL_GROUPS = 2, RCTL_PROMISCUOUS = 4, RCTL_NO_BAD = 8, RCTL_RESET = 16 };
enum { TCTL_ENABLE = 1, TCTL_PAD = 2, TCTL_CRC = 4, TCTL_FULL_DUPLEX = 16 };
enum { MCTL_START = 1, MCTL_WRITE = 2, MII_DIVISOR = 9 /* 50 MHz to at most 2.5 */ };
enum { PHY_CONTROL = 0, PHY_STATUS = 1, PHY_ID = 2, PHY_INTERRUPT = 17, PHY_DIAGNOSTIC = 18 };

#define PHY_NEGOTIATE       (1u << 12 | 1u << 9)
#define PHY_LINK            (1u << 2)
#define PHY_LINK_INTERRUPTS (1u << 8 | 1u << 10) /* negotiation complete; link changed */
#define PHY_FULL_DUPLEX     (1u << 11)
