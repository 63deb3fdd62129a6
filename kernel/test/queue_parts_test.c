/* SPDX-License-Identifier: MIT */
/*
 * Long items are copied in parts, and anything may come in between: an interrupt, or a task of the same
 * priority, at each place where the lock opens. Whatever two of them do to one queue, it ends as if one
 * had been before the other, and every item is whole.
 */
#include "linnet_test.h"

#include <FreeRTOS.h>
#include <queue.h>
#include <sim.h>
#include <task.h>

#include <string.h>

enum { LARGEST = 200, LONGEST_QUEUE = 3 };

enum op { SEND, SEND_IN_FRONT, OVERWRITE, RECEIVE, PEEK, OPS };

/* ---- The model: a queue of letters ------------------------------------------------------------- */

struct model {
    char items[LONGEST_QUEUE + 1];
    size_t length;
};

/* The letter that came out, or '+' if one went in, or '-' if neither. */
static char model_do(struct model *model, enum op op, char letter)
{
    size_t count = strlen(model->items);
    char oldest = model->items[0];

    if (op == OVERWRITE && count == model->length)
        count = 0;
    if (op == PEEK || op == RECEIVE) {
        if (op == RECEIVE && count > 0)
            memmove(model->items, model->items + 1, count);
        return count > 0 ? oldest : '-';
    }
    if (count == model->length)
        return '-';
    if (op == SEND_IN_FRONT) {
        memmove(model->items + 1, model->items, count + 1);
        model->items[0] = letter;
    } else {
        model->items[count] = letter;
        model->items[count + 1] = 0;
    }
    return '+';
}

/* ---- The queue --------------------------------------------------------------------------------- */

static QueueHandle_t queue;
static size_t size;          /* of an item */
static QueueSetHandle_t set; /* NULL: it is in none */

static char letter_of(const char *item)
{
    for (size_t i = 1; i < size; i++)
        CHECK_EQUAL(item[0], item[i]);
    return item[0];
}

static const BaseType_t positions[] = {queueSEND_TO_BACK, queueSEND_TO_FRONT, queueOVERWRITE};

static char queue_do(enum op op, char letter)
{
    char item[LARGEST];

    memset(item, letter, size);
    if (op <= OVERWRITE)
        return xQueueGenericSend(queue, item, 0, positions[op]) == pdPASS ? '+' : '-';
    BaseType_t received = op == PEEK ? xQueuePeek(queue, item, 0) : xQueueReceive(queue, item, 0);
    return received == pdPASS ? letter_of(item) : '-';
}

static char queue_do_from_isr(enum op op, char letter)
{
    char item[LARGEST];

    memset(item, letter, size);
    if (op <= OVERWRITE)
        return xQueueGenericSendFromISR(queue, item, NULL, positions[op]) == pdPASS ? '+' : '-';
    BaseType_t received = op == PEEK ? xQueuePeekFromISR(queue, item)
                                     : xQueueReceiveFromISR(queue, item, NULL);
    return received == pdPASS ? letter_of(item) : '-';
}

static void empty_into(char *letters)
{
    while ((*letters = queue_do(RECEIVE, 0)) != '-')
        letters++;
    *letters = 0;
}

/* ---- Two operations at once -------------------------------------------------------------------- */

struct pair {
    struct model start;
    enum op first, second;
    char first_result, second_result;
    bool is_done; /* the second */
    char end[LONGEST_QUEUE + 1];
};

static void do_second_in_interrupt(void *argument)
{
    struct pair *pair = argument;

    pair->second_result = queue_do_from_isr(pair->second, 's');
    pair->is_done = true;
}

static void do_second_in_task(void *argument)
{
    struct pair *pair = argument;

    pair->second_result = queue_do(pair->second, 's');
    pair->is_done = true;
    vTaskDelete(NULL);
}

static bool is_as_in_order(const struct pair *pair, bool first_is_first)
{
    struct model model = pair->start;
    char second = first_is_first ? 0 : model_do(&model, pair->second, 's');
    char first = model_do(&model, pair->first, 'f');

    if (first_is_first)
        second = model_do(&model, pair->second, 's');
    return first == pair->first_result && second == pair->second_result &&
           strcmp(model.items, pair->end) == 0;
}

/* queue.h says which items are long. */
static bool is_long(void)
{
    return set != NULL ? size != 4 : size > 2 && (size > 16 || size % 4 != 0);
}

/* To an interrupt the queue is empty while its only item is overwritten, if that is a long one. */
static bool is_exception(const struct pair *pair, bool by_interrupt)
{
    char of_empty = pair->second <= OVERWRITE ? '+' : '-';

    return by_interrupt && is_long() && pair->first == OVERWRITE &&
           pair->second_result == of_empty && pair->first_result == '+' &&
           strcmp(pair->end, "f") == 0;
}

