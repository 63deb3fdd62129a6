/* SPDX-License-Identifier: MIT */
/* Priority inheritance along chains of holders, with what can happen to each link; and in the tick. */
#include "puppets.h"

static UBaseType_t priority_of(size_t i)
{
    return uxTaskPriorityGet(puppets[i].task);
}

/* The priorities of puppets 0 to 3. */
static void check_are(UBaseType_t p0, UBaseType_t p1, UBaseType_t p2, UBaseType_t p3)
{
    check_state();
    CHECK_EQUAL(p0, priority_of(0));
    CHECK_EQUAL(p1, priority_of(1));
    CHECK_EQUAL(p2, priority_of(2));
    CHECK_EQUAL(p3, priority_of(3));
}

/* 0 holds mutex 0; 1 holds 1 and waits for 0; 2 holds 2 and waits for 1; 3 waits for 2. */
static void build_chain(TickType_t patience_of_1, TickType_t patience_of_2,
                        TickType_t patience_of_3)
{
    takes(0, 0);
    takes(1, 1);
    takes(2, 2);
    check_are(1, 2, 3, 4);
    waits(1, 0, patience_of_1);
    check_are(2, 2, 3, 4);
    waits(2, 1, patience_of_2);
    check_are(3, 3, 3, 4);
    waits(3, 2, patience_of_3);
    check_are(4, 4, 4, 4);
}

/* ---- Each step of a chain ----------------------------------------------------------------------- */

TEST(ledger_36_chain_of_three_is_lifted_and_lowered_link_by_link)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, portMAX_DELAY);
    gives(0, 0); /* 1 has 0 and 1 now, and goes on at the priority of 3 */
    check_are(1, 4, 4, 4);
    CHECK(xSemaphoreGetMutexHolder(mutexes[0]) == puppets[1].task);
    gives(1, 1); /* in the order in which they were taken, not backwards */
    check_are(1, 2, 4, 4);
    gives(2, 2);
    check_are(1, 2, 3, 4);
    CHECK(xSemaphoreGetMutexHolder(mutexes[2]) == puppets[3].task);
    gives(3, 2);
    gives(2, 1);
    gives(1, 0);
    check_are(1, 2, 3, 4);
    close_stage();
}

TEST(ledger_36_chain_built_from_its_far_end_is_lifted_at_once)
{
    open_stage();
    takes(0, 0);
    takes(1, 1);
    takes(2, 2);
    waits(3, 2, portMAX_DELAY);
    check_are(1, 2, 4, 4);
    waits(2, 1, portMAX_DELAY);
    check_are(1, 4, 4, 4);
    waits(1, 0, portMAX_DELAY);
    check_are(4, 4, 4, 4);
    waits(4, 2, portMAX_DELAY);
    check_are(5, 5, 5, 4);
    close_stage();
}

TEST(ledger_36_time_out_of_the_last_waiter_lowers_the_whole_chain)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, 20);
    vTaskDelay(20);
    CHECK_EQUAL(pdFAIL, puppets[3].result);
    check_are(3, 3, 3, 4);
    close_stage();
}

TEST(ledger_36_time_out_of_the_middle_waiter_parts_the_chain)
{
    open_stage();
    build_chain(portMAX_DELAY, 20, portMAX_DELAY);
    vTaskDelay(20);
    CHECK_EQUAL(pdFAIL, puppets[2].result);
    check_are(2, 2, 4, 4);
    waits(2, 1, portMAX_DELAY); /* and tied together again */
    check_are(4, 4, 4, 4);
    close_stage();
}

TEST(ledger_36_time_out_of_the_first_waiter_lowers_the_holder_only)
{
    open_stage();
    build_chain(20, portMAX_DELAY, portMAX_DELAY);
    vTaskDelay(20);
    CHECK_EQUAL(pdFAIL, puppets[1].result);
    check_are(1, 4, 4, 4);
    close_stage();
}

