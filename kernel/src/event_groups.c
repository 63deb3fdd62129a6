/* SPDX-License-Identifier: MIT */
/*
 * Event groups.
 *
 * Who waits keeps a record of its condition on its own stack (event_waiter.h). Who sets bits walks the
 * group's waiters with the scheduler held, and hands the bits over to each whose condition they
 * fulfil; so all are judged by the same bits, before any of them clears its own. Nothing else changes
 * the list meanwhile: no other task runs, no tick ends a wait, and interrupts do not set bits.
 *
 * Bits change in tasks only, under the lock, since interrupts read them.
 */
#include "event_groups.h"

#if configUSE_EVENT_GROUPS == 1

#include "create.h"
#include "event_waiter.h"

/* The top byte is not the application's. */
#define ARE_BITS(bits) (((bits)&eventEVENT_BITS_CONTROL_BYTES) == 0)

static bool fulfils(EventBits_t bits, const struct rtos_event_waiter *waiter)
{
    EventBits_t seen = bits & waiter->bits;

    return waiter->for_all ? seen == waiter->bits : seen != 0;
}

static EventGroupHandle_t initialise(struct rtos_event_group *group, bool is_static)
{
    *group = (struct rtos_event_group){.is_static = is_static, .alive = RTOS_ALIVE};
    traceEVENT_GROUP_CREATE(group);
    return group;
}

#if configSUPPORT_DYNAMIC_ALLOCATION == 1
EventGroupHandle_t xEventGroupCreate(void)
{
    struct rtos_event_group *group = pvPortMalloc(sizeof *group);

    if (group == NULL) {
        traceEVENT_GROUP_CREATE_FAILED();
        return NULL;
    }
    return initialise(group, false);
}
#endif

#if configSUPPORT_STATIC_ALLOCATION == 1
EventGroupHandle_t xEventGroupCreateStatic(StaticEventGroup_t *memory)
{
    configASSERT(memory != NULL);
    if (memory == NULL) {
        traceEVENT_GROUP_CREATE_FAILED();
        return NULL;
    }
    return initialise(memory, true);
}

BaseType_t xEventGroupGetStaticBuffer(EventGroupHandle_t group, StaticEventGroup_t **memory)
{
    configASSERT(group != NULL && memory != NULL);
    if (!group->is_static)
        return pdFALSE;
    *memory = group;
    return pdTRUE;
}
#endif

static void change_bits(struct rtos_event_group *group, EventBits_t clear, EventBits_t set)
{
    UBaseType_t state = rtos_lock();
    group->bits = (group->bits & ~clear) | set;
    rtos_unlock(state);
}

/* Ends a wait with these bits as its result. With the scheduler held. */
static void hand_over(struct rtos_task *task, EventBits_t bits)
{
    UBaseType_t state = rtos_lock();

    task->awaited->fulfilled = true;
    task->awaited->result = bits;
    (void)rtos_stop_waiting(task);
    (void)rtos_make_ready(task);
    rtos_unlock(state);
}

/* Sets bits and wakes whom they are enough for. With the scheduler held. */
static void set_and_wake(struct rtos_event_group *group, EventBits_t set)
{
    change_bits(group, 0, set);

    const EventBits_t bits = group->bits;
    EventBits_t clear = 0;
    struct rtos_task *task = rtos_first_waiter(&group->waiters), *next;
    for (bool last = task == NULL; !last; task = next) {
        next = task->next;
        last = next == rtos_first_waiter(&group->waiters);
        if (!fulfils(bits, task->awaited))
            continue;
        if (task->awaited->clear_on_exit)
            clear |= task->awaited->bits;
        hand_over(task, bits);
    }
    if (clear != 0)
        change_bits(group, clear, 0);
}

/* Whether the wait is over: it was ended by who set the bits, or the bits are there now. */
static bool is_over(struct rtos_event_group *group, struct rtos_event_waiter *waiter)
{
    if (waiter->fulfilled)
        return true;
    waiter->result = group->bits;
    if (!fulfils(group->bits, waiter))
        return false;
    waiter->fulfilled = true;
    if (waiter->clear_on_exit)
        group->bits &= ~waiter->bits;
    return true;
}

/* Waits until the condition is fulfilled. Called under the lock and ends with it open. */
static void wait_for(struct rtos_event_group *group, struct rtos_event_waiter *waiter,
                     TickType_t ticks, UBaseType_t state)
{
    while (!is_over(group, waiter) && ticks != 0) {
        pxCurrentTCB->awaited = waiter;
        ticks = rtos_wait_on(&group->waiters, ticks, state);
    }
    rtos_unlock(state);
}

EventBits_t xEventGroupWaitBits(EventGroupHandle_t group, const EventBits_t bits,
                                const BaseType_t clear_on_exit, const BaseType_t wait_for_all,
                                TickType_t ticks_to_wait)
{
    struct rtos_event_waiter waiter = {.bits = bits,
                                       .clear_on_exit = clear_on_exit != pdFALSE,
                                       .for_all = wait_for_all != pdFALSE};

    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(group);
    configASSERT(bits != 0 && ARE_BITS(bits));
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    if (ticks_to_wait != 0 && !fulfils(group->bits, &waiter)) {
        traceEVENT_GROUP_WAIT_BITS_BLOCK(group, bits);
    }
    wait_for(group, &waiter, ticks_to_wait, state);
    traceEVENT_GROUP_WAIT_BITS_END(group, bits, waiter.fulfilled ? pdFALSE : pdTRUE);
    return waiter.result;
}

