/* SPDX-License-Identifier: MIT */
/* The system behind libs/tls: the board's clock and entropy, the kernel's heap and a mutex. */
#include "tls_platform_rtos.h"

#include "report.h"

#include <FreeRTOS.h>
#include <board.h>
#include <semphr.h>
#include <tls_transport.h>

static SemaphoreHandle_t mutex;

static bool clock(void *context, int64_t *seconds)
{
    (void)context;
    return board_wall_clock(seconds);
}

static uint64_t uptime_ms(void *context)
{
    (void)context;
    return board_uptime_us() / 1000u;
}

static bool entropy(void *context, void *buffer, size_t size)
{
    (void)context;
    return board_entropy(buffer, size);
}

static void *allocate(void *context, size_t count, size_t size)
{
    (void)context;
    return pvPortCalloc(count, size);
}

static void release(void *context, void *memory)
{
    (void)context;
    vPortFree(memory);
}

static void lock(void *context)
{
    (void)context;
    (void)xSemaphoreTakeRecursive(mutex, portMAX_DELAY);
}

static void unlock(void *context)
{
    (void)context;
    (void)xSemaphoreGiveRecursive(mutex);
}

bool tls_platform_start(void)
{
    static StaticSemaphore_t buffer;
    static const struct tls_platform platform = {
        .clock = clock,
        .uptime_ms = uptime_ms,
        .entropy = entropy,
        .allocate = allocate,
        .release = release,
        .lock = lock,
        .unlock = unlock,
    };

    mutex = xSemaphoreCreateRecursiveMutexStatic(&buffer);
    enum tls_result result = tls_init(&platform);
    if (result == TLS_OK)
        return true;
    report_problem("TLS could not start: %s", result == TLS_NO_ENTROPY
                                                  ? "the board's entropy source failed"
                                                  : "not enough memory");
    return false;
}
