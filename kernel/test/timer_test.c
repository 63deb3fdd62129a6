/* SPDX-License-Identifier: MIT */
/* Software timers: when they expire, what commands do to them, and the calls that they carry. */
#include "scenario.h"

#include <timers.h>

#include <string.h>

enum { LOG_SIZE = configTOTAL_HEAP_SIZE < 32768 ? 80 : 512 };

static struct {
    TimerHandle_t timer;
    TickType_t at;
    BaseType_t active;
} expiries[LOG_SIZE];
static size_t count;

static void note(TimerHandle_t timer)
{
    CHECK(count < LOG_SIZE);
    CHECK(xTaskGetCurrentTaskHandle() == xTimerGetTimerDaemonTaskHandle());
    expiries[count].timer = timer;
    expiries[count].at = xTaskGetTickCount();
    expiries[count].active = xTimerIsTimerActive(timer);
    count++;
}

static TimerHandle_t create(TickType_t period, BaseType_t auto_reload)
{
    TimerHandle_t timer = xTimerCreate("t", period, auto_reload, NULL, note);
    CHECK(timer != NULL);
    return timer;
}

static void end(TimerHandle_t timer)
{
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, portMAX_DELAY));
}

TEST(a_new_timer_sleeps)
{
    TimerHandle_t timer = create(5, pdTRUE);
    vTaskDelay(20);
    CHECK_EQUAL(pdFALSE, xTimerIsTimerActive(timer));
    CHECK_EQUAL(0, count);
    end(timer);
}

TEST(a_one_shot_timer_expires_once)
{
    TimerHandle_t timer = create(7, pdFALSE);
    TickType_t start = xTaskGetTickCount();

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    CHECK_EQUAL(pdTRUE, xTimerIsTimerActive(timer));
    CHECK_EQUAL((TickType_t)(start + 7), xTimerGetExpiryTime(timer));
    vTaskDelay(30);
    CHECK_EQUAL(1, count);
    CHECK_EQUAL((TickType_t)(start + 7), expiries[0].at);
    CHECK_EQUAL(pdFALSE, expiries[0].active);
    CHECK_EQUAL(pdFALSE, xTimerIsTimerActive(timer));
    end(timer);
}

TEST(a_reloading_timer_keeps_its_period)
{
    TimerHandle_t timer = create(7, pdTRUE);
    TickType_t start = xTaskGetTickCount();

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(71);
    CHECK_EQUAL(10, count);
    for (size_t i = 0; i < count; i++) {
        CHECK_EQUAL((TickType_t)(start + 7 * (i + 1)), expiries[i].at);
        CHECK_EQUAL(pdTRUE, expiries[i].active);
    }
    end(timer);
}

TEST(the_reload_mode_can_change_while_it_runs)
{
    TimerHandle_t timer = create(5, pdTRUE);

    CHECK_EQUAL(pdTRUE, xTimerGetReloadMode(timer));
    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(12);
    vTimerSetReloadMode(timer, pdFALSE);
    CHECK_EQUAL(0, uxTimerGetReloadMode(timer));
    vTaskDelay(30);
    CHECK_EQUAL(3, count);
    end(timer);
}

TEST(a_reset_puts_the_expiry_off)
{
    TimerHandle_t timer = create(10, pdFALSE);

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    for (int i = 0; i < 5; i++) {
        vTaskDelay(8);
        CHECK_EQUAL(0, count);
        CHECK_EQUAL(pdPASS, xTimerReset(timer, 0));
    }
    vTaskDelay(11);
    CHECK_EQUAL(1, count);
    end(timer);
}

TEST(a_stopped_timer_does_not_expire)
{
    TimerHandle_t timer = create(10, pdTRUE);

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(9);
    CHECK_EQUAL(pdPASS, xTimerStop(timer, 0));
    CHECK_EQUAL(pdFALSE, xTimerIsTimerActive(timer));
    CHECK_EQUAL(pdPASS, xTimerStop(timer, 0));
    vTaskDelay(30);
    CHECK_EQUAL(0, count);
    end(timer);
}

