/* SPDX-License-Identifier: MIT */
/*
 * Virtual time as a task sees it: what moves the clock, where a switch can fall, and how simulated
 * interrupts behave.
 */
#include <linnet_test.h>

#include <FreeRTOS.h>
#include <semphr.h>
#include <sim.h>
#include <task.h>

#include <errno.h>
#include <fenv.h>
#include <string.h>

#define TICK_US (1000000 / configTICK_RATE_HZ)

static void hook(void)
{
    taskENTER_CRITICAL();
    taskEXIT_CRITICAL();
}

/* --- the clock -------------------------------------------------------------------------------- */

TEST(clock_moves_only_at_hooks)
{
    uint64_t time = sim_time_us(), hooks = sim_hook_count();
    volatile unsigned work = 0;

    for (unsigned i = 0; i < 100000; i++)
        work = work + i;
    CHECK_EQUAL(time, sim_time_us());
    hook();
    CHECK_EQUAL(time + 1, sim_time_us());
    CHECK_EQUAL(hooks + 1, sim_hook_count());
}

TEST(hook_costs_what_was_set)
{
    uint64_t time = sim_time_us();

    sim_hook_cost_us(7);
    hook();
    sim_hook_cost_us(0);
    hook();
    CHECK_EQUAL(time + 7, sim_time_us());
}

TEST(only_the_outermost_opening_is_a_hook)
{
    uint64_t hooks = sim_hook_count();

    taskENTER_CRITICAL();
    hook();
    UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    CHECK_EQUAL(hooks, sim_hook_count());
    taskEXIT_CRITICAL();
    CHECK_EQUAL(hooks + 1, sim_hook_count());
}

TEST(idling_jumps_to_the_next_tick)
{
    vTaskDelay(1);
    uint64_t time = sim_time_us(), hooks = sim_hook_count();
    TickType_t ticks = xTaskGetTickCount();
    vTaskDelay(1000);
    CHECK_EQUAL(ticks + 1000, xTaskGetTickCount());
    CHECK(sim_time_us() >= time + 1000 * TICK_US - 100);
    CHECK(sim_time_us() <= time + 1000 * TICK_US + 100);
    CHECK(sim_hook_count() - hooks < 10000);
}

TEST(polling_the_tick_count_lets_time_pass)
{
    TickType_t start = xTaskGetTickCount();

    while (xTaskGetTickCount() < start + 3)
        continue;
    CHECK_EQUAL(start + 3, xTaskGetTickCount());
}

/* --- forced switches ---------------------------------------------------------------------------
 */

static char order[64];
static volatile unsigned written;

/* Notes its letter at each of ten hooks. */
static void letter_task(void *letter)
{
    for (int i = 0; i < 10; i++) {
        order[written++] = *(const char *)letter;
        hook();
    }
    vTaskDelete(NULL);
}

static void run_two_letters(void)
{
    written = 0;
    memset(order, 0, sizeof order);
    xTaskCreate(letter_task, "a", configMINIMAL_STACK_SIZE, "a", TEST_TASK_PRIORITY - 1, NULL);
    xTaskCreate(letter_task, "b", configMINIMAL_STACK_SIZE, "b", TEST_TASK_PRIORITY - 1, NULL);
    sim_hook_cost_us(0);
    vTaskDelay(5);
    sim_hook_cost_us(1);
    CHECK_EQUAL(20, written);
}

static unsigned turns(void)
{
    unsigned count = 0;

    for (unsigned i = 1; i < 20; i++)
        count += order[i] != order[i - 1];
    return count;
}

TEST(without_a_tick_equal_tasks_take_turns_only_when_they_end)
{
    run_two_letters();
    CHECK_STRING("aaaaaaaaaabbbbbbbbbb", order);
}

TEST(forced_tick_switches_at_every_chosen_hook)
{
    unsigned switched = 0;

    for (uint64_t offset = 1; offset < 30; offset++) {
        CHECK(sim_preempt_at(sim_hook_count() + offset));
        run_two_letters();
        CHECK(turns() <= 2);
        switched += turns() == 2;
        vTaskDelay(2);
    }
    CHECK(switched >= 9); /* each hook of the first task but its last */
}

TEST(pairs_of_forced_ticks_switch_there_and_back)
{
    unsigned most = 0;

    for (uint64_t offset = 1; offset < 25; offset++) {
        CHECK(sim_preempt_at(sim_hook_count() + offset));
        CHECK(sim_preempt_at(sim_hook_count() + offset + 3));
        run_two_letters();
        most = turns() > most ? turns() : most;
        vTaskDelay(2);
    }
    CHECK_EQUAL(3, most);
}

