/* SPDX-License-Identifier: MIT */
/*
 * Tasks: creation, delay, suspension, priorities, notifications, the scheduler.
 *
 * Unless a contract says otherwise a function is called from a task or, where it cannot block,
 * before the scheduler starts; those named …FromISR are called from interrupts. A NULL task handle
 * means the calling task. Times are in ticks; portMAX_DELAY waits without end (with
 * INCLUDE_vTaskSuspend).
 */
#pragma once

#include "FreeRTOS.h"

#define tskKERNEL_VERSION_NUMBER   "V11.1.0"
#define tskKERNEL_VERSION_MAJOR    11
#define tskKERNEL_VERSION_MINOR    1
#define tskKERNEL_VERSION_BUILD    0
#define LINNET_VERSION             "0.1.0"

#define tskDEFAULT_INDEX_TO_NOTIFY ((UBaseType_t)0)
#define tskIDLE_PRIORITY           ((UBaseType_t)0U)
#define tskNO_AFFINITY             ((UBaseType_t)-1)

#define taskSCHEDULER_SUSPENDED    ((BaseType_t)0)
#define taskSCHEDULER_NOT_STARTED  ((BaseType_t)1)
#define taskSCHEDULER_RUNNING      ((BaseType_t)2)

typedef struct rtos_task *TaskHandle_t;
typedef const struct rtos_task *ConstTaskHandle_t;

typedef enum { eRunning, eReady, eBlocked, eSuspended, eDeleted, eInvalid } eTaskState;

typedef enum {
    eNoAction,
    eSetBits,
    eIncrement,
    eSetValueWithOverwrite,
    eSetValueWithoutOverwrite
} eNotifyAction;

typedef enum { eAbortSleep, eStandardSleep, eNoTasksWaitingTimeout } eSleepModeStatus;

typedef struct xTIME_OUT {
    BaseType_t xOverflowCount;
    TickType_t xTimeOnEntering;
} TimeOut_t;

typedef struct xTASK_STATUS {
    TaskHandle_t xHandle;
    const char *pcTaskName;
    UBaseType_t xTaskNumber;
    eTaskState eCurrentState;
    UBaseType_t uxCurrentPriority;
    UBaseType_t uxBasePriority;
    configRUN_TIME_COUNTER_TYPE ulRunTimeCounter;
    StackType_t *pxStackBase;
#if portSTACK_GROWTH > 0 || configRECORD_STACK_HIGH_ADDRESS == 1
    StackType_t *pxTopOfStack;
    StackType_t *pxEndOfStack;
#endif
    configSTACK_DEPTH_TYPE usStackHighWaterMark;
} TaskStatus_t;

/* Called for one task by uxTaskCallForEachTask: must not block. */
typedef void (*TaskStatusCallbackFunction_t)(TaskStatus_t *status, void *parameter);

/* What tasks of restricted rights are described by, on ports with a memory protection unit. */
typedef struct xMEMORY_REGION {
    void *pvBaseAddress;
    uint32_t ulLengthInBytes;
    uint32_t ulParameters;
} MemoryRegion_t;

typedef struct xTASK_PARAMETERS {
    TaskFunction_t pvTaskCode;
    const char *pcName;
    configSTACK_DEPTH_TYPE usStackDepth;
    void *pvParameters;
    UBaseType_t uxPriority;
    StackType_t *puxStackBuffer;
    MemoryRegion_t xRegions[portNUM_CONFIGURABLE_REGIONS];
    StaticTask_t *pxTaskBuffer;
} TaskParameters_t;

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Creation -------------------------------------------------------------------------------- */

/* Creates a task with a stack of `stack_depth` words from the heap; it runs as soon as its priority
 * says. A priority of configMAX_PRIORITIES or more is lowered to the highest. `created` may be
 * NULL. Returns pdPASS or errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY. Before the start, or from a task.
 */
BaseType_t xTaskCreate(TaskFunction_t code, const char *const name,
                       const configSTACK_DEPTH_TYPE stack_depth, void *const parameter,
                       UBaseType_t priority, TaskHandle_t *const created);

/* The same in memory of the caller, which must stay valid until the task is deleted. Returns NULL
 * when `stack` or `task` is NULL. */
