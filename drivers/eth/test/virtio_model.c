/* SPDX-License-Identifier: MIT */
#include "virtio_model.h"

#include <virtio.h>

#include <string.h>

enum { RX, TX, CONTROL };
enum { HAS_NEXT = 1, DEVICE_WRITES = 2 };

struct virtio_model model;

static struct {
    uint32_t feature_half, driver_half, selected, interrupt;
    uint64_t accepted;
    bool ready[MODEL_QUEUES];
    uint32_t size[MODEL_QUEUES], page_size;
    uint16_t seen[MODEL_QUEUES];
} state;

static size_t header(void)
{
    return model.modern ? 12 : 10;
}

void model_begin(bool modern, struct virtio_queue *rx, struct virtio_queue *tx,
                 struct virtio_queue *control)
{
    memset(&state, 0, sizeof state);
    model = (struct virtio_model){.modern = modern,
                                  .link_up = true,
                                  .offers = VIRTIO_F_VERSION_1 | 1u << 5 | 1u << 16 | 1u << 17 |
                                            1u << 18,
                                  .queues = {rx, tx, control}};
}

bool model_interrupts(void)
{
    return model.line_enabled && state.interrupt != 0;
}

/* --- queues ------------------------------------------------------------------------------------ */

static bool next_chain(unsigned queue, uint16_t *first)
{
    struct virtio_queue *ring = model.queues[queue];

    if (!state.ready[queue] || (model.status & 4) == 0 ||
        state.seen[queue] == ring->available.index)
        return false;
    *first = ring->available.ring[state.seen[queue]++ % state.size[queue]];
    return true;
}

static void finish(unsigned queue, uint32_t id, uint32_t written)
{
    struct virtio_queue *ring = model.queues[queue];

    ring->used.ring[ring->used.index % state.size[queue]].id = id;
    ring->used.ring[ring->used.index % state.size[queue]].length = written;
    ring->used.index++;
    if ((ring->available.flags & 1) == 0)
        state.interrupt |= 1;
}

void model_answer(unsigned queue, uint32_t id)
{
    finish(queue, id, 0);
}

/* All that the device may read of a chain. */
static size_t gather(unsigned queue, uint16_t first, uint8_t *bytes, uint16_t *writable)
{
    const struct virtio_descriptor *at = &model.queues[queue]->descriptors[first];
    size_t size = 0;

    for (;; at = &model.queues[queue]->descriptors[at->next]) {
        if (at->flags & DEVICE_WRITES) {
            *writable = (uint16_t)(at - model.queues[queue]->descriptors);
        } else {
            memcpy(bytes + size, (const void *)(uintptr_t)at->address, at->length);
            size += at->length;
        }
        if ((at->flags & HAS_NEXT) == 0)
            return size;
    }
}

static void send_one(uint16_t first)
{
    uint8_t bytes[MODEL_FRAME_SIZE];
    uint16_t writable;
    const size_t size = gather(TX, first, bytes, &writable);

    model.mistakes += size < header() || bytes[0] != 0 || bytes[1] != 0;
    model.sent++;
    model.last_sent_size = size - header();
    memcpy(model.last_sent, bytes + header(), model.last_sent_size);
    finish(TX, first, 0);
}

void model_send_held(void)
{
    uint16_t first;

    while (next_chain(TX, &first))
        send_one(first);
}

static void obey(uint16_t first)
{
    uint8_t bytes[MODEL_FRAME_SIZE];
    uint16_t writable = 0;
    const size_t size = gather(CONTROL, first, bytes, &writable);

    if (bytes[0] == 0 && bytes[1] == 0) {
        model.promiscuous = bytes[2];
    } else if (bytes[0] == 0 && bytes[1] == 1) {
        model.all_multicast = bytes[2];
    } else {
        model.groups = bytes[6];
        model.mistakes += bytes[2] != 0 || size != 10u + 6u * model.groups;
        memcpy(model.group, bytes + 10, 6u * model.groups);
    }
    *(uint8_t *)(uintptr_t)model.queues[CONTROL]->descriptors[writable].address = 0;
    finish(CONTROL, first, 1);
}

