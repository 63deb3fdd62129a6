/* SPDX-License-Identifier: MIT */
#include "lan9118_model.h"

#include "lan9118_registers.h"

#include <linnet_test.h>

#include <string.h>

#define TX_FIFO_BYTES 4608u

struct lan9118_model model;

static uint32_t *at(enum lan9118_register offset)
{
    return &model.registers[offset / 4u];
}

static void reset(void)
{
    memset(model.registers, 0, sizeof model.registers);
    *at(BYTE_TEST) = BYTE_TEST_VALUE;
    *at(ID_REV) = 0x01180001;
    *at(PMT_CTRL) = PMT_CTRL_READY;
    model.mac[MAC_CR] = 0;
    model.phy[PHY_ABILITY] = 0x1e1;
    model.phy[PHY_PARTNER] = 0x1e1;
    model.rx_words = model.rx_statuses = model.rx_current = model.rx_taken = 0;
    model.tx_statuses = model.tx_used = model.tx_step = 0;
}

void model_begin(void)
{
    memset(&model, 0, sizeof model);
    model.mac[MAC_ADDRL] = 0x12005452;
    model.mac[MAC_ADDRH] = 0x5634;
    reset();
    model.phy[PHY_STATUS] = PHY_STATUS_LINK;
}

bool model_interrupts(void)
{
    const uint32_t config = *at(IRQ_CFG);
    const bool asserted = (*at(INT_STS) & *at(INT_EN)) != 0;

    if (!model.line_enabled)
        return false;
    return (config & IRQ_CFG_HIGH) ? asserted && (config & IRQ_CFG_IRQ_EN) : !asserted;
}

void model_raise(uint32_t interrupt)
{
    *at(INT_STS) |= interrupt;
}

/* --- receiving ----------------------------------------------------------------------------------- */

bool model_receive(const uint8_t *bytes, unsigned size, uint32_t status)
{
    const unsigned words = (size + 3) / 4;

    if ((model.mac[MAC_CR] & MAC_CR_RX) == 0)
        return false;
    if (model.rx_words + words > MODEL_FIFO_WORDS || model.rx_statuses == MODEL_STATUSES) {
        *at(RX_DROP) += 1;
        model_raise(INT_RX_DROPPED | INT_RX_STATUS_FULL);
        return false;
    }
    memset(&model.rx_data[model.rx_words], 0, words * 4);
    memcpy(&model.rx_data[model.rx_words], bytes, size);
    model.rx_words += words;
    model.rx_status[model.rx_statuses++] = size * 0x10000u | status;
    if (model.rx_statuses > *at(FIFO_INT) % 0x100u)
        model_raise(INT_RX_STATUS);
    return true;
}

static void take_words(unsigned words)
{
    model.rx_words -= words;
    memmove(model.rx_data, model.rx_data + words, model.rx_words * sizeof model.rx_data[0]);
}

static uint32_t read_status(void)
{
    uint32_t status = model.rx_status[0];

    /* The frame before must have been read to its end. */
    model.mistakes += model.rx_statuses == 0 || model.rx_current != 0;
    model.rx_statuses -= model.rx_statuses > 0;
    memmove(model.rx_status, model.rx_status + 1, model.rx_statuses * sizeof model.rx_status[0]);
    model.rx_current = (RX_STATUS_LENGTH(status) + 3) / 4;
    return status;
}

static uint32_t read_data(void)
{
    const uint32_t word = model.rx_data[0];

    if (model.rx_current == 0) {
        model.mistakes++;
        return 0;
    }
    model.rx_current--;
    take_words(1);
    return word;
}

/* IEEE 802.3, 3.2.9, a byte at a time from its lowest bit. */
static unsigned hash_bit(const uint8_t address[6])
{
    uint32_t crc = UINT32_MAX;

    for (unsigned bit = 0; bit < 48; bit++) {
        const uint32_t in = (uint32_t)address[bit / 8] >> bit % 8 & 1u, top = crc >> 31;
        crc = (crc << 1) ^ ((in ^ top) ? 0x04c11db7u : 0u);
    }
    return crc >> 26;
}

bool model_passes(const uint8_t address[6])
{
    const uint32_t control = model.mac[MAC_CR];
    const unsigned bit = hash_bit(address);

    if (control & MAC_CR_PROMISCUOUS)
        return true;
    if (address[0] % 2 == 0)
        return memcmp(address, &model.mac[MAC_ADDRL], 4) == 0 &&
               memcmp(address + 4, &model.mac[MAC_ADDRH], 2) == 0;
    if (control & MAC_CR_ALL_MULTICAST)
        return true;
    return (control & MAC_CR_HASH) && (model.mac[bit < 32 ? MAC_HASHL : MAC_HASHH] >> bit % 32) % 2;
}

/* --- sending ------------------------------------------------------------------------------------- */

