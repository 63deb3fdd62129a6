/* SPDX-License-Identifier: MIT */
#include "virtio.h"

#ifndef VIRTIO_BUS
#define VIRTIO_BUS "virtio_bus.h"
#endif
#include VIRTIO_BUS

#include <string.h>

enum virtio_register {
    MAGIC = 0x000,
    VERSION = 0x004,
    DEVICE_ID = 0x008,
    DEVICE_FEATURES = 0x010,
    DEVICE_FEATURES_SELECT = 0x014,
    DRIVER_FEATURES = 0x020,
    DRIVER_FEATURES_SELECT = 0x024,
    GUEST_PAGE_SIZE = 0x028, /* legacy */
    QUEUE_SELECT = 0x030,
    QUEUE_SIZE_MOST = 0x034,
    QUEUE_SIZE = 0x038,
    QUEUE_ALIGN = 0x03c, /* legacy */
    QUEUE_PAGE = 0x040,  /* legacy */
    QUEUE_READY = 0x044,
    QUEUE_NOTIFY = 0x050,
    INTERRUPT_STATUS = 0x060,
    INTERRUPT_ACK = 0x064,
    STATUS = 0x070,
    QUEUE_DESCRIPTORS = 0x080, /* each of these and the next register: lower half, upper half */
    QUEUE_AVAILABLE = 0x090,
    QUEUE_USED = 0x0a0,
    CONFIG = 0x100,
};

enum { MAGIC_VALUE = 0x74726976, LEGACY = 1, MODERN = 2 };
enum {
    STATUS_ACKNOWLEDGE = 1,
    STATUS_DRIVER = 2,
    STATUS_DRIVER_OK = 4,
    STATUS_FEATURES_OK = 8,
    STATUS_NEEDS_RESET = 64,
    STATUS_FAILED = 128,
};
enum { DESCRIPTOR_NEXT = 1, DESCRIPTOR_DEVICE_WRITES = 2 };
enum { NO_INTERRUPT = 1, NO_NOTIFY = 1 };

static uint32_t get(const struct virtio_device *device, enum virtio_register offset)
{
    return virtio_bus_read(device->base, offset);
}

static void put(const struct virtio_device *device, enum virtio_register offset, uint32_t value)
{
    virtio_bus_write(device->base, offset, value);
}

static void add_status(const struct virtio_device *device, uint32_t bits)
{
    put(device, STATUS, get(device, STATUS) | bits);
}

