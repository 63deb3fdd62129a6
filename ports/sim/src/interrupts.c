/* SPDX-License-Identifier: MIT */
/*
 * Simulated interrupts that wait for their time or their hook: a small table, with the earliest of
 * each kind kept aside so that a hook at which nothing is due costs two comparisons.
 */
#include "cpu.h"

#include "../../../kernel/src/port.h"

#define PENDING_MAX 64

struct pending {
    sim_handler *handler; /* NULL: a free entry */
    void *argument;
    uint64_t when;
    uint64_t order; /* of the request: equal times run in that order */
    bool at_hook;   /* `when` is a hook, otherwise a time */
};

static struct pending table[PENDING_MAX];
static uint64_t requests;
static uint64_t next_time = UINT64_MAX;
static uint64_t next_hook = UINT64_MAX;

static void note_earliest(void)
{
    next_time = next_hook = UINT64_MAX;
    for (int i = 0; i < PENDING_MAX; i++) {
        uint64_t *earliest = table[i].at_hook ? &next_hook : &next_time;
        if (table[i].handler != NULL && table[i].when < *earliest)
            *earliest = table[i].when;
    }
}

static bool insert(sim_handler *handler, void *argument, uint64_t when, bool at_hook)
{
    for (int i = 0; i < PENDING_MAX; i++) {
        if (table[i].handler != NULL)
            continue;
        table[i] = (struct pending){handler, argument, when, requests++, at_hook};
        note_earliest();
        return true;
    }
    return false;
}

/* Interrupts of the CPU are masked around a change of the table, and opening them lets through
 * what is due. */
static bool request(sim_handler *handler, void *argument, uint64_t when, bool at_hook)
{
    UBaseType_t state = sim_interrupts_mask();
    bool done = insert(handler, argument, when, at_hook);

    sim_cpu.attention = 1;
    sim_interrupts_restore(state);
    return done;
}

bool sim_interrupt_at(uint64_t microseconds, sim_handler *handler, void *argument)
{
    return request(handler, argument, microseconds, false);
}

bool sim_interrupt_at_hook(uint64_t hook, sim_handler *handler, void *argument)
{
    return request(handler, argument, hook, true);
}

bool sim_raise(sim_handler *handler, void *argument)
{
    return request(handler, argument, 0, true);
}

/* The due entry that comes first; hooks before times, since a hook cannot wait. */
static struct pending *first_due(uint64_t now, uint64_t hook)
{
    struct pending *first = NULL;

    for (int i = 0; i < PENDING_MAX; i++) {
        struct pending *entry = &table[i];
        if (entry->handler == NULL || entry->when > (entry->at_hook ? hook : now))
            continue;
        if (first == NULL || (entry->at_hook && !first->at_hook) ||
            (entry->at_hook == first->at_hook &&
             (entry->when < first->when ||
              (entry->when == first->when && entry->order < first->order))))
            first = entry;
    }
    return first;
}

void sim_interrupts_run(uint64_t now, uint64_t hook)
{
    while (next_time <= now || next_hook <= hook) {
        struct pending *entry = first_due(now, hook);
        sim_handler *handler = entry->handler;

        entry->handler = NULL;
        note_earliest();
        sim_cpu_interrupt(handler, entry->argument);
    }
}

uint64_t sim_interrupts_next(void)
{
    return next_time;
}