static void fill(const struct model *model)
{
    queue = xQueueCreate(model->length, size);
    CHECK(set == NULL || xQueueAddToSet(queue, set) == pdPASS);
    for (const char *letter = model->items; *letter != 0; letter++)
        CHECK_EQUAL('+', queue_do(SEND, *letter));
}

/* The second comes at the n-th place after the first began. False: the first was over before that. */
static bool try_at(struct pair *pair, uint64_t n, bool by_interrupt)
{
    fill(&pair->start);
    pair->is_done = false;
    if (!by_interrupt)
        CHECK_EQUAL(pdPASS, xTaskCreate(do_second_in_task, "second", configMINIMAL_STACK_SIZE, pair,
                                        uxTaskPriorityGet(NULL), NULL));
    uint64_t at = sim_hook_count() + n;
    CHECK(by_interrupt ? sim_interrupt_at_hook(at, do_second_in_interrupt, pair)
                       : sim_preempt_at(at));
    pair->first_result = queue_do(pair->first, 'f');
    bool came = pair->is_done;
    vTaskDelay(2); /* what did not come until now comes, and the idle task frees the task */
    CHECK(pair->is_done);
    empty_into(pair->end);
    CHECK(is_as_in_order(pair, true) || is_as_in_order(pair, false) ||
          is_exception(pair, by_interrupt));
    while (set != NULL && xQueueSelectFromSet(set, 0) != NULL)
        ;
    CHECK(set == NULL || xQueueRemoveFromSet(queue, set) == pdPASS);
    vQueueDelete(queue);
    return came;
}

/* Every pair of operations on a queue of one place, and of three, with any number of items. Returns how
 * often the second came between. */
static int try_all(bool by_interrupt)
{
    int times = 0;

    for (size_t length = 1; length <= LONGEST_QUEUE; length += 2)
        for (size_t count = 0; count <= length; count++)
            for (enum op first = SEND; first < OPS; first++)
                for (enum op second = SEND; second < OPS; second++) {
                    struct pair pair = {.start = {.length = length}, first, second, 0, 0, 0, ""};

                    if (length > 1 && (first == OVERWRITE || second == OVERWRITE))
                        continue;
                    memcpy(pair.start.items, "abc", count);
                    for (uint64_t n = 1; try_at(&pair, n, by_interrupt); n++)
                        times++;
                }
    return times;
}

/* Sizes that are copied in parts, at once, and some ways this way and some that; on their own and in a
 * set, where fewer are copied at once. */
static void try_every_size(bool by_interrupt)
{
    static const size_t sizes[] = {1, 3, 4, 5, 8, 16, 20, 24, 32, 36, LARGEST};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (int in_set = 0; in_set < 2; in_set++) {
            size = sizes[i];
            set = in_set ? xQueueCreateSet(2 * LONGEST_QUEUE) : NULL;
            CHECK(try_all(by_interrupt) > (size == LARGEST ? 300 : 0));
            if (set != NULL)
                vQueueDelete(set);
            set = NULL;
        }
}

TEST(an_interrupt_between_the_parts_of_an_item_is_before_it_or_behind)
{
    try_every_size(true);
}

TEST(a_task_between_the_parts_of_an_item_is_before_it_or_behind)
{
    try_every_size(false);
}

TEST(a_set_is_told_once_of_an_item_that_a_task_and_an_interrupt_overwrite)
{
    QueueSetHandle_t small_set = xQueueCreateSet(1);
    struct pair pair = {.second = OVERWRITE};

    size = LARGEST;
    for (uint64_t n = 1; n == 1 || pair.is_done; n++) {
        queue = xQueueCreate(1, size);
        CHECK_EQUAL(pdPASS, xQueueAddToSet(queue, small_set));
        CHECK_EQUAL('+', queue_do(SEND, 'a'));
        pair.is_done = false;
        CHECK(sim_interrupt_at_hook(sim_hook_count() + n, do_second_in_interrupt, &pair));
        CHECK_EQUAL('+', queue_do(OVERWRITE, 'f'));
        bool came = pair.is_done;
        vTaskDelay(1);
        CHECK(xQueueSelectFromSet(small_set, 0) == queue);
        CHECK(xQueueSelectFromSet(small_set, 0) == NULL);
        char last = queue_do(RECEIVE, 0);
        CHECK(last == 'f' || last == 's');
        CHECK_EQUAL('-', queue_do(RECEIVE, 0));
        CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(queue, small_set));
        vQueueDelete(queue);
        pair.is_done = came;
    }
    vQueueDelete(small_set);
}
