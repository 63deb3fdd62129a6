/* SPDX-License-Identifier: MIT */
/* Registers of the MIPS simulator's network device, each 32 bits wide. */
#pragma once

enum mipsnet_register {
    MIPSNET_ID = 0x00,
    MIPSNET_BUSY = 0x08,
    MIPSNET_RX_COUNT = 0x0c, /* bytes that can be read */
    MIPSNET_TX_COUNT = 0x10, /* writing it begins a frame of so many bytes */
    MIPSNET_INTERRUPT = 0x14,
    MIPSNET_RX_BYTE = 0x1c,
    MIPSNET_TX_BYTE = 0x20, /* the last byte sends the frame */
};

/* Causes, of which one write acknowledges one; while there are any the device is busy. */
enum mipsnet_cause {
    MIPSNET_SENT = 1 << 0,
    MIPSNET_RECEIVED = 1 << 1,
};

#define MIPSNET_NAME  0x5350494du /* "MIPS", its bytes in memory of this order */
#define MIPSNET_RESET 0x80000000u /* among the causes: reads once after it was written */
