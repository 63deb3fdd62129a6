/* SPDX-License-Identifier: MIT */
#include "stellaris_model.h"

#include "stellaris_registers.h"

#include <linnet_test.h>

#include <string.h>

struct stellaris_model model;

static uint32_t *at(unsigned offset)
{
    return &model.registers[offset / 4u];
}

uint32_t model_register(unsigned offset)
{
    return *at(offset);
}

void model_set_register(unsigned offset, uint32_t value)
{
    *at(offset) = value;
}

void model_begin(void)
{
    memset(&model, 0, sizeof model);
    *at(IA0) = 0x12005452;
    *at(IA1) = 0x5634;
    model.phy[PHY_ID] = 0x2a;
    model.phy[PHY_STATUS] = PHY_LINK;
    model.phy[PHY_DIAGNOSTIC] = PHY_FULL_DUPLEX;
}

bool model_interrupts(void)
{
    return model.line_enabled && (*at(RIS) & *at(IM)) != 0;
}

void model_raise(uint32_t interrupt)
{
    *at(RIS) |= interrupt;
}

/* --- receiving ----------------------------------------------------------------------------------- */

bool model_receive(const uint8_t *bytes, unsigned size, unsigned length)
{
    const unsigned words = (2 + size + 3) / 4;
    uint8_t *at_end = (uint8_t *)&model.rx_words[model.rx_used];

    if ((*at(RCTL) & RCTL_ENABLE) == 0)
        return false;
    if (model.packets == MODEL_PACKETS || model.rx_used + words > MODEL_FIFO_WORDS) {
        model_raise(INT_OVERRUN);
        return false;
    }
    if (length == 0)
        length = 2 + size;
    memset(at_end, 0, words * 4u);
    at_end[0] = (uint8_t)length;
    at_end[1] = (uint8_t)(length >> 8);
    memcpy(at_end + 2, bytes, size);
    model.rx_used += words;
    model.packet_words[model.packets++] = words;
    model_raise(INT_RECEIVED);
    return true;
}

static uint32_t read_data(void)
{
    const uint32_t word = model.rx_words[0];

    if (model.packets == 0) {
        model.mistakes++;
        return 0;
    }
    model.rx_used--;
    memmove(model.rx_words, model.rx_words + 1, model.rx_used * sizeof model.rx_words[0]);
    if (++model.taken < model.packet_words[0])
        return word;
    model.taken = 0;
    model.packets--;
    memmove(model.packet_words, model.packet_words + 1,
            model.packets * sizeof model.packet_words[0]);
    return word;
}

bool model_passes(const uint8_t address[6])
{
    static const uint8_t everybody[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

    if ((*at(RCTL) & RCTL_PROMISCUOUS) || memcmp(address, everybody, 6) == 0)
        return true;
    if (address[0] % 2 == 0)
        return memcmp(address, at(IA0), 4) == 0 && memcmp(address + 4, at(IA1), 2) == 0;
    return (*at(RCTL) & RCTL_GROUPS) != 0;
}

/* --- sending ------------------------------------------------------------------------------------- */

static void write_data(uint32_t value)
{
    if (model.tx_used == sizeof model.tx_words / sizeof model.tx_words[0] || (*at(TR) & 1u))
        model.mistakes++;
    else
        model.tx_words[model.tx_used++] = value;
}

/* The length does not count the header of 14 bytes. */
static void transmit(void)
{
    const unsigned size = model.tx_words[0] % 0x10000u + 14u;

    model.mistakes += (2 + size + 3) / 4 != model.tx_used || model.sent_count == MODEL_SENT ||
                      (*at(TCTL) & TCTL_ENABLE) == 0;
    if (model.sent_count < MODEL_SENT && size <= MODEL_FRAME_SIZE - 2) {
        memcpy(model.sent[model.sent_count], (const uint8_t *)model.tx_words + 2, size);
        model.sent_size[model.sent_count++] = size;
    }
    *at(TR) = 1;
    if (!model.busy)
        model_sent(INT_TX_EMPTY);
}

void model_sent(uint32_t interrupt)
{
    *at(TR) = 0;
    model.tx_used = 0;
    model_raise(interrupt);
}

/* --- registers ----------------------------------------------------------------------------------- */

static void run_mii(uint32_t command)
{
    const unsigned number = command / 8u % 32u;

    model.mistakes += *at(MDV) == 0; /* the PHY's clock does not run yet */
    if (model.without_phy)
        *at(MRXD) = 0;
    else if (command & MCTL_WRITE)
        model.phy[number] = (uint16_t)*at(MTXD);
    else
        *at(MRXD) = model.phy[number];
    *at(MCTL) = command & ~(uint32_t)MCTL_START;
}

void model_link(bool up, bool full_duplex)
{
    model.phy[PHY_STATUS] = up ? PHY_LINK : 0;
    model.phy[PHY_DIAGNOSTIC] = full_duplex ? PHY_FULL_DUPLEX : 0;
    if (model.phy[PHY_INTERRUPT] & PHY_LINK_INTERRUPTS)
        model_raise(INT_PHY);
}

uint32_t stellaris_bus_read(uintptr_t base, unsigned offset)
{
    (void)base;
    switch (offset) {
    case DATA:
        return read_data();
    case NP:
        return model.packets;
    default:
        return *at(offset);
    }
}

static void control_receiver(uint32_t value)
{
    *at(RCTL) = value & ~(uint32_t)RCTL_RESET;
    if (value & RCTL_RESET) {
        model.mistakes += (value & RCTL_ENABLE) != 0; /* it must stand still */
        model.rx_used = model.packets = model.taken = 0;
    }
}

void stellaris_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    (void)base;
    switch (offset) {
    case RIS:
        *at(RIS) &= ~value;
        break;
    case DATA:
        write_data(value);
        break;
    case TR:
        transmit();
        break;
    case RCTL:
        control_receiver(value);
        break;
    case MCTL:
        run_mii(value);
        break;
    default:
        *at(offset) = value;
    }
}
