/* SPDX-License-Identifier: MIT */
/* Co-routines: turns and priorities, delays, queues between them and with interrupts, time-outs. */
#include "scenario.h"

#include <croutine.h>
#include <string.h>

static char story[200];
static CoRoutineHandle_t made[8];
static unsigned made_count;

static void tell(char what)
{
    size_t length = strlen(story);

    CHECK(length + 1 < sizeof story);
    story[length] = what;
    story[length + 1] = '\0';
}

static void note_handle(CoRoutineHandle_t handle)
{
    made[made_count++] = handle;
}

/* Schedules until `ticks` passed, as often as there is something to do. */
static void run_for(TickType_t ticks)
{
    for (TickType_t tick = 0; tick <= ticks; tick++) {
        for (int round = 0; round < 10; round++)
            vCoRoutineSchedule();
        if (tick < ticks)
            vTaskDelay(1);
    }
}

/* Co-routines are for ever; the test takes their memory back. */
static void end(void)
{
    vCoRoutineResetState();
    while (made_count > 0)
        vPortFree(made[--made_count]);
}

static void create(crCOROUTINE_CODE code, UBaseType_t priority, UBaseType_t index)
{
    CHECK_EQUAL(pdPASS, xCoRoutineCreate(code, priority, index));
}

static void take_turns(CoRoutineHandle_t handle, UBaseType_t index)
{
    static int rounds[3];

    crSTART(handle);
    note_handle(handle);
    for (rounds[index] = 0; rounds[index] < 3; rounds[index]++) {
        tell((char)('a' + index));
        crDELAY(handle, 0);
    }
    for (;;)
        crDELAY(handle, 1000);
    crEND();
}

TEST(equal_priorities_take_turns_and_higher_ones_run_first)
{
    create(take_turns, 1, 0);
    create(take_turns, 1, 1);
    create(take_turns, 2, 2);
    for (int i = 0; i < 12; i++)
        vCoRoutineSchedule();
    CHECK_STRING("cccababab", story);
    end();
}

static void sleeper(CoRoutineHandle_t handle, UBaseType_t index)
{
    crSTART(handle);
    note_handle(handle);
    for (;;) {
        crDELAY(handle, (TickType_t)(index + 1));
        tell((char)('0' + index));
    }
    crEND();
}

TEST(delays_last_as_long_as_asked)
{
    create(sleeper, 0, 1);
    create(sleeper, 0, 2);
    run_for(6);
    CHECK_STRING("12121", story);
    end();
}

TEST(delays_cross_the_wrap_of_the_tick)
{
    go_to_wrap(3);
    create(sleeper, 0, 4);
    run_for(4);
    CHECK_STRING("", story);
    run_for(1);
    CHECK_STRING("4", story);
    end();
}

static QueueHandle_t queue;

static void producer(CoRoutineHandle_t handle, UBaseType_t index)
{
    static char item;
    static BaseType_t result;

    (void)index;
    crSTART(handle);
    note_handle(handle);
    for (item = 'A'; item < 'E'; item++) {
        crQUEUE_SEND(handle, queue, &item, 50, &result);
        CHECK_EQUAL(pdPASS, result);
        tell('s');
    }
    for (;;)
        crDELAY(handle, 1000);
    crEND();
}

static void consumer(CoRoutineHandle_t handle, UBaseType_t index)
{
    static char item;
    static BaseType_t result;

    (void)index;
    crSTART(handle);
    note_handle(handle);
    for (;;) {
        crQUEUE_RECEIVE(handle, queue, &item, 50, &result);
        tell(result == pdPASS ? item : '-');
    }
    crEND();
}

TEST(a_waiting_receiver_of_higher_priority_gets_each_item_at_once)
{
    queue = xQueueCreate(2, 1);
    create(consumer, 1, 0);
    create(producer, 0, 0);
    run_for(1);
    CHECK_STRING("AsBsCsDs", story);
    end();
    vQueueDelete(queue);
}

TEST(a_sender_waits_for_room)
{
    queue = xQueueCreate(2, 1);
    create(producer, 1, 0);
    create(consumer, 0, 0);
    run_for(1);
    CHECK_STRING("sssAsBCD", story);
    end();
    vQueueDelete(queue);
}