TEST(ledger_36_time_outs_of_all_in_one_tick_lower_everyone)
{
    open_stage();
    takes(0, 0);
    takes(1, 1);
    takes(2, 2);
    TickType_t end = (TickType_t)(xTaskGetTickCount() + 30);
    for (size_t i = 1; i <= 3; i++)
        waits(i, i - 1, (TickType_t)(end - xTaskGetTickCount()));
    check_are(4, 4, 4, 4);
    while (xTaskGetTickCount() != (TickType_t)(end - 1))
        settle();
    check_are(4, 4, 4, 4);
    settle();
    CHECK_EQUAL(end, xTaskGetTickCount());
    check_are(1, 2, 3, 4); /* though they have not run yet */
    settle();
    for (size_t i = 1; i <= 3; i++) {
        CHECK_EQUAL(pdFAIL, puppets[i].result);
        CHECK_EQUAL(end, puppets[i].went);
    }
    check_are(1, 2, 3, 4);
    close_stage();
}

TEST(ledger_36_deleted_holder_in_the_middle_lends_nothing_on)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, 50);
    remove_puppet(1);
    CHECK_EQUAL(1, priority_of(0));
    CHECK_EQUAL(4, priority_of(2));
    CHECK(xSemaphoreGetMutexHolder(mutexes[1]) == NULL);
    CHECK(blocks_on(&puppets[2], 1)); /* what 1 held stays locked */
    vTaskDelay(50);
    CHECK_EQUAL(pdFAIL, puppets[3].result);
    CHECK_EQUAL(3, priority_of(2));
    close_stage();
}

TEST(ledger_36_deleted_first_holder_leaves_the_chain_waiting)
{
    open_stage();
    build_chain(10, portMAX_DELAY, portMAX_DELAY);
    remove_puppet(0);
    CHECK_EQUAL(4, priority_of(1));
    vTaskDelay(10);
    CHECK_EQUAL(pdFAIL, puppets[1].result);
    CHECK_EQUAL(4, priority_of(1)); /* it still holds what 2 waits for */
    gives(1, 1);
    CHECK_EQUAL(2, priority_of(1));
    close_stage();
}

TEST(ledger_36_deleted_waiter_lowers_the_whole_chain)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, portMAX_DELAY);
    waits(4, 2, portMAX_DELAY);
    check_are(5, 5, 5, 4);
    remove_puppet(4);
    check_are(4, 4, 4, 4);
    remove_puppet(3);
    CHECK_EQUAL(3, priority_of(0));
    CHECK_EQUAL(3, priority_of(1));
    CHECK_EQUAL(3, priority_of(2));
    close_stage();
}

TEST(ledger_36_aborted_waiters_lower_what_they_lifted)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, portMAX_DELAY);
    for (size_t i = 3; i >= 1; i--) {
        CHECK_EQUAL(pdPASS, xTaskAbortDelay(puppets[i].task));
        check_state();
        CHECK_EQUAL(i, priority_of(0));
        settle();
        CHECK_EQUAL(pdFAIL, puppets[i].result);
        check_state();
    }
    check_are(1, 2, 3, 4);
    close_stage();
}

TEST(ledger_36_suspended_waiters_lower_what_they_lifted_until_they_are_resumed)
{
    static const UBaseType_t while_suspended[][4] = {{}, {1, 4, 4, 4}, {2, 2, 4, 4}, {3, 3, 3, 4}};

    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, portMAX_DELAY);
    for (size_t i = 1; i <= 3; i++) {
        const UBaseType_t *p = while_suspended[i];
        vTaskSuspend(puppets[i].task);
        check_are(p[0], p[1], p[2], p[3]);
        settle();
        check_are(p[0], p[1], p[2], p[3]);
        vTaskResume(puppets[i].task);
        check_state();
        settle();
        check_are(4, 4, 4, 4);
    }
    close_stage();
}

