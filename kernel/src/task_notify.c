/* SPDX-License-Identifier: MIT */
/*
 * Notifications: a value in the task itself, and whether one came that was not seen. The waiter blocks
 * on nothing but time; its state says for which it waits, and whoever notifies it wakes it directly.
 */
#include "kernel.h"

#include "block.h"

#if configUSE_TASK_NOTIFICATIONS == 1

/* The index, which is 0 where there is no other. */
static inline UBaseType_t only(UBaseType_t index)
{
    return configTASK_NOTIFICATION_ARRAY_ENTRIES == 1 ? 0 : index;
}

/* Changes the value; false when it may not be overwritten. */
static bool apply(struct rtos_task *task, UBaseType_t index, uint32_t value, eNotifyAction action)
{
    switch (action) {
    case eNoAction:
        break;
    case eSetBits:
        task->notify_value[index] |= value;
        break;
    case eIncrement:
        task->notify_value[index]++;
        break;
    case eSetValueWithOverwrite:
        task->notify_value[index] = value;
        break;
    case eSetValueWithoutOverwrite:
        if (task->notified[index])
            return false;
        task->notify_value[index] = value;
        break;
    }
    return true;
}

static inline bool is_awaited(const struct rtos_task *task, UBaseType_t index)
{
    return task->state == RTOS_TASK_AWAITS_NOTIFICATION + index;
}

/* A notification came: whoever waits for it is woken. True if it should run now. */
static inline bool arrive(struct rtos_task *task, UBaseType_t index)
{
    task->notified[index] = true;
    return is_awaited(task, index) && rtos_make_ready(task);
}

static inline TickType_t wait_for(UBaseType_t index, TickType_t ticks, UBaseType_t state)
{
    const uint8_t task_state = (uint8_t)(RTOS_TASK_AWAITS_NOTIFICATION + index);

    return RTOS_FAST ? rtos_sleep_here(ticks, state, task_state)
                     : rtos_sleep(ticks, state, task_state);
}

/* Under the lock, in a task or an interrupt. */
static BaseType_t notify(struct rtos_task *task, UBaseType_t index, uint32_t value,
                         eNotifyAction action, uint32_t *previous, bool *woken)
{
    if (previous != NULL)
        *previous = task->notify_value[index];
    bool applied = apply(task, index, value, action);
    *woken = arrive(task, index);
    return applied ? pdPASS : pdFAIL;
}

BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value,
                              eNotifyAction action, uint32_t *previous)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    bool woken;
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY(index);
    BaseType_t result = notify(task, index, value, action, previous, &woken);
    rtos_unlock(state);
    return result;
}

BaseType_t rtos_notify_give(TaskHandle_t task, UBaseType_t index)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(task != NULL);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY(index);
    task->notify_value[index]++;
    task->notified[index] = true;
    if (is_awaited(task, index)) {
        (void)rtos_make_ready(task);
        rtos_unlock(state);
        return pdPASS;
    }
    rtos_unlock(state);
    RTOS_ASSERT_TASK_EXISTS(task);
    return pdPASS;
}

BaseType_t xTaskGenericNotifyFromISR(TaskHandle_t task, UBaseType_t index, uint32_t value,
                                     eNotifyAction action, uint32_t *previous,
                                     BaseType_t *switch_needed)
{
    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    RTOS_ASSERT_IN_ISR();
    bool woken;
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY_FROM_ISR(index);
    BaseType_t result = notify(task, index, value, action, previous, &woken);
    rtos_unlock_from_isr(state, woken, switch_needed);
    return result;
}

void vTaskGenericNotifyGiveFromISR(TaskHandle_t task, UBaseType_t index, BaseType_t *switch_needed)
{
    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    RTOS_ASSERT_IN_ISR();
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY_GIVE_FROM_ISR(index);
    task->notify_value[index]++;
    bool woken = arrive(task, index);
    rtos_unlock_from_isr(state, woken, switch_needed);
}

BaseType_t xTaskGenericNotifyWait(UBaseType_t index, uint32_t clear_on_entry,
                                  uint32_t clear_on_exit, uint32_t *value, TickType_t ticks_to_wait)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    UBaseType_t state = rtos_lock();
    struct rtos_task *self = pxCurrentTCB;
    if (!self->notified[index])
        self->notify_value[index] &= ~clear_on_entry;
    while (!self->notified[index] && ticks_to_wait != 0) {
        RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
        traceTASK_NOTIFY_WAIT_BLOCK(index);
        ticks_to_wait = wait_for(index, ticks_to_wait, state);
    }
    traceTASK_NOTIFY_WAIT(index);
    bool received = self->notified[index];
    if (value != NULL)
        *value = self->notify_value[index];
    if (received)
        self->notify_value[index] &= ~clear_on_exit;
    self->notified[index] = false;
    rtos_unlock(state);
    return received ? pdTRUE : pdFALSE;
}

uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear_on_exit,
                                 TickType_t ticks_to_wait)
{
    RTOS_ASSERT_IN_TASK();
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    UBaseType_t state = rtos_lock();
    struct rtos_task *self = pxCurrentTCB;
    uint32_t value;
    while ((value = self->notify_value[index]) == 0 && ticks_to_wait != 0) {
        RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
        traceTASK_NOTIFY_TAKE_BLOCK(index);
        ticks_to_wait = wait_for(index, ticks_to_wait, state);
    }
    traceTASK_NOTIFY_TAKE(index);
    self->notified[index] = false;
    if (value != 0)
        self->notify_value[index] = clear_on_exit != pdFALSE ? 0 : value - 1;
    rtos_unlock(state);
    return value;
}

BaseType_t xTaskGenericNotifyStateClear(TaskHandle_t handle, UBaseType_t index)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    UBaseType_t state = rtos_lock();
    struct rtos_task *task = rtos_task_or_self(handle);
    bool was_received = task->notified[index];

    task->notified[index] = false;
    rtos_unlock(state);
    return was_received ? pdPASS : pdFAIL;
}

uint32_t ulTaskGenericNotifyValueClear(TaskHandle_t handle, UBaseType_t index, uint32_t bits)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    index = only(index);
    UBaseType_t state = rtos_lock();
    struct rtos_task *task = rtos_task_or_self(handle);
    uint32_t value = task->notify_value[index];

    task->notify_value[index] = value & ~bits;
    rtos_unlock(state);
    return value;
}

#endif
