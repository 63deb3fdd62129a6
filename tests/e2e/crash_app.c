/* SPDX-License-Identifier: MIT */
/* Crashes in a task, in the way that its setting `crash` names; a start after that ends with code 3. */
#include <FreeRTOS.h>
#include <board.h>
#include <board_data.h>
#include <board_interrupt.h>
#include <board_start.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <task.h>

/* Where no machine has memory. */
#define NOWHERE 0xdeadbee0u

typedef void function(void);

static void crash(const char *how)
{
    if (strcmp(how, "undefined") == 0)
        __builtin_trap();
    if (strcmp(how, "jump") == 0)
        ((function *)(NOWHERE | 1u))(); /* in Thumb where there is one */
    if (strcmp(how, "read") == 0)
        (void)*(volatile uint32_t *)NOWHERE;
    if (strcmp(how, "interrupt") == 0) {
        board_interrupt_enable(BOARD_LINE_SPARE);
        board_interrupt_pend(BOARD_LINE_SPARE);
    }
    if (strcmp(how, "assert") == 0)
        configASSERT(how == NULL);
    if (strcmp(how, "abort") == 0)
        abort();
}

static void unlucky(void *argument)
{
    puts("about to crash");
    crash(argument);
    board_exit(0);
}

int main(void)
{
    const char *how = board_setting("crash");

    if (board_crash_last() != NULL) {
        printf("came back after: %s in %s\n", board_crash_last()->kind, board_crash_last()->task);
        board_exit(3);
    }
    xTaskCreate(unlucky, "unlucky", 512, (void *)(uintptr_t)(how != NULL ? how : ""), 1, NULL);
    vTaskStartScheduler();
    return 1;
}