/* Whether everybody has come, with the bits that are set now. With the scheduler held. */
static bool is_met(struct rtos_event_group *group, struct rtos_event_waiter *waiter,
                   EventBits_t set)
{
    const EventBits_t met = group->bits | set;

    set_and_wake(group, set);
    if (!fulfils(met, waiter)) {
        waiter->result = group->bits;
        return false;
    }
    waiter->fulfilled = true; /* who waited for the same bits has cleared them, or nobody has */
    waiter->result = met;
    change_bits(group, waiter->bits, 0);
    return true;
}

EventBits_t xEventGroupSync(EventGroupHandle_t group, const EventBits_t bits_to_set,
                            const EventBits_t bits_to_wait_for, TickType_t ticks_to_wait)
{
    struct rtos_event_waiter waiter = {
        .bits = bits_to_wait_for, .clear_on_exit = true, .for_all = true};

    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(group);
    configASSERT(bits_to_wait_for != 0 && ARE_BITS(bits_to_wait_for));
    configASSERT(ARE_BITS(bits_to_set));
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    rtos_hold();
    if (is_met(group, &waiter, bits_to_set) || ticks_to_wait == 0) {
        rtos_release();
    } else {
        /* Between this task's bits and its wait nobody may complete the set and clear it again. */
        traceEVENT_GROUP_SYNC_BLOCK(group, bits_to_set, bits_to_wait_for);
        pxCurrentTCB->awaited = &waiter;
        UBaseType_t state = rtos_lock();
        ticks_to_wait = rtos_release_and_wait_on(&group->waiters, ticks_to_wait, state);
        wait_for(group, &waiter, ticks_to_wait, state);
    }
    traceEVENT_GROUP_SYNC_END(group, bits_to_set, bits_to_wait_for,
                              waiter.fulfilled ? pdFALSE : pdTRUE);
    return waiter.result;
}

EventBits_t xEventGroupSetBits(EventGroupHandle_t group, const EventBits_t bits)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(group);
    configASSERT(ARE_BITS(bits));
    vTaskSuspendAll();
    traceEVENT_GROUP_SET_BITS(group, bits);
    set_and_wake(group, bits);
    EventBits_t result = group->bits;
    (void)xTaskResumeAll();
    return result;
}

EventBits_t xEventGroupClearBits(EventGroupHandle_t group, const EventBits_t bits)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(group);
    configASSERT(ARE_BITS(bits));
    UBaseType_t state = rtos_lock();
    traceEVENT_GROUP_CLEAR_BITS(group, bits);
    EventBits_t before = group->bits;
    group->bits = before & ~bits;
    rtos_unlock(state);
    return before;
}

EventBits_t xEventGroupGetBitsFromISR(EventGroupHandle_t group)
{
    RTOS_ASSERT_EXISTS(group);
    UBaseType_t state = rtos_lock();
    EventBits_t bits = group->bits;
    rtos_unlock(state);
    return bits;
}

void vEventGroupDelete(EventGroupHandle_t group)
{
    RTOS_ASSERT_IN_TASK();
    RTOS_ASSERT_EXISTS(group);
    vTaskSuspendAll();
    traceEVENT_GROUP_DELETE(group);
    while (!rtos_nobody_waits(&group->waiters))
        hand_over(rtos_first_waiter(&group->waiters), 0);
    group->alive = 0;
    (void)xTaskResumeAll();
    if (!group->is_static)
        rtos_free(group);
}

void vEventGroupSetBitsCallback(void *group, const uint32_t bits)
{
    (void)xEventGroupSetBits(group, (EventBits_t)bits);
}

void vEventGroupClearBitsCallback(void *group, const uint32_t bits)
{
    (void)xEventGroupClearBits(group, (EventBits_t)bits);
}

#if configUSE_TIMERS == 1 && INCLUDE_xTimerPendFunctionCall == 1
BaseType_t xEventGroupSetBitsFromISR(EventGroupHandle_t group, const EventBits_t bits,
                                     BaseType_t *switch_needed)
{
    RTOS_ASSERT_EXISTS(group);
    RTOS_ASSERT_IN_ISR();
    traceEVENT_GROUP_SET_BITS_FROM_ISR(group, bits);
    return xTimerPendFunctionCallFromISR(vEventGroupSetBitsCallback, group, (uint32_t)bits,
                                         switch_needed);
}

BaseType_t xEventGroupClearBitsFromISR(EventGroupHandle_t group, const EventBits_t bits)
{
    RTOS_ASSERT_EXISTS(group);
    RTOS_ASSERT_IN_ISR();
    traceEVENT_GROUP_CLEAR_BITS_FROM_ISR(group, bits);
    return xTimerPendFunctionCallFromISR(vEventGroupClearBitsCallback, group, (uint32_t)bits, NULL);
}
#endif

#endif
