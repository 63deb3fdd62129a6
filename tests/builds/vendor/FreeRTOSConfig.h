/* SPDX-License-Identifier: MIT */
/* A configuration for a Cortex-M3 as vendors ship it. The test sets HANDLERS_RENAMED, OWN_TICK_TIMER
 * and CHECK_INSTALLATION to have the variants. */
#pragma once

#include <stdint.h>

extern uint32_t SystemCoreClock;

#define configUSE_PREEMPTION                         1
#define configUSE_IDLE_HOOK                          0
#define configUSE_TICK_HOOK                          0
#define configCPU_CLOCK_HZ                           (SystemCoreClock)
#define configTICK_RATE_HZ                           ((TickType_t)1000)
#define configMAX_PRIORITIES                         (5)
#define configMINIMAL_STACK_SIZE                     ((uint16_t)130)
#define configTOTAL_HEAP_SIZE                        ((size_t)(24 * 1024))
#define configUSE_MUTEXES                            1
#define configCHECK_FOR_STACK_OVERFLOW               0

#define INCLUDE_vTaskDelay                           1
#define INCLUDE_vTaskDelete                          1

#define configPRIO_BITS                              3
#define configLIBRARY_LOWEST_INTERRUPT_PRIORITY      0x7
#define configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY 3
#define configKERNEL_INTERRUPT_PRIORITY                                                            \
    (configLIBRARY_LOWEST_INTERRUPT_PRIORITY << (8 - configPRIO_BITS))
#define configMAX_SYSCALL_INTERRUPT_PRIORITY                                                       \
    (configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY << (8 - configPRIO_BITS))

#ifdef SYSTICK_HZ
#define configSYSTICK_CLOCK_HZ SYSTICK_HZ
#endif
#ifdef CHECK_INSTALLATION
#define configCHECK_HANDLER_INSTALLATION CHECK_INSTALLATION
#endif

#ifdef HANDLERS_RENAMED
#define vPortSVCHandler     SVC_Handler
#define xPortPendSVHandler  PendSV_Handler
#define xPortSysTickHandler SysTick_Handler
#endif

void vAssertCalled(const char *pcFile, int iLine);
#define configASSERT(x)                                                                            \
    if ((x) == 0)                                                                                  \
    vAssertCalled(__FILE__, __LINE__)
