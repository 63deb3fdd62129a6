/* SPDX-License-Identifier: MIT */
/*
 * Event groups.
 *
 * Who waits keeps a record of its condition on its own stack and blocks on a wait list of its own
 * in that record; the records of a group form a ring in order of arrival. Who sets bits walks the
 * ring with the scheduler held, and hands the bits over to each waiter whose condition they fulfil;
 * so all waiters are judged by the same bits, before any of them clears its own.
 *
 * Bits change, and records join, only in tasks: bits under the lock, since interrupts read them;
 * a walk may rely on the ring, because no other task runs and nothing ends a wait meanwhile. A
 * record leaves the ring, under the lock, whenever its task stops waiting: woken, timed out,
 * suspended or deleted (rtos_event_waiter_left), so that no record outlives its stack.
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

/* Ends a wait with these bits as its result. */
static void hand_over(struct rtos_event_waiter *waiter, EventBits_t bits)
{
    UBaseType_t state = rtos_lock();
    waiter->fulfilled = true;
    waiter->result = bits;
    rtos_wake_one(&waiter->list); /* takes the record out of the ring */
    rtos_unlock(state);
}

/* Sets bits and wakes whom they are enough for. With the scheduler held. */
static void set_and_wake(struct rtos_event_group *group, EventBits_t set)
{
    change_bits(group, 0, set);

    const EventBits_t bits = group->bits;
    EventBits_t clear = 0;
    struct rtos_ring *node = group->waiters, *next;
    for (bool last = node == NULL; !last; node = next) {
        struct rtos_event_waiter *waiter = RTOS_CONTAINER(node, struct rtos_event_waiter, others);
        next = node->next;
        last = next == group->waiters;
        if (!fulfils(bits, waiter))
            continue;
        if (waiter->clear_on_exit)
            clear |= waiter->bits;
        hand_over(waiter, bits);
    }
    if (clear != 0)
        change_bits(group, clear, 0);
}

/* Whether the wait is over: it was ended by who set the bits, or the bits are there now. */
static bool is_over(struct rtos_event_waiter *waiter)
{
    struct rtos_event_group *group = waiter->group;

    if (waiter->fulfilled)
        return true;
    if (!fulfils(group->bits, waiter))
        return false;
    waiter->fulfilled = true;
    waiter->result = group->bits;
    if (waiter->clear_on_exit)
        group->bits &= ~waiter->bits;
    return true;
}

/* Waits until the condition is fulfilled. Called under the lock and ends with it open. */
static void wait_for(struct rtos_event_waiter *waiter, TickType_t ticks_to_wait, UBaseType_t state)
{
    struct rtos_deadline deadline = rtos_deadline_in(ticks_to_wait);

    while (!is_over(waiter)) {
        rtos_event_waiter_join(waiter, pxCurrentTCB);
        if (!rtos_wait_on(&waiter->list, &deadline, &state)) {
            rtos_event_waiter_left(&waiter->list, pxCurrentTCB);
            waiter->result = waiter->group->bits;
            break;
        }
    }
    rtos_unlock_and_switch(state);
}

EventBits_t xEventGroupWaitBits(EventGroupHandle_t group, const EventBits_t bits,
                                const BaseType_t clear_on_exit, const BaseType_t wait_for_all,
                                TickType_t ticks_to_wait)
{
    struct rtos_event_waiter waiter = {.group = group,
                                       .bits = bits,
                                       .clear_on_exit = clear_on_exit != pdFALSE,
                                       .for_all = wait_for_all != pdFALSE};

    RTOS_ASSERT_EXISTS(group);
    configASSERT(bits != 0 && ARE_BITS(bits));
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);
    UBaseType_t state = rtos_lock();
    if (ticks_to_wait != 0 && !fulfils(group->bits, &waiter)) {
        traceEVENT_GROUP_WAIT_BITS_BLOCK(group, bits);
    }
    wait_for(&waiter, ticks_to_wait, state);
    traceEVENT_GROUP_WAIT_BITS_END(group, bits, waiter.fulfilled ? pdFALSE : pdTRUE);
    return waiter.result;
}

EventBits_t xEventGroupSync(EventGroupHandle_t group, const EventBits_t bits_to_set,
                            const EventBits_t bits_to_wait_for, TickType_t ticks_to_wait)
{
    struct rtos_event_waiter waiter = {
        .group = group, .bits = bits_to_wait_for, .clear_on_exit = true, .for_all = true};

    RTOS_ASSERT_EXISTS(group);
    configASSERT(bits_to_wait_for != 0 && ARE_BITS(bits_to_wait_for));
    configASSERT(ARE_BITS(bits_to_set));
    RTOS_ASSERT_MAY_WAIT(ticks_to_wait);

    vTaskSuspendAll();
    const EventBits_t met = group->bits | bits_to_set;
    set_and_wake(group, bits_to_set);
    if (fulfils(met, &waiter)) {
        /* Who waited for the same bits has cleared them, or nobody has. */
        waiter.fulfilled = true;
        waiter.result = met;
        change_bits(group, bits_to_wait_for, 0);
    } else if (ticks_to_wait != 0) {
        traceEVENT_GROUP_SYNC_BLOCK(group, bits_to_set, bits_to_wait_for);
    }
    /* The scheduler is released under the lock: between this task's own bits and its wait nobody
     * may complete the set and clear it again. */
    UBaseType_t state = rtos_lock();
    (void)xTaskResumeAll();
    wait_for(&waiter, ticks_to_wait, state);
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
    while (group->waiters != NULL)
        hand_over(RTOS_CONTAINER(group->waiters, struct rtos_event_waiter, others), 0);
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