TaskHandle_t xTaskCreateStatic(TaskFunction_t code, const char *const name,
                               const configSTACK_DEPTH_TYPE stack_depth, void *const parameter,
                               UBaseType_t priority, StackType_t *const stack,
                               StaticTask_t *const task);

/* Ends a task, wherever it waits. Memory from the heap is freed: at once, or by the idle task when
 * a task deletes itself. A mutex that the task holds stays locked. */
#if RTOS_OFFERS(INCLUDE_vTaskDelete)
void vTaskDelete(TaskHandle_t task);
#endif

/* The memory given to xTaskCreateStatic: pdTRUE and both pointers, or pdFALSE for a task from the
 * heap. */
BaseType_t xTaskGetStaticBuffers(TaskHandle_t task, StackType_t **stack, StaticTask_t **buffer);

/* Supplied by the application with configSUPPORT_STATIC_ALLOCATION, unless
 * configKERNEL_PROVIDED_STATIC_MEMORY is 1: the memory of the idle task. */
void vApplicationGetIdleTaskMemory(StaticTask_t **task, StackType_t **stack,
                                   configSTACK_DEPTH_TYPE *stack_depth);

/* ---- Time ------------------------------------------------------------------------------------ */

/* Blocks for `ticks` ticks from now; 0 only yields. */
#if RTOS_OFFERS(INCLUDE_vTaskDelay)
void vTaskDelay(const TickType_t ticks);
#endif

/* Blocks until *previous_wake + period and stores that time in *previous_wake. Returns pdFALSE,
 * without having blocked, when that time has passed already. */
#if RTOS_OFFERS(INCLUDE_xTaskDelayUntil)
BaseType_t xTaskDelayUntil(TickType_t *const previous_wake, const TickType_t period);
#define vTaskDelayUntil(previous_wake, period) ((void)xTaskDelayUntil((previous_wake), (period)))
#endif

/* Wakes a blocked task as if its time had come. pdFAIL when it was not blocked. */
#if RTOS_OFFERS(INCLUDE_xTaskAbortDelay)
BaseType_t xTaskAbortDelay(TaskHandle_t task);
#endif

TickType_t xTaskGetTickCount(void);
TickType_t xTaskGetTickCountFromISR(void);

/* A time-out by hand: note the start, then ask. xTaskCheckForTimeOut returns pdTRUE when the time
 * is up, else subtracts what has passed from *ticks_to_wait and restarts. */
void vTaskSetTimeOutState(TimeOut_t *const time_out);
BaseType_t xTaskCheckForTimeOut(TimeOut_t *const time_out, TickType_t *const ticks_to_wait);

/* Adds ticks that passed while the tick was held, and wakes whose time has come. pdTRUE when a
 * task switch happened. */
BaseType_t xTaskCatchUpTicks(TickType_t ticks);

/* For ports that suppress ticks: moves the clock on by `ticks`, at most to the next wake-up. */
void vTaskStepTick(TickType_t ticks);
eSleepModeStatus eTaskConfirmSleepModeStatus(void);

/* ---- State and priority ---------------------------------------------------------------------- */

/* The priority with what was inherited, and without. */
#if RTOS_OFFERS(INCLUDE_uxTaskPriorityGet)
UBaseType_t uxTaskPriorityGet(const TaskHandle_t task);
UBaseType_t uxTaskPriorityGetFromISR(const TaskHandle_t task);
UBaseType_t uxTaskBasePriorityGet(const TaskHandle_t task);
UBaseType_t uxTaskBasePriorityGetFromISR(const TaskHandle_t task);
#endif

/* Sets the base priority; what is inherited stays. May switch tasks before it returns. */
#if RTOS_OFFERS(INCLUDE_vTaskPrioritySet)
void vTaskPrioritySet(TaskHandle_t task, UBaseType_t priority);
#endif

#if RTOS_OFFERS(INCLUDE_eTaskGetState || configUSE_TRACE_FACILITY || INCLUDE_xTaskAbortDelay)
eTaskState eTaskGetState(TaskHandle_t task);
#endif

/* Takes a task out of scheduling until it is resumed, whatever it waits for. Not counted: one
 * resume ends any number of suspensions. */
