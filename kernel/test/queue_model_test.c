/* SPDX-License-Identifier: MIT */
/*
 * Queues against a model: items of many sizes, at addresses of any alignment, into both ends, from
 * tasks and interrupts. A queue of each size and length does a random walk, and so does the model.
 */
#include "scenario.h"

#include <queue.h>
#include <semphr.h>

#include <string.h>

/* A small board leaves the long ones out. */
enum { LONGEST = configTOTAL_HEAP_SIZE < 32768 ? 48 : 1030, PLACES = 4, STEPS = 60 };

/* ---- The model: items in order ----------------------------------------------------------------- */

static uint8_t items[PLACES][LONGEST];
static size_t size, length, count;

static void model_push_back(const uint8_t *item)
{
    memcpy(items[count++], item, size);
}

static void model_push_front(const uint8_t *item)
{
    memmove(items[1], items[0], sizeof items - sizeof items[0]);
    memcpy(items[0], item, size);
    count++;
}

static void model_pop(void)
{
    memmove(items[0], items[1], sizeof items - sizeof items[0]);
    count--;
}

/* ---- The walk ---------------------------------------------------------------------------------- */

static QueueHandle_t queue;
static struct test_random dice = {1};
static uint8_t room[LONGEST + 16]; /* what is sent or received lies in it somewhere */

static uint8_t *anywhere(void)
{
    return room + 4 + test_random_below(&dice, 8);
}

static const uint8_t *make_item(void)
{
    uint8_t *item = anywhere();

    for (size_t i = 0; i < size; i++)
        item[i] = (uint8_t)test_random_next(&dice);
    return item;
}

static void send(BaseType_t position, bool in_interrupt)
{
    const uint8_t *item = make_item();
    bool fits = count < length || position == queueOVERWRITE;
    BaseType_t sent = in_interrupt ? xQueueGenericSendFromISR(queue, item, NULL, position)
                                   : xQueueGenericSend(queue, item, 0, position);

    CHECK_EQUAL(fits ? pdPASS : errQUEUE_FULL, sent);
    if (position == queueOVERWRITE && count == length)
        model_pop();
    if (!fits)
        return;
    if (position == queueSEND_TO_FRONT)
        model_push_front(item);
    else
        model_push_back(item);
}

/* Whatever is received is an item, and nothing around it is written to. */
static void check_received(const uint8_t *item, BaseType_t received)
{
    CHECK_EQUAL(count > 0 ? pdPASS : errQUEUE_EMPTY, received);
    if (count > 0)
        CHECK_BYTES(items[0], item, size);
    CHECK_EQUAL(0x5a, item[-1]);
    CHECK_EQUAL(0x5a, item[size]);
}

static void receive(bool peek, bool in_interrupt)
{
    uint8_t *item = anywhere();
    BaseType_t received;

    memset(room, 0x5a, sizeof room);
    if (in_interrupt)
        received = peek ? xQueuePeekFromISR(queue, item) : xQueueReceiveFromISR(queue, item, NULL);
    else
        received = peek ? xQueuePeek(queue, item, 0) : xQueueReceive(queue, item, 0);
    check_received(item, received);
    if (count > 0 && !peek)
        model_pop();
}

static void step(bool in_interrupt)
{
    switch (test_random_below(&dice, 8)) {
    case 0:
    case 1:
        send(queueSEND_TO_BACK, in_interrupt);
        break;
    case 2:
        send(queueSEND_TO_FRONT, in_interrupt);
        break;
    case 3:
        send(length == 1 ? queueOVERWRITE : queueSEND_TO_BACK, in_interrupt);
        break;
    case 4:
        receive(size != 0, in_interrupt);
        break;
    default:
        receive(false, in_interrupt);
        break;
    }
}

static void step_in_interrupt(void *argument)
{
    (void)argument;
    step(true);
}

static void walk(void)
{
    for (int i = 0; i < STEPS; i++) {
        if (test_random_below(&dice, 4) == 0)
            CHECK(test_interrupt(step_in_interrupt, NULL));
        else
            step(false);
        CHECK_EQUAL(count, uxQueueMessagesWaiting(queue));
        CHECK_EQUAL(length - count, uxQueueSpacesAvailable(queue));
    }
    CHECK_EQUAL(pdPASS, xQueueReset(queue));
    CHECK_EQUAL(0, uxQueueMessagesWaiting(queue));
    count = 0;
}

static void walk_twice(size_t item_size)
{
    for (length = 1; length < PLACES; length++) {
        size = item_size;
        CHECK(size <= LONGEST);
        queue = xQueueCreate(length, size);
        walk();
        walk();
        vQueueDelete(queue);
    }
}

TEST(items_of_every_short_size_are_those_of_the_model)
{
    for (size_t item_size = 0; item_size <= 40; item_size++)
        walk_twice(item_size);
}

TEST(items_of_long_sizes_are_those_of_the_model)
{
    for (size_t item_size = 1014; item_size <= 1026; item_size++)
        walk_twice(item_size);
}

TEST(items_of_a_member_of_a_set_are_those_of_the_model)
{
    for (size_t item_size = 1; item_size <= 20; item_size++) {
        QueueSetHandle_t set = xQueueCreateSet(100);

        size = item_size;
        length = 3;
        queue = xQueueCreate(length, size);
        CHECK_EQUAL(pdPASS, xQueueAddToSet(queue, set));
        walk();
        while (xQueueSelectFromSet(set, 0) != NULL)
            ;
        CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(queue, set));
        vQueueDelete(queue);
        vQueueDelete(set);
    }
}

TEST(overwriting_tells_a_set_of_one_item)
{
    QueueSetHandle_t set = xQueueCreateSet(1);
    uint32_t item = 1;

    queue = xQueueCreate(1, sizeof item);
    CHECK_EQUAL(pdPASS, xQueueAddToSet(queue, set));
    for (item = 2; item < 5; item++)
        CHECK_EQUAL(pdPASS, xQueueOverwrite(queue, &item));
    CHECK(xQueueSelectFromSet(set, 0) == queue);
    CHECK(xQueueSelectFromSet(set, 0) == NULL);
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    CHECK_EQUAL(4, item);
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(queue, set));
    vQueueDelete(queue);
    vQueueDelete(set);
}

/* ---- Semaphores behind the functions of queues -------------------------------------------------- */

TEST(sending_to_a_semaphore_gives_it)
{
    SemaphoreHandle_t semaphore = xSemaphoreCreateCounting(2, 0);

    CHECK_EQUAL(pdPASS, xQueueSend(semaphore, NULL, 0));
    CHECK_EQUAL(pdPASS, xQueueSend(semaphore, NULL, 0));
    CHECK_EQUAL(errQUEUE_FULL, xQueueSend(semaphore, NULL, 0));
    CHECK_EQUAL(2, uxSemaphoreGetCount(semaphore));
    vSemaphoreDelete(semaphore);
}

TEST(mutex_in_a_set_is_told_when_it_is_given)
{
    QueueSetHandle_t set = xQueueCreateSet(1);
    SemaphoreHandle_t mutex = xSemaphoreCreateMutex();

    CHECK_EQUAL(pdFAIL, xQueueAddToSet(mutex, set)); /* it can be taken */
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK_EQUAL(pdPASS, xQueueAddToSet(mutex, set));
    CHECK(xQueueSelectFromSet(set, 0) == NULL);
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    CHECK(xQueueSelectFromSet(set, 0) == mutex);
    CHECK_EQUAL(pdPASS, xSemaphoreTake(mutex, 0));
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(mutex, set));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutex));
    vSemaphoreDelete(mutex);
    vQueueDelete(set);
}
