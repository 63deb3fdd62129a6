/* SPDX-License-Identifier: MIT */
/*
 * The kernel's options for the simulator, written by hand until they are made from Kconfig.
 * Every option is defined, booleans as 0 or 1.
 */
#pragma once

/* Scheduling and time */
#define configUSE_PREEMPTION                        1
#define configUSE_TIME_SLICING                      1
#define configIDLE_SHOULD_YIELD                     1
#define configUSE_PORT_OPTIMISED_TASK_SELECTION     0
#define configNUMBER_OF_CORES                       1
#define configCPU_CLOCK_HZ                          100000000
#define configTICK_RATE_HZ                          1000
#define configTICK_TYPE_WIDTH_IN_BITS               TICK_TYPE_WIDTH_32_BITS
#define configINITIAL_TICK_COUNT                    0
#define configUSE_TICKLESS_IDLE                     0
#define configEXPECTED_IDLE_TIME_BEFORE_SLEEP       2

/* Tasks */
#define configMAX_PRIORITIES                        7
#define configMINIMAL_STACK_SIZE                    8192
#define configSTACK_DEPTH_TYPE                      size_t
#define configMAX_TASK_NAME_LEN                     16
#define configIDLE_TASK_NAME                        "IDLE"
#define configNUM_THREAD_LOCAL_STORAGE_POINTERS     2
#define configUSE_APPLICATION_TASK_TAG              1
#define configUSE_POSIX_ERRNO                       0
#define configRECORD_STACK_HIGH_ADDRESS             1
#define configCHECK_FOR_STACK_OVERFLOW              2

/* Objects */
#define configUSE_MUTEXES                           1
#define configUSE_RECURSIVE_MUTEXES                 1
#define configUSE_COUNTING_SEMAPHORES               1
#define configUSE_QUEUE_SETS                        1
#define configQUEUE_REGISTRY_SIZE                   8
#define configUSE_TASK_NOTIFICATIONS                1
#define configTASK_NOTIFICATION_ARRAY_ENTRIES       3
#define configUSE_EVENT_GROUPS                      1
#define configUSE_STREAM_BUFFERS                    1
#define configUSE_SB_COMPLETED_CALLBACK             0
#define configMESSAGE_BUFFER_LENGTH_TYPE            size_t
#define configUSE_TIMERS                            1
#define configTIMER_SERVICE_TASK_NAME               "Tmr Svc"
#define configTIMER_TASK_PRIORITY                   6
#define configTIMER_QUEUE_LENGTH                    16
#define configTIMER_TASK_STACK_DEPTH                8192

/* Memory */
#define configSUPPORT_STATIC_ALLOCATION             1
#define configSUPPORT_DYNAMIC_ALLOCATION            1
#define configKERNEL_PROVIDED_STATIC_MEMORY         1
#define configTOTAL_HEAP_SIZE                       4194304
#define configAPPLICATION_ALLOCATED_HEAP            0
#define configSTACK_ALLOCATION_FROM_SEPARATE_HEAP   0
#define configHEAP_CLEAR_MEMORY_ON_FREE             0

/* Hooks */
#define configUSE_IDLE_HOOK                         0
#define configUSE_TICK_HOOK                         0
#define configUSE_MALLOC_FAILED_HOOK                0
#define configUSE_DAEMON_TASK_STARTUP_HOOK          0

/* Looking inside */
#define configUSE_TRACE_FACILITY                    1
#define configGENERATE_RUN_TIME_STATS               0
#define configRUN_TIME_COUNTER_TYPE                 uint64_t
#define configUSE_STATS_FORMATTING_FUNCTIONS        1
#define configSTATS_BUFFER_MAX_LENGTH               65535
#define configENABLE_BACKWARD_COMPATIBILITY         1

/* Functions compiled in */
#define INCLUDE_eTaskGetState                       1
#define INCLUDE_uxTaskGetStackHighWaterMark         1
#define INCLUDE_uxTaskGetStackHighWaterMark2        1
#define INCLUDE_uxTaskPriorityGet                   1
#define INCLUDE_vTaskDelay                          1
#define INCLUDE_vTaskDelete                         1
#define INCLUDE_vTaskPrioritySet                    1
#define INCLUDE_vTaskSuspend                        1
#define INCLUDE_xSemaphoreGetMutexHolder            1
#define INCLUDE_xTaskAbortDelay                     1
#define INCLUDE_xTaskDelayUntil                     1
#define INCLUDE_xTaskGetCurrentTaskHandle           1
#define INCLUDE_xTaskGetHandle                      1
#define INCLUDE_xTaskGetIdleTaskHandle              1
#define INCLUDE_xTaskGetSchedulerState              1
#define INCLUDE_xTaskResumeFromISR                  1
#define INCLUDE_xTimerPendFunctionCall              1
