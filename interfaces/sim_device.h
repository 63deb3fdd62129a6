/* SPDX-License-Identifier: MIT */
/*
 * The seam between the simulator and a device that lives in the host, such as a network.
 *
 * A device is asked for the file descriptors it waits for whenever the simulator polls: when the
 * idle task sleeps, and at every tick. While one is registered, idling takes host time in virtual
 * time too, since the outside world has its own clock.
 */
#pragma once

#include "sim_interrupts.h"

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sim_device {
    const char *name;
    void *context;

    /* Writes at most `room` descriptors to `polls` and returns how many; lowers `*timeout_us` if
     * the device wants to be served earlier than that. Called with interrupts masked. */
    size_t (*fill)(struct sim_device *device, struct pollfd *polls, size_t room,
                   uint64_t *timeout_us);

    /* Called after each poll, as an interrupt, with what `fill` wrote and the events seen. */
    void (*service)(struct sim_device *device, const struct pollfd *polls, size_t count);

    struct sim_device *next; /* the simulator's */
};

/* The device belongs to the caller and stays until removed. From a task or before the start. */
void sim_device_register(struct sim_device *device);
void sim_device_remove(struct sim_device *device);

/* Microseconds since the simulator began: virtual or real. From anywhere. */
uint64_t sim_time_us(void);

#ifdef __cplusplus
}
#endif