#if RTOS_OFFERS(INCLUDE_vTaskSuspend)
void vTaskSuspend(TaskHandle_t task);
#endif
#if RTOS_OFFERS(INCLUDE_vTaskSuspend)
void vTaskResume(TaskHandle_t task);
#endif

/* Returns pdTRUE when a switch should follow at the end of the interrupt. */
#if RTOS_OFFERS(INCLUDE_vTaskSuspend && INCLUDE_xTaskResumeFromISR)
BaseType_t xTaskResumeFromISR(TaskHandle_t task);
#endif

char *pcTaskGetName(TaskHandle_t task);

/* The task of that name, or NULL. Looks at every task. */
#if RTOS_OFFERS(INCLUDE_xTaskGetHandle)
TaskHandle_t xTaskGetHandle(const char *name);
#endif
#if RTOS_OFFERS(INCLUDE_xTaskGetCurrentTaskHandle || configUSE_MUTEXES)
TaskHandle_t xTaskGetCurrentTaskHandle(void);
#endif
#if RTOS_OFFERS(INCLUDE_xTaskGetIdleTaskHandle)
TaskHandle_t xTaskGetIdleTaskHandle(void);
#endif
UBaseType_t uxTaskGetNumberOfTasks(void);

/* The fewest words of stack that were ever free. Reads the stack: costs time. */
#if RTOS_OFFERS(INCLUDE_uxTaskGetStackHighWaterMark)
UBaseType_t uxTaskGetStackHighWaterMark(TaskHandle_t task);
#endif
#if RTOS_OFFERS(INCLUDE_uxTaskGetStackHighWaterMark2)
configSTACK_DEPTH_TYPE uxTaskGetStackHighWaterMark2(TaskHandle_t task);
#endif

/* What is known of one task. `want_stack` pdTRUE also measures the free stack; a `state` other than
 * eInvalid is believed instead of looked up. */
void vTaskGetInfo(TaskHandle_t task, TaskStatus_t *status, BaseType_t want_stack, eTaskState state);

/* The state of every task, in at most `capacity` entries; 0 when they do not fit. */
UBaseType_t uxTaskGetSystemState(TaskStatus_t *const statuses, const UBaseType_t capacity,
                                 configRUN_TIME_COUNTER_TYPE *const total_run_time);

/* Calls `callback` with the state of every task, in order of creation and with the scheduler held;
 * returns how many there are. The status is valid during the call only. */
#if RTOS_OFFERS(configUSE_TRACE_FACILITY)
UBaseType_t uxTaskCallForEachTask(TaskStatusCallbackFunction_t callback, void *parameter);
#endif

/* A table of all tasks as text, one in each row: name, state (X running, R ready, B blocked,
 * S suspended, D deleted), priority, fewest words of stack ever free, number. `text` is cut off at
 * `capacity` characters, its terminating zero included. Holds the scheduler; no heap is needed. */
#if RTOS_OFFERS(configUSE_TRACE_FACILITY && configUSE_STATS_FORMATTING_FUNCTIONS)
void vTaskListTasks(char *text, size_t capacity);
#define vTaskList(text) vTaskListTasks((text), configSTATS_BUFFER_MAX_LENGTH)
#endif

/* The same of how long each task ran: name, time in units of the run-time counter, share of the
 * total in per cent. */
#if RTOS_OFFERS(configUSE_TRACE_FACILITY && configUSE_STATS_FORMATTING_FUNCTIONS &&                \
                configGENERATE_RUN_TIME_STATS)
void vTaskGetRunTimeStatistics(char *text, size_t capacity);
#define vTaskGetRunTimeStats(text) vTaskGetRunTimeStatistics((text), configSTATS_BUFFER_MAX_LENGTH)
#endif

/* How long a task, or the idle task, ran: in units of the run-time counter, and in per cent of all
 * the time that the counter shows. 0 for the idle task before the start. */
#if RTOS_OFFERS(configGENERATE_RUN_TIME_STATS)
configRUN_TIME_COUNTER_TYPE ulTaskGetRunTimeCounter(const TaskHandle_t task);
configRUN_TIME_COUNTER_TYPE ulTaskGetRunTimePercent(const TaskHandle_t task);
configRUN_TIME_COUNTER_TYPE ulTaskGetIdleRunTimeCounter(void);
configRUN_TIME_COUNTER_TYPE ulTaskGetIdleRunTimePercent(void);
#endif

