/* SPDX-License-Identifier: MIT */
/* The application's own types, functions and variables beside the kernel's headers and objects. */
#include "own.h"

#include "FreeRTOS.h"
#include "event_groups.h"
#include "list.h"
#include "message_buffer.h"
#include "queue.h"
#include "semphr.h"
#include "stream_buffer.h"
#include "task.h"
#include "timers.h"

#include <stdio.h>
#include <stdlib.h>

static void body(void *argument)
{
    struct task task = {.priority = 7};
    struct queue queue = {.count = 8};
    struct list list = {&task};
    struct timer timer = {9};
    SemaphoreHandle_t mutex = xSemaphoreCreateMutex();

    (void)argument;
    xSemaphoreTake(mutex, portMAX_DELAY);
    push(&ready_list, pop(&list));
    printf("%d %d %d %d\n", ready(ready_list.first), wait_on(&queue, 1), timer.expiry, yield());
    wake_one(&ready_list);
    vTaskDelay(1);
    xSemaphoreGive(mutex);
    printf("%d %d %d\n", ready_list.first == NULL, kernel.locked, heap(1, 2, 3));
    exit(0);
}

int main(void)
{
    xTaskCreate(body, "task", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
