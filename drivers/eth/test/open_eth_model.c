/* SPDX-License-Identifier: MIT */
#include "open_eth_model.h"

#include "open_eth_registers.h"

#include <string.h>

enum { ALL_DESCRIPTORS = 128, POINTERS = 64, FCS_SIZE = 4, ADDRESS_STEP = 0x10000 };

struct open_eth_model model;

static struct {
    uint32_t flags, address;
} descriptors[ALL_DESCRIPTORS];

static uint32_t causes, mask, tx_count, mii_address, mii_data;
static bool link_was_down;
static unsigned tx_at, rx_at;

static const void *pointers[POINTERS];

/* The same pointer has the same address. */
uint32_t open_eth_bus_address(const void *pointer)
{
    unsigned i = 0;

    while (i + 1 < POINTERS && pointers[i] != NULL && pointers[i] != pointer)
        i++;
    pointers[i] = pointer;
    return (i + 1) * ADDRESS_STEP;
}

static void *pointer_at(uint32_t address)
{
    const uint32_t i = address / ADDRESS_STEP - 1;

    if (i >= POINTERS || address % ADDRESS_STEP != 0 || pointers[i] == NULL) {
        model.mistakes++;
        return NULL;
    }
    return (void *)(uintptr_t)pointers[i];
}

void model_begin(void)
{
    memset(&model, 0, sizeof model);
    memset(descriptors, 0, sizeof descriptors);
    memset(pointers, 0, sizeof pointers);
    causes = mask = mii_address = mii_data = 0;
    tx_count = ALL_DESCRIPTORS / 2;
    tx_at = 0;
    rx_at = tx_count;
    model.link_up = true;
    link_was_down = false;
}

bool model_interrupts(void)
{
    return model.line_enabled && (causes & mask) != 0;
}

/* --- receiving ----------------------------------------------------------------------------------- */

bool model_receive(const uint8_t *bytes, size_t size, uint32_t flags)
{
    if ((model.mode & MODE_RX) == 0)
        return false;
    const uint32_t before = descriptors[rx_at].flags;

    if ((before & RX_EMPTY) == 0) {
        causes |= INT_BUSY;
        return false;
    }
    uint8_t *to = pointer_at(descriptors[rx_at].address);
    if (to != NULL && size + FCS_SIZE <= 1536) {
        memcpy(to, bytes, size);
        memset(to + size, 0xfc, FCS_SIZE);
    }
    descriptors[rx_at].flags = (uint32_t)(size + FCS_SIZE) * 0x10000u |
                               (before & ((uint32_t)RX_IRQ | RX_WRAP)) | flags;
    if (before & RX_IRQ)
        causes |= flags != 0 ? INT_RX_ERROR : INT_RX;
    rx_at = before & RX_WRAP ? tx_count : rx_at + 1;
    return true;
}

static unsigned hash_of(const uint8_t *address)
{
    uint32_t crc = UINT32_MAX;

    for (unsigned i = 0; i < 48; i++) {
        const uint32_t bit = (uint32_t)address[i / 8] >> i % 8 & 1u;
        crc = crc >> 31 == bit ? crc << 1 : crc << 1 ^ 0x04c11db7u;
    }
    return crc >> 26;
}

bool model_passes(const uint8_t *address)
{
    const uint8_t own[6] = {(uint8_t)(model.address[1] >> 8),  (uint8_t)model.address[1],
                            (uint8_t)(model.address[0] >> 24), (uint8_t)(model.address[0] >> 16),
                            (uint8_t)(model.address[0] >> 8),  (uint8_t)model.address[0]};
    const unsigned bit = hash_of(address);

    if (model.mode & MODE_PROMISCUOUS || memcmp(address, own, sizeof own) == 0)
        return true;
    return address[0] % 2 == 1 && (model.hash[bit / 32] >> bit % 32 & 1u) != 0;
}

/* --- sending ------------------------------------------------------------------------------------- */

