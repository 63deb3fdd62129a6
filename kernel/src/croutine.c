/* SPDX-License-Identifier: MIT */
/*
 * The scheduler of co-routines: a ring of ready ones for each priority and a queue of sleepers, as
 * for tasks, but driven by whoever calls vCoRoutineSchedule. Whose turn it
 * is goes to the end of its ring before it runs. Interrupts wake co-routines, so everything is under
 * the kernel's lock; it is opened between one sleeper and the next.
 */
#include "croutine.h"

#include "idle.h"
#include "ring.h"

#if configUSE_CO_ROUTINES == 1

static struct {
    struct rtos_ring *ready[configMAX_CO_ROUTINE_PRIORITIES];
    struct rtos_pqueue sleepers;
    TickType_t expired; /* every sleeper up to this tick was woken */
    CRCB_t *running;
} co;

static void make_ready(CRCB_t *routine)
{
    rtos_ring_append(&co.ready[routine->uxPriority], &routine->ready);
}

BaseType_t xCoRoutineCreate(crCOROUTINE_CODE code, UBaseType_t priority, UBaseType_t index)
{
    configASSERT(code != NULL && priority < configMAX_CO_ROUTINE_PRIORITIES);
    CRCB_t *routine = pvPortMalloc(sizeof *routine);
    if (routine == NULL)
        return errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY;
    *routine = (CRCB_t){
        .code = code,
        .uxPriority = configMIN(priority, (UBaseType_t)configMAX_CO_ROUTINE_PRIORITIES - 1),
        .uxIndex = index,
    };
    UBaseType_t state = rtos_lock();
    make_ready(routine);
    rtos_unlock(state);
    return pdPASS;
}

/* Takes a co-routine out of what it waits for and makes it ready. Under the lock. */
static void wake(CRCB_t *routine)
{
    if (routine->delayed)
        rtos_pqueue_remove(&co.sleepers, &routine->delay, co.expired);
    if (routine->waiting_on != NULL)
        rtos_pqueue_remove(routine->waiting_on, &routine->waiting, 0);
    routine->delayed = 0;
    routine->waiting_on = NULL;
    make_ready(routine);
}

static CRCB_t *next_to_expire(void)
{
    struct rtos_pnode *node = co.sleepers.first;
    TickType_t passed = (TickType_t)(rtos_kernel.tick - co.expired);

    if (node == NULL || (TickType_t)(node->key - co.expired) > passed)
        return NULL;
    return RTOS_CONTAINER(node, CRCB_t, delay);
}

static void wake_sleepers(UBaseType_t *state)
{
    CRCB_t *routine;

    while ((routine = next_to_expire()) != NULL) {
        wake(routine);
        rtos_unlock(*state);
        *state = rtos_lock();
    }
    co.expired = rtos_kernel.tick;
}

void vCoRoutineAddToDelayedList(TickType_t ticks, struct rtos_pqueue *waiters)
{
    CRCB_t *self = co.running;

    configASSERT(self != NULL);
    UBaseType_t state = rtos_lock();
    wake_sleepers(&state); /* so that the longest delay is told from one that is over */
    rtos_ring_remove(&co.ready[self->uxPriority], &self->ready);
    self->delayed = 1;
    rtos_pqueue_insert(&co.sleepers, &self->delay, (TickType_t)(rtos_kernel.tick + ticks),
                       co.expired);
    if (waiters != NULL) {
        self->waiting_on = waiters;
        rtos_pqueue_insert(waiters, &self->waiting,
                           (TickType_t)(configMAX_CO_ROUTINE_PRIORITIES - self->uxPriority), 0);
    }
    rtos_unlock(state);
}

BaseType_t xCoRoutineRemoveFromEventList(struct rtos_pqueue *waiters)
{
    if (rtos_pqueue_is_empty(waiters))
        return pdFALSE;
    CRCB_t *routine = RTOS_CONTAINER(waiters->first, CRCB_t, waiting);
    wake(routine);
    return co.running == NULL || routine->uxPriority >= co.running->uxPriority ? pdTRUE : pdFALSE;
}

/* The ready one of the highest priority, which goes to the end of its ring; NULL when none is. */
static CRCB_t *take_turn(void)
{
    for (unsigned priority = configMAX_CO_ROUTINE_PRIORITIES; priority-- > 0;) {
        struct rtos_ring *first = co.ready[priority];
        if (first == NULL)
            continue;
        co.ready[priority] = first->next;
        return RTOS_CONTAINER(first, CRCB_t, ready);
    }
    return NULL;
}

void vCoRoutineSchedule(void)
{
    UBaseType_t state = rtos_lock();

    wake_sleepers(&state);
    CRCB_t *routine = take_turn();
    co.running = routine;
    rtos_unlock(state);
    if (routine != NULL)
        routine->code(routine, routine->uxIndex);
    co.running = NULL;
}

#if configUSE_IDLE_HOOK == 1
TickType_t rtos_coroutine_ticks(void)
{
    TickType_t ticks = portMAX_DELAY;
    UBaseType_t state = rtos_lock();

    if (co.sleepers.first != NULL)
        ticks = next_to_expire() ? 0 : (TickType_t)(co.sleepers.first->key - rtos_kernel.tick);
    for (unsigned priority = 0; priority < configMAX_CO_ROUTINE_PRIORITIES; priority++)
        if (co.ready[priority] != NULL)
            ticks = 0;
    rtos_unlock(state);
    return ticks;
}
#endif

void vCoRoutineResetState(void)
{
    for (unsigned priority = 0; priority < configMAX_CO_ROUTINE_PRIORITIES; priority++)
        co.ready[priority] = NULL;
    co.sleepers.first = NULL;
    co.expired = rtos_kernel.tick;
    co.running = NULL;
}

#endif