TEST(ledger_36_waiter_suspended_beyond_its_time_gives_up_when_resumed)
{
    open_stage();
    build_chain(portMAX_DELAY, 10, portMAX_DELAY);
    vTaskSuspend(puppets[2].task);
    check_are(2, 2, 4, 4);
    vTaskDelay(20);
    check_are(2, 2, 4, 4);
    vTaskResume(puppets[2].task);
    settle();
    CHECK_EQUAL(pdFAIL, puppets[2].result);
    check_are(2, 2, 4, 4);
    close_stage();
}

TEST(ledger_36_priority_of_a_waiter_passes_along_the_chain)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, portMAX_DELAY);
    vTaskPrioritySet(puppets[3].task, 5);
    check_are(5, 5, 5, 5);
    vTaskPrioritySet(puppets[3].task, 1);
    check_are(3, 3, 3, 1);
    vTaskPrioritySet(puppets[2].task, 1); /* what is left is the base of 1 */
    check_are(2, 2, 1, 1);
    vTaskPrioritySet(puppets[1].task, 5);
    check_are(5, 5, 1, 1);
    vTaskPrioritySet(puppets[2].task, 4);
    check_are(5, 5, 4, 1);
    vTaskPrioritySet(puppets[1].task, 1);
    check_are(4, 4, 4, 1);
    close_stage();
}

TEST(ledger_36_base_priority_of_a_holder_counts_when_it_is_the_higher_one)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, portMAX_DELAY);
    vTaskPrioritySet(puppets[0].task, 5);
    check_are(5, 4, 4, 4);
    vTaskPrioritySet(puppets[0].task, 0);
    check_are(4, 4, 4, 4);
    gives(0, 0);
    check_are(0, 4, 4, 4);
    close_stage();
}

/* ---- Several mutexes of one holder --------------------------------------------------------------- */

TEST(ledger_36_gives_in_any_order_take_back_each_its_own_share)
{
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    for (size_t k = 0; k < 6; k++) {
        UBaseType_t left[] = {2, 3, 4}; /* of who waits for each */

        open_stage();
        for (size_t m = 0; m < 3; m++)
            takes(0, m);
        for (size_t m = 0; m < 3; m++)
            waits(m + 1, m, portMAX_DELAY);
        CHECK_EQUAL(4, priority_of(0));
        for (size_t step = 0; step < 3; step++) {
            UBaseType_t highest = 1;
            gives(0, orders[k][step]);
            left[orders[k][step]] = 1;
            for (size_t m = 0; m < 3; m++)
                if (left[m] > highest)
                    highest = left[m];
            CHECK_EQUAL(highest, priority_of(0));
        }
        close_stage();
    }
}

TEST(ledger_36_waiters_of_one_mutex_are_served_in_turn_and_each_inherits_from_the_rest)
{
    open_stage();
    takes(0, 0);
    for (size_t i = 1; i < PUPPETS; i++)
        waits(i, 0, portMAX_DELAY);
    CHECK_EQUAL(5, priority_of(0));
    gives(0, 0);
    for (size_t i = PUPPETS - 1; i >= 1; i--) {
        CHECK(xSemaphoreGetMutexHolder(mutexes[0]) == puppets[i].task);
        CHECK_EQUAL(i + 1, priority_of(i));
        gives(i, 0);
    }
    CHECK(xSemaphoreGetMutexHolder(mutexes[0]) == NULL);
    close_stage();
}

TEST(ledger_36_low_one_that_gets_the_mutex_while_a_higher_one_waits_inherits_at_once)
{
    open_stage();
    takes(4, 0);
    waits(3, 0, portMAX_DELAY);
    waits(0, 0, portMAX_DELAY);
    waits(1, 0, portMAX_DELAY);
    vTaskPrioritySet(puppets[0].task, 5); /* first in line */
    gives(4, 0);
    CHECK(xSemaphoreGetMutexHolder(mutexes[0]) == puppets[0].task);
    vTaskPrioritySet(puppets[0].task, 1);
    check_are(4, 2, 3, 4);
    gives(0, 0);
    check_are(1, 2, 3, 4);
    CHECK(xSemaphoreGetMutexHolder(mutexes[0]) == puppets[3].task);
    close_stage();
}

