/* SPDX-License-Identifier: MIT */
/* Five clients share two printers; the ones too many wait for their turn. */
#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

#include <stdio.h>
#include <stdlib.h>

#define PRINTERS 2
#define CLIENTS  5

static SemaphoreHandle_t xPrinters;
static int iBusy, iMost, iDone;

static void vClient(void *pvParameters)
{
    const int iClient = (int)(intptr_t)pvParameters;

    xSemaphoreTake(xPrinters, portMAX_DELAY);
    iBusy++;
    if (iBusy > iMost)
        iMost = iBusy;
    vTaskDelay(pdMS_TO_TICKS(100));
    printf("client %d done at %lu ms, %lu free\n", iClient,
           (unsigned long)(xTaskGetTickCount() * portTICK_PERIOD_MS),
           (unsigned long)uxSemaphoreGetCount(xPrinters));
    iBusy--;
    iDone++;
    xSemaphoreGive(xPrinters);
    if (iDone == CLIENTS) {
        printf("never more than %d busy\n", iMost);
        exit(iMost == PRINTERS ? 0 : 1);
    }
    vTaskDelete(NULL);
}

int main(void)
{
    int iClient;

    xPrinters = xSemaphoreCreateCounting(PRINTERS, PRINTERS);
    for (iClient = 0; iClient < CLIENTS; iClient++)
        xTaskCreate(vClient, "Client", configMINIMAL_STACK_SIZE, (void *)(intptr_t)iClient, 1,
                    NULL);
    vTaskStartScheduler();
    return 1;
}
