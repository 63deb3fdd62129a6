/* SPDX-License-Identifier: MIT */
/*
 * Software timers: functions that the timer task calls when their time has come.
 *
 * Every function that changes a timer sends a command to the timer task (configTIMER_TASK_PRIORITY)
 * through a queue of configTIMER_QUEUE_LENGTH commands; ticks_to_wait is how long the caller may
 * wait for room in it. Nothing waits before the scheduler starts, while it is suspended, or in the
 * timer task itself. A result of pdPASS says that the command is on its way, pdFAIL that there was
 * no room. Times count from the call, not from the moment at which the command is served.
 *
 * Callbacks run in the timer task: they must not block.
 */
#pragma once

#include "FreeRTOS.h"
#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct rtos_timer *TimerHandle_t;
typedef void (*TimerCallbackFunction_t)(TimerHandle_t timer);
typedef void (*PendedFunction_t)(void *parameter1, uint32_t parameter2);

#define tmrCOMMAND_EXECUTE_CALLBACK_FROM_ISR ((BaseType_t)-2)
#define tmrCOMMAND_EXECUTE_CALLBACK          ((BaseType_t)-1)
#define tmrCOMMAND_START_DONT_TRACE          ((BaseType_t)0)
#define tmrCOMMAND_START                     ((BaseType_t)1)
#define tmrCOMMAND_RESET                     ((BaseType_t)2)
#define tmrCOMMAND_STOP                      ((BaseType_t)3)
#define tmrCOMMAND_CHANGE_PERIOD             ((BaseType_t)4)
#define tmrCOMMAND_DELETE                    ((BaseType_t)5)
#define tmrFIRST_FROM_ISR_COMMAND            ((BaseType_t)6)
#define tmrCOMMAND_START_FROM_ISR            ((BaseType_t)6)
#define tmrCOMMAND_RESET_FROM_ISR            ((BaseType_t)7)
#define tmrCOMMAND_STOP_FROM_ISR             ((BaseType_t)8)
#define tmrCOMMAND_CHANGE_PERIOD_FROM_ISR    ((BaseType_t)9)

/* A dormant timer of `period` ticks (not 0) from the heap (NULL: no memory) or in the caller's
 * `memory`, which stays the caller's, as does `name`. With auto_reload it expires again and again,
 * else once per start. Before the scheduler starts too. */
TimerHandle_t xTimerCreate(const char *const name, const TickType_t period,
                           const BaseType_t auto_reload, void *const id,
                           TimerCallbackFunction_t callback);
TimerHandle_t xTimerCreateStatic(const char *const name, const TickType_t period,
                                 const BaseType_t auto_reload, void *const id,
                                 TimerCallbackFunction_t callback, StaticTimer_t *memory);

/* Starts a timer, or starts it anew: it expires one period after this call. */
#define xTimerStart(timer, ticks_to_wait)                                                          \
    xTimerGenericCommandFromTask((timer), tmrCOMMAND_START, xTaskGetTickCount(), NULL,             \
                                 (ticks_to_wait))
#define xTimerReset(timer, ticks_to_wait)                                                          \
    xTimerGenericCommandFromTask((timer), tmrCOMMAND_RESET, xTaskGetTickCount(), NULL,             \
                                 (ticks_to_wait))

/* Makes a timer dormant. */
#define xTimerStop(timer, ticks_to_wait)                                                           \
    xTimerGenericCommandFromTask((timer), tmrCOMMAND_STOP, 0, NULL, (ticks_to_wait))

/* Sets the period (not 0) and starts the timer, also a dormant one. */
#define xTimerChangePeriod(timer, period, ticks_to_wait)                                           \
    xTimerGenericCommandFromTask((timer), tmrCOMMAND_CHANGE_PERIOD, (period), NULL, (ticks_to_wait))

/* Ends a timer; its memory goes back to the heap if it came from there. */
#define xTimerDelete(timer, ticks_to_wait)                                                         \
    xTimerGenericCommandFromTask((timer), tmrCOMMAND_DELETE, 0, NULL, (ticks_to_wait))

/* The same from an interrupt. *switch_needed is set to pdTRUE when the timer task should run. */
#define xTimerStartFromISR(timer, switch_needed)                                                   \
    xTimerGenericCommandFromISR((timer), tmrCOMMAND_START_FROM_ISR, xTaskGetTickCountFromISR(),    \
                                (switch_needed), 0)