TEST(ledger_36_one_lowered_between_its_waking_and_its_taking_inherits_from_the_rest)
{
    open_stage();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutexes[0], 0));
    waits(3, 0, portMAX_DELAY);
    waits(1, 0, portMAX_DELAY);
    vTaskPrioritySet(puppets[1].task, 5);
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutexes[0]));
    CHECK_EQUAL(eReady, eTaskGetState(puppets[1].task)); /* it was first, but has not run yet */
    vTaskPrioritySet(puppets[1].task, 1);
    check_state();
    rest();
    CHECK(xSemaphoreGetMutexHolder(mutexes[0]) == puppets[1].task);
    check_are(1, 4, 3, 4);
    close_stage();
}

TEST(ledger_36_mutex_that_is_free_though_others_wait_lifts_who_takes_it)
{
    open_stage();
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutexes[0], 0));
    waits(3, 0, portMAX_DELAY);
    waits(2, 0, portMAX_DELAY);
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutexes[0]));
    vTaskSuspend(puppets[3].task); /* it was woken, and does not come to take it */
    takes(0, 0);
    check_are(3, 2, 3, 4);
    vTaskResume(puppets[3].task);
    rest();
    check_are(4, 2, 3, 4);
    close_stage();
}

/* Two that wait for each other lend each other what a third lent one of them, until one gives up. */
TEST(ledger_36_priorities_are_exact_again_when_a_deadlock_ends)
{
    open_stage();
    takes(0, 0);
    takes(1, 1);
    waits(1, 0, portMAX_DELAY);
    waits(0, 1, 30);
    check_are(2, 2, 3, 4);
    waits(4, 0, 10);
    check_are(5, 5, 3, 4);
    is_deadlock = true;
    puppets[4].result = pdPASS;
    vTaskDelay(20);
    CHECK_EQUAL(pdFAIL, puppets[4].result);
    is_deadlock = false;
    vTaskDelay(20);
    CHECK_EQUAL(pdFAIL, puppets[0].result);
    check_are(2, 2, 3, 4);
    gives(0, 0);
    check_are(1, 2, 3, 4);
    close_stage();
}

/* ---- In the tick -------------------------------------------------------------------------------- */

/* A holder that runs on the priority of a waiter, and a busy task between the two. */
static volatile TickType_t deadline;
static volatile bool has_mutex, ran_late, busy_ran, stop;
static volatile UBaseType_t seen_by_waiter;

static void hold_and_run(void *parameter)
{
    (void)parameter;
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutexes[0], 0));
    has_mutex = true;
    while (!stop)
        if ((TickType_t)(xTaskGetTickCount() - deadline) < portMAX_DELAY / 2)
            ran_late = ran_late || !stop;
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutexes[0]));
    vTaskSuspend(NULL);
}

static void be_busy(void *parameter)
{
    (void)parameter;
    while (!stop) {
        (void)xTaskGetTickCount();
        busy_ran = true;
    }
    vTaskSuspend(NULL);
}

static void give_up_in_time(void *holder)
{
    CHECK_EQUAL(pdFAIL, xSemaphoreTake(mutexes[0], (TickType_t)(deadline - xTaskGetTickCount())));
    CHECK_EQUAL(deadline, xTaskGetTickCount());
    seen_by_waiter = uxTaskPriorityGet(holder);
    CHECK(!busy_ran && !ran_late);
    vTaskSuspend(NULL);
}

