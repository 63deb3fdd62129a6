/* SPDX-License-Identifier: MIT */
/* Own trace macros, as a recorder defines them. */
#pragma once

#define configUSE_PREEMPTION     1
#define configUSE_IDLE_HOOK      0
#define configUSE_TICK_HOOK      0
#define configTICK_RATE_HZ       1000
#define configMINIMAL_STACK_SIZE 128
#define configTOTAL_HEAP_SIZE    16384
#define configMAX_PRIORITIES     5
#define configUSE_TRACE_FACILITY 1
#define configUSE_MUTEXES        1
#define INCLUDE_vTaskDelay       1
#define INCLUDE_vTaskDelete      1

enum {
    TRACE_CREATED,
    TRACE_DELETED,
    TRACE_IN,
    TRACE_OUT,
    TRACE_SENT,
    TRACE_RECEIVED,
    TRACE_FAILED,
    TRACE_BLOCKED,
    TRACE_DELAYED,
    TRACE_QUEUES,
    TRACE_ALLOCATED,
    TRACE_FREED,
    TRACE_COUNT
};
extern unsigned long ulTrace[TRACE_COUNT];
extern const char *pcTracedTask;
void vTraceCount(int iEvent);

#define traceTASK_CREATE(pxNewTCB)       vTraceCount(TRACE_CREATED)
#define traceTASK_DELETE(pxTaskToDelete) vTraceCount(TRACE_DELETED)
#define traceTASK_SWITCHED_IN()          vTraceCount(TRACE_IN)
#define traceTASK_SWITCHED_OUT()                                                                   \
    do {                                                                                           \
        vTraceCount(TRACE_OUT);                                                                    \
    } while (0)
#define traceQUEUE_SEND(pxQueue)                vTraceCount(TRACE_SENT)
#define traceQUEUE_SEND_FAILED(pxQueue)         vTraceCount(TRACE_FAILED)
#define traceQUEUE_RECEIVE(pxQueue)             vTraceCount(TRACE_RECEIVED)
#define traceBLOCKING_ON_QUEUE_RECEIVE(pxQueue) vTraceCount(TRACE_BLOCKED)
#define traceTASK_DELAY()                       vTraceCount(TRACE_DELAYED)
#define traceQUEUE_CREATE(pxNewQueue)                                                              \
    {                                                                                              \
        vTraceCount(TRACE_QUEUES);                                                                 \
    }
#define traceMALLOC(pvAddress, uiSize) vTraceCount(TRACE_ALLOCATED)
#define traceFREE(pvAddress, uiSize)                                                               \
    if ((pvAddress) != NULL)                                                                       \
    vTraceCount(TRACE_FREED)
