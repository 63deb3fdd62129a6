/* SPDX-License-Identifier: MIT */
/* Registers of the LAN9118 (data sheet SMSC/Microchip DS00002266, 5). */
#pragma once

enum lan9118_register {
    RX_DATA_FIFO = 0x00,
    TX_DATA_FIFO = 0x20,
    RX_STATUS_FIFO = 0x40,
    TX_STATUS_FIFO = 0x48,
    ID_REV = 0x50,
    IRQ_CFG = 0x54,
    INT_STS = 0x58,
    INT_EN = 0x5c,
    BYTE_TEST = 0x64,
    FIFO_INT = 0x68,
    RX_CFG = 0x6c,
    TX_CFG = 0x70,
    HW_CFG = 0x74,
    RX_FIFO_INF = 0x7c,
    TX_FIFO_INF = 0x80,
    PMT_CTRL = 0x84,
    RX_DROP = 0xa0,
    MAC_CSR_CMD = 0xa4,
    MAC_CSR_DATA = 0xa8,
    AFC_CFG = 0xac,
};

#define BYTE_TEST_VALUE    0x87654321u
#define IRQ_CFG_IRQ_EN     (1u << 8)
#define IRQ_CFG_ACTIVE_LOW (0u << 4)
#define IRQ_CFG_HIGH       (1u << 4)
#define IRQ_CFG_PUSH_PULL  (1u << 0)
#define HW_CFG_RESET       (1u << 0)
#define HW_CFG_WHOLE       (1u << 20) /* must be one: a frame is sent when it is there whole */
#define HW_CFG_TX_5K       (5u << 16)
#define PMT_CTRL_READY     (1u << 0)
#define RX_CFG_DUMP        (1u << 15)
#define TX_CFG_DUMP        (3u << 14)
#define TX_CFG_ON          (1u << 1)
#define TX_CFG_STOP        (1u << 0)
#define MAC_CSR_BUSY       (1u << 31)
#define MAC_CSR_READ       (1u << 30)
#define AFC_CFG_USUAL      0x006e3740u /* flow control thresholds: data sheet 5.3.28 */

/* INT_STS and INT_EN. */
enum lan9118_interrupt {
    INT_RX_STOPPED = 1 << 24,
    INT_RX_DROP_HALF = 1 << 23,
    INT_PHY = 1 << 18,
    INT_TX_STATUS_OVERFLOW = 1 << 16,
    INT_RX_WATCHDOG = 1 << 15,
    INT_RX_ERROR = 1 << 14,
    INT_TX_ERROR = 1 << 13,
    INT_TX_OVERRUN = 1 << 10,
    INT_RX_DROPPED = 1 << 6,
    INT_RX_STATUS_FULL = 1 << 4,
    INT_RX_STATUS = 1 << 3,
};

/* Words of the status FIFOs. */
enum lan9118_rx_status {
    RX_FILTERED = 1 << 30,
    RX_BAD = 1 << 15,
    RX_BAD_LENGTH = 1 << 12,
    RX_RUNT = 1 << 11,
    RX_GIANT = 1 << 7,
    RX_BAD_CRC = 1 << 1,
};
#define RX_STATUS_LENGTH(status) ((status) / 0x10000u % 0x4000u)
#define TX_STATUS_BAD            (1u << 15)

/* The words before a frame's data. */
#define TX_A_FIRST (1u << 13)
#define TX_A_LAST  (1u << 12)

/* Registers of the MAC, through MAC_CSR_CMD. */
enum lan9118_mac_register {
    MAC_CR = 1,
    MAC_ADDRH = 2,
    MAC_ADDRL = 3,
    MAC_HASHH = 4,
    MAC_HASHL = 5,
    MAC_MII_ACC = 6,
    MAC_MII_DATA = 7,
};
#define MAC_CR_FULL_DUPLEX   (1u << 20)
#define MAC_CR_ALL_MULTICAST (1u << 19)
#define MAC_CR_PROMISCUOUS   (1u << 18)
#define MAC_CR_HASH          (1u << 13) /* for multicast; unicast is compared whole */
#define MAC_CR_TX            (1u << 3)
#define MAC_CR_RX            (1u << 2)
#define MII_ACC_BUSY         (1u << 0)
#define MII_ACC_WRITE        (1u << 1)
#define MII_ACC_PHY          (1u << 11) /* the internal one has address 1 */

/* Registers of the PHY, through MAC_MII_ACC. */
enum lan9118_phy_register {
    PHY_CONTROL = 0,
    PHY_STATUS = 1,
    PHY_ABILITY = 4,
    PHY_PARTNER = 5,
    PHY_INTERRUPT_SOURCE = 29,
    PHY_INTERRUPT_MASK = 30,
};
#define PHY_CONTROL_NEGOTIATE (1u << 12 | 1u << 9)
#define PHY_STATUS_LINK       (1u << 2)
#define PHY_INTERRUPT_LINK    (1u << 4 | 1u << 6) /* down; negotiation complete */
#define PHY_100_FULL          (1u << 8)
#define PHY_100_HALF          (1u << 7)
#define PHY_10_FULL           (1u << 6)
