/* SPDX-License-Identifier: MIT */
/*
 * Waits that are woken before their time and repeated with another deadline, on every object that can
 * be waited for, while others sleep to ticks before, at and behind the old deadline and the new one.
 * Each wait ends at exactly its tick, and so does each sleep; sleepers of one tick wake in the order in
 * which they lay down. All of it at several distances from the wrap of the tick.
 *
 * The build defines DISTANCE_STEP: 1 for all distances, more for fewer.
 */
#include "waitable.h"

#include <string.h>

enum { SLEEPER = TEST_TASK_PRIORITY + 1, WAITER = TEST_TASK_PRIORITY + 2, SLEEPERS = 12 };

/* ---- Sleepers ------------------------------------------------------------------------------------ */

static struct sleeper {
    TaskHandle_t task;
    TickType_t ticks, lay_down, woke;
    bool is_awake;
    size_t place; /* in the order of waking */
} sleepers[SLEEPERS];
static size_t sleeper_count, awake_count;

static void sleep_once(void *parameter)
{
    struct sleeper *self = parameter;

    self->lay_down = xTaskGetTickCount();
    vTaskDelay(self->ticks);
    self->woke = xTaskGetTickCount();
    self->place = awake_count++;
    self->is_awake = true;
    vTaskSuspend(NULL);
}

static void lull(TickType_t ticks)
{
    struct sleeper *sleeper = &sleepers[sleeper_count++];

    CHECK(sleeper_count <= SLEEPERS);
    *sleeper = (struct sleeper){.ticks = ticks};
    sleeper->task = spawn(sleep_once, sleeper, SLEEPER);
}

static void check_sleepers(void)
{
    CHECK_EQUAL(sleeper_count, awake_count);
    for (size_t i = 0; i < sleeper_count; i++) {
        CHECK_EQUAL(sleepers[i].ticks, (TickType_t)(sleepers[i].woke - sleepers[i].lay_down));
        for (size_t k = 0; k < i; k++) /* who lay down before, to the same tick */
            if (sleepers[k].woke == sleepers[i].woke)
                CHECK(sleepers[k].place < sleepers[i].place);
        vTaskDelete(sleepers[i].task);
    }
    sleeper_count = awake_count = 0;
}

/* ---- The waiter ---------------------------------------------------------------------------------- */

/* One wait: how long at most, and after how many ticks it is given, or 0: never. */
struct wait {
    TickType_t ticks, given_after;
};

static struct outcome {
    TickType_t began, ended;
    volatile bool is_over, served;
} outcomes[WAITS];

static void wait_again_and_again(void *parameter)
{
    for (const struct wait *wait = parameter; wait->ticks != 0; wait++) {
        struct outcome *outcome = &outcomes[waits_begun++];
        outcome->began = xTaskGetTickCount();
        outcome->served = kind->wait(wait->ticks);
        outcome->ended = xTaskGetTickCount();
        outcome->is_over = true;
    }
    for (size_t i = 0; kind->is_mutex && i < WAITS; i++)
        if (xSemaphoreGetMutexHolder(mutexes[i]) == waiter)
            CHECK_EQUAL(pdPASS, xSemaphoreGive(mutexes[i]));
    for (;;)
        vTaskSuspend(NULL);
}

static void start_waiter(const struct wait *waits)
{
    memset(outcomes, 0, sizeof outcomes);
    waiter = spawn(wait_again_and_again, (void *)(uintptr_t)waits, WAITER);
}

static void give_now(void)
{
    kind->give();
    CHECK(outcomes[gives].is_over && outcomes[gives].served);
    gives++;
}

static void check_outcome(size_t i, const struct wait *wait)
{
    TickType_t lasted = (TickType_t)(outcomes[i].ended - outcomes[i].began);

    CHECK(outcomes[i].is_over);
    CHECK_EQUAL(wait->given_after != 0, outcomes[i].served);
    CHECK_EQUAL(wait->given_after != 0 ? wait->given_after : wait->ticks, lasted);
}

/* ---- Scenarios ----------------------------------------------------------------------------------- */

/* How far from the wrap a scenario begins; 0: wherever the clock is. */
static const TickType_t distances[] = {0, 1, 5, 10, 11, 25, 30, 31, 99, 100, 101, 110, 150};
enum { DISTANCES = sizeof distances / sizeof distances[0] };