TEST(ledger_36_holder_drops_in_the_tick_of_the_time_out_before_its_next_instruction)
{
    for (TickType_t patience = 2; patience < 12; patience++) {
        has_mutex = ran_late = busy_ran = stop = false;
        vTaskPrioritySet(NULL, CONTROLLER);
        mutexes[0] = xSemaphoreCreateMutex();
        deadline = (TickType_t)(xTaskGetTickCount() + 1000);
        TaskHandle_t holder = spawn(hold_and_run, NULL, 1);
        settle();
        CHECK(has_mutex);
        TaskHandle_t busy = spawn(be_busy, NULL, 3);
        deadline = (TickType_t)(xTaskGetTickCount() + patience);
        TaskHandle_t waiter = spawn(give_up_in_time, holder, 5);
        vTaskDelay(patience + 3);
        CHECK_EQUAL(eSuspended, eTaskGetState(waiter));
        CHECK_EQUAL(1, seen_by_waiter);
        CHECK_EQUAL(1, uxTaskPriorityGet(holder));
        CHECK(busy_ran && !ran_late);
        stop = true;
        vTaskDelay(2);
        CHECK(xSemaphoreGetMutexHolder(mutexes[0]) == NULL);
        vTaskDelete(busy);
        vTaskDelete(waiter);
        vTaskDelete(holder);
        vSemaphoreDelete(mutexes[0]);
        vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
    }
}

/* ---- At random ---------------------------------------------------------------------------------- */

enum { WALKS = 20, STEPS = 120 };

static bool holds(size_t i, size_t mutex)
{
    return xSemaphoreGetMutexHolder(mutexes[mutex]) == puppets[i].task;
}

/* Whoever holds a mutex takes only such as come after it, so that none waits for itself. */
static bool may_take(size_t i, size_t mutex)
{
    for (size_t m = mutex; m < MUTEXES; m++)
        if (holds(i, m))
            return false;
    return true;
}

static void use_mutex(struct test_random *dice, size_t i)
{
    size_t m = test_random_below(dice, MUTEXES);

    if (puppets[i].order != REST || eTaskGetState(puppets[i].task) != eBlocked)
        return;
    if (holds(i, m))
        tell(i, GIVE, m, 0);
    else if (may_take(i, m))
        tell(i, TAKE, m, (TickType_t)test_random_below(dice, 12));
}

static void disturb(struct test_random *dice, size_t i)
{
    TaskHandle_t task = puppets[i].task;

    switch (test_random_below(dice, 4)) {
    case 0:
        vTaskSuspend(task);
        break;
    case 1:
        (void)xTaskAbortDelay(task);
        break;
    case 2:
        vTaskPrioritySet(task, 1 + test_random_below(dice, 5));
        break;
    default:
        settle();
        break;
    }
    check_state();
}

TEST(ledger_36_random_orders_keep_every_priority_exact)
{
    struct test_random dice = {36};

    for (int walk = 0; walk < WALKS; walk++) {
        open_stage();
        for (int step = 0; step < STEPS; step++) {
            size_t i = test_random_below(&dice, PUPPETS);
            vTaskResume(puppets[i].task);
            check_state();
            if (test_random_below(&dice, 3) > 0)
                use_mutex(&dice, i);
            else
                disturb(&dice, i);
        }
        close_stage();
    }
}

/* ---- Whenever a tick comes ---------------------------------------------------------------------- */

static void build_and_dissolve(void)
{
    open_stage();
    build_chain(portMAX_DELAY, portMAX_DELAY, portMAX_DELAY);
    waits(4, 2, 12);
    vTaskPrioritySet(puppets[3].task, 2);
    vTaskDelay(15);
    rest();
    CHECK_EQUAL(pdFAIL, puppets[4].result);
    check_are(3, 3, 3, 2);
    gives(0, 0);
    CHECK_EQUAL(pdPASS, xTaskAbortDelay(puppets[2].task));
    rest();
    check_are(1, 2, 3, 2);
    close_stage();
}

TEST(ledger_36_chain_is_exact_whenever_a_tick_comes)
{
    test_sweep_preemption(build_and_dissolve);
}
