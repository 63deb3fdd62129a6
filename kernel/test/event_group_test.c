/* SPDX-License-Identifier: MIT */
/* Event groups: conditions, hand-over, rendezvous, deletion, and waiters that go away. */
#include "scenario.h"

#include <event_groups.h>

#include <string.h>

static EventGroupHandle_t group;

/* One waiting task: what it asks for and what it got. */
struct wait {
    EventBits_t bits, result;
    BaseType_t clear, all;
    TickType_t ticks, returned_at;
    unsigned order; /* of its return, from 1; 0: it still waits */
};

static unsigned returned;

static void wait_task(void *parameter)
{
    struct wait *wait = parameter;

    wait->result = xEventGroupWaitBits(group, wait->bits, wait->clear, wait->all, wait->ticks);
    wait->returned_at = xTaskGetTickCount();
    wait->order = ++returned;
    vTaskDelete(NULL);
}

static void begin(void)
{
    returned = 0;
    group = xEventGroupCreate();
    CHECK(group != NULL);
}

static void finish(void)
{
    vEventGroupDelete(group);
}

TEST(bits_are_set_cleared_and_read)
{
    begin();
    CHECK_EQUAL(0, xEventGroupGetBits(group));
    CHECK_EQUAL(0x5, xEventGroupSetBits(group, 0x5));
    CHECK_EQUAL(0x7, xEventGroupSetBits(group, 0x3));
    CHECK_EQUAL(0x7, xEventGroupClearBits(group, 0x2));
    CHECK_EQUAL(0x5, xEventGroupGetBits(group));
    CHECK_EQUAL(0x5, xEventGroupGetBitsFromISR(group));
    finish();
}

TEST(a_fulfilled_wait_returns_at_once)
{
    begin();
    (void)xEventGroupSetBits(group, 0x3);
    CHECK_EQUAL(0x3, xEventGroupWaitBits(group, 0x6, pdFALSE, pdFALSE, portMAX_DELAY));
    CHECK_EQUAL(0x3, xEventGroupWaitBits(group, 0x3, pdFALSE, pdTRUE, portMAX_DELAY));
    CHECK_EQUAL(0x3, xEventGroupWaitBits(group, 0x6, pdTRUE, pdFALSE, portMAX_DELAY));
    CHECK_EQUAL(0x1, xEventGroupGetBits(group)); /* only what was waited for is cleared */
    finish();
}

TEST(a_wait_ends_at_its_time_and_clears_nothing)
{
    begin();
    go_to_wrap(3);
    (void)xEventGroupSetBits(group, 0x1);
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0x1, xEventGroupWaitBits(group, 0x3, pdTRUE, pdTRUE, 9));
    CHECK_EQUAL(9, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(0x1, xEventGroupGetBits(group));
    CHECK_EQUAL(0x1, xEventGroupWaitBits(group, 0x2, pdTRUE, pdFALSE, 0));
    CHECK_EQUAL(9, (TickType_t)(xTaskGetTickCount() - start));
    finish();
}

TEST(one_set_wakes_everyone_it_fulfils_before_anyone_clears)
{
    static struct wait waits[] = {
        {.bits = 0x1, .clear = pdTRUE, .all = pdFALSE, .ticks = portMAX_DELAY},
        {.bits = 0x3, .clear = pdTRUE, .all = pdTRUE, .ticks = portMAX_DELAY},
        {.bits = 0x4, .clear = pdFALSE, .all = pdFALSE, .ticks = portMAX_DELAY},
        {.bits = 0x5, .clear = pdFALSE, .all = pdTRUE, .ticks = portMAX_DELAY},
        {.bits = 0x1, .clear = pdFALSE, .all = pdTRUE, .ticks = portMAX_DELAY},
    };

    begin();
    for (size_t i = 0; i < 5; i++)
        (void)spawn(wait_task, &waits[i], TEST_TASK_PRIORITY + 1);
    CHECK_EQUAL(0x8, xEventGroupSetBits(group, 0xb)); /* 0x1 and 0x2 are cleared again */
    CHECK_EQUAL(1, waits[0].order);                   /* in order of arrival */
    CHECK_EQUAL(2, waits[1].order);
    CHECK_EQUAL(3, waits[4].order);
    CHECK_EQUAL(0xb, waits[0].result);
    CHECK_EQUAL(0xb, waits[1].result);
    CHECK_EQUAL(0xb, waits[4].result);
    CHECK_EQUAL(0, waits[2].order);
    CHECK_EQUAL(0, waits[3].order);
    CHECK_EQUAL(0xc, xEventGroupSetBits(group, 0x4));
    CHECK_EQUAL(4, waits[2].order);
    CHECK_EQUAL(0, waits[3].order);
    CHECK_EQUAL(0xd, xEventGroupSetBits(group, 0x1));
    CHECK_EQUAL(5, waits[3].order);
    finish();
}