static const struct wait scripts[][WAITS] = {
    {{100, 10}, {100, 0}},
    {{100, 10}, {90, 0}}, /* the same tick again */
    {{100, 10}, {20, 0}},
    {{100, 10}, {91, 0}},
    {{100, 10}, {89, 0}},
    {{100, 10}, {1, 0}},
    {{100, 10}, {20, 0}, {100, 0}},
    {{100, 10}, {20, 10}, {80, 0}},
    {{100, 10}, {100, 10}, {20, 0}},
    {{20, 10}, {100, 15}, {5, 0}},
    {{20, 10}, {10, 5}, {5, 0}, {75, 0}},
    {{100, 10}, {portMAX_DELAY, 30}, {20, 0}},
    {{portMAX_DELAY, 10}, {20, 0}, {100, 0}},
    {{portMAX_DELAY - 1, 10}, {90, 0}},
    {{portMAX_DELAY - 1, 10}, {portMAX_DELAY - 1, 20}, {20, 0}},
    {{30, 10}, {portMAX_DELAY - 1, 90}, {10, 0}},
    {{100, 99}, {1, 0}},
    {{100, 99}, {100, 0}},
};
enum { SCRIPTS = sizeof scripts / sizeof scripts[0] };

enum { UNDISTURBED, SUSPENDED, DELETED };

static void begin(const struct kind *chosen, TickType_t distance)
{
    kind = chosen;
    open_objects();
    settle();
    if (distance != 0)
        go_to_wrap(distance);
}

/* At 10 and 20 more lie down, to ticks to which others lie already. */
static void lull_more(TickType_t passed)
{
    if (passed == 10 || passed == 20) {
        lull((TickType_t)(30 - passed));
        lull((TickType_t)(100 - passed));
    }
}

/* Until the waits of the script are over, and all sleepers awake. */
static void go_through(const struct wait *waits, unsigned disturbance)
{
    const TickType_t start = xTaskGetTickCount();
    TickType_t next_give = waits[0].given_after;

    for (TickType_t passed = 1; passed <= 230; passed++) {
        vTaskDelay(1);
        CHECK_EQUAL(passed, (TickType_t)(xTaskGetTickCount() - start));
        lull_more(passed);
        if (disturbance == SUSPENDED && passed % 4 == 1)
            vTaskSuspend(waiter);
        if (disturbance == SUSPENDED && passed % 4 == 3)
            vTaskResume(waiter);
        if (disturbance == DELETED && passed == 15) {
            vTaskDelete(waiter);
            return;
        }
        if (passed == next_give) {
            give_now();
            TickType_t again = waits[gives].given_after;
            next_give = (TickType_t)(again != 0 ? passed + again : 0);
        }
    }
}

static void run(const struct wait *waits, unsigned disturbance)
{
    lull(100);
    lull(110);
    lull(30);
    lull(100);
    lull(101);
    lull(200);
    start_waiter(waits);
    go_through(waits, disturbance);
    if (disturbance == DELETED)
        vTaskDelay(215);
    else
        vTaskDelete(waiter);
    check_sleepers();
}

TEST(ledger_38_repeated_wait_ends_at_its_own_tick)
{
    for (size_t k = 0; k < KINDS; k++)
        for (size_t s = 0; s < SCRIPTS; s++)
            for (size_t d = 0; d < DISTANCES; d += DISTANCE_STEP) {
                begin(&kinds[k], distances[d]);
                run(scripts[s], UNDISTURBED);
                for (size_t i = 0; i < WAITS && scripts[s][i].ticks != 0; i++)
                    check_outcome(i, &scripts[s][i]);
                close_objects();
            }
}

/* A waiter that is suspended at its tick gives up when it is resumed, which is one tick later. */
TEST(ledger_38_suspension_does_not_lengthen_a_wait)
{
    for (size_t k = 0; k < KINDS; k++)
        for (TickType_t ticks = 20; ticks < 28; ticks++)
            for (size_t d = 0; d < DISTANCES; d += DISTANCE_STEP) {
                const struct wait waits[WAITS] = {{100, 12}, {ticks, 0}};
                begin(&kinds[k], distances[d]);
                run(waits, SUSPENDED);
                TickType_t lasted = (TickType_t)(outcomes[1].ended - outcomes[1].began);
                CHECK(outcomes[1].is_over && !outcomes[1].served);
                CHECK_EQUAL(ticks + ((12 + ticks) % 4 == 2), lasted);
                close_objects();
            }
}

