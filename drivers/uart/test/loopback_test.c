/* SPDX-License-Identifier: MIT */
/* A serial line whose device gives back what it sends: all by interrupts. */
#include <linnet_test.h>

#include <FreeRTOS.h>
#include <board_serial.h>
#include <task.h>
#include <uart.h>

#include <string.h>

enum { PATIENCE = 2000 };

static struct uart *uart;
static TaskHandle_t waiter;
static volatile unsigned interrupts;

static void on_interrupt(void)
{
    BaseType_t woken = pdFALSE;

    interrupts++;
    if (uart_interrupt(uart) != 0 && waiter != NULL)
        vTaskNotifyGiveFromISR(waiter, &woken);
    portYIELD_FROM_ISR(woken);
}

static void begin(void)
{
    uart = board_serial_start(on_interrupt);
    uart_set_loopback(uart, true);
    waiter = xTaskGetCurrentTaskHandle();
}

TEST(what_is_sent_comes_back_by_interrupts)
{
    static uint8_t out[3000], in[sizeof out + 1];
    size_t sent = 0, got = 0;

    for (size_t i = 0; i < sizeof out; i++)
        out[i] = (uint8_t)(i * 31 + i / 256);
    begin();
    while (got < sizeof out) {
        /* No more than the ring of the input holds, so that nothing is lost. */
        const size_t room = UART_RING_SIZE - (sent - got);
        const size_t left = sizeof out - sent;
        sent += uart_write(uart, out + sent, left < room ? left : room);
        const size_t more = uart_read(uart, in + got, sizeof in - got);
        got += more;
        if (more == 0)
            CHECK(ulTaskNotifyTake(pdTRUE, PATIENCE) > 0);
    }
    CHECK_EQUAL(sizeof out, got);
    CHECK_BYTES(out, in, sizeof out);
    CHECK(uart_is_idle(uart));
    CHECK(interrupts > 0);
    CHECK_EQUAL(sizeof out, uart->counters.received);
    CHECK_EQUAL(sizeof out, uart->counters.sent);
    CHECK_EQUAL(0, uart->counters.overruns);
}

TEST(what_nobody_reads_is_counted_and_the_line_goes_on)
{
    static uint8_t out[2 * UART_RING_SIZE], in[sizeof out];
    size_t sent = 0, got = 0;

    begin();
    while (sent < sizeof out) {
        sent += uart_write(uart, out + sent, sizeof out - sent);
        vTaskDelay(1);
    }
    for (int i = 0; i < PATIENCE && !uart_is_idle(uart); i++)
        vTaskDelay(1);
    vTaskDelay(20);
    for (size_t more; (more = uart_read(uart, in, sizeof in)) > 0;)
        got += more;
    CHECK_EQUAL(UART_RING_SIZE, got);
    CHECK(uart->counters.overruns > 0);
    CHECK_EQUAL(1, uart_write(uart, "x", 1));
    vTaskDelay(20);
    CHECK_EQUAL(1, uart_read(uart, in, sizeof in));
    CHECK_EQUAL('x', in[0]);
}
