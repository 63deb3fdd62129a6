/* SPDX-License-Identifier: MIT */
/* Feeds its watchdog for a while, and then hangs in the way that its setting `hang` names; a start that the
 * watchdog has brought about ends with code 3. */
#include <FreeRTOS.h>
#include <board.h>
#include <board_start.h>
#include <board_watchdog.h>
#include <stdio.h>
#include <string.h>
#include <task.h>

enum { PERIOD_MS = 200, MEALS = 10, MEAL_MS = 50 };

static volatile unsigned rounds;

__attribute__((noinline)) static void hang(void)
{
    for (;;)
        rounds++;
}

/* Not even the watchdog's interrupt comes to anything. */
static void deafen(void)
{
    uint32_t *vectors = *(uint32_t *volatile *)0xe000ed08u;

    vectors[2] = (uint32_t)(uintptr_t)hang;
}

static void eager(void *argument)
{
    const char *how = argument;

    if (board_watchdog_start(0) || board_watchdog_start(UINT32_MAX) ||
        !board_watchdog_start(PERIOD_MS))
        board_exit(1);
    for (int i = 0; i < MEALS; i++) {
        vTaskDelay(pdMS_TO_TICKS(MEAL_MS));
        board_watchdog_feed();
    }
    puts("fed");
    fflush(stdout);
    if (strcmp(how, "not") == 0) {
        board_watchdog_stop();
        vTaskDelay(pdMS_TO_TICKS(4 * PERIOD_MS));
        board_exit(0);
    }
    if (strcmp(how, "masked") == 0)
        __asm volatile("cpsid i" ::: "memory");
    if (strcmp(how, "deaf") == 0)
        deafen();
    hang();
}

int main(void)
{
    const char *how = board_setting("hang");

    if (board_watchdog_has_restarted()) {
        puts(board_crash_last() != NULL ? "came back and knows why"
                                        : "came back and knows nothing");
        board_exit(3);
    }
    xTaskCreate(eager, "eager", 512, (void *)(uintptr_t)(how != NULL ? how : ""), 1, NULL);
    vTaskStartScheduler();
    return 1;
}
