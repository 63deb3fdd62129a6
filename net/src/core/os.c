/* SPDX-License-Identifier: MIT */
/*
 * What the stack needs from the kernel (os.h), and the task that runs it.
 *
 * The clock in milliseconds wraps at 32 bits whatever the width and the rate of the ticks: where it must, it
 * is gathered from differences of the tick counter.
 */
#include "core/os.h"

#include "FreeRTOS.h"
#include "task.h"

#include "FreeRTOS_IP.h"
#include "core/task.h"

#include "core/stack.h"

#if INCLUDE_vTaskDelay != 1 || configUSE_TASK_NOTIFICATIONS != 1 ||                                \
    configSUPPORT_DYNAMIC_ALLOCATION != 1
#error                                                                                             \
    "FreeRTOSConfig.h: the network stack needs INCLUDE_vTaskDelay, configUSE_TASK_NOTIFICATIONS \
and configSUPPORT_DYNAMIC_ALLOCATION"
#endif

/* However long nothing is due, the tick counter is looked at before it can wrap unseen. */
#define LONGEST_SLEEP                                                                              \
    ((TickType_t)(ipconfigMAX_IP_TASK_SLEEP_TIME) < portMAX_DELAY / 2                              \
         ? (TickType_t)(ipconfigMAX_IP_TASK_SLEEP_TIME)                                            \
         : portMAX_DELAY / 2)

/* Where a tick is whole milliseconds. */
#define TICK_MS (1000u % configTICK_RATE_HZ == 0 ? 1000u / configTICK_RATE_HZ : 0)

/* Where such ticks are counted in 32 bits, they wrap as the clock does: nothing is to be gathered. */
#define TICKS_TELL (TICK_MS != 0 && sizeof(TickType_t) >= sizeof(uint32_t))

void *volatile tcpip_task;

static TickType_t last_tick;
static uint64_t tick_rest; /* thousandths of a tick not yet counted */
static uint32_t now_ms;

uint32_t tcpip_os_mask(void)
{
    return (uint32_t)portSET_INTERRUPT_MASK_FROM_ISR();
}

void tcpip_os_unmask(uint32_t state)
{
    portCLEAR_INTERRUPT_MASK_FROM_ISR((UBaseType_t)state);
}

uint32_t tcpip_os_now(void)
{
    TickType_t tick = xTaskGetTickCount();

    if (TICKS_TELL)
        return (uint32_t)tick * TICK_MS;
    tick_rest += (uint64_t)(TickType_t)(tick - last_tick) * 1000u;
    last_tick = tick;
    now_ms += (uint32_t)(tick_rest / configTICK_RATE_HZ);
    tick_rest %= configTICK_RATE_HZ;
    return now_ms;
}

void tcpip_os_wake(void)
{
    if (tcpip_task != NULL)
        xTaskNotifyGive(tcpip_task);
}

bool tcpip_os_wake_from_isr(void)
{
    BaseType_t woken = pdFALSE;

    if (tcpip_task != NULL)
        vTaskNotifyGiveFromISR(tcpip_task, &woken);
    return woken != pdFALSE;
}

void *tcpip_os_allocate(size_t size)
{
    return pvPortMallocLarge(size);
}

void tcpip_os_free(void *memory)
{
    vPortFreeLarge(memory);
}

bool tcpip_os_random(uint32_t *value)
{
    return xApplicationGetRandomNumber(value) != pdFALSE;
}

static uint32_t ms_of(TickType_t ticks)
{
    return (uint32_t)((uint64_t)ticks * 1000u / configTICK_RATE_HZ);
}

uint32_t tcpip_os_longest_discover(void)
{
    return ms_of(ipconfigMAXIMUM_DISCOVER_TX_PERIOD);
}

uint32_t tcpip_os_dns_longest_wait(void)
{
    return ms_of(ipconfigDNS_RECEIVE_BLOCK_TIME_TICKS);
}

uint32_t tcpip_os_dns_send_wait(void)
{
    return ms_of(ipconfigDNS_SEND_BLOCK_TIME_TICKS);
}

static TickType_t ticks_of(uint32_t ms)
{
    uint64_t ticks = TICK_MS != 0 ? (ms - 1) / TICK_MS + 1 /* it is not 0 */
                                  : ((uint64_t)ms * configTICK_RATE_HZ + 999u) / 1000u;

    return ticks < LONGEST_SLEEP ? (TickType_t)ticks : LONGEST_SLEEP;
}

static void stack_task(void *parameter)
{
    for (;;) {
        ipconfigWATCHDOG_TIMER();
        uint32_t wait = tcpip_stack_step();

        if (wait > 0)
            ulTaskNotifyTake(pdTRUE, ticks_of(wait));
    }
}

bool tcpip_task_start(void)
{
    TaskHandle_t created = NULL;

    if (tcpip_task != NULL || xTaskCreate(stack_task, "IP", ipconfigIP_TASK_STACK_SIZE_WORDS, NULL,
                                          ipconfigIP_TASK_PRIORITY, &created) != pdPASS)
        return false;
    tcpip_task = created;
    tcpip_os_wake();
    return true;
}
