/* SPDX-License-Identifier: MIT */
/*
 * Creating timers, and what can be asked of them without the timer task.
 */
#include "timers.h"

#if configUSE_TIMERS == 1

#include "kernel.h"

static void initialise(struct rtos_timer *timer, const char *name, TickType_t period,
                       BaseType_t auto_reload, void *id, TimerCallbackFunction_t callback)
{
    *timer = (struct rtos_timer){.period = period,
                                 .alive = RTOS_ALIVE,
                                 .callback = callback,
                                 .id = id,
                                 .name = name,
                                 .auto_reload = auto_reload != pdFALSE};
    traceTIMER_CREATE(timer);
}

#if configSUPPORT_DYNAMIC_ALLOCATION == 1
TimerHandle_t xTimerCreate(const char *const name, const TickType_t period,
                           const BaseType_t auto_reload, void *const id,
                           TimerCallbackFunction_t callback)
{
    configASSERT(period > 0);
    struct rtos_timer *timer = period > 0 ? pvPortMalloc(sizeof *timer) : NULL;

    if (timer == NULL) {
        traceTIMER_CREATE_FAILED();
        return NULL;
    }
    initialise(timer, name, period, auto_reload, id, callback);
    return timer;
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
TimerHandle_t xTimerCreateStatic(const char *const name, const TickType_t period,
                                 const BaseType_t auto_reload, void *const id,
                                 TimerCallbackFunction_t callback, StaticTimer_t *memory)
{
    configASSERT(memory != NULL && period > 0);
    if (memory == NULL || period == 0) {
        traceTIMER_CREATE_FAILED();
        return NULL;
    }
    initialise(memory, name, period, auto_reload, id, callback);
    memory->is_static = true;
    return memory;
}

BaseType_t xTimerGetStaticBuffer(TimerHandle_t timer, StaticTimer_t **memory)
{
    configASSERT(timer != NULL && memory != NULL);
    if (!timer->is_static)
        return pdFALSE;
    *memory = timer;
    return pdTRUE;
}
#endif

BaseType_t xTimerIsTimerActive(TimerHandle_t timer)
{
    RTOS_ASSERT_EXISTS(timer);
    return timer->active ? pdTRUE : pdFALSE;
}

TickType_t xTimerGetPeriod(TimerHandle_t timer)
{
    RTOS_ASSERT_EXISTS(timer);
    return timer->period;
}

TickType_t xTimerGetExpiryTime(TimerHandle_t timer)
{
    RTOS_ASSERT_EXISTS(timer);
    return timer->expiry.key;
}

void vTimerSetReloadMode(TimerHandle_t timer, const BaseType_t auto_reload)
{
    RTOS_ASSERT_EXISTS(timer);
    timer->auto_reload = auto_reload != pdFALSE;
}

BaseType_t xTimerGetReloadMode(TimerHandle_t timer)
{
    RTOS_ASSERT_EXISTS(timer);
    return timer->auto_reload ? pdTRUE : pdFALSE;
}

UBaseType_t uxTimerGetReloadMode(TimerHandle_t timer)
{
    return (UBaseType_t)xTimerGetReloadMode(timer);
}

void *pvTimerGetTimerID(const TimerHandle_t timer)
{
    RTOS_ASSERT_EXISTS(timer);
    return timer->id;
}

void vTimerSetTimerID(TimerHandle_t timer, void *id)
{
    RTOS_ASSERT_EXISTS(timer);
    UBaseType_t state = rtos_lock();
    timer->id = id;
    rtos_unlock(state);
}

const char *pcTimerGetName(TimerHandle_t timer)
{
    RTOS_ASSERT_EXISTS(timer);
    return timer->name;
}

#endif
