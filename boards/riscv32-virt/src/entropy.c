/* SPDX-License-Identifier: MIT */
/* Entropy: the first virtio entropy device, wherever the emulator has put it. */
#include <board_data.h>

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <virtio_rng.h>

static struct virtio_rng rng;

static bool start(void)
{
    bool started = false;

    for (unsigned i = 0; i < BOARD_VIRTIO_COUNT && !started; i++)
        started = virtio_rng_start(&rng, BOARD_VIRTIO_AT + i * BOARD_VIRTIO_SIZE);
    return started;
}

/* The scheduler stands still meanwhile: the device has one queue. */
bool board_entropy(void *buffer, size_t size)
{
    const bool has_tasks = xTaskGetSchedulerState() != taskSCHEDULER_NOT_STARTED;
    bool filled;

    if (has_tasks)
        vTaskSuspendAll();
    filled = (rng.started || start()) && virtio_rng_read(&rng, buffer, size);
    if (has_tasks)
        (void)xTaskResumeAll();
    return filled;
}
