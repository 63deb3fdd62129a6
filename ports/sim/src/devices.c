/* SPDX-License-Identifier: MIT */
/*
 * Devices that live in the host: one poll over the descriptors of all of them, each then served as
 * an interrupt.
 */
#define _GNU_SOURCE /* ppoll */
#include "cpu.h"

#include "../../../kernel/src/port.h"

#define POLLS_MAX   512
#define DEVICES_MAX 16

static struct sim_device *devices;
static struct pollfd polls[POLLS_MAX];

/* What one device wrote in `polls`. */
struct share {
    struct sim_device *device;
    const struct pollfd *polls;
    size_t count;
};

bool sim_devices_present(void)
{
    return devices != NULL;
}

static unsigned device_count(void)
{
    unsigned count = 0;

    for (struct sim_device *device = devices; device != NULL; device = device->next)
        count++;
    return count;
}

void sim_device_register(struct sim_device *device)
{
    if (device_count() == DEVICES_MAX)
        sim_fatal("device '%s': there are %d already", device->name, DEVICES_MAX);
    UBaseType_t state = sim_interrupts_mask();
    device->next = devices;
    devices = device;
    sim_interrupts_restore(state);
}

void sim_device_remove(struct sim_device *device)
{
    UBaseType_t state = sim_interrupts_mask();
    struct sim_device **link = &devices;

    while (*link != NULL && *link != device)
        link = &(*link)->next;
    if (*link == device)
        *link = device->next;
    sim_interrupts_restore(state);
}

static void serve(void *argument)
{
    const struct share *share = argument;
    share->device->service(share->device, share->polls, share->count);
}

void sim_devices_poll(uint64_t timeout_us)
{
    struct share shares[DEVICES_MAX];
    unsigned share_count = 0;
    size_t used = 0;

    for (struct sim_device *device = devices; device != NULL; device = device->next) {
        size_t count = device->fill(device, polls + used, POLLS_MAX - used, &timeout_us);
        shares[share_count++] = (struct share){device, polls + used, count};
        used += count;
    }
    struct timespec timeout = {.tv_sec = (time_t)(timeout_us / 1000000u),
                               .tv_nsec = (long)(timeout_us % 1000000u) * 1000};
    if (ppoll(polls, used, &timeout, NULL) < 0) {
        for (size_t i = 0; i < used; i++) /* a signal: nothing is known about any descriptor */
            polls[i].revents = 0;
    }
    for (unsigned i = 0; i < share_count; i++)
        sim_cpu_interrupt(serve, &shares[i]);
}
