/* SPDX-License-Identifier: MIT */
/*
 * For serial.sh: its console is the board's serial line. With --echo N it sends back N bytes of input, and
 * then more in one piece than the line holds; with --deaf N it reads nothing until N bytes came, and then
 * sends back what of them is left; with --fail an assertion fails.
 */
#include <FreeRTOS.h>
#include <board.h>
#include <board_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <task.h>
#include <uart.h>
#include <unistd.h>

static struct uart *line;

static size_t setting(const char *name)
{
    const char *text = board_setting(name);

    return text != NULL ? strtoul(text, NULL, 10) : 0;
}

static void send_back(size_t size)
{
    char bytes[100];

    while (size > 0) {
        const ssize_t got = read(STDIN_FILENO, bytes, size < sizeof bytes ? size : sizeof bytes);
        if (got <= 0 || write(STDOUT_FILENO, bytes, (size_t)got) != got)
            board_exit(1);
        size -= (size_t)got;
    }
}

/* The numbers from 10000 on, one a line. */
static void send_much(void)
{
    static char text[6000];

    for (unsigned i = 0; i < sizeof text; i += 6) {
        unsigned number = 10000 + i / 6;

        text[i + 5] = '\n';
        for (unsigned digit = 5; digit-- > 0; number /= 10)
            text[i + digit] = (char)('0' + number % 10);
    }
    if (write(STDOUT_FILENO, text, sizeof text) != (ssize_t)sizeof text)
        board_exit(1);
}

static void console_task(void *argument)
{
    const size_t deaf = setting("deaf");

    (void)argument;
    puts("ready");
    fflush(stdout);
    configASSERT(board_setting("fail") == NULL);
    while (line->counters.received < deaf)
        vTaskDelay(pdMS_TO_TICKS(10));
    if (deaf > 0) {
        send_back(deaf - line->counters.overruns);
    } else {
        send_back(setting("echo"));
        send_much();
    }
    fprintf(stderr, "%u received, %u sent, %u overruns\n", (unsigned)line->counters.received,
            (unsigned)line->counters.sent, (unsigned)line->counters.overruns);
    board_exit(0);
}

int main(void)
{
    line = board_console_serial();
    if (line == NULL || board_console_serial() != line ||
        xTaskCreate(console_task, "console", configMINIMAL_STACK_SIZE * 4, NULL, 2, NULL) != pdPASS)
        return 1;
    vTaskStartScheduler();
    return 1;
}
