/* SPDX-License-Identifier: MIT */
/*
 * Who is served: five tasks come to wait in each of the 120 orders, and something happens to one of
 * them before the others are served.
 *
 * The build defines ORDER_STEP: 1 for every order, more for fewer.
 */
#include "waiting_line.h"

enum { ORDERS = 120, PATIENCE = 8, PRIORITIES = 6 };

/* Priorities of the waiters: all different, and with equals. */
static const UBaseType_t assignments[][WAITERS] = {{1, 2, 3, 4, 5}, {2, 2, 4, 4, 4}};

/* The order of that number: the waiters as an arrangement of five. */
static void arrange(unsigned number, size_t *order)
{
    size_t left[WAITERS];

    for (size_t i = 0; i < WAITERS; i++)
        left[i] = i;
    for (unsigned i = 0, all = WAITERS; i < WAITERS; i++, all--) {
        size_t choice = number % all;
        order[i] = left[choice];
        number /= all;
        for (size_t k = choice; k + 1 < all; k++)
            left[k] = left[k + 1];
    }
}

enum event { NOTHING, TIME_OUT, ABORT, SUSPEND, DELETE, PRIORITY, EVENTS = PRIORITY + PRIORITIES };

static void come(const size_t *order, const UBaseType_t *priorities, size_t victim, unsigned event)
{
    for (size_t i = 0; i < WAITERS; i++) {
        size_t id = order[i];
        bool times_out = id == victim && event == TIME_OUT;
        start_waiter(id, priorities[id], times_out ? PATIENCE : portMAX_DELAY);
        settle();
        CHECK_EQUAL(eBlocked, eTaskGetState(waiters[id].task));
        model_join(id, priorities[id]);
    }
}

static void check_gave_up(const struct waiter *waiter)
{
    CHECK(waiter->done && !waiter->served);
}

static void happen(size_t victim, unsigned event)
{
    struct waiter *waiter = &waiters[victim];

    switch (event) {
    case NOTHING:
        return;
    case TIME_OUT:
        vTaskDelay(PATIENCE);
        check_gave_up(waiter);
        CHECK_EQUAL(PATIENCE, (TickType_t)(waiter->went - waiter->came));
        break;
    case ABORT:
        CHECK_EQUAL(pdPASS, xTaskAbortDelay(waiter->task));
        settle();
        check_gave_up(waiter);
        break;
    case SUSPEND:
        vTaskSuspend(waiter->task);
        CHECK_EQUAL(eSuspended, eTaskGetState(waiter->task));
        break;
    case DELETE:
        end_waiter(victim);
        break;
    default:
        if (uxTaskPriorityGet(waiter->task) == event - PRIORITY)
            return; /* its own: it keeps its place */
        vTaskPrioritySet(waiter->task, event - PRIORITY);
        CHECK(model_leave(victim));
        model_join(victim, event - PRIORITY);
        return;
    }
    CHECK(model_leave(victim));
}

/* Comes back behind its equals. */
static void resume(size_t victim)
{
    vTaskResume(waiters[victim].task);
    settle();
    CHECK_EQUAL(eBlocked, eTaskGetState(waiters[victim].task));
    model_join(victim, uxTaskPriorityGet(waiters[victim].task));
}

static void run(const size_t *order, const UBaseType_t *priorities, size_t victim, unsigned event)
{
    come(order, priorities, victim, event);
    happen(victim, event);
    if (event == SUSPEND) {
        if (!kind->gives_all) {
            kind->give();
            settle();
            check_next_is_served();
        }
        resume(victim);
    }
    serve_line();
}

/* With each order: each event happens to each waiter. */
static void run_all(const struct kind *chosen)
{
    size_t order[WAITERS];

    vTaskPrioritySet(NULL, CONTROLLER);
    for (unsigned number = 0; number < ORDERS; number += ORDER_STEP)
        for (size_t assignment = 0; assignment < 2; assignment++)
            for (unsigned event = 0; event < EVENTS; event++)
                for (size_t victim = 0; victim < (event == NOTHING ? 1 : WAITERS); victim++) {
                    arrange(number, order);
                    open_line(chosen);
                    run(order, assignments[assignment], victim, event);
                    close_line();
                }
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}

TEST(receivers_of_bytes_are_served_by_priority_and_arrival)
{
    run_all(&receivers_of_bytes);
}

TEST(receivers_of_words_are_served_by_priority_and_arrival)
{
    run_all(&receivers_of_words);
}

TEST(senders_are_served_by_priority_and_arrival)
{
    run_all(&senders);
}

TEST(takers_of_a_semaphore_are_served_by_priority_and_arrival)
{
    run_all(&takers);
}

TEST(takers_of_a_mutex_are_served_by_priority_and_arrival)
{
    run_all(&lockers);
}

TEST(selectors_of_a_set_are_served_by_priority_and_arrival)
{
    run_all(&selectors);
}

TEST(watchers_of_an_event_group_run_by_priority_and_arrival)
{
    run_all(&watchers);
}
