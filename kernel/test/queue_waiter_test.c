/* SPDX-License-Identifier: MIT */
/*
 * Items of every way of copying, at aligned and odd addresses, sent to tasks that wait for one and
 * received from before one that waits for room, by tasks and by interrupts.
 */
#include "linnet_test.h"
#include "test_interrupt.h"

#include <FreeRTOS.h>
#include <queue.h>
#include <task.h>

#include <string.h>

enum { LARGEST = 20, WAITERS = 2, WAITER_PRIORITY = 4 };

static const size_t sizes[] = {1, 2, 3, 4, 5, 8, 12, 16, LARGEST};

static QueueHandle_t queue;
static size_t size;         /* of an item */
static size_t misalignment; /* of what is sent and received */
static bool by_interrupt;
static BaseType_t position;
static unsigned came; /* items of the waiter */

/* Where an item that is sent or received lies. */
struct place {
    uint32_t room[LARGEST / 4 + 1];
};

static uint8_t *item_in(struct place *place)
{
    return (uint8_t *)place->room + misalignment;
}

static const uint8_t *make_item(struct place *place)
{
    for (size_t i = 0; i < size; i++)
        item_in(place)[i] = (uint8_t)(0x11 * size + i);
    return item_in(place);
}

static void check_item(struct place *place)
{
    struct place wanted;
    CHECK(memcmp(make_item(&wanted), item_in(place), size) == 0);
}

static void send_now(void *argument)
{
    struct place place;
    BaseType_t switch_needed = pdFALSE;

    (void)argument;
    if (by_interrupt)
        CHECK_EQUAL(pdPASS,
                    xQueueGenericSendFromISR(queue, make_item(&place), &switch_needed, position));
    else
        CHECK_EQUAL(pdPASS, xQueueGenericSend(queue, make_item(&place), 0, position));
    portYIELD_FROM_ISR(switch_needed);
}

static void receive_now(void *argument)
{
    struct place place;
    BaseType_t switch_needed = pdFALSE;

    (void)argument;
    if (by_interrupt)
        CHECK_EQUAL(pdPASS, xQueueReceiveFromISR(queue, item_in(&place), &switch_needed));
    else
        CHECK_EQUAL(pdPASS, xQueueReceive(queue, item_in(&place), 0));
    check_item(&place);
    portYIELD_FROM_ISR(switch_needed);
}

static void act(test_handler *action)
{
    if (by_interrupt)
        CHECK(test_interrupt(action, NULL));
    else
        action(NULL);
}

static void waiting_receiver(void *parameter)
{
    struct place place;

    (void)parameter;
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, item_in(&place), portMAX_DELAY));
    check_item(&place);
    came++;
    vTaskDelete(NULL);
}

static void waiting_sender(void *parameter)
{
    struct place place;

    (void)parameter;
    CHECK_EQUAL(pdPASS,
                xQueueGenericSend(queue, make_item(&place), portMAX_DELAY,
                                  position == queueOVERWRITE ? queueSEND_TO_BACK : position));
    came++;
    vTaskDelete(NULL);
}

static void wake_receiver(void)
{
    queue = xQueueCreate(1, size);
    for (unsigned i = 0; i < WAITERS; i++)
        CHECK_EQUAL(pdPASS, xTaskCreate(waiting_receiver, "receiver", configMINIMAL_STACK_SIZE,
                                        NULL, WAITER_PRIORITY, NULL));
    for (came = 0; came < WAITERS;) {
        unsigned before = came;
        act(send_now);
        CHECK_EQUAL(before + 1, came);
    }
    CHECK_EQUAL(0, uxQueueMessagesWaiting(queue));
    vQueueDelete(queue);
}

static void wake_sender(void)
{
    struct place place;

    queue = xQueueCreate(1, size);
    CHECK_EQUAL(pdPASS, xQueueSend(queue, make_item(&place), 0));
    CHECK_EQUAL(pdPASS, xTaskCreate(waiting_sender, "sender", configMINIMAL_STACK_SIZE, NULL,
                                    WAITER_PRIORITY, NULL));
    came = 0;
    act(receive_now);
    CHECK_EQUAL(1, came);
    CHECK_EQUAL(pdPASS, xQueuePeek(queue, item_in(&place), 0));
    check_item(&place);
    vQueueDelete(queue);
}

static void with_every_size(void (*scenario)(void))
{
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (misalignment = 0; misalignment < 2; misalignment++) {
            size = sizes[i];
            scenario();
            vTaskDelay(1); /* the waiter's memory comes back */
        }
}

static void every_way(void (*scenario)(void))
{
    static const BaseType_t positions[] = {queueSEND_TO_BACK, queueSEND_TO_FRONT, queueOVERWRITE};

    for (size_t i = 0; i < sizeof positions / sizeof positions[0]; i++) {
        position = positions[i];
        with_every_size(scenario);
    }
}

TEST(a_task_sends_to_a_waiting_receiver)
{
    by_interrupt = false;
    every_way(wake_receiver);
}

TEST(an_interrupt_sends_to_a_waiting_receiver)
{
    by_interrupt = true;
    every_way(wake_receiver);
}

TEST(a_task_makes_room_for_a_waiting_sender)
{
    by_interrupt = false;
    every_way(wake_sender);
}

TEST(an_interrupt_makes_room_for_a_waiting_sender)
{
    by_interrupt = true;
    every_way(wake_sender);
}
