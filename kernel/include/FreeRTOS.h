/* SPDX-License-Identifier: MIT */
/*
 * The header that every application includes first: the configuration, the port, the types that
 * all of the kernel's API shares, and the names of older versions.
 */
#pragma once

#include "rtos_options.h"
#include "projdefs.h"
#include "portable.h"
#include "rtos_trace.h"

/* What a port may define and need not. */
#ifndef portMEMORY_BARRIER
#define portMEMORY_BARRIER()
#endif
#ifndef portSOFTWARE_BARRIER
#define portSOFTWARE_BARRIER()
#endif
#ifndef portYIELD_WITHIN_API
#define portYIELD_WITHIN_API portYIELD
#endif
#ifndef portEND_SWITCHING_ISR
#define portEND_SWITCHING_ISR(switch_needed) portYIELD_FROM_ISR(switch_needed)
#endif
#ifndef portSETUP_TCB
#define portSETUP_TCB(task) ((void)(task))
#endif
#ifndef portCLEAN_UP_TCB
#define portCLEAN_UP_TCB(task) ((void)(task))
#endif
#ifndef portPRE_TASK_DELETE_HOOK
#define portPRE_TASK_DELETE_HOOK(task, yield_pending)
#endif
#ifndef portTASK_SWITCH_HOOK
#define portTASK_SWITCH_HOOK(task)
#endif
#ifndef portCONFIGURE_TIMER_FOR_RUN_TIME_STATS
#define portCONFIGURE_TIMER_FOR_RUN_TIME_STATS()
#endif
#if configGENERATE_RUN_TIME_STATS == 1 && !defined(portGET_RUN_TIME_COUNTER_VALUE) &&              \
    !defined(portALT_GET_RUN_TIME_COUNTER_VALUE)
#error "configGENERATE_RUN_TIME_STATS needs portGET_RUN_TIME_COUNTER_VALUE()"
#endif
#if !defined(portALT_GET_RUN_TIME_COUNTER_VALUE) && defined(portGET_RUN_TIME_COUNTER_VALUE)
#define portALT_GET_RUN_TIME_COUNTER_VALUE(value)                                                  \
    ((value) = (configRUN_TIME_COUNTER_TYPE)portGET_RUN_TIME_COUNTER_VALUE())
#endif
#ifndef portSUPPRESS_TICKS_AND_SLEEP
#define portSUPPRESS_TICKS_AND_SLEEP(ticks)
#endif
#ifndef portASSERT_IF_INTERRUPT_PRIORITY_INVALID
#define portASSERT_IF_INTERRUPT_PRIORITY_INVALID()
#endif
/* Whether this is an interrupt, and one that may call the kernel. */
#ifndef portMAY_CALL_FROM_ISR
#define portMAY_CALL_FROM_ISR() portCHECK_IF_IN_ISR()
#endif
#ifndef portASSERT_IF_IN_ISR
#define portASSERT_IF_IN_ISR() configASSERT(!portCHECK_IF_IN_ISR())
#endif
#ifndef portTASK_USES_FLOATING_POINT
#define portTASK_USES_FLOATING_POINT()
#endif
#ifndef portALLOCATE_SECURE_CONTEXT
#define portALLOCATE_SECURE_CONTEXT(size)
#endif
#ifndef portTIMER_CALLBACK_ATTRIBUTE
#define portTIMER_CALLBACK_ATTRIBUTE
#endif
#ifndef portPOINTER_SIZE_TYPE
#define portPOINTER_SIZE_TYPE uintptr_t
#endif
#ifndef portDONT_DISCARD
#define portDONT_DISCARD __attribute__((used))
#endif
#ifndef portTICK_TYPE_IS_ATOMIC
#define portTICK_TYPE_IS_ATOMIC 0
#endif
#ifndef portHAS_NESTED_INTERRUPTS
#define portHAS_NESTED_INTERRUPTS 0
#endif
/* Exclusive access: a store that fails when an interrupt or a switch came since the load. A port that
 * has it defines all three; semaphores then need not mask interrupts when nobody waits. */