TEST(a_new_period_starts_the_timer)
{
    TimerHandle_t timer = create(100, pdFALSE);
    TickType_t start = xTaskGetTickCount();

    CHECK_EQUAL(pdPASS, xTimerChangePeriod(timer, 4, 0)); /* it was dormant */
    CHECK_EQUAL(4, xTimerGetPeriod(timer));
    vTaskDelay(10);
    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(2);
    CHECK_EQUAL(pdPASS, xTimerChangePeriod(timer, 20, 0)); /* it was running */
    vTaskDelay(40);
    CHECK_EQUAL(2, count);
    CHECK_EQUAL((TickType_t)(start + 4), expiries[0].at);
    CHECK_EQUAL((TickType_t)(start + 32), expiries[1].at);
    end(timer);
}

/* Keeps the timer task from running for some ticks. */
static void busy(TickType_t ticks)
{
    uint64_t until = test_time_us() + (uint64_t)ticks * 1000000u / configTICK_RATE_HZ;

    while (test_time_us() < until)
        (void)xTaskGetTickCount();
}

TEST(time_counts_from_the_call_and_not_from_its_service)
{
    TimerHandle_t late = create(10, pdFALSE), changed = create(50, pdFALSE);
    TickType_t start = xTaskGetTickCount();

    vTaskSuspendAll();
    CHECK_EQUAL(pdPASS, xTimerStart(late, 0));
    CHECK_EQUAL(pdPASS, xTimerChangePeriod(changed, 12, 0));
    busy(6);
    (void)xTaskResumeAll();
    vTaskDelay(20);
    CHECK_EQUAL(2, count);
    CHECK_EQUAL((TickType_t)(start + 10), expiries[0].at);
    CHECK_EQUAL((TickType_t)(start + 12), expiries[1].at);
    end(late);
    end(changed);
}

TEST(periods_missed_before_the_service_are_made_up_for)
{
    TimerHandle_t once = create(3, pdFALSE), again = create(5, pdTRUE);
    TickType_t start = xTaskGetTickCount();

    vTaskSuspendAll();
    CHECK_EQUAL(pdPASS, xTimerStart(once, 0));
    CHECK_EQUAL(pdPASS, xTimerStart(again, 0));
    busy(17);
    (void)xTaskResumeAll();
    CHECK_EQUAL(4, count);
    CHECK(expiries[0].timer == once && expiries[0].active == pdFALSE);
    CHECK(expiries[1].timer == again && expiries[3].active == pdTRUE);
    CHECK_EQUAL((TickType_t)(start + 20), xTimerGetExpiryTime(again));
    end(once);
    end(again);
}

TEST(periods_missed_while_running_are_made_up_for)
{
    TimerHandle_t again = create(5, pdTRUE);
    TickType_t start = xTaskGetTickCount();

    CHECK_EQUAL(pdPASS, xTimerStart(again, 0));
    vTaskSuspendAll();
    busy(23);
    (void)xTaskResumeAll();
    CHECK_EQUAL(4, count);
    CHECK_EQUAL((TickType_t)(start + 25), xTimerGetExpiryTime(again));
    end(again);
}

TEST(a_stop_before_the_expiry_holds_even_if_served_late)
{
    TimerHandle_t timer = create(5, pdFALSE);

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskSuspendAll();
    CHECK_EQUAL(pdPASS, xTimerStop(timer, 0));
    busy(20);
    (void)xTaskResumeAll();
    CHECK_EQUAL(0, count);
    end(timer);
}

TEST(timers_expire_in_order_and_equals_by_their_start)
{
    enum { N = 60 };
    TimerHandle_t timers[N];
    struct test_random random = {7};

    for (size_t i = 0; i < N; i++)
        timers[i] = create((TickType_t)(1 + test_random_below(&random, 25)), pdFALSE);
    vTaskSuspendAll(); /* all starts at one tick */
    for (size_t i = 0; i < N; i += 5) {
        for (size_t j = i; j < i + 5; j++)
            CHECK_EQUAL(pdPASS, xTimerStart(timers[j], 0));
        (void)xTaskResumeAll();
        vTaskSuspendAll();
    }
    (void)xTaskResumeAll();
    vTaskDelay(30);
    CHECK_EQUAL(N, count);
    for (size_t i = 1; i < N; i++) {
        TickType_t before = xTimerGetExpiryTime(expiries[i - 1].timer);
        TickType_t now = xTimerGetExpiryTime(expiries[i].timer);
        CHECK(before <= now);
        CHECK_EQUAL(now, expiries[i].at);
        if (before == now) {
            size_t a = 0, b = 0;
            while (timers[a] != expiries[i - 1].timer)
                a++;
            while (timers[b] != expiries[i].timer)
                b++;
            CHECK(a < b);
        }
    }
    for (size_t i = 0; i < N; i++)
        end(timers[i]);
}

