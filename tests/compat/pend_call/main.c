/* SPDX-License-Identifier: MIT */
/* Functions pended from an interrupt and from a task; a third from the interrupt finds no room. */
#include "FreeRTOS.h"
#include "event_groups.h"
#include "task.h"
#include "timers.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

static EventGroupHandle_t xGroup;

static void vProcess(void *pvParameter1, uint32_t ulParameter2)
{
    printf("%s %lu in %s\n", (const char *)pvParameter1, (unsigned long)ulParameter2,
           pcTaskGetName(NULL));
}

static void vInterfaceISR(void *pvArgument)
{
    static char cName[] = "interface";
    BaseType_t xWoken = pdFALSE;

    (void)pvArgument;
    xTimerPendFunctionCallFromISR(vProcess, cName, 1, &xWoken);
    if (xEventGroupSetBitsFromISR(xGroup, 0x10, &xWoken) == pdPASS)
        puts("bits on their way");
    if (xTimerPendFunctionCallFromISR(vProcess, cName, 2, &xWoken) == pdFAIL)
        puts("no room");
    portYIELD_FROM_ISR(xWoken);
}

static void vTask(void *pvParameters)
{
    static char cName[] = "task";

    (void)pvParameters;
    xTimerPendFunctionCall(vProcess, cName, 3, portMAX_DELAY);
    sim_raise(vInterfaceISR, NULL);
    printf("bits %lx\n",
           (unsigned long)xEventGroupWaitBits(xGroup, 0x11, pdTRUE, pdFALSE, portMAX_DELAY));
    printf("left %lx\n", (unsigned long)xEventGroupGetBits(xGroup));
    exit(0);
}

int main(void)
{
    xGroup = xEventGroupCreate();
    xTaskCreate(vTask, "Task", 200, NULL, 1, NULL);
    vTaskStartScheduler();
    return 1;
}