TEST(the_highest_priority_runs_first)
{
    static struct wait waits[3];

    begin();
    for (size_t i = 0; i < 3; i++) {
        waits[i] = (struct wait){.bits = 1, .ticks = portMAX_DELAY};
        (void)spawn(wait_task, &waits[i], TEST_TASK_PRIORITY + 1 + i % 2);
    }
    (void)xEventGroupSetBits(group, 1);
    CHECK_EQUAL(2, waits[0].order);
    CHECK_EQUAL(1, waits[1].order);
    CHECK_EQUAL(3, waits[2].order);
    finish();
}

TEST(some_time_out_while_others_are_woken)
{
    static struct wait waits[8];

    begin();
    for (size_t i = 0; i < 8; i++) {
        waits[i] = (struct wait){.bits = (EventBits_t)(1u << i),
                                 .clear = pdTRUE,
                                 .ticks = (TickType_t)(5 + 5 * (i % 3))};
        (void)spawn(wait_task, &waits[i], TEST_TASK_PRIORITY + 1);
    }
    TickType_t start = xTaskGetTickCount();
    vTaskDelay(7);
    (void)xEventGroupSetBits(group, 0xff);
    vTaskDelay(20);
    for (size_t i = 0; i < 8; i++) {
        CHECK(waits[i].order != 0);
        CHECK_EQUAL(i % 3 == 0 ? 5 : 7, waits[i].returned_at - start);
        CHECK_EQUAL(i % 3 == 0 ? 0 : 0xff, waits[i].result);
    }
    CHECK_EQUAL(0x49, xEventGroupGetBits(group)); /* those that nobody waited for any more */
    finish();
}

TEST(deleting_the_group_wakes_its_waiters)
{
    static struct wait waits[3];

    begin();
    for (size_t i = 0; i < 3; i++) {
        waits[i] = (struct wait){.bits = 1, .result = 99, .ticks = portMAX_DELAY};
        (void)spawn(wait_task, &waits[i], 1 + 2 * i);
    }
    settle();
    finish();
    settle();
    for (size_t i = 0; i < 3; i++) {
        CHECK(waits[i].order != 0);
        CHECK_EQUAL(0, waits[i].result);
    }
}

TEST(a_deleted_waiter_leaves_the_others_alone)
{
    for (size_t victim = 0; victim < 3; victim++) {
        static struct wait waits[3];
        TaskHandle_t tasks[3];
        begin();
        for (size_t i = 0; i < 3; i++) {
            waits[i] = (struct wait){.bits = 1, .ticks = i == 1 ? portMAX_DELAY : 100};
            tasks[i] = spawn(wait_task, &waits[i], TEST_TASK_PRIORITY + 1);
        }
        vTaskDelete(tasks[victim]);
        settle();
        (void)xEventGroupSetBits(group, 1);
        for (size_t i = 0; i < 3; i++)
            CHECK_EQUAL(i == victim ? 0 : 1, waits[i].order != 0);
        finish();
    }
}