/* What the model expects of one timer. */
struct expected {
    TimerHandle_t timer;
    TickType_t period, next;
    bool running, reloads;
    unsigned calls, seen;
};

static void count_call(TimerHandle_t timer)
{
    struct expected *model = pvTimerGetTimerID(timer);
    model->seen++;
}

static void advance_model(struct expected *models, size_t n, TickType_t now)
{
    for (size_t i = 0; i < n; i++) {
        while (models[i].running && (TickType_t)(now - models[i].next) < portMAX_DELAY / 2) {
            models[i].calls++;
            models[i].running = models[i].reloads;
            models[i].next += models[i].period;
        }
        CHECK_EQUAL(models[i].calls, models[i].seen);
        CHECK_EQUAL(models[i].running, xTimerIsTimerActive(models[i].timer));
    }
}

static void do_something(struct expected *model, struct test_random *random)
{
    TickType_t now = xTaskGetTickCount();

    switch (test_random_below(random, 4)) {
    case 0:
        CHECK_EQUAL(pdPASS, xTimerStop(model->timer, 0));
        model->running = false;
        return;
    case 1:
        model->period = (TickType_t)(1 + test_random_below(random, 60));
        CHECK_EQUAL(pdPASS, xTimerChangePeriod(model->timer, model->period, 0));
        break;
    case 2:
        CHECK_EQUAL(pdPASS, xTimerReset(model->timer, 0));
        break;
    default:
        CHECK_EQUAL(pdPASS, xTimerStart(model->timer, 0));
        break;
    }
    model->running = true;
    model->next = now + model->period;
}

TEST(random_commands_match_a_model_over_the_wrap_of_the_tick)
{
    enum { N = 40, ROUNDS = 3000 };
    static struct expected models[N];
    struct test_random random = {11};

    go_to_wrap(2000);
    for (size_t i = 0; i < N; i++) {
        models[i].reloads = i % 2 == 0;
        models[i].period = (TickType_t)(1 + test_random_below(&random, 60));
        models[i].timer = xTimerCreate("m", models[i].period, models[i].reloads, &models[i],
                                       count_call);
        CHECK(models[i].timer != NULL);
    }
    for (unsigned round = 0; round < ROUNDS; round++) {
        do_something(&models[test_random_below(&random, N)], &random);
        /* Four rounds are over before a real tick could come between the timers and the model. */
        if (test_random_below(&random, 3) == 0 || round % 4 == 3)
            vTaskDelay((TickType_t)(1 + test_random_below(&random, 5)));
        advance_model(models, N, xTaskGetTickCount());
    }
    CHECK(xTaskGetTickCount() < portMAX_DELAY / 2); /* it has wrapped */
    for (size_t i = 0; i < N; i++)
        end(models[i].timer);
}

TEST(the_longest_periods_work_over_the_wrap)
{
    TimerHandle_t longest = create(portMAX_DELAY, pdFALSE),
                  half = create(portMAX_DELAY / 2, pdFALSE);
    TimerHandle_t brief = create(10, pdFALSE);
    TickType_t start = xTaskGetTickCount();

    CHECK_EQUAL(pdPASS, xTimerStart(longest, 0));
    CHECK_EQUAL(pdPASS, xTimerStart(half, 0));
    (void)xTaskCatchUpTicks(portMAX_DELAY / 2 - 1);
    settle();
    CHECK_EQUAL(1, count);
    CHECK(expiries[0].timer == half && expiries[0].at == (TickType_t)(start + portMAX_DELAY / 2));
    CHECK_EQUAL(pdPASS, xTimerStart(brief, 0));
    vTaskDelay(12);
    CHECK_EQUAL(2, count);
    (void)xTaskCatchUpTicks((TickType_t)(start - 1 - xTaskGetTickCount() - 2));
    CHECK_EQUAL(2, count);
    vTaskDelay(4);
    CHECK_EQUAL(3, count);
    CHECK(expiries[2].timer == longest && expiries[2].at == (TickType_t)(start - 1));
    end(longest);
    end(half);
    end(brief);
}

TEST(the_longest_period_alone_is_not_taken_for_no_end)
{
    TimerHandle_t timer = create(portMAX_DELAY, pdFALSE);
    TickType_t start = xTaskGetTickCount();

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    (void)xTaskCatchUpTicks(portMAX_DELAY - 3);
    vTaskDelay(2);
    CHECK_EQUAL(0, count);
    vTaskDelay(2);
    CHECK_EQUAL(1, count);
    CHECK_EQUAL((TickType_t)(start - 1), expiries[0].at);
    end(timer);
}

