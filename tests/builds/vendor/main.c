/* SPDX-License-Identifier: MIT */
/* Tasks, the tick and an interrupt of the timer on a vendor's start-up code. */
#include "FreeRTOS.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"

#define TIMER0_IRQ    8
#define TIMER0_CTRL   (*(volatile uint32_t *)0x40000000u)
#define TIMER0_VALUE  (*(volatile uint32_t *)0x40000004u)
#define TIMER0_RELOAD (*(volatile uint32_t *)0x40000008u)
#define TIMER0_CLEAR  (*(volatile uint32_t *)0x4000000cu)
#define NVIC_ISER     (*(volatile uint32_t *)0xe000e100u)
#define NVIC_IPR      ((volatile uint8_t *)0xe000e400u)

void board_print(const char *text);
void board_exit(int code);
void TIMER0_Handler(void);

static QueueHandle_t xQueue;
static SemaphoreHandle_t xTimer;

void vAssertCalled(const char *pcFile, int iLine)
{
    const char *pcName = pcFile;

    (void)iLine;
    for (; *pcFile != '\0'; pcFile++)
        if (*pcFile == '/')
            pcName = pcFile + 1;
    board_print("assertion in ");
    board_print(pcName);
    board_print("\n");
    board_exit(3);
}

static void vStartTimer0(uint32_t ulCounts)
{
    TIMER0_RELOAD = ulCounts;
    TIMER0_VALUE = ulCounts;
    TIMER0_CTRL = 0x9;
    NVIC_IPR[TIMER0_IRQ] = configMAX_SYSCALL_INTERRUPT_PRIORITY;
    NVIC_ISER = 1u << TIMER0_IRQ;
}

#ifdef OWN_TICK_TIMER

/* The tick comes from a timer of the chip's. */
void vPortSetupTimerInterrupt(void)
{
    vStartTimer0(SystemCoreClock / configTICK_RATE_HZ);
}

extern void xPortSysTickHandler(void);

void TIMER0_Handler(void)
{
    TIMER0_CLEAR = 1;
    xPortSysTickHandler();
    xSemaphoreGiveFromISR(xTimer, NULL);
}

#else

void TIMER0_Handler(void)
{
    BaseType_t xWoken = pdFALSE;

    TIMER0_CLEAR = 1;
    xSemaphoreGiveFromISR(xTimer, &xWoken);
    portYIELD_FROM_ISR(xWoken);
}

#endif

static void vSender(void *pvParameters)
{
    uint32_t ulValue;

    (void)pvParameters;
    for (ulValue = 0; ulValue < 3; ulValue++) {
        vTaskDelay(pdMS_TO_TICKS(10));
        xQueueSend(xQueue, &ulValue, portMAX_DELAY);
    }
    vTaskDelete(NULL);
}

static void vReceiver(void *pvParameters)
{
    char cLine[] = "received 0\n";
    uint32_t ulValue = 0;

    (void)pvParameters;
    while (ulValue < 2 && xQueueReceive(xQueue, &ulValue, pdMS_TO_TICKS(100)) == pdPASS) {
        cLine[9] = (char)('0' + ulValue);
        board_print(cLine);
    }
    board_print(xTaskGetTickCount() == 30 ? "after 30 ticks\n" : "late\n");
#ifndef OWN_TICK_TIMER
    vStartTimer0(SystemCoreClock / 500);
#endif
    board_print(xSemaphoreTake(xTimer, pdMS_TO_TICKS(100)) == pdPASS ? "timer\n" : "no timer\n");
    board_exit(0);
}

int main(void)
{
    xQueue = xQueueCreate(2, sizeof(uint32_t));
    xTimer = xSemaphoreCreateBinary();
    xTaskCreate(vSender, "sender", configMINIMAL_STACK_SIZE, NULL, 1, NULL);
    xTaskCreate(vReceiver, "receiver", configMINIMAL_STACK_SIZE, NULL, 2, NULL);
    vTaskStartScheduler();
    return 1;
}