TEST(a_suspended_waiter_looks_again_when_resumed)
{
    static struct wait wait = {.bits = 1, .clear = pdTRUE, .ticks = portMAX_DELAY};

    begin();
    TaskHandle_t task = spawn(wait_task, &wait, TEST_TASK_PRIORITY + 1);
    vTaskSuspend(task);
    CHECK_EQUAL(1, xEventGroupSetBits(group, 1));
    CHECK_EQUAL(0, wait.order);
    vTaskResume(task);
    CHECK_EQUAL(1, wait.order);
    CHECK_EQUAL(1, wait.result);
    CHECK_EQUAL(0, xEventGroupGetBits(group));

    wait.order = 0;
    task = spawn(wait_task, &wait, TEST_TASK_PRIORITY + 1);
    vTaskSuspend(task);
    vTaskResume(task); /* waits on */
    CHECK_EQUAL(0, wait.order);
    vTaskSuspend(task);
    vTaskDelete(task);
    CHECK_EQUAL(1, xEventGroupSetBits(group, 1));
    finish();
}

#if INCLUDE_xTaskAbortDelay == 1
TEST(an_aborted_wait_returns_like_a_timed_out_one)
{
    static struct wait wait = {.bits = 2, .ticks = portMAX_DELAY};

    begin();
    (void)xEventGroupSetBits(group, 1);
    TaskHandle_t task = spawn(wait_task, &wait, TEST_TASK_PRIORITY + 1);
    CHECK_EQUAL(pdPASS, xTaskAbortDelay(task));
    CHECK_EQUAL(1, wait.order);
    CHECK_EQUAL(1, wait.result);
    finish();
}
#endif

TEST(memory_given_by_the_caller_stays_the_callers)
{
    StaticEventGroup_t memory, *found = NULL;

    group = xEventGroupCreateStatic(&memory);
    CHECK(group != NULL);
    CHECK_EQUAL(pdTRUE, xEventGroupGetStaticBuffer(group, &found));
    CHECK(found == &memory);
    CHECK_EQUAL(4, xEventGroupSetBits(group, 4));
#if configUSE_TRACE_FACILITY == 1
    vEventGroupSetNumber(group, 42);
    CHECK_EQUAL(42, uxEventGroupGetNumber(group));
    CHECK_EQUAL(0, uxEventGroupGetNumber(NULL));
#endif
    finish();
    begin();
    CHECK_EQUAL(pdFALSE, xEventGroupGetStaticBuffer(group, &found));
    finish();
}

static void create_in_vain(void)
{
    CHECK(xEventGroupCreate() == NULL);
}

TEST(creation_without_memory_is_refused)
{
    with_empty_heap(create_in_vain);
}

TEST(all_bits_below_the_control_byte_are_usable)
{
    const EventBits_t all = (EventBits_t)~eventEVENT_BITS_CONTROL_BYTES;

    begin();
    CHECK_EQUAL(all, xEventGroupSetBits(group, all));
    CHECK_EQUAL(all, xEventGroupWaitBits(group, all, pdTRUE, pdTRUE, 0));
    CHECK_EQUAL(0, xEventGroupGetBits(group));
    CHECK_EQUAL(8 * (sizeof(TickType_t) - 1), (size_t)__builtin_popcountll(all));
    finish();
}

/* ---- Interrupts ------------------------------------------------------------------------------- */

static void set_in_interrupt(void *argument)
{
    BaseType_t woken = pdFALSE;

    (void)argument;
    CHECK_EQUAL(0, xEventGroupGetBitsFromISR(group));
    CHECK_EQUAL(pdPASS, xEventGroupSetBitsFromISR(group, 0x6, &woken));
    CHECK_EQUAL(pdTRUE, woken);
    portYIELD_FROM_ISR(woken);
}

static void clear_in_interrupt(void *argument)
{
    (void)argument;
    CHECK_EQUAL(pdPASS, xEventGroupClearBitsFromISR(group, 0x2));
}