/* ---- Scheduler ------------------------------------------------------------------------------- */

/* Starts the highest ready task. Returns only after vTaskEndScheduler, or at once when there is no
 * memory for the idle task. */
void vTaskStartScheduler(void);
void vTaskEndScheduler(void);

/* Forgets every task and the time, so that the scheduler can be started anew. Only after
 * vTaskEndScheduler. */
void vTaskResetState(void);

/* Holds task switches; interrupts go on. Nests. While held, no function that can block may be
 * called. xTaskResumeAll returns pdTRUE when it made a switch that was due. */
void vTaskSuspendAll(void);
BaseType_t xTaskResumeAll(void);

#if RTOS_OFFERS(INCLUDE_xTaskGetSchedulerState || configUSE_TIMERS)
BaseType_t xTaskGetSchedulerState(void);
#endif

/* Lets other tasks of the same priority run. */
void rtos_yield(void);
#define taskYIELD()                       rtos_yield()

#define taskENTER_CRITICAL()              portENTER_CRITICAL()
#define taskEXIT_CRITICAL()               portEXIT_CRITICAL()
#define taskENTER_CRITICAL_FROM_ISR()     portSET_INTERRUPT_MASK_FROM_ISR()
#define taskEXIT_CRITICAL_FROM_ISR(state) portCLEAR_INTERRUPT_MASK_FROM_ISR(state)
#define taskDISABLE_INTERRUPTS()          portDISABLE_INTERRUPTS()
#define taskENABLE_INTERRUPTS()           portENABLE_INTERRUPTS()
#define taskVALID_CORE_ID(core)           (((core) == 0) ? pdTRUE : pdFALSE)

/* ---- Notifications --------------------------------------------------------------------------- */

/* Changes value `index` of `task` as `action` says and wakes the task if it waits there. `previous`
 * may be NULL. pdFAIL only for eSetValueWithoutOverwrite on a notification not yet taken. */
BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value,
                              eNotifyAction action, uint32_t *previous);
/* Adds one, whatever the value, and wakes; always pdPASS. */
BaseType_t rtos_notify_give(TaskHandle_t task, UBaseType_t index);
BaseType_t xTaskGenericNotifyFromISR(TaskHandle_t task, UBaseType_t index, uint32_t value,
                                     eNotifyAction action, uint32_t *previous,
                                     BaseType_t *switch_needed);
void vTaskGenericNotifyGiveFromISR(TaskHandle_t task, UBaseType_t index, BaseType_t *switch_needed);

/* Waits for a notification: clears bits before waiting and after. pdFALSE on time-out. */
BaseType_t xTaskGenericNotifyWait(UBaseType_t index, uint32_t clear_on_entry,
                                  uint32_t clear_on_exit, uint32_t *value,
                                  TickType_t ticks_to_wait);

/* Waits until the value is not 0, then sets it to 0 or takes one off; returns it as it was. */
uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear_on_exit,
                                 TickType_t ticks_to_wait);
BaseType_t xTaskGenericNotifyStateClear(TaskHandle_t task, UBaseType_t index);
uint32_t ulTaskGenericNotifyValueClear(TaskHandle_t task, UBaseType_t index, uint32_t bits);

#define xTaskNotifyIndexed(task, index, value, action)                                             \
    xTaskGenericNotify((task), (index), (value), (action), NULL)
#define xTaskNotify(task, value, action)                                                           \
    xTaskNotifyIndexed((task), tskDEFAULT_INDEX_TO_NOTIFY, (value), (action))
#define xTaskNotifyAndQueryIndexed(task, index, value, action, previous)                           \
    xTaskGenericNotify((task), (index), (value), (action), (previous))
#define xTaskNotifyAndQuery(task, value, action, previous)                                         \
    xTaskNotifyAndQueryIndexed((task), tskDEFAULT_INDEX_TO_NOTIFY, (value), (action), (previous))
#define xTaskNotifyIndexedFromISR(task, index, value, action, switch_needed)                       \
    xTaskGenericNotifyFromISR((task), (index), (value), (action), NULL, (switch_needed))
