/* SPDX-License-Identifier: MIT */
/* Registers, bits and descriptors of the OpenCores Ethernet MAC (specification, 3 and 4.2). */
#pragma once

enum open_eth_register {
    MODER = 0x00,
    INT_SOURCE = 0x04, /* writing a bit clears it */
    INT_MASK = 0x08,
    PACKETLEN = 0x18,
    TX_BD_NUM = 0x20, /* the first so many descriptors are for sending, the others for receiving */
    MIIMODER = 0x28,
    MIICOMMAND = 0x2c,
    MIIADDRESS = 0x30,
    MIIRX_DATA = 0x38,
    MIISTATUS = 0x3c,
    MAC_ADDR0 = 0x40,
    MAC_ADDR1 = 0x44,
    HASH0 = 0x48,
    HASH1 = 0x4c,
    DESCRIPTORS = 0x400, /* 8 bytes each: flags with the length above, and the address */
};

enum open_eth_mode {
    MODE_RX = 0x1,
    MODE_TX = 0x2,
    MODE_PROMISCUOUS = 0x20,
    MODE_FULL_DUPLEX = 0x400,
    MODE_RESET = 0x800,
    MODE_CRC = 0x2000,
    MODE_PAD = 0x8000,
};

enum open_eth_cause {
    INT_TX = 0x01,
    INT_TX_ERROR = 0x02,
    INT_RX = 0x04,
    INT_RX_ERROR = 0x08,
    INT_BUSY = 0x10, /* a frame was lost: no descriptor was empty */
};

enum open_eth_mii {
    MII_READ = 0x2,
    MII_BUSY = 0x2,
    MII_NO_PREAMBLE = 0x100,
    MII_DIVIDER = 0x20,
};

enum open_eth_tx_flag {
    TX_READY = 0x8000,
    TX_IRQ = 0x4000,
    TX_WRAP = 0x2000,
    TX_PAD = 0x1000,
    TX_CRC = 0x0800,
    TX_UNDERRUN = 0x0100,
    TX_RETRY_LIMIT = 0x0008,
    TX_LATE_COLLISION = 0x0004,
    TX_CARRIER_LOST = 0x0001,
};

enum open_eth_rx_flag {
    RX_EMPTY = 0x8000,
    RX_IRQ = 0x4000,
    RX_WRAP = 0x2000,
    RX_OVERRUN = 0x0040,
    RX_BAD_SYMBOL = 0x0020,
    RX_DRIBBLE = 0x0010,
    RX_GIANT = 0x0008,
    RX_RUNT = 0x0004,
    RX_BAD_CRC = 0x0002,
    RX_LATE_COLLISION = 0x0001,
};

/* Of the PHY (IEEE 802.3, 22.2.4). */
enum { PHY_STATUS = 1, PHY_STATUS_LINK = 0x4 };
