/* SPDX-License-Identifier: MIT */
/*
 * The console by the board's serial line. Whoever puts bytes into the line's ring keeps the scheduler still
 * meanwhile, so that there is one at a time. A semaphore keeps what tasks print apart: an application may
 * have turned mutexes off.
 */
#include "board_common.h"

#include <FreeRTOS.h>
#include <board_serial.h>
#include <semphr.h>
#include <stdbool.h>
#include <task.h>
#include <uart.h>

static struct uart *line;
static SemaphoreHandle_t input, room, writer;
static volatile bool nobody_waits;

static void on_interrupt(void)
{
    const unsigned what = uart_interrupt(line);
    BaseType_t woken = pdFALSE;

    if (what & UART_HAS_INPUT)
        (void)xSemaphoreGiveFromISR(input, &woken);
    if (what & UART_HAS_ROOM)
        (void)xSemaphoreGiveFromISR(room, &woken);
    portYIELD_FROM_ISR(woken);
}

static bool may_wait(void)
{
    return !nobody_waits && xTaskGetSchedulerState() == taskSCHEDULER_RUNNING;
}

static size_t put(const char *bytes, size_t size)
{
    const bool alone = !may_wait();

    if (!alone)
        vTaskSuspendAll();
    const size_t taken = uart_write(line, bytes, size);
    if (!alone)
        (void)xTaskResumeAll();
    return taken;
}

/* Each call of the line's moves what its device has room for. */
static void flush(void)
{
    while (!uart_is_idle(line))
        (void)put("", 0);
}

static void write_now(const char *bytes, size_t size)
{
    for (size_t sent = 0; sent < size;)
        sent += put(bytes + sent, size - sent);
    flush();
}

static void write_and_wait(const char *bytes, size_t size)
{
    (void)xSemaphoreTake(writer, portMAX_DELAY);
    for (size_t sent = 0; sent < size;) {
        sent += put(bytes + sent, size - sent);
        /* A full line interrupts; one that was full may have been emptied by this very call. */
        if (uart_room(line) == 0)
            (void)xSemaphoreTake(room, portMAX_DELAY);
    }
    (void)xSemaphoreGive(writer);
}

static size_t serial_write(int descriptor, const char *bytes, size_t size)
{
    if (descriptor == 2 || !may_wait())
        write_now(bytes, size);
    else
        write_and_wait(bytes, size);
    return size;
}

static size_t serial_read(char *bytes, size_t size)
{
    size_t got;

    while ((got = uart_read(line, bytes, size)) == 0 && size > 0)
        if (may_wait())
            (void)xSemaphoreTake(input, portMAX_DELAY);
    for (size_t i = 0; i < got; i++)
        if (bytes[i] == '\r')
            bytes[i] = '\n';
    return got;
}

static void serial_end(void)
{
    nobody_waits = true;
    flush();
}

static bool make(SemaphoreHandle_t *semaphore)
{
    if (*semaphore == NULL)
        *semaphore = xSemaphoreCreateBinary();
    return *semaphore != NULL;
}

struct uart *board_console_serial(void)
{
    static const struct board_console console = {serial_write, serial_read, serial_end};

    if (line != NULL)
        return line;
    if (!make(&input) || !make(&room) || !make(&writer))
        return NULL; /* what is there is there for the next attempt */
    (void)xSemaphoreGive(writer);
    line = board_serial_start(on_interrupt);
    board_console_use(&console);
    return line;
}
