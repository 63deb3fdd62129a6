/* SPDX-License-Identifier: MIT */
/*
 * Puppets do what a test tells them: take a mutex with a time-out, give it. After each call of the
 * kernel, whoever made it, the whole state is compared with what it should be: each task's priority is
 * its base or the highest of those who wait for what it holds, and theirs likewise; and no task is
 * ready that is higher than the one that runs.
 */
#pragma once

#include "scenario.h"

#include <semphr.h>

enum { PUPPETS = 5, MUTEXES = 4, CONTROLLER = 6, NONE = -1 };

enum order { REST, TAKE, GIVE };

static struct puppet {
    TaskHandle_t task;
    volatile enum order order; /* what it is told; REST: it has done it */
    size_t mutex;
    TickType_t ticks;
    volatile int waits_for; /* the mutex that it takes, or NONE */
    volatile BaseType_t result;
    volatile TickType_t went;
} puppets[PUPPETS];

static SemaphoreHandle_t mutexes[MUTEXES];

/* ---- The claim --------------------------------------------------------------------------------- */

static inline bool blocks_on(const struct puppet *puppet, size_t mutex)
{
    return puppet->task != NULL && puppet->waits_for == (int)mutex &&
           eTaskGetState(puppet->task) == eBlocked;
}

/* One round of passing priorities on: from who waits to who holds. True if one changed. */
static inline bool pass_on(UBaseType_t *expected)
{
    bool changed = false;

    for (size_t m = 0; m < MUTEXES; m++) {
        TaskHandle_t holder = xSemaphoreGetMutexHolder(mutexes[m]);
        for (size_t h = 0; h < PUPPETS; h++) {
            if (puppets[h].task == NULL || puppets[h].task != holder)
                continue;
            for (size_t w = 0; w < PUPPETS; w++)
                if (blocks_on(&puppets[w], m) && expected[w] > expected[h]) {
                    expected[h] = expected[w];
                    changed = true;
                }
        }
    }
    return changed;
}

static bool is_deadlock; /* then priorities hold one another up */

/* With the scheduler held, so that the state stands still. */
static inline void check_priorities(void)
{
    UBaseType_t expected[PUPPETS];

    for (size_t i = 0; i < PUPPETS; i++)
        expected[i] = puppets[i].task != NULL ? uxTaskBasePriorityGet(puppets[i].task) : 0;
    while (pass_on(expected))
        ;
    for (size_t i = 0; i < PUPPETS; i++)
        if (puppets[i].task != NULL)
            CHECK_EQUAL(expected[i], uxTaskPriorityGet(puppets[i].task));
}

static inline void check_state(void)
{
    vTaskSuspendAll();
    if (!is_deadlock)
        check_priorities();
    (void)xTaskResumeAll();
    /* Now nothing keeps a higher task from running. */
    vTaskSuspendAll();
    for (size_t i = 0; i < PUPPETS; i++)
        if (puppets[i].task != NULL && eTaskGetState(puppets[i].task) == eReady)
            CHECK(uxTaskPriorityGet(puppets[i].task) <= uxTaskPriorityGet(NULL));
    (void)xTaskResumeAll();
}

/* ---- The puppets ------------------------------------------------------------------------------- */

static inline void obey(struct puppet *self)
{
    if (self->order == TAKE) {
        self->waits_for = (int)self->mutex;
        self->result = xSemaphoreTake(mutexes[self->mutex], self->ticks);
        self->went = xTaskGetTickCount();
        self->waits_for = NONE;
    } else {
        self->result = xSemaphoreGive(mutexes[self->mutex]);
    }
}

static inline void be_puppet(void *parameter)
{
    struct puppet *self = parameter;

    for (;;) {
        while (ulTaskNotifyTake(pdTRUE, portMAX_DELAY) == 0)
            ;
        if (self->order == REST)
            continue;
        obey(self);
        self->order = REST;
        check_state();
    }
}

/* Until no puppet has anything left to do. A tick may come at once, so one may not be enough. */
static inline void rest(void)
{
    bool busy;

    do {
        settle();
        busy = false;
        for (size_t i = 0; i < PUPPETS; i++)
            busy = busy || (puppets[i].task != NULL && eTaskGetState(puppets[i].task) == eReady);
    } while (busy);
}

/* Puppet i has priority i + 1. */
static inline void open_stage(void)
{
    vTaskPrioritySet(NULL, CONTROLLER);
    for (size_t m = 0; m < MUTEXES; m++)
        mutexes[m] = xSemaphoreCreateMutex();
    for (size_t i = 0; i < PUPPETS; i++) {
        puppets[i] = (struct puppet){.waits_for = NONE};
        puppets[i].task = spawn(be_puppet, &puppets[i], i + 1);
    }
    rest();
}

static inline void remove_puppet(size_t i)
{
    TaskHandle_t task = puppets[i].task;

    puppets[i].task = NULL;
    if (task != NULL)
        vTaskDelete(task);
    check_state();
}

static inline void close_stage(void)
{
    for (size_t i = 0; i < PUPPETS; i++)
        remove_puppet(i);
    for (size_t m = 0; m < MUTEXES; m++)
        vSemaphoreDelete(mutexes[m]);
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}

static inline void tell(size_t i, enum order order, size_t mutex, TickType_t ticks)
{
    puppets[i].order = order;
    puppets[i].mutex = mutex;
    puppets[i].ticks = ticks;
    CHECK_EQUAL(pdPASS, xTaskNotifyGive(puppets[i].task));
    check_state();
    rest();
    check_state();
}

static inline void takes(size_t i, size_t mutex)
{
    tell(i, TAKE, mutex, 0);
    CHECK_EQUAL(pdPASS, puppets[i].result);
    CHECK(xSemaphoreGetMutexHolder(mutexes[mutex]) == puppets[i].task);
}

static inline void waits(size_t i, size_t mutex, TickType_t ticks)
{
    tell(i, TAKE, mutex, ticks);
    CHECK(blocks_on(&puppets[i], mutex));
}

static inline void gives(size_t i, size_t mutex)
{
    tell(i, GIVE, mutex, 0);
    CHECK_EQUAL(pdPASS, puppets[i].result);
}
