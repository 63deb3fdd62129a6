/* SPDX-License-Identifier: MIT */
/* Cadence's GEM as the Zynq-7000 has it (Xilinx UG585, B.18), and the registers of IEEE 802.3 clause 22
 * behind its management port. */
#pragma once

enum gem_register {
    NET_CONTROL = 0x000,
    NET_CONFIG = 0x004,
    NET_STATUS = 0x008,
    DMA_CONFIG = 0x010,
    TX_STATUS = 0x014,
    RX_RING = 0x018,
    TX_RING = 0x01c,
    RX_STATUS = 0x020,
    INTERRUPT_STATUS = 0x024,
    INTERRUPT_ENABLE = 0x028,
    INTERRUPT_DISABLE = 0x02c,
    PHY_MAINTENANCE = 0x034,
    HASH_LOW = 0x080,
    HASH_HIGH = 0x084,
    ADDRESS_LOW = 0x088,
    ADDRESS_HIGH = 0x08c,
    /* Statistics, which reading clears. */
    RX_UNDERSIZE = 0x184,
    RX_OVERSIZE = 0x188,
    RX_JABBER = 0x18c,
    RX_BAD_FCS = 0x190,
    RX_BAD_LENGTH = 0x194,
    RX_BAD_SYMBOL = 0x198,
    RX_BAD_ALIGNMENT = 0x19c,
    RX_NO_BUFFER = 0x1a0,
    RX_OVERRUN = 0x1a4,
};

enum {
    CONTROL_RX = 1 << 2,
    CONTROL_TX = 1 << 3,
    CONTROL_MANAGEMENT = 1 << 4,
    CONTROL_CLEAR_STATISTICS = 1 << 5,
    CONTROL_TX_START = 1 << 9,
};

enum {
    CONFIG_100 = 1 << 0,
    CONFIG_FULL_DUPLEX = 1 << 1,
    CONFIG_PROMISCUOUS = 1 << 4,
    CONFIG_HASH = 1 << 6,
    CONFIG_1536 = 1 << 8, /* with a VLAN tag */
    CONFIG_1000 = 1 << 10,
    CONFIG_NO_FCS = 1 << 17,
    CONFIG_MDC_DIVIDE_224 = 7 << 18,
};

enum { STATUS_MANAGEMENT_IDLE = 1 << 2 };

/* Bursts of 16, all of the packet memory, the size of a receive buffer in units of 64 bytes. */
enum { DMA_USUAL = 0x10 | 3 << 8 | 1 << 10, DMA_BUFFER_UNIT = 64, DMA_BUFFER_SHIFT = 16 };

enum {
    TX_FAILED = 1 << 2 | 1 << 4 | 1 << 6 | 1 << 7 |
                1 << 8, /* retries, memory, underrun, late, bus */
};
enum { RX_STATUS_NO_BUFFER = 1 << 0, RX_STATUS_OVERRUN = 1 << 2, RX_STATUS_BUS = 1 << 3 };

enum {
    INTERRUPT_RX = 1 << 1,
    INTERRUPT_RX_NO_BUFFER = 1 << 2,
    INTERRUPT_TX_UNDERRUN = 1 << 4,
    INTERRUPT_TX_RETRIES = 1 << 5,
    INTERRUPT_TX_MEMORY = 1 << 6,
    INTERRUPT_TX = 1 << 7,
    INTERRUPT_RX_OVERRUN = 1 << 10,
    INTERRUPT_BUS = 1 << 11,
};

/* The management port: clause 22. */
#define PHY_FRAME       0x40020000u
#define PHY_OP_READ     0x20000000u
#define PHY_OP_WRITE    0x10000000u
#define PHY_AT(address) ((uint32_t)(address) << 23)
#define PHY_REGISTER(n) ((uint32_t)(n) << 18)

enum phy_register {
    PHY_CONTROL = 0,
    PHY_STATUS = 1,
    PHY_ID = 2,
    PHY_ABILITY = 4,
    PHY_PARTNER = 5,
    PHY_ABILITY_1000 = 9,
    PHY_PARTNER_1000 = 10,
};
enum { PHY_CONTROL_RESTART = 1 << 9, PHY_CONTROL_NEGOTIATE = 1 << 12 };
enum { PHY_STATUS_LINK = 1 << 2 };
enum { PHY_10_FULL = 1 << 6, PHY_100_HALF = 1 << 7, PHY_100_FULL = 1 << 8 };
enum { PHY_1000_FULL = 1 << 9, PHY_PARTNER_1000_FULL = 1 << 11 };

/* Descriptors: an address, and what is told about it. */
#define RX_SOFTWARE        1u /* in the address: the CPU's; otherwise the device's */
#define RX_WRAP            2u
#define RX_LENGTH(control) ((control) % 0x2000u)
#define RX_FIRST           (1u << 14)
#define RX_LAST            (1u << 15)

#define TX_LAST            (1u << 15)
#define TX_WRAP            (1u << 30)
#define TX_SOFTWARE        (1u << 31)
