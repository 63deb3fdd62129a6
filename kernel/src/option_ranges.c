/* SPDX-License-Identifier: MIT */
/*
 * The ranges of options that are numbers. They are checked here, in C, since users write them with
 * casts and in terms of each other: ((UBaseType_t)5), (tskIDLE_PRIORITY + 2).
 */
#include "kernel.h"

_Static_assert(configMAX_PRIORITIES >= 1 && configMAX_PRIORITIES <= 255,
               "configMAX_PRIORITIES must be 1 to 255");
_Static_assert(configMAX_TASK_NAME_LEN >= 1,
               "configMAX_TASK_NAME_LEN must be at least 1: the terminating zero");
_Static_assert(configUSE_TICKLESS_IDLE == 0 || configEXPECTED_IDLE_TIME_BEFORE_SLEEP >= 2,
               "configEXPECTED_IDLE_TIME_BEFORE_SLEEP must be at least 2 ticks");
_Static_assert(configMAX_CO_ROUTINE_PRIORITIES >= 1 && configMAX_CO_ROUTINE_PRIORITIES <= 255,
               "configMAX_CO_ROUTINE_PRIORITIES must be 1 to 255");
_Static_assert(configSTATS_BUFFER_MAX_LENGTH >= 1,
               "configSTATS_BUFFER_MAX_LENGTH must be at least 1: the terminating zero");
_Static_assert(configTICK_RATE_HZ >= 1, "configTICK_RATE_HZ must be at least 1");
_Static_assert(configMINIMAL_STACK_SIZE >= 1, "configMINIMAL_STACK_SIZE must be at least 1");

_Static_assert(configTASK_NOTIFICATION_ARRAY_ENTRIES >= 1 &&
                   RTOS_TASK_AWAITS_NOTIFICATION + configTASK_NOTIFICATION_ARRAY_ENTRIES <= 256,
               "configTASK_NOTIFICATION_ARRAY_ENTRIES must be 1 to 251: the index is in the state");

#if configUSE_TIMERS == 1
_Static_assert(configTIMER_TASK_PRIORITY < configMAX_PRIORITIES,
               "configTIMER_TASK_PRIORITY must be below configMAX_PRIORITIES");
_Static_assert(configTIMER_QUEUE_LENGTH >= 1, "configTIMER_QUEUE_LENGTH must be at least 1");
#endif