#define xTaskNotifyFromISR(task, value, action, switch_needed)                                     \
    xTaskNotifyIndexedFromISR((task), tskDEFAULT_INDEX_TO_NOTIFY, (value), (action),               \
                              (switch_needed))
#define xTaskNotifyAndQueryIndexedFromISR(task, index, value, action, previous, switch_needed)     \
    xTaskGenericNotifyFromISR((task), (index), (value), (action), (previous), (switch_needed))
#define xTaskNotifyAndQueryFromISR(task, value, action, previous, switch_needed)                   \
    xTaskNotifyAndQueryIndexedFromISR((task), tskDEFAULT_INDEX_TO_NOTIFY, (value), (action),       \
                                      (previous), (switch_needed))
#define xTaskNotifyWaitIndexed(index, entry, exit, value, ticks_to_wait)                           \
    xTaskGenericNotifyWait((index), (entry), (exit), (value), (ticks_to_wait))
#define xTaskNotifyWait(entry, exit, value, ticks_to_wait)                                         \
    xTaskNotifyWaitIndexed(tskDEFAULT_INDEX_TO_NOTIFY, (entry), (exit), (value), (ticks_to_wait))
#define xTaskNotifyGiveIndexed(task, index) rtos_notify_give((task), (index))
#define xTaskNotifyGive(task)               xTaskNotifyGiveIndexed((task), tskDEFAULT_INDEX_TO_NOTIFY)
#define vTaskNotifyGiveIndexedFromISR(task, index, switch_needed)                                  \
    vTaskGenericNotifyGiveFromISR((task), (index), (switch_needed))
#define vTaskNotifyGiveFromISR(task, switch_needed)                                                \
    vTaskNotifyGiveIndexedFromISR((task), tskDEFAULT_INDEX_TO_NOTIFY, (switch_needed))
#define ulTaskNotifyTakeIndexed(index, clear, ticks_to_wait)                                       \
    ulTaskGenericNotifyTake((index), (clear), (ticks_to_wait))
#define ulTaskNotifyTake(clear, ticks_to_wait)                                                     \
    ulTaskNotifyTakeIndexed(tskDEFAULT_INDEX_TO_NOTIFY, (clear), (ticks_to_wait))
#define xTaskNotifyStateClearIndexed(task, index) xTaskGenericNotifyStateClear((task), (index))
#define xTaskNotifyStateClear(task)               xTaskNotifyStateClearIndexed((task), tskDEFAULT_INDEX_TO_NOTIFY)
#define ulTaskNotifyValueClearIndexed(task, index, bits)                                           \
    ulTaskGenericNotifyValueClear((task), (index), (bits))
#define ulTaskNotifyValueClear(task, bits)                                                         \
    ulTaskNotifyValueClearIndexed((task), tskDEFAULT_INDEX_TO_NOTIFY, (bits))

/* ---- What a task carries for the application --------------------------------------------------
 */

void vTaskSetApplicationTaskTag(TaskHandle_t task, TaskHookFunction_t tag);
TaskHookFunction_t xTaskGetApplicationTaskTag(TaskHandle_t task);
TaskHookFunction_t xTaskGetApplicationTaskTagFromISR(TaskHandle_t task);

/* Calls the task's tag; pdFAIL when it has none. */
BaseType_t xTaskCallApplicationTaskHook(TaskHandle_t task, void *parameter);

#if configUSE_POSIX_ERRNO == 1
/* The errno of the running task: every task has its own, 0 at first. */
extern int FreeRTOS_errno;
#endif

/* `index` below configNUM_THREAD_LOCAL_STORAGE_POINTERS; outside it nothing is stored and NULL
 * read. */
void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index, void *value);
void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index);

/* ---- Hooks that the application supplies --------------------------------------------------------
 */

void vApplicationIdleHook(void); /* configUSE_IDLE_HOOK: must not block */
void vApplicationTickHook(void); /* configUSE_TICK_HOOK: in the tick interrupt */

/* configCHECK_FOR_STACK_OVERFLOW: the task has gone past its stack. */
void vApplicationStackOverflowHook(TaskHandle_t task, char *name);

#ifdef __cplusplus
}
#endif
