/* SPDX-License-Identifier: MIT */
/* A task writes over the end of its stack: the hook names it at the next switch. */
#include "FreeRTOS.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STACK_WORDS 4096

static StackType_t uxStack[STACK_WORDS];
static StaticTask_t xTaskBuffer;

void vApplicationStackOverflowHook(TaskHandle_t xTask, char *pcTaskName)
{
    printf("%s has overflowed its stack\n", pcTaskName);
    exit(xTask == (TaskHandle_t)&xTaskBuffer ? 0 : 1);
}

static void vGreedy(void *pvParameters)
{
    UBaseType_t uxFree = uxTaskGetStackHighWaterMark(NULL);

    (void)pvParameters;
    printf("some free: %d\n", uxFree > 0 && uxFree < STACK_WORDS);
    vTaskDelay(1);
    memset(uxStack, 0, 64); /* what a deep call would do */
    vTaskDelay(1);
    puts("not noticed");
    exit(1);
}

int main(void)
{
    xTaskCreateStatic(vGreedy, "Greedy", STACK_WORDS, NULL, 1, uxStack, &xTaskBuffer);
    vTaskStartScheduler();
    return 1;
}