static void send_one(uint32_t flags)
{
    const uint32_t before = descriptors[tx_at].flags;
    const size_t size = before / 0x10000u, wire = before & TX_PAD && size < 60 ? 60 : size;
    const uint8_t *from = pointer_at(descriptors[tx_at].address);

    model.mistakes += size < 60 && (before & TX_PAD) == 0;
    model.mistakes += (before & TX_CRC) == 0;
    memset(model.last_sent, 0, sizeof model.last_sent);
    if (from != NULL)
        memcpy(model.last_sent, from, size);
    model.last_sent_size = wire;
    model.sent++;
    descriptors[tx_at].flags = (before & ~(uint32_t)TX_READY) | flags;
    if (before & TX_IRQ)
        causes |= flags != 0 ? INT_TX_ERROR : INT_TX;
    tx_at = before & TX_WRAP ? 0 : tx_at + 1;
}

static void send_all(uint32_t flags)
{
    while ((model.mode & MODE_TX) != 0 && (descriptors[tx_at].flags & TX_READY) != 0)
        send_one(flags);
}

void model_send_held(uint32_t flags)
{
    send_all(flags);
}

/* --- registers ----------------------------------------------------------------------------------- */

static uint32_t phy_read(void)
{
    const uint32_t number = mii_address / 0x100u;
    uint32_t value = 0xffffu;

    if (mii_address % 0x100u == MODEL_PHY && number == PHY_STATUS) {
        value = model.link_up && !link_was_down ? (uint32_t)PHY_STATUS_LINK : 0u;
        link_was_down = !model.link_up; /* the bit remembers until it is read */
    }
    return value;
}

uint32_t open_eth_bus_read(uintptr_t base, unsigned offset)
{
    (void)base;
    if (model.absent)
        return 0;
    if (offset >= DESCRIPTORS && offset < DESCRIPTORS + 8 * ALL_DESCRIPTORS)
        return offset % 8 == 0 ? descriptors[(offset - DESCRIPTORS) / 8].flags
                               : descriptors[(offset - DESCRIPTORS) / 8].address;
    switch (offset) {
    case MODER:
        return model.mode;
    case INT_SOURCE:
        return causes;
    case INT_MASK:
        return mask;
    case TX_BD_NUM:
        return tx_count;
    case MIIRX_DATA:
        return mii_data;
    case MIISTATUS:
        return 0;
    case MAC_ADDR0:
    case MAC_ADDR1:
        return model.address[offset == MAC_ADDR1];
    default:
        model.mistakes++;
        return 0;
    }
}

static void write_descriptor(unsigned offset, uint32_t value)
{
    const unsigned i = offset / 8;

    if (offset % 8 == 4) {
        model.mistakes += i < tx_count && (descriptors[i].flags & TX_READY) != 0;
        descriptors[i].address = value;
        return;
    }
    descriptors[i].flags = value;
    if (!model.holds_frames)
        send_all(0);
}

static void write_mode(uint32_t value)
{
    const uint32_t on = value & ~model.mode;

    model.mode = value;
    if (value & MODE_RESET)
        causes = mask = 0;
    if (on & MODE_RX)
        rx_at = tx_count;
    if (on & MODE_TX)
        tx_at = 0;
}

void open_eth_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    (void)base;
    if (model.absent)
        return;
    if (offset >= DESCRIPTORS && offset < DESCRIPTORS + 8 * ALL_DESCRIPTORS) {
        write_descriptor(offset - DESCRIPTORS, value);
        return;
    }
    switch (offset) {
    case MODER:
        write_mode(value);
        break;
    case INT_SOURCE:
        causes &= ~value;
        break;
    case INT_MASK:
        mask = value;
        break;
    case TX_BD_NUM:
        model.mistakes += (model.mode & ((uint32_t)MODE_RX | MODE_TX)) != 0;
        tx_count = value;
        break;
    case PACKETLEN:
    case MIIMODER:
        break;
    case MIICOMMAND:
        if (value == MII_READ)
            mii_data = phy_read();
        break;
    case MIIADDRESS:
        mii_address = value;
        break;
    case MAC_ADDR0:
    case MAC_ADDR1:
        model.address[offset == MAC_ADDR1] = value;
        break;
    case HASH0:
    case HASH1:
        model.hash[offset == HASH1] = value;
        break;
    default:
        model.mistakes++;
    }
}
