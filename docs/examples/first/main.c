/* SPDX-License-Identifier: MIT */
#include <FreeRTOS.h>
#include <board.h>
#include <stdio.h>
#include <task.h>

static void blink(void *argument)
{
    for (int count = 0; count < 6; count++) {
        printf("LED %s\n", count % 2 ? "off" : "on");
        vTaskDelay(pdMS_TO_TICKS(200));
    }
    board_exit(0);
}

int main(void)
{
    xTaskCreate(blink, "blink", configMINIMAL_STACK_SIZE, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1; /* only reached if there was no memory to start */
}