bool model_receive(const uint8_t *bytes, size_t size, int says)
{
    uint16_t first;

    if (!next_chain(RX, &first))
        return false;
    const struct virtio_descriptor *head = &model.queues[RX]->descriptors[first];
    const struct virtio_descriptor *data = &model.queues[RX]->descriptors[head->next];

    model.mistakes += head->length != header() || data->length < 1514 ||
                      (head->flags & DEVICE_WRITES) == 0 || (data->flags & DEVICE_WRITES) == 0;
    memcpy((void *)(uintptr_t)data->address, bytes, size < data->length ? size : data->length);
    finish(RX, first, says >= 0 ? (uint32_t)says : (uint32_t)(header() + size));
    return true;
}

void model_set_link(bool up)
{
    model.link_up = up;
    state.interrupt |= 2;
}

/* --- registers --------------------------------------------------------------------------------- */

static const uint8_t address[6] = {2, 1, 2, 3, 4, 5};

static uint32_t read_config(unsigned offset)
{
    const uint8_t bytes[8] = {address[0], address[1], address[2],    address[3],
                              address[4], address[5], model.link_up, 0};
    uint32_t word;

    memcpy(&word, bytes + offset, 4);
    return word;
}

uint32_t virtio_bus_read(uintptr_t base, unsigned offset)
{
    (void)base;
    switch (offset) {
    case 0x000:
        return 0x74726976;
    case 0x004:
        return model.modern ? 2 : 1;
    case 0x008:
        return VIRTIO_NET;
    case 0x010:
        return (uint32_t)(state.feature_half ? model.offers >> 32 : model.offers);
    case 0x034:
        return state.selected < MODEL_QUEUES ? 256 : 0;
    case 0x044:
        return state.ready[state.selected];
    case 0x060:
        return state.interrupt;
    case 0x070:
        return model.status | (model.needs_reset ? 64 : 0);
    case 0x100:
    case 0x104:
        return read_config(offset - 0x100);
    default:
        model.mistakes++;
        return 0;
    }
}

static void reset(void)
{
    memset(&state, 0, sizeof state);
    model.needs_reset = false;
    model.resets++;
}

static void set_status(uint32_t value)
{
    if (value == 0)
        reset();
    if (model.refuses_features)
        value &= ~8u;
    model.status = value;
}

static void notice(uint32_t queue)
{
    uint16_t first;

    if (queue == TX && !model.holds_frames)
        model_send_held();
    while (queue == CONTROL && next_chain(CONTROL, &first))
        obey(first);
}

static void place(bool ready)
{
    state.ready[state.selected] = ready;
    state.seen[state.selected] = 0;
}

static uint32_t page_of(unsigned queue)
{
    return (uint32_t)((uintptr_t)model.queues[queue] / 4096);
}

/* The registers of one kind of device only. */
static bool is_in_place(unsigned offset)
{
    const bool legacy = offset == 0x028 || offset == 0x03c || offset == 0x040;
    const bool modern = offset == 0x044 || (offset >= 0x080 && offset < 0x100);

    return model.modern ? !legacy : !modern;
}

void virtio_bus_write(uintptr_t base, unsigned offset, uint32_t value)
{
    (void)base;
    model.mistakes += !is_in_place(offset);
    switch (offset) {
    case 0x014:
        state.feature_half = value;
        break;
    case 0x020:
        state.accepted |= (uint64_t)value << 32 * state.driver_half;
        model.mistakes += (state.accepted & ~model.offers) != 0;
        break;
    case 0x024:
        state.driver_half = value;
        break;
    case 0x028:
        state.page_size = value;
        break;
    case 0x030:
        state.selected = value;
        break;
    case 0x038:
        state.size[state.selected] = value;
        break;
    case 0x03c:
        model.mistakes += value != 4096;
        break;
    case 0x040:
        model.mistakes += value != page_of(state.selected) || state.page_size != 4096;
        place(true);
        break;
    case 0x044:
        place(value == 1);
        break;
    case 0x050:
        notice(value);
        break;
    case 0x064:
        state.interrupt &= ~value;
        break;
    case 0x070:
        set_status(value);
        break;
    case 0x080:
        model.mistakes += value != (uint32_t)(uintptr_t)model.queues[state.selected]->descriptors;
        break;
    case 0x084:
    case 0x090:
    case 0x094:
    case 0x0a0:
    case 0x0a4:
        break;
    default:
        model.mistakes++;
    }
}
