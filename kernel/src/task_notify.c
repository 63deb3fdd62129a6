/* SPDX-License-Identifier: MIT */
/*
 * Notifications: a value and a state in the task itself. The state tells a notification that came
 * from one that is waited for; the waiter blocks on nothing but time, and whoever notifies it wakes
 * it directly.
 */
#include "kernel.h"

#include "wait.h"

#if configUSE_TASK_NOTIFICATIONS == 1

enum notify_state { NOT_WAITING, WAITING, RECEIVED };

/* Changes the value; false when it may not be overwritten. */
static bool apply(struct rtos_task *task, UBaseType_t index, uint32_t value, eNotifyAction action)
{
    bool is_pending = task->notify_state[index] == RECEIVED;

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
        if (is_pending)
            return false;
        task->notify_value[index] = value;
        break;
    }
    return true;
}

/* A notification came: whoever waits for it is woken. */
static inline void arrive(struct rtos_task *task, UBaseType_t index)
{
    uint8_t before = task->notify_state[index];

    task->notify_state[index] = RECEIVED;
    if (before == WAITING && task->state == RTOS_TASK_BLOCKED)
        rtos_wake(task);
}

/* Under the lock, in a task or an interrupt. */
static BaseType_t notify(struct rtos_task *task, UBaseType_t index, uint32_t value,
                         eNotifyAction action, uint32_t *previous)
{
    if (previous != NULL)
        *previous = task->notify_value[index];
    bool applied = apply(task, index, value, action);
    arrive(task, index);
    return applied ? pdPASS : pdFAIL;
}

BaseType_t xTaskGenericNotify(TaskHandle_t task, UBaseType_t index, uint32_t value,
                              eNotifyAction action, uint32_t *previous)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY(index);
    BaseType_t result = notify(task, index, value, action, previous);
    rtos_unlock_and_switch(state);
    return result;
}

BaseType_t rtos_notify_give(TaskHandle_t task, UBaseType_t index)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY(index);
    task->notify_value[index]++;
    arrive(task, index);
    rtos_unlock_and_switch(state);
    return pdPASS;
}

BaseType_t xTaskGenericNotifyFromISR(TaskHandle_t task, UBaseType_t index, uint32_t value,
                                     eNotifyAction action, uint32_t *previous,
                                     BaseType_t *switch_needed)
{
    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    RTOS_ASSERT_IN_ISR();
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY_FROM_ISR(index);
    BaseType_t result = notify(task, index, value, action, previous);
    rtos_unlock_from_isr(state, switch_needed);
    return result;
}

void vTaskGenericNotifyGiveFromISR(TaskHandle_t task, UBaseType_t index, BaseType_t *switch_needed)
{
    RTOS_ASSERT_TASK_EXISTS(task);
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    RTOS_ASSERT_IN_ISR();
    UBaseType_t state = rtos_lock();
    traceTASK_NOTIFY_GIVE_FROM_ISR(index);
    task->notify_value[index]++;
    arrive(task, index);
    rtos_unlock_from_isr(state, switch_needed);
}

BaseType_t xTaskGenericNotifyWait(UBaseType_t index, uint32_t clear_on_entry,
                                  uint32_t clear_on_exit, uint32_t *value, TickType_t ticks_to_wait)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);

    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    struct rtos_task *self = pxCurrentTCB;
    if (self->notify_state[index] != RECEIVED)
        self->notify_value[index] &= ~clear_on_entry;
    while (self->notify_state[index] != RECEIVED) {
        self->notify_state[index] = WAITING;
        RTOS_TRACE_WAIT(&deadline, traceTASK_NOTIFY_WAIT_BLOCK(index));
        if (!rtos_wait_on(NULL, &deadline, &state))
            break;
    }
    traceTASK_NOTIFY_WAIT(index);
    bool received = self->notify_state[index] == RECEIVED;
    if (value != NULL)
        *value = self->notify_value[index];
    if (received)
        self->notify_value[index] &= ~clear_on_exit;
    self->notify_state[index] = NOT_WAITING;
    rtos_unlock_and_switch(state);
    return received ? pdTRUE : pdFALSE;
}

uint32_t ulTaskGenericNotifyTake(UBaseType_t index, BaseType_t clear_on_exit,
                                 TickType_t ticks_to_wait)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);

    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    struct rtos_task *self = pxCurrentTCB;
    while (self->notify_value[index] == 0) {
        self->notify_state[index] = WAITING;
        RTOS_TRACE_WAIT(&deadline, traceTASK_NOTIFY_TAKE_BLOCK(index));
        if (!rtos_wait_on(NULL, &deadline, &state))
            break;
    }
    traceTASK_NOTIFY_TAKE(index);
    uint32_t value = self->notify_value[index];
    if (value != 0)
        self->notify_value[index] = clear_on_exit != pdFALSE ? 0 : value - 1;
    self->notify_state[index] = NOT_WAITING;
    rtos_unlock_and_switch(state);
    return value;
}

BaseType_t xTaskGenericNotifyStateClear(TaskHandle_t handle, UBaseType_t index)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    UBaseType_t state = rtos_lock();
    struct rtos_task *task = rtos_task_or_self(handle);
    bool was_received = task->notify_state[index] == RECEIVED;

    if (was_received)
        task->notify_state[index] = NOT_WAITING;
    rtos_unlock(state);
    return was_received ? pdPASS : pdFAIL;
}

uint32_t ulTaskGenericNotifyValueClear(TaskHandle_t handle, UBaseType_t index, uint32_t bits)
{
    configASSERT(index < configTASK_NOTIFICATION_ARRAY_ENTRIES);
    UBaseType_t state = rtos_lock();
    struct rtos_task *task = rtos_task_or_self(handle);
    uint32_t value = task->notify_value[index];

    task->notify_value[index] = value & ~bits;
    rtos_unlock(state);
    return value;
}

#endif
