/* SPDX-License-Identifier: MIT */
/*
 * Who is served when interrupts give at any moment: at every place at which the lock opens while a
 * waiter comes, gives up, is taken away or gets another priority; and at all of them.
 *
 * A waiter counts from some moment of its coming on, and until some moment of its going. So who is
 * served is the first of the line as it was before or as it is after.
 */
#include "waiting_line.h"

#include <sim.h>

enum { PATIENCE = 3 };

static const struct kind *const kinds[] = {&receivers_of_bytes, &receivers_of_words, &senders,
                                           &takers, &selectors};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static unsigned given;

static void give_one(void *argument)
{
    (void)argument;
    kind->give_from_isr();
    given++;
}

/* The waiters 0 to 2 stand in line: the last, the first and the one between. They have no equals among
 * them, since one that was woken in vain, because another took what it was woken for, comes back
 * behind its equals. */
static const UBaseType_t settled[] = {2, 4, 3};
enum { SETTLED = 3 };

static void open_settled(const struct kind *chosen, size_t impatient)
{
    open_line(chosen);
    given = 0;
    for (size_t i = 0; i < SETTLED; i++) {
        start_waiter(i, settled[i], i == impatient ? PATIENCE : portMAX_DELAY);
        settle();
        model_join(i, settled[i]);
    }
}

/* What was given and not taken, since who it was for is gone, is taken now; all is accounted for. */
static void take_what_is_left(void)
{
    size_t left = kind->left();

    CHECK_EQUAL(given, served_count + left);
    for (; left > 0; left--)
        kind->take_left();
}

static void finish(void)
{
    take_what_is_left();
    serve_line();
    CHECK_EQUAL(0, kind->left());
    close_line();
}

/* ---- While one comes --------------------------------------------------------------------------- */

/* Gives at the n-th opening of the lock. False: there were fewer. */
static bool give_while_one_comes(UBaseType_t priority, uint64_t n)
{
    uint64_t hook = sim_hook_count();

    CHECK(sim_interrupt_at_hook(hook + n, give_one, NULL));
    start_waiter(SETTLED, priority, portMAX_DELAY);
    settle();
    bool in_time = sim_hook_count() - hook >= n;
    while (given == 0)
        settle();
    settle(); /* who was woken has run */
    CHECK_EQUAL(1, served_count);
    if (waiters[SETTLED].done)
        CHECK(priority >= settled[1]); /* an equal one may look before the one that is woken runs */
    else
        CHECK_EQUAL('b', served[0]);
    model_join(SETTLED, priority);
    CHECK(model_leave((size_t)(served[0] - 'a')));
    return in_time;
}

TEST(give_at_any_moment_of_a_coming_serves_the_first_before_or_after)
{
    vTaskPrioritySet(NULL, CONTROLLER);
    for (size_t k = 0; k < KINDS; k++)
        for (UBaseType_t priority = 1; priority <= 5; priority++) {
            bool in_time = true;
            for (uint64_t n = 1; in_time; n++) {
                open_settled(kinds[k], SETTLED);
                in_time = give_while_one_comes(priority, n);
                finish();
                CHECK(n > 5 || in_time);
            }
        }
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}

/* ---- While one goes ---------------------------------------------------------------------------- */

enum { ABORT, SUSPEND, DELETE, TIME_OUT, LOWER, RAISE, EVENTS };

static void happen(size_t victim, unsigned event)
{
    TaskHandle_t task = waiters[victim].task;

    switch (event) {
    case ABORT:
        (void)xTaskAbortDelay(task);
        break;
    case SUSPEND:
        vTaskSuspend(task);
        break;
    case DELETE:
        end_waiter(victim);
        break;
    case TIME_OUT:
        vTaskDelay(PATIENCE);
        break;
    default:
        vTaskPrioritySet(task, event == LOWER ? 1 : 5);
        break;
    }
}

/* Who could be served: the first of the line before the event and the first after. */
static bool give_while_one_goes(size_t victim, unsigned event, uint64_t n)
{
    uint64_t hook = sim_hook_count();
    size_t before = line.ids[0];

    CHECK(sim_interrupt_at_hook(hook + n, give_one, NULL));
    happen(victim, event);
    CHECK(model_leave(victim));
    if (event == LOWER || event == RAISE)
        model_join(victim, event == LOWER ? 1 : 5);
    settle();
    bool in_time = sim_hook_count() - hook >= n;
    while (given == 0)
        settle();
    settle(); /* who was woken has run */
    if (event == SUSPEND) {
        vTaskResume(waiters[victim].task);
        settle();
    }
    size_t after = line.ids[0];
    if (served_count > 0) {
        size_t id = (size_t)(served[0] - 'a');
        CHECK(id == before || id == after);
        (void)model_leave(id);
        if (event == SUSPEND && id != victim)
            model_join(victim, settled[victim]);
    } else {
        CHECK(before == victim && event == DELETE); /* it was to be served, and is no more */
    }
    return in_time;
}

TEST(give_at_any_moment_of_a_going_serves_the_first_before_or_after)
{
    vTaskPrioritySet(NULL, CONTROLLER);
    for (size_t k = 0; k < KINDS; k++)
        for (unsigned event = 0; event < EVENTS; event++)
            for (size_t victim = 0; victim < SETTLED; victim++) {
                bool in_time = true;
                for (uint64_t n = 1; in_time; n++) {
                    open_settled(kinds[k], event == TIME_OUT ? victim : SETTLED);
                    in_time = give_while_one_goes(victim, event, n);
                    finish();
                    CHECK(n > 1 || in_time);
                }
            }
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}

/* ---- All the time ------------------------------------------------------------------------------ */

/* Gives at this opening of the lock and at each that follows, as often as there are waiters. */
static void give_on(void *argument)
{
    give_one(argument);
    if (given < WAITERS)
        CHECK(sim_interrupt_at_hook(sim_hook_count() + 1, give_on, NULL));
}

TEST(gives_at_every_opening_from_any_on_serve_each_waiter_once)
{
    vTaskPrioritySet(NULL, CONTROLLER);
    for (size_t k = 0; k < KINDS; k++)
        for (uint64_t n = 1; n <= 150; n++) {
            open_line(kinds[k]);
            given = 0;
            CHECK(sim_interrupt_at_hook(sim_hook_count() + n, give_on, NULL));
            for (size_t i = 0; i < WAITERS; i++)
                start_waiter(i, 1 + i * 3 % WAITERS, portMAX_DELAY);
            while (given < WAITERS)
                settle();
            settle();
            CHECK_EQUAL(WAITERS, served_count);
            CHECK_EQUAL(0, kind->left());
            close_line();
        }
    vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
}