TEST(forced_tick_in_the_past_is_refused)
{
    CHECK(!sim_preempt_at(sim_hook_count()));
    for (unsigned i = 0; i < 8; i++)
        CHECK(sim_preempt_at(sim_hook_count() + 1000));
    CHECK(!sim_preempt_at(sim_hook_count() + 1000));
}

TEST(seed_interleaves_equal_tasks)
{
    unsigned most = 0;

    for (uint64_t seed = 1; seed < 50; seed++) {
        sim_seed(seed);
        run_two_letters();
        most = turns() > most ? turns() : most;
    }
    sim_seed(0);
    CHECK(most >= 4);
}

/* --- interrupts ---------------------------------------------------------------------------------
 */

static char seen[64];

static void note_interrupt(void *letter)
{
    CHECK(portCHECK_IF_IN_ISR());
    strncat(seen, letter, 1);
}

TEST(interrupt_runs_at_its_time)
{
    uint64_t due = sim_time_us() + 2345;

    CHECK(sim_interrupt_at(due, note_interrupt, "x"));
    while (sim_time_us() < due) {
        CHECK_STRING("", seen);
        hook();
    }
    CHECK_STRING("x", seen);
    CHECK_EQUAL(due, sim_time_us());
}

static SemaphoreHandle_t semaphore;
static uint64_t interrupt_time;

static void give_from_interrupt(void *argument)
{
    BaseType_t woken = pdFALSE;

    (void)argument;
    interrupt_time = sim_time_us();
    xSemaphoreGiveFromISR(semaphore, &woken);
    CHECK(woken);
    portYIELD_FROM_ISR(woken);
}

TEST(interrupt_wakes_an_idle_device_at_once)
{
    semaphore = xSemaphoreCreateBinary();
    uint64_t due = sim_time_us() + 2500 * TICK_US / 1000;

    CHECK(sim_interrupt_at(due, give_from_interrupt, NULL));
    CHECK(xSemaphoreTake(semaphore, 100));
    CHECK_EQUAL(due, interrupt_time);
    CHECK(sim_time_us() < due + 20);
    vSemaphoreDelete(semaphore);
}

TEST(interrupt_runs_at_its_hook)
{
    uint64_t at = sim_hook_count() + 5;

    CHECK(sim_interrupt_at_hook(at, note_interrupt, "x"));
    while (sim_hook_count() < at) {
        CHECK_EQUAL(sim_hook_count() >= at, seen[0] != '\0');
        hook();
    }
    CHECK_STRING("x", seen);
}

TEST(raised_interrupt_waits_for_the_mask)
{
    taskENTER_CRITICAL();
    CHECK(sim_raise(note_interrupt, "x"));
    CHECK_STRING("", seen);
    taskEXIT_CRITICAL();
    CHECK_STRING("x", seen);
    CHECK(sim_raise(note_interrupt, "y"));
    CHECK_STRING("xy", seen);
}

static void raise_another(void *argument)
{
    strcat(seen, "(");
    CHECK(sim_raise(note_interrupt, argument));
    strcat(seen, ")");
}

TEST(interrupts_do_not_nest)
{
    CHECK(sim_raise(raise_another, "x"));
    CHECK_STRING("()x", seen);
}

TEST(equal_times_run_in_the_order_of_request)
{
    uint64_t due = sim_time_us() + 100;

    CHECK(sim_interrupt_at(due, note_interrupt, "a"));
    CHECK(sim_interrupt_at(due + 1, note_interrupt, "c"));
    CHECK(sim_interrupt_at(due, note_interrupt, "b"));
    sim_hook_cost_us(200);
    hook();
    CHECK_STRING("abc", seen);
}

TEST(table_of_interrupts_refuses_the_65th)
{
    for (int i = 0; i < 64; i++)
        CHECK(sim_interrupt_at(sim_time_us() + 1000000, note_interrupt, ""));
    CHECK(!sim_interrupt_at(sim_time_us() + 1000000, note_interrupt, ""));
}

/* --- what belongs to a task
 * ----------------------------------------------------------------------- */

static void change_state(void *argument)
{
    (void)argument;
    errno = ERANGE;
    fesetround(FE_UPWARD);
    vTaskDelay(2);
    CHECK_EQUAL(ERANGE, errno);
    CHECK_EQUAL(FE_UPWARD, fegetround());
    vTaskDelete(NULL);
}

TEST(errno_and_rounding_belong_to_the_task)
{
    errno = EDOM;
    xTaskCreate(change_state, "other", configMINIMAL_STACK_SIZE, NULL, TEST_TASK_PRIORITY + 1,
                NULL);
    CHECK_EQUAL(EDOM, errno);
    CHECK_EQUAL(FE_TONEAREST, fegetround());
    vTaskDelay(5);
    CHECK_EQUAL(EDOM, errno);
    CHECK_EQUAL(FE_TONEAREST, fegetround());
}