static void impatient(CoRoutineHandle_t handle, UBaseType_t index)
{
    static char item;
    static BaseType_t result;

    (void)index;
    crSTART(handle);
    note_handle(handle);
    crQUEUE_RECEIVE(handle, queue, &item, 3, &result);
    CHECK_EQUAL(errQUEUE_EMPTY, result);
    tell('e');
    crQUEUE_RECEIVE(handle, queue, &item, 0, &result);
    CHECK_EQUAL(errQUEUE_EMPTY, result);
    item = 'x';
    crQUEUE_SEND(handle, queue, &item, 3, &result);
    CHECK_EQUAL(pdPASS, result);
    crQUEUE_SEND(handle, queue, &item, 3, &result);
    CHECK_EQUAL(errQUEUE_FULL, result);
    tell('f');
    for (;;)
        crDELAY(handle, 1000);
    crEND();
}

TEST(waiting_for_a_queue_ends_with_its_time)
{
    queue = xQueueCreate(1, 1);
    create(impatient, 0, 0);
    run_for(2);
    CHECK_STRING("", story);
    run_for(1);
    CHECK_STRING("e", story);
    run_for(3);
    CHECK_STRING("ef", story);
    end();
    vQueueDelete(queue);
}

static BaseType_t woken;

static void send_two(void *argument)
{
    (void)argument;
    woken = crQUEUE_SEND_FROM_ISR(queue, "1", pdFALSE);
    woken = crQUEUE_SEND_FROM_ISR(queue, "2", woken);
}

TEST(an_interrupt_sends_to_a_co_routine)
{
    queue = xQueueCreate(2, 1);
    create(consumer, 0, 0);
    vCoRoutineSchedule();
    CHECK(sim_raise(send_two, NULL));
    vTaskDelay(1);
    CHECK_EQUAL(pdTRUE, woken);
    run_for(1);
    CHECK_STRING("12", story);
    end();
    vQueueDelete(queue);
}

static char received[3];

static void receive_two(void *argument)
{
    (void)argument;
    CHECK_EQUAL(pdPASS, crQUEUE_RECEIVE_FROM_ISR(queue, &received[0], &woken));
    CHECK_EQUAL(pdPASS, crQUEUE_RECEIVE_FROM_ISR(queue, &received[1], &woken));
    CHECK_EQUAL(pdFAIL, crQUEUE_RECEIVE_FROM_ISR(queue, &received[2], &woken));
}

TEST(an_interrupt_receives_from_a_co_routine)
{
    queue = xQueueCreate(2, 1);
    create(producer, 0, 0);
    run_for(1);
    CHECK_STRING("ss", story);
    CHECK(sim_raise(receive_two, NULL));
    run_for(1);
    CHECK_EQUAL(pdTRUE, woken);
    CHECK_STRING("AB", received);
    CHECK_STRING("ssss", story);
    end();
    vQueueDelete(queue);
}

TEST(an_interrupt_that_wakes_nobody_says_so)
{
    queue = xQueueCreate(2, 1);
    CHECK(sim_raise(send_two, NULL));
    vTaskDelay(1);
    CHECK_EQUAL(pdFALSE, woken);
    CHECK(sim_raise(receive_two, NULL));
    vTaskDelay(1);
    CHECK_EQUAL(pdFALSE, woken);
    vQueueDelete(queue);
}

static void overfill(void *argument)
{
    (void)argument;
    woken = pdTRUE;
    woken = crQUEUE_SEND_FROM_ISR(queue, "3", woken);
    CHECK_EQUAL(pdTRUE, woken); /* what was said before stays */
    woken = pdFALSE;
    woken = crQUEUE_SEND_FROM_ISR(queue, "4", woken);
}

TEST(an_interrupt_that_finds_the_queue_full_wakes_nobody)
{
    char item = 0;

    queue = xQueueCreate(1, 1);
    CHECK(sim_raise(overfill, NULL));
    vTaskDelay(1);
    CHECK_EQUAL(pdFALSE, woken);
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    CHECK_EQUAL('3', item);
    CHECK_EQUAL(errQUEUE_EMPTY, xQueueReceive(queue, &item, 0));
    vQueueDelete(queue);
}

static void create_none(void)
{
    CHECK_EQUAL(errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY, xCoRoutineCreate(sleeper, 0, 0));
}

TEST(creation_fails_without_memory)
{
    with_empty_heap(create_none);
}