#define xTimerResetFromISR(timer, switch_needed)                                                   \
    xTimerGenericCommandFromISR((timer), tmrCOMMAND_RESET_FROM_ISR, xTaskGetTickCountFromISR(),    \
                                (switch_needed), 0)
#define xTimerStopFromISR(timer, switch_needed)                                                    \
    xTimerGenericCommandFromISR((timer), tmrCOMMAND_STOP_FROM_ISR, 0, (switch_needed), 0)
#define xTimerChangePeriodFromISR(timer, period, switch_needed)                                    \
    xTimerGenericCommandFromISR((timer), tmrCOMMAND_CHANGE_PERIOD_FROM_ISR, (period),              \
                                (switch_needed), 0)

#define xTimerGenericCommand(timer, command, value, switch_needed, ticks_to_wait)                  \
    ((command) < tmrFIRST_FROM_ISR_COMMAND                                                         \
         ? xTimerGenericCommandFromTask((timer), (command), (value), (switch_needed),              \
                                        (ticks_to_wait))                                           \
         : xTimerGenericCommandFromISR((timer), (command), (value), (switch_needed),               \
                                       (ticks_to_wait)))

/* What the macros above call: `value` is the time from which a start counts, or the new period. */
BaseType_t xTimerGenericCommandFromTask(TimerHandle_t timer, const BaseType_t command,
                                        const TickType_t value, BaseType_t *const switch_needed,
                                        const TickType_t ticks_to_wait);
BaseType_t xTimerGenericCommandFromISR(TimerHandle_t timer, const BaseType_t command,
                                       const TickType_t value, BaseType_t *const switch_needed,
                                       const TickType_t ticks_to_wait);

#if INCLUDE_xTimerPendFunctionCall == 1
/* Asks the timer task to call function(parameter1, parameter2), in turn with its other commands. */
BaseType_t xTimerPendFunctionCall(PendedFunction_t function, void *parameter1, uint32_t parameter2,
                                  TickType_t ticks_to_wait);
BaseType_t xTimerPendFunctionCallFromISR(PendedFunction_t function, void *parameter1,
                                         uint32_t parameter2, BaseType_t *switch_needed);
#endif

/* pdTRUE when the timer is running: from the service of its start until its last expiry or stop.
 * In the callback of a timer that does not reload it is pdFALSE already. */
BaseType_t xTimerIsTimerActive(TimerHandle_t timer);

/* The period; the tick at which a running timer expires next (undefined for a dormant one). */
TickType_t xTimerGetPeriod(TimerHandle_t timer);
TickType_t xTimerGetExpiryTime(TimerHandle_t timer);

/* Whether the timer starts anew when it expires; takes effect at the next expiry. */
void vTimerSetReloadMode(TimerHandle_t timer, const BaseType_t auto_reload);
BaseType_t xTimerGetReloadMode(TimerHandle_t timer);
UBaseType_t uxTimerGetReloadMode(TimerHandle_t timer);

/* A value of the application's: to tell timers with one callback apart, or to count. */
void *pvTimerGetTimerID(const TimerHandle_t timer);
void vTimerSetTimerID(TimerHandle_t timer, void *id);

const char *pcTimerGetName(TimerHandle_t timer);

/* The memory of a timer that was created statically. pdFALSE: it came from the heap. */
BaseType_t xTimerGetStaticBuffer(TimerHandle_t timer, StaticTimer_t **memory);

/* The timer task; not before the scheduler has started. */
TaskHandle_t xTimerGetTimerDaemonTaskHandle(void);

#if configUSE_TRACE_FACILITY == 1
/* A number for trace tools; the kernel does not use it. */
void vTimerSetTimerNumber(TimerHandle_t timer, UBaseType_t number);
UBaseType_t uxTimerGetTimerNumber(TimerHandle_t timer);
#endif

/* Supplied by the application with configSUPPORT_STATIC_ALLOCATION: memory for the timer task.
 * With configKERNEL_PROVIDED_STATIC_MEMORY the kernel has it. */
void vApplicationGetTimerTaskMemory(StaticTask_t **task, StackType_t **stack,
                                    configSTACK_DEPTH_TYPE *stack_depth);

/* Supplied by the application with configUSE_DAEMON_TASK_STARTUP_HOOK: the first thing that the
 * timer task calls. */
void vApplicationDaemonTaskStartupHook(void);

/* Called by vTaskStartScheduler: creates the timer task. pdFAIL: no memory. */
BaseType_t xTimerCreateTimerTask(void);

/* Forgets all timers and commands, so that the scheduler can be started again after its end. */
void vTimerResetState(void);

#ifdef __cplusplus
}
#endif