TEST(a_timer_starts_after_a_long_time_without_any)
{
    TimerHandle_t timer = create(100, pdFALSE);

    for (int i = 0; i < 3; i++) {
        (void)xTaskCatchUpTicks(portMAX_DELAY - 20);
        settle();
        CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
        vTaskDelay(99);
        CHECK_EQUAL(i, count);
        vTaskDelay(2);
        CHECK_EQUAL(i + 1, count);
    }
    end(timer);
}

TEST(memory_given_by_the_caller_stays_the_callers)
{
    StaticTimer_t memory, *found = NULL;
    TimerHandle_t timer = xTimerCreateStatic("static", 5, pdFALSE, &memory, note, &memory);

    CHECK(timer != NULL);
    CHECK_EQUAL(pdTRUE, xTimerGetStaticBuffer(timer, &found));
    CHECK(found == &memory);
    CHECK_STRING("static", pcTimerGetName(timer));
    CHECK(pvTimerGetTimerID(timer) == &memory);
    vTimerSetTimerID(timer, &found);
    CHECK(pvTimerGetTimerID(timer) == &found);
#if configUSE_TRACE_FACILITY == 1
    vTimerSetTimerNumber(timer, 42);
    CHECK_EQUAL(42, uxTimerGetTimerNumber(timer));
#endif
    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(10);
    CHECK_EQUAL(1, count);
    end(timer);

    TimerHandle_t other = create(5, pdFALSE);
    CHECK_EQUAL(pdFALSE, xTimerGetStaticBuffer(other, &found));
    end(other);
}

static void create_in_vain(void)
{
    CHECK(xTimerCreate("t", 5, pdFALSE, NULL, note) == NULL);
}

TEST(creation_without_memory_is_refused)
{
    with_empty_heap(create_in_vain);
}

/* ---- Interrupts ------------------------------------------------------------------------------- */

static BaseType_t woken;

static void start_in_interrupt(void *timer)
{
    CHECK_EQUAL(pdPASS, xTimerStartFromISR((TimerHandle_t)timer, &woken));
    portYIELD_FROM_ISR(woken);
}

static void stop_in_interrupt(void *timer)
{
    CHECK_EQUAL(pdPASS, xTimerStopFromISR((TimerHandle_t)timer, NULL));
}

static void reset_in_interrupt(void *timer)
{
    CHECK_EQUAL(pdPASS, xTimerResetFromISR((TimerHandle_t)timer, NULL));
}

static void change_in_interrupt(void *timer)
{
    CHECK_EQUAL(pdPASS, xTimerChangePeriodFromISR((TimerHandle_t)timer, 3, &woken));
}

TEST(interrupts_command_timers)
{
    TimerHandle_t timer = create(10, pdFALSE);
    TickType_t start = xTaskGetTickCount();

    CHECK(test_interrupt(start_in_interrupt, timer));
    CHECK_EQUAL(pdTRUE, woken);
    CHECK_EQUAL(pdTRUE, xTimerIsTimerActive(timer)); /* the timer task ran at once */
    vTaskDelay(5);
    CHECK(test_interrupt(reset_in_interrupt, timer));
    vTaskDelay(1);
    CHECK_EQUAL((TickType_t)(start + 15), xTimerGetExpiryTime(timer));
    CHECK(test_interrupt(stop_in_interrupt, timer));
    vTaskDelay(20);
    CHECK_EQUAL(0, count);
    start = xTaskGetTickCount();
    CHECK(test_interrupt(change_in_interrupt, timer));
    vTaskDelay(10);
    CHECK_EQUAL(1, count);
    CHECK_EQUAL((TickType_t)(start + 3), expiries[0].at);
    end(timer);
}

/* ---- Pended calls ----------------------------------------------------------------------------- */

static char calls[8];

static void mark_call(void *parameter1, uint32_t parameter2)
{
    CHECK(xTaskGetCurrentTaskHandle() == xTimerGetTimerDaemonTaskHandle());
    calls[parameter2] = *(const char *)parameter1;
}