TEST(interrupts_set_and_clear_bits_through_the_timer_task)
{
    begin();
    CHECK(test_interrupt_in_us(5000, set_in_interrupt, NULL));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0x6, xEventGroupWaitBits(group, 0x6, pdFALSE, pdTRUE, 50));
    CHECK((TickType_t)(xTaskGetTickCount() - start) <= 6);
    CHECK(test_interrupt(clear_in_interrupt, NULL));
    settle();
    CHECK_EQUAL(0x4, xEventGroupGetBits(group));
    finish();
}

/* ---- Rendezvous ------------------------------------------------------------------------------- */

enum { PARTIES = 3, ROUNDS = 5 };
static unsigned rounds[PARTIES];

static void party(void *parameter)
{
    size_t self = (size_t)(uintptr_t)parameter;
    const EventBits_t everyone = ((EventBits_t)1 << PARTIES) - 1;

    for (unsigned round = 0; round < ROUNDS; round++) {
        EventBits_t seen = xEventGroupSync(group, (EventBits_t)(1u << self), everyone,
                                           portMAX_DELAY);
        CHECK_EQUAL(everyone, seen & everyone);
        rounds[self]++;
        for (size_t i = 0; i < PARTIES; i++) /* nobody is a whole round ahead */
            CHECK(rounds[i] + 1 >= rounds[self] && rounds[i] <= rounds[self] + 1);
    }
    vTaskDelete(NULL);
}

static void rendezvous_of_equals(void)
{
    memset(rounds, 0, sizeof rounds);
    begin();
    for (size_t i = 0; i < PARTIES; i++)
        (void)spawn(party, (void *)(uintptr_t)i, 1);
    settle();
    settle();
    for (size_t i = 0; i < PARTIES; i++)
        CHECK_EQUAL(ROUNDS, rounds[i]);
    CHECK_EQUAL(0, xEventGroupGetBits(group));
    finish();
}

TEST(parties_meet_in_every_round)
{
    rendezvous_of_equals();
}

TEST(parties_of_different_priorities_meet)
{
    begin();
    for (size_t i = 0; i < PARTIES; i++)
        (void)spawn(party, (void *)(uintptr_t)i, i + TEST_TASK_PRIORITY - 1);
    settle();
    for (size_t i = 0; i < PARTIES; i++)
        CHECK_EQUAL(ROUNDS, rounds[i]);
    finish();
}

TEST(a_rendezvous_times_out_and_leaves_its_own_bit)
{
    begin();
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0x1, xEventGroupSync(group, 0x1, 0x7, 6));
    CHECK_EQUAL(6, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(0x1, xEventGroupGetBits(group));
    CHECK_EQUAL(0x7, xEventGroupSync(group, 0x6, 0x7, 6));
    CHECK_EQUAL(0, xEventGroupGetBits(group));
    CHECK_EQUAL(0x8, xEventGroupSync(group, 0x8, 0x7, 0));
    finish();
}

TEST(a_rendezvous_survives_a_switch_at_every_hook)
{
    test_sweep_preemption(rendezvous_of_equals);
}

/* ---- Preemption ------------------------------------------------------------------------------- */

static unsigned passes;

static void pass_on(void *parameter)
{
    const bool first = parameter != NULL;
    const EventBits_t mine = first ? 1 : 2, theirs = first ? 2 : 1;

    for (int i = 0; i < 4; i++) {
        EventBits_t seen = xEventGroupWaitBits(group, mine, pdTRUE, pdTRUE, 50);
        CHECK_EQUAL(mine, seen & mine);
        passes++;
        (void)xEventGroupSetBits(group, theirs);
    }
    vTaskDelete(NULL);
}

static void ball_game(void)
{
    passes = 0;
    begin();
    (void)spawn(pass_on, "first", 1);
    (void)spawn(pass_on, NULL, 1);
    (void)xEventGroupSetBits(group, 1);
    vTaskDelay(4);
    CHECK_EQUAL(8, passes);
    CHECK_EQUAL(1, xEventGroupGetBits(group));
    finish();
}

TEST(bits_survive_a_switch_at_every_hook)
{
    test_sweep_preemption(ball_game);
}