static void end_frame(void)
{
    const uint32_t size = model.tx_b % 0x800u;

    model.mistakes += size != model.outgoing_size || model.sent_count == MODEL_SENT;
    if (model.sent_count < MODEL_SENT) {
        memcpy(model.sent[model.sent_count], model.outgoing, model.outgoing_size);
        model.sent_size[model.sent_count++] = model.outgoing_size;
    }
    if (!model.stuck_transmits)
        model.tx_used = 0;
    model.tx_status[model.tx_statuses++] = 0;
    model.outgoing_size = 0;
}

static void write_data(uint32_t value)
{
    model.tx_used += 4;
    model.mistakes += model.tx_used > TX_FIFO_BYTES || (*at(TX_CFG) & TX_CFG_ON) == 0;
    if (model.tx_step == 0) {
        model.tx_a = value;
        model.tx_left = value % 0x800u;
        model.mistakes += ((value & TX_A_FIRST) != 0) != (model.outgoing_size == 0);
    } else if (model.tx_step == 1) {
        model.tx_b = value;
    } else {
        const unsigned part = model.tx_left < 4 ? model.tx_left : 4;
        memcpy(model.outgoing + model.outgoing_size, &value, part);
        model.outgoing_size += part;
        model.tx_left -= part;
    }
    model.tx_step++;
    if (model.tx_step >= 2 && model.tx_left == 0) {
        model.tx_step = 0;
        if (model.tx_a & TX_A_LAST)
            end_frame();
    }
}

/* --- registers ----------------------------------------------------------------------------------- */

static void run_mii(uint32_t command)
{
    const unsigned number = command / 64u % 32u;

    if (command & MII_ACC_WRITE)
        model.phy[number] = (uint16_t)model.mac[MAC_MII_DATA];
    else
        model.mac[MAC_MII_DATA] = model.phy[number];
    /* Whether the link was down is told once. */
    if (number == PHY_INTERRUPT_SOURCE)
        model.phy[PHY_INTERRUPT_SOURCE] = 0;
    model.mac[MAC_MII_ACC] = command & ~MII_ACC_BUSY;
}

static void run_mac(uint32_t command)
{
    const unsigned number = command % 16u;
    const uint32_t before = model.mac[number];

    if (command & MAC_CSR_READ) {
        *at(MAC_CSR_DATA) = model.mac[number];
        return;
    }
    model.mac[number] = *at(MAC_CSR_DATA);
    if (number == MAC_MII_ACC)
        run_mii(model.mac[number]);
    if (number == MAC_CR && (before & MAC_CR_RX) && (model.mac[MAC_CR] & MAC_CR_RX) == 0)
        model_raise(INT_RX_STOPPED);
}

void model_link(bool up)
{
    model.phy[PHY_STATUS] = up ? PHY_STATUS_LINK : 0;
    model.phy[PHY_INTERRUPT_SOURCE] = up ? 1u << 6 : 1u << 4;
    if (model.phy[PHY_INTERRUPT_SOURCE] & model.phy[PHY_INTERRUPT_MASK])
        model_raise(INT_PHY);
}

uint32_t lan9118_bus_read(uintptr_t base, unsigned offset)
{
    uint32_t value;

    (void)base;
    if (model.absent)
        return UINT32_MAX;
    switch (offset) {
    case RX_DATA_FIFO:
        return read_data();
    case RX_STATUS_FIFO:
        return read_status();
    case TX_STATUS_FIFO:
        model.mistakes += model.tx_statuses == 0;
        model.tx_statuses -= model.tx_statuses > 0;
        return model.tx_status[model.tx_statuses];
    case RX_FIFO_INF:
        return model.rx_statuses * 0x10000u | model.rx_words * 4;
    case TX_FIFO_INF:
        return model.tx_statuses * 0x10000u | (TX_FIFO_BYTES - model.tx_used);
    case RX_DROP:
        value = *at(RX_DROP);
        *at(RX_DROP) = 0;
        return value;
    default:
        return model.registers[offset / 4u];
    }
}

static void dump_receiver(void)
{
    model.mistakes += (model.mac[MAC_CR] & MAC_CR_RX) != 0; /* it must stand still */
    model.rx_words = model.rx_statuses = model.rx_current = 0;
}

void lan9118_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    (void)base;
    if (offset == TX_DATA_FIFO) {
        write_data(value);
    } else if (offset == INT_STS) {
        *at(INT_STS) &= ~value;
    } else if (offset == HW_CFG && (value & HW_CFG_RESET)) {
        reset();
    } else if (offset == MAC_CSR_CMD) {
        run_mac(value);
    } else if (offset == RX_CFG && (value & RX_CFG_DUMP)) {
        dump_receiver();
    } else if (offset == TX_CFG) {
        *at(TX_CFG) = value & TX_CFG_STOP ? 0 : value & TX_CFG_ON;
        if (value & TX_CFG_DUMP)
            model.tx_used = model.tx_step = model.tx_statuses = model.outgoing_size = 0;
    } else {
        model.registers[offset / 4u] = value;
    }
}