#ifndef portHAS_EXCLUSIVE
#define portHAS_EXCLUSIVE                   0
#define portLOAD_EXCLUSIVE(address)         (*(address))
#define portSTORE_EXCLUSIVE(address, value) ((void)(value), 0)
#endif
/* Where reading and writing a tick count needs protection from interrupts. */
#if portTICK_TYPE_IS_ATOMIC == 0
#define portTICK_TYPE_ENTER_CRITICAL()                     portENTER_CRITICAL()
#define portTICK_TYPE_EXIT_CRITICAL()                      portEXIT_CRITICAL()
#define portTICK_TYPE_SET_INTERRUPT_MASK_FROM_ISR()        portSET_INTERRUPT_MASK_FROM_ISR()
#define portTICK_TYPE_CLEAR_INTERRUPT_MASK_FROM_ISR(state) portCLEAR_INTERRUPT_MASK_FROM_ISR(state)
#else
#define portTICK_TYPE_ENTER_CRITICAL()
#define portTICK_TYPE_EXIT_CRITICAL()
#define portTICK_TYPE_SET_INTERRUPT_MASK_FROM_ISR()        ((UBaseType_t)0)
#define portTICK_TYPE_CLEAR_INTERRUPT_MASK_FROM_ISR(state) ((void)(state))
#endif
#ifndef portBASE_TYPE_ENTER_CRITICAL
#define portBASE_TYPE_ENTER_CRITICAL() /* a BaseType_t is read and written at once */
#endif
#ifndef portBASE_TYPE_EXIT_CRITICAL
#define portBASE_TYPE_EXIT_CRITICAL()
#endif
#ifndef portCRITICAL_NESTING_IN_TCB
#define portCRITICAL_NESTING_IN_TCB 0
#endif
#ifndef portPRIVILEGE_BIT
#define portPRIVILEGE_BIT ((UBaseType_t)0)
#endif
#ifndef portIDLE
#define portIDLE()
#endif
#ifndef mtCOVERAGE_TEST_MARKER
#define mtCOVERAGE_TEST_MARKER()
#endif
#ifndef mtCOVERAGE_TEST_DELAY
#define mtCOVERAGE_TEST_DELAY()
#endif

#define tskSTATIC_AND_DYNAMIC_ALLOCATION_POSSIBLE                                                  \
    (configSUPPORT_STATIC_ALLOCATION == 1 && configSUPPORT_DYNAMIC_ALLOCATION == 1)

/* The C library's state of a task. */
#if configUSE_NEWLIB_REENTRANT == 1
#include "newlib-freertos.h"
#elif configUSE_PICOLIBC_TLS == 1
#include "picolibc-freertos.h"
#elif configUSE_C_RUNTIME_TLS_SUPPORT == 1 &&                                                      \
    !(defined(configTLS_BLOCK_TYPE) && defined(configINIT_TLS_BLOCK) &&                            \
      defined(configSET_TLS_BLOCK) && defined(configDEINIT_TLS_BLOCK))
#error                                                                                             \
    "configUSE_C_RUNTIME_TLS_SUPPORT needs configTLS_BLOCK_TYPE, configINIT_TLS_BLOCK(block, top), configSET_TLS_BLOCK(block) and configDEINIT_TLS_BLOCK(block)"
#endif

#include "rtos_types.h"

#if configQUEUE_REGISTRY_SIZE < 1
#define vQueueAddToRegistry(queue, name) ((void)(queue), (void)(name))
#define vQueueUnregisterQueue(queue)     ((void)(queue))
#define pcQueueGetName(queue)            ((void)(queue), (const char *)NULL)
#else
#ifdef __cplusplus
extern "C" {
#endif
/* Names a queue for debuggers, as long as there is room; `name` stays the caller's. */
void vQueueAddToRegistry(struct rtos_queue *queue, const char *name);
void vQueueUnregisterQueue(struct rtos_queue *queue);
const char *pcQueueGetName(struct rtos_queue *queue);
#ifdef __cplusplus
}
#endif
#endif

#if configENABLE_BACKWARD_COMPATIBILITY == 1
#define eTaskStateGet              eTaskGetState
#define portTickType               TickType_t
#define xTaskHandle                TaskHandle_t
#define xQueueHandle               QueueHandle_t
#define xSemaphoreHandle           SemaphoreHandle_t
#define xQueueSetHandle            QueueSetHandle_t
#define xQueueSetMemberHandle      QueueSetMemberHandle_t
#define xTimeOutType               TimeOut_t
#define xMemoryRegion              MemoryRegion_t
#define xTaskParameters            TaskParameters_t
#define xTaskStatusType            TaskStatus_t
#define xTimerHandle               TimerHandle_t
#define xCoRoutineHandle           CoRoutineHandle_t
#define pdTASK_HOOK_CODE           TaskHookFunction_t
#define portTICK_RATE_MS           portTICK_PERIOD_MS
#define pcTaskGetTaskName          pcTaskGetName
#define pcTimerGetTimerName        pcTimerGetName
#define pcQueueGetQueueName        pcQueueGetName
#define vTaskGetTaskInfo           vTaskGetInfo
#define xTaskGetIdleRunTimeCounter ulTaskGetIdleRunTimeCounter
#define tmrTIMER_CALLBACK          TimerCallbackFunction_t
#define pdTASK_CODE                TaskFunction_t
#define xListItem                  ListItem_t
#define xList                      List_t
#define pxContainer                pvContainer
#endif

#include "rtos_list.h"