TEST(ledger_38_deleted_waiter_leaves_all_sleepers_their_ticks)
{
    for (size_t k = 0; k < KINDS; k++)
        for (size_t s = 0; s < SCRIPTS; s++) {
            begin(&kinds[k], distances[(k + s) % DISTANCES]);
            run(scripts[s], DELETED);
            close_objects();
        }
}

/* Nobody wakes in between, so that an idle task that stops the ticks sleeps from one deadline to the
 * next. */
static void run_undisturbed(const struct wait *waits)
{
    lull(110);
    start_waiter(waits);
    for (const struct wait *wait = waits; wait->given_after != 0; wait++) {
        vTaskDelay(wait->given_after);
        give_now();
    }
    lull(40);
    lull(90);
    vTaskDelay(230);
    vTaskDelete(waiter);
    check_sleepers();
}

TEST(ledger_38_repeated_wait_ends_at_its_own_tick_while_all_sleep)
{
    for (size_t k = 0; k < KINDS; k++)
        for (size_t s = 0; s < SCRIPTS; s++)
            for (size_t d = 0; d < DISTANCES; d += DISTANCE_STEP) {
                begin(&kinds[k], distances[d]);
                run_undisturbed(scripts[s]);
                for (size_t i = 0; i < WAITS && scripts[s][i].ticks != 0; i++)
                    check_outcome(i, &scripts[s][i]);
                close_objects();
            }
}

/* ---- Woken in vain ------------------------------------------------------------------------------- */

/* The controller is above the waiter here, and takes back what it gave before the waiter has run. */
static void give_and_take_back(void)
{
    kind->give();
    CHECK(kind->wait(0));
}

TEST(ledger_38_waiter_woken_in_vain_keeps_its_deadline)
{
    static const size_t which[] = {0, 1, 3, 4, 10, 12};

    for (size_t i = 0; i < sizeof which / sizeof which[0]; i++)
        for (size_t d = 0; d < DISTANCES; d += DISTANCE_STEP) {
            const struct wait waits[WAITS] = {{100, 0}};
            begin(&kinds[which[i]], distances[d]);
            lull(100);
            start_waiter(waits);
            vTaskPrioritySet(NULL, WAITER + 1);
            for (int times = 0; times < 9; times++) {
                vTaskDelay(10);
                give_and_take_back();
                lull((TickType_t)(90 - 10 * times)); /* to the same tick */
            }
            vTaskDelay(20);
            vTaskPrioritySet(NULL, TEST_TASK_PRIORITY);
            check_outcome(0, &waits[0]);
            check_sleepers();
            vTaskDelete(waiter);
            close_objects();
        }
}

TEST(ledger_38_aborted_wait_is_over_and_the_next_one_whole)
{
    for (size_t k = 0; k < KINDS; k++)
        for (size_t d = 0; d < DISTANCES; d += DISTANCE_STEP) {
            const struct wait waits[WAITS] = {{100, 0}, {90, 0}, {20, 0}};
            begin(&kinds[k], distances[d]);
            lull(100);
            start_waiter(waits);
            vTaskDelay(10);
            CHECK_EQUAL(pdPASS, xTaskAbortDelay(waiter));
            lull(90);
            lull(30);
            vTaskDelay(130);
            CHECK(outcomes[0].is_over && !outcomes[0].served);
            CHECK_EQUAL(10, (TickType_t)(outcomes[0].ended - outcomes[0].began));
            check_outcome(1, &waits[1]);
            check_outcome(2, &waits[2]);
            check_sleepers();
            vTaskDelete(waiter);
            close_objects();
        }
}

/* ---- Far away ------------------------------------------------------------------------------------ */

