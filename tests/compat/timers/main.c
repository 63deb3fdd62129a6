/* SPDX-License-Identifier: MIT */
/* One-shot and auto-reload timers, told apart by their ID; a backlight that goes out after the last key. */
#include "FreeRTOS.h"
#include "task.h"
#include "timers.h"

#include <sim.h>
#include <stdio.h>
#include <stdlib.h>

static TimerHandle_t xOneShot, xAutoReload, xBacklight;

static void prvCallback(TimerHandle_t xTimer)
{
    uint32_t ulCount = (uint32_t)(uintptr_t)pvTimerGetTimerID(xTimer) + 1;

    vTimerSetTimerID(xTimer, (void *)(uintptr_t)ulCount);
    printf("%s %lu at %lu\n", pcTimerGetName(xTimer), (unsigned long)ulCount,
           (unsigned long)xTaskGetTickCount());
    if (xTimer == xAutoReload && ulCount == 3)
        xTimerChangePeriod(xTimer, pdMS_TO_TICKS(60), 0);
    if (xTimer == xAutoReload && ulCount == 4)
        xTimerStop(xTimer, 0);
}

static void prvKeyISR(void *pvArgument)
{
    BaseType_t xWoken = pdFALSE;

    (void)pvArgument;
    xTimerResetFromISR(xBacklight, &xWoken);
    portYIELD_FROM_ISR(xWoken);
}

static void prvMainTask(void *pvParameters)
{
    (void)pvParameters;
    vTaskDelay(50);
    printf("one-shot active %d, auto-reload active %d\n", (int)xTimerIsTimerActive(xOneShot),
           (int)xTimerIsTimerActive(xAutoReload));
    printf("expires at %lu, period %lu\n", (unsigned long)xTimerGetExpiryTime(xAutoReload),
           (unsigned long)xTimerGetPeriod(xAutoReload));
    vTaskDelay(250);
    xTimerDelete(xOneShot, portMAX_DELAY);
    exit(0);
}

int main(void)
{
    xOneShot = xTimerCreate("one-shot", 35, pdFALSE, 0, prvCallback);
    xAutoReload = xTimerCreate("auto-reload", pdMS_TO_TICKS(40), pdTRUE, 0, prvCallback);
    xBacklight = xTimerCreate("backlight", 100, pdFALSE, 0, prvCallback);
    xTimerStart(xOneShot, 0);
    xTimerStart(xAutoReload, 0);
    sim_interrupt_at(20000, prvKeyISR, NULL);
    sim_interrupt_at(90500, prvKeyISR, NULL);
    xTaskCreate(prvMainTask, "Main", 200, NULL, 2, NULL);
    vTaskStartScheduler();
    return 1;
}
