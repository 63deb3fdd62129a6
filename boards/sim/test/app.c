/* SPDX-License-Identifier: MIT */
/*
 * An application as users write them: main, a task, vTaskStartScheduler. Counts to --count, prints
 * what it was told, and stops when asked to. --misuse makes the kernel complain.
 */
#include <FreeRTOS.h>
#include <task.h>

#include <board.h>

#include <stdio.h>
#include <stdlib.h>

static void count_task(void *parameter)
{
    const char *count = board_setting("count");
    long limit = count != NULL ? atol(count) : 0;

    (void)parameter;
    if (board_setting("misuse") != NULL)
        vTaskResume(NULL);
    for (long i = 1; limit == 0 || i <= limit; i++) {
        printf("count %ld\n", i);
        vTaskDelay(pdMS_TO_TICKS(10));
        if (board_stop_requested()) {
            printf("stopped\n");
            board_exit(0);
        }
    }
    printf("%llu us\n", (unsigned long long)board_uptime_us() / 1000 * 1000);
    board_exit(7);
}

int main(void)
{
    if (xTaskCreate(count_task, "count", 200, NULL, 2, NULL) != pdPASS)
        return 1;
    vTaskStartScheduler();
    return 1;
}