/* An old deadline lies ahead while the clock goes nearly round; what is new is kept all the same. */
TEST(ledger_38_old_deadline_does_not_matter_after_nearly_a_turn_of_the_clock)
{
    static const TickType_t leaps[] = {50,
                                       200,
                                       portMAX_DELAY / 2 - 1,
                                       portMAX_DELAY / 2,
                                       portMAX_DELAY / 2 + 1,
                                       portMAX_DELAY - 200};

    for (size_t i = 0; i < sizeof leaps / sizeof leaps[0]; i++)
        for (size_t k = 0; k < KINDS; k++) {
            const struct wait waits[WAITS] = {{100, 10}, {portMAX_DELAY, 1}, {20, 0}};
            begin(&kinds[k], 0);
            start_waiter(waits);
            vTaskDelay(10);
            give_now();
            (void)xTaskCatchUpTicks(leaps[i]);
            lull(5);
            lull(20);
            lull(portMAX_DELAY - 1);
            give_now();
            vTaskDelay(30);
            check_outcome(2, &waits[2]);
            CHECK_EQUAL(2, awake_count);
            (void)xTaskCatchUpTicks(portMAX_DELAY - 1 - 30);
            vTaskDelay(1);
            check_sleepers();
            vTaskDelete(waiter);
            close_objects();
        }
}

/* ---- Many at random ------------------------------------------------------------------------------- */

enum { TASKS = 12, ROUNDS = 40 };

static unsigned long lying_down; /* how many lay down so far */
static struct {
    TickType_t tick;
    unsigned long number;
} last_awake;
static volatile unsigned finished;

/* Of those who wake at one tick, who lay down earlier wakes earlier. */
static void note_awake(unsigned long number)
{
    if (last_awake.tick == xTaskGetTickCount() && last_awake.number != 0)
        CHECK(last_awake.number < number);
    last_awake.tick = xTaskGetTickCount();
    last_awake.number = number;
}

static void sleep_at_random(void *seed)
{
    struct test_random dice = {(uintptr_t)seed};

    for (int round = 0; round < ROUNDS; round++) {
        TickType_t start = xTaskGetTickCount(),
                   ticks = (TickType_t)(1 + test_random_below(&dice, 25));
        unsigned long number = ++lying_down;
        vTaskDelay(ticks);
        CHECK_EQUAL(ticks, (TickType_t)(xTaskGetTickCount() - start));
        note_awake(number);
    }
    finished++;
    vTaskSuspend(NULL);
}

static void wait_at_random(void *seed)
{
    struct test_random dice = {(uintptr_t)seed};

    for (;;) {
        TickType_t start = xTaskGetTickCount(),
                   ticks = (TickType_t)(1 + test_random_below(&dice, 25));
        bool served = take(ticks);
        TickType_t lasted = (TickType_t)(xTaskGetTickCount() - start);
        CHECK(served ? lasted <= ticks : lasted == ticks);
    }
}

static void work_at_random(uintptr_t seed)
{
    struct test_random dice = {seed};
    TaskHandle_t asleep[TASKS], waiting[TASKS];

    finished = 0;
    for (size_t i = 0; i < TASKS; i++) {
        asleep[i] = spawn(sleep_at_random, (void *)(seed * 100 + i), SLEEPER);
        waiting[i] = spawn(wait_at_random, (void *)(seed * 100 + 50 + i), SLEEPER);
    }
    while (finished < TASKS) {
        size_t i = test_random_below(&dice, TASKS);
        if (test_random_below(&dice, 3) != 0) {
            (void)xSemaphoreGive(semaphore);
        } else {
            vTaskDelete(waiting[i]);
            waiting[i] = spawn(wait_at_random, (void *)(seed * 1000 + i), SLEEPER);
        }
        vTaskDelay((TickType_t)test_random_below(&dice, 3));
    }
    for (size_t i = 0; i < TASKS; i++) {
        vTaskDelete(asleep[i]);
        vTaskDelete(waiting[i]);
    }
}

TEST(ledger_38_random_waits_and_sleeps_end_at_their_ticks)
{
    for (uintptr_t seed = 1; seed <= 10; seed++) {
        semaphore = xSemaphoreCreateBinary();
        settle();
        go_to_wrap((TickType_t)(40 * seed));
        work_at_random(seed);
        vSemaphoreDelete(semaphore);
    }
}