/* Memory that the device sees is in order, also towards its registers. */
static void barrier(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* --- beginning --------------------------------------------------------------------------------- */

bool virtio_is(uintptr_t base, enum virtio_kind kind)
{
    const uint32_t version = virtio_bus_read(base, VERSION);

    return virtio_bus_read(base, MAGIC) == MAGIC_VALUE &&
           (version == LEGACY || version == MODERN) && virtio_bus_read(base, DEVICE_ID) == kind;
}

static uint64_t device_features(const struct virtio_device *device)
{
    uint64_t features;

    put(device, DEVICE_FEATURES_SELECT, 0);
    features = get(device, DEVICE_FEATURES);
    if (!device->modern)
        return features;
    put(device, DEVICE_FEATURES_SELECT, 1);
    return features | (uint64_t)get(device, DEVICE_FEATURES) << 32;
}

static void set_features(const struct virtio_device *device)
{
    put(device, DRIVER_FEATURES_SELECT, 0);
    put(device, DRIVER_FEATURES, (uint32_t)device->features);
    if (!device->modern)
        return;
    put(device, DRIVER_FEATURES_SELECT, 1);
    put(device, DRIVER_FEATURES, (uint32_t)(device->features >> 32));
}

bool virtio_begin(struct virtio_device *device, uintptr_t base, uint64_t wanted)
{
    device->base = base;
    device->modern = get(device, VERSION) == MODERN;
    virtio_reset(device);
    put(device, STATUS, STATUS_ACKNOWLEDGE);
    add_status(device, STATUS_DRIVER);
    if (device->modern)
        wanted |= VIRTIO_F_VERSION_1;
    device->features = device_features(device) & wanted;
    set_features(device);
    if (!device->modern) {
        put(device, GUEST_PAGE_SIZE, VIRTIO_PAGE);
        return true;
    }
    add_status(device, STATUS_FEATURES_OK);
    if ((device->features & VIRTIO_F_VERSION_1) && (get(device, STATUS) & STATUS_FEATURES_OK))
        return true;
    add_status(device, STATUS_FAILED);
    return false;
}

void virtio_ready(struct virtio_device *device)
{
    add_status(device, STATUS_DRIVER_OK);
}

void virtio_reset(struct virtio_device *device)
{
    put(device, STATUS, 0);
    barrier();
}

bool virtio_needs_reset(const struct virtio_device *device)
{
    return (get(device, STATUS) & STATUS_NEEDS_RESET) != 0;
}

static void put_address(const struct virtio_device *device, enum virtio_register offset,
                        const volatile void *address)
{
    const uint64_t number = (uintptr_t)address;

    put(device, offset, (uint32_t)number);
    virtio_bus_write(device->base, (unsigned)offset + 4, (uint32_t)(number >> 32));
}

/* A legacy device finds the ring that it reads behind the descriptors that there are, so they must be
 * all. */
static bool place_legacy(const struct virtio_queue *queue)
{
    if (get(queue->device, QUEUE_SIZE_MOST) < VIRTIO_QUEUE_MOST)
        return false;
    put(queue->device, QUEUE_SIZE, VIRTIO_QUEUE_MOST);
    put(queue->device, QUEUE_ALIGN, VIRTIO_PAGE);
    put(queue->device, QUEUE_PAGE, (uint32_t)((uintptr_t)queue / VIRTIO_PAGE));
    return true;
}

bool virtio_queue_begin(struct virtio_queue *queue, struct virtio_device *device, unsigned number,
                        unsigned size)
{
    memset(queue, 0, sizeof *queue);
    queue->device = device;
    queue->number = (uint16_t)number;
    queue->size = (uint16_t)(device->modern ? size : VIRTIO_QUEUE_MOST);
    put(device, QUEUE_SELECT, number);
    if (!device->modern)
        return place_legacy(queue);
    if (get(device, QUEUE_READY) != 0 || get(device, QUEUE_SIZE_MOST) < size)
        return false;
    put(device, QUEUE_SIZE, size);
    put_address(device, QUEUE_DESCRIPTORS, queue->descriptors);
    put_address(device, QUEUE_AVAILABLE, &queue->available);
    put_address(device, QUEUE_USED, &queue->used);
    put(device, QUEUE_READY, 1);
    return true;
}

/* --- at work ----------------------------------------------------------------------------------- */

void virtio_offer(struct virtio_queue *queue, unsigned first, const struct virtio_part *parts,
                  unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const bool last = i + 1 == count;
        queue->descriptors[first + i] = (struct virtio_descriptor){
            .address = (uintptr_t)parts[i].address,
            .length = parts[i].length,
            .flags = (uint16_t)((last ? 0 : DESCRIPTOR_NEXT) |
                                (parts[i].device_writes ? DESCRIPTOR_DEVICE_WRITES : 0)),
            .next = (uint16_t)(last ? 0 : first + i + 1),
        };
    }
    queue->in_flight[first] = true;
    queue->available.ring[queue->available.index % queue->size] = (uint16_t)first;
    barrier();
    queue->available.index = (uint16_t)(queue->available.index + 1);
}

void virtio_notify(struct virtio_queue *queue)
{
    barrier();
    if ((queue->used.flags & NO_NOTIFY) == 0)
        put(queue->device, QUEUE_NOTIFY, queue->number);
}

bool virtio_take(struct virtio_queue *queue, unsigned *first, uint32_t *written)
{
    if (queue->broken || queue->seen == queue->used.index)
        return false;
    barrier();
    const unsigned place = queue->seen % queue->size;
    const uint32_t id = queue->used.ring[place].id;

    if (id >= queue->size || !queue->in_flight[id]) {
        queue->broken = true;
        return false;
    }
    *first = id;
    *written = queue->used.ring[place].length;
    queue->in_flight[id] = false;
    queue->seen++;
    return true;
}

bool virtio_interrupts(struct virtio_queue *queue, bool wanted)
{
    queue->available.flags = wanted ? 0 : NO_INTERRUPT;
    barrier();
    return queue->seen != queue->used.index;
}

uint32_t virtio_interrupt_causes(const struct virtio_device *device)
{
    const uint32_t causes = get(device, INTERRUPT_STATUS);

    put(device, INTERRUPT_ACK, causes);
    return causes;
}

/* By words, since a byte is not a register's width; the configuration is little-endian, as this CPU. */
uint8_t virtio_config(const struct virtio_device *device, unsigned offset)
{
    const uint32_t word = virtio_bus_read(device->base, CONFIG + offset / 4 * 4);

    return (uint8_t)(word >> offset % 4 * 8);
}