static void pend_in_interrupt(void *parameter)
{
    CHECK_EQUAL(pdPASS, xTimerPendFunctionCallFromISR(mark_call, parameter, 1, &woken));
    CHECK_EQUAL(pdTRUE, woken);
    portYIELD_FROM_ISR(woken);
}

TEST(calls_are_made_by_the_timer_task)
{
    CHECK_EQUAL(pdPASS, xTimerPendFunctionCall(mark_call, "a", 0, 0));
    CHECK(test_interrupt(pend_in_interrupt, "b"));
    CHECK_STRING("ab", calls);
}

static void sleep_for(void *parameter1, uint32_t ticks)
{
    (void)parameter1;
    vTaskDelay((TickType_t)ticks);
}

TEST(a_full_command_queue_refuses_or_waits)
{
    CHECK_EQUAL(pdPASS, xTimerPendFunctionCall(sleep_for, NULL, 20, 0));
    for (size_t i = 0; i < configTIMER_QUEUE_LENGTH; i++)
        CHECK_EQUAL(pdPASS, xTimerPendFunctionCall(mark_call, "x", 2, 0));
    CHECK_EQUAL(pdFAIL, xTimerPendFunctionCall(mark_call, "y", 3, 0));

    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(pdFAIL, xTimerPendFunctionCall(mark_call, "y", 3, 5));
    CHECK_EQUAL(5, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(pdPASS, xTimerPendFunctionCall(mark_call, "z", 3, 100));
    CHECK_EQUAL(20, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL('z', calls[3]);
}

static void fill_from_the_timer_task(void *parameter1, uint32_t parameter2)
{
    (void)parameter1;
    (void)parameter2;
    for (size_t i = 0; i < configTIMER_QUEUE_LENGTH; i++)
        CHECK_EQUAL(pdPASS, xTimerPendFunctionCall(mark_call, "x", 2, portMAX_DELAY));
    /* It would wait for itself. */
    CHECK_EQUAL(pdFAIL, xTimerPendFunctionCall(mark_call, "x", 2, portMAX_DELAY));
    calls[0] = '!';
}

TEST(the_timer_task_never_waits_for_itself)
{
    CHECK_EQUAL(pdPASS, xTimerPendFunctionCall(fill_from_the_timer_task, NULL, 0, 0));
    CHECK_EQUAL('!', calls[0]);
}

static void pend_again(void *parameter1, uint32_t parameter2)
{
    if (parameter2 < 100000)
        (void)xTimerPendFunctionCall(pend_again, parameter1, parameter2 + 1, 0);
}

TEST(endless_commands_do_not_starve_timers)
{
    TimerHandle_t timer = create(3, pdFALSE);
    TickType_t start = xTaskGetTickCount();

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    CHECK_EQUAL(pdPASS, xTimerPendFunctionCall(pend_again, NULL, 0, 0));
    CHECK_EQUAL(1, count);
    CHECK((TickType_t)(expiries[0].at - start) <= 4);
    end(timer);
}

static void delete_itself(TimerHandle_t timer)
{
    note(timer);
    end(timer);
}

TEST(a_timer_may_end_itself)
{
    TimerHandle_t timer = xTimerCreate("t", 2, pdTRUE, NULL, delete_itself);

    CHECK_EQUAL(pdPASS, xTimerStart(timer, 0));
    vTaskDelay(20);
    CHECK_EQUAL(1, count);
}

/* ---- Preemption ------------------------------------------------------------------------------- */

static TimerHandle_t swept[2];
static unsigned ended;

static void use_timers(void *parameter)
{
    TimerHandle_t timer = parameter;

    CHECK_EQUAL(pdPASS, xTimerStart(timer, portMAX_DELAY));
    CHECK_EQUAL(pdPASS, xTimerChangePeriod(timer, 4, portMAX_DELAY));
    CHECK_EQUAL(pdPASS, xTimerReset(timer, portMAX_DELAY));
    ended++;
    vTaskDelete(NULL);
}

static void two_users(void)
{
    count = 0;
    ended = 0;
    for (size_t i = 0; i < 2; i++) {
        swept[i] = create(50, pdFALSE);
        (void)spawn(use_timers, swept[i], 1);
    }
    vTaskDelay(10);
    CHECK_EQUAL(2, ended);
    CHECK_EQUAL(2, count);
    CHECK(expiries[0].timer != expiries[1].timer);
    end(swept[0]);
    end(swept[1]);
}

TEST(commands_survive_a_switch_at_every_hook)
{
    test_sweep_preemption(two_users);
}
