/* SPDX-License-Identifier: MIT */
/*
 * Tasks that wait in one line for one object, and a model of the line: the highest priority first,
 * equals in the order in which they came.
 *
 * The test's own task is the controller; it is above all waiters, so that each of them runs only while
 * it sleeps (settle).
 */
#pragma once

#include "scenario.h"

#include <event_groups.h>
#include <queue.h>
#include <semphr.h>

#include <string.h>

enum { WAITERS = 5, CONTROLLER = 6 };

/* What can be waited for: as a row of functions. */
struct kind {
    void (*open)(void);
    bool (*wait)(TickType_t ticks); /* true: served */
    void (*leave)(void);            /* what a served waiter does before it ends, or NULL */
    void (*give)(void);             /* serves one, or with `gives_all` everyone */
    void (*give_from_isr)(void);    /* NULL: interrupts may not */
    unsigned (*left)(void);         /* what was given and not taken */
    void (*take_left)(void);        /* takes one of that */
    void (*close)(void);
    bool gives_all;
};

static const struct kind *kind;

/* ---- The objects ------------------------------------------------------------------------------- */

static QueueHandle_t line_queue, line_member;
static SemaphoreHandle_t line_semaphore;
static EventGroupHandle_t line_group;

static inline void open_bytes(void)
{
    line_queue = xQueueCreate(WAITERS, 1);
}

static inline void open_words(void)
{
    line_queue = xQueueCreate(WAITERS, 4);
}

static inline bool receive(TickType_t ticks)
{
    uint32_t item;

    return xQueueReceive(line_queue, &item, ticks) == pdPASS;
}

static inline void send(void)
{
    uint32_t item = 0;

    CHECK_EQUAL(pdPASS, xQueueSend(line_queue, &item, 0));
}

static inline void send_from_isr(void)
{
    uint32_t item = 0;

    CHECK_EQUAL(pdPASS, xQueueSendFromISR(line_queue, &item, NULL));
}

static inline unsigned items_left(void)
{
    return (unsigned)uxQueueMessagesWaiting(line_queue);
}

static inline void take_item(void)
{
    CHECK(receive(0));
}

static inline void close_queue(void)
{
    vQueueDelete(line_queue);
}

/* The other way round: waiters send to a full queue, and who receives lets one in. */
static inline void open_full(void)
{
    uint32_t item = 0;

    line_queue = xQueueCreate(WAITERS, 4);
    for (int i = 0; i < WAITERS; i++)
        CHECK_EQUAL(pdPASS, xQueueSend(line_queue, &item, 0));
}

static inline bool send_into_full(TickType_t ticks)
{
    uint32_t item = 0;

    return xQueueSend(line_queue, &item, ticks) == pdPASS;
}

static inline void make_room(void)
{
    CHECK(receive(0));
}

static inline void make_room_from_isr(void)
{
    uint32_t item;

    CHECK_EQUAL(pdPASS, xQueueReceiveFromISR(line_queue, &item, NULL));
}

static inline unsigned places_left(void)
{
    return (unsigned)uxQueueSpacesAvailable(line_queue);
}

static inline void fill_place(void)
{
    CHECK(send_into_full(0));
}

static inline void open_semaphore(void)
{
    line_semaphore = xSemaphoreCreateCounting(WAITERS, 0);
}

static inline bool take(TickType_t ticks)
{
    return xSemaphoreTake(line_semaphore, ticks) == pdPASS;
}

static inline void give_semaphore(void)
{
    CHECK_EQUAL(pdPASS, xSemaphoreGive(line_semaphore));
}

static inline void give_semaphore_from_isr(void)
{
    CHECK_EQUAL(pdPASS, xSemaphoreGiveFromISR(line_semaphore, NULL));
}

static inline unsigned count_left(void)
{
    return (unsigned)uxSemaphoreGetCount(line_semaphore);
}

static inline void take_count(void)
{
    CHECK(take(0));
}

static inline void close_semaphore(void)
{
    vSemaphoreDelete(line_semaphore);
}

/* The controller holds the mutex at first; then each who got it keeps it until it is told. */
static inline void open_mutex(void)
{
    line_semaphore = xSemaphoreCreateMutex();
    CHECK(take(0));
}

static inline void keep_mutex(void)
{
    CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, portMAX_DELAY));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(line_semaphore));
}

static inline void pass_mutex_on(void)
{
    TaskHandle_t holder = xSemaphoreGetMutexHolder(line_semaphore);

    if (holder == xTaskGetCurrentTaskHandle())
        CHECK_EQUAL(pdPASS, xSemaphoreGive(line_semaphore));
    else
        CHECK_EQUAL(pdPASS, xTaskNotifyGive(holder));
}

static inline void open_set(void)
{
    line_queue = xQueueCreateSet(WAITERS);
    line_member = xQueueCreate(WAITERS, 1);
    CHECK_EQUAL(pdPASS, xQueueAddToSet(line_member, line_queue));
}

static inline bool select_member(TickType_t ticks)
{
    char item;

    if (xQueueSelectFromSet(line_queue, ticks) == NULL)
        return false;
    CHECK_EQUAL(pdPASS, xQueueReceive(line_member, &item, 0));
    return true;
}

static inline void send_to_member(void)
{
    CHECK_EQUAL(pdPASS, xQueueSend(line_member, "x", 0));
}

static inline void send_to_member_from_isr(void)
{
    CHECK_EQUAL(pdPASS, xQueueSendFromISR(line_member, "x", NULL));
}

static inline void take_from_set(void)
{
    CHECK(select_member(0));
}

static inline void close_set(void)
{
    while (items_left() > 0)
        take_from_set();
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(line_member, line_queue));
    vQueueDelete(line_queue);
    vQueueDelete(line_member);
}

static inline void open_group(void)
{
    line_group = xEventGroupCreate();
}

static inline bool wait_for_bits(TickType_t ticks)
{
    return xEventGroupWaitBits(line_group, 5, pdTRUE, pdTRUE, ticks) == 5;
}

static inline void set_bits(void)
{
    CHECK_EQUAL(0, xEventGroupSetBits(line_group, 5)); /* those who waited have cleared them */
}

static inline unsigned no_left(void)
{
    return xEventGroupGetBits(line_group) != 0;
}

static inline void close_group(void)
{
    vEventGroupDelete(line_group);
}

static const struct kind receivers_of_bytes = {
    open_bytes, receive, NULL, send, send_from_isr, items_left, take_item, close_queue, false,
};
static const struct kind receivers_of_words = {
    open_words, receive, NULL, send, send_from_isr, items_left, take_item, close_queue, false,
};
static const struct kind senders = {
    open_full,   send_into_full, NULL,        make_room, make_room_from_isr,
    places_left, fill_place,     close_queue, false,
};
static const struct kind takers = {
    open_semaphore,  take,  NULL, give_semaphore, give_semaphore_from_isr, count_left, take_count,
    close_semaphore, false,
};
static const struct kind selectors = {
    open_set,   select_member, NULL,      send_to_member, send_to_member_from_isr,
    items_left, take_from_set, close_set, false,
};
static const struct kind lockers = {
    open_mutex, take, keep_mutex, pass_mutex_on, NULL, NULL, NULL, close_semaphore, false,
};
static const struct kind watchers = {
    open_group, wait_for_bits, NULL, set_bits, NULL, no_left, NULL, close_group, true,
};

/* ---- The waiters ------------------------------------------------------------------------------- */

static struct waiter {
    TaskHandle_t task;
    TickType_t ticks, came, went;
    volatile bool done, served;
} waiters[WAITERS];

static char served[WAITERS + 1]; /* letters of those who were, from 'a' on */
static volatile size_t served_count;

static inline char letter(const struct waiter *waiter)
{
    return (char)('a' + (waiter - waiters));
}

static inline void wait_in_line(void *parameter)
{
    struct waiter *self = parameter;

    self->came = xTaskGetTickCount();
    self->served = kind->wait(self->ticks);
    self->went = xTaskGetTickCount();
    self->done = true;
    if (self->served) {
        CHECK(served_count < WAITERS);
        served[served_count++] = letter(self);
        if (kind->leave != NULL)
            kind->leave();
    }
    vTaskSuspend(NULL);
}

static inline void start_waiter(size_t i, UBaseType_t priority, TickType_t ticks)
{
    waiters[i] = (struct waiter){.ticks = ticks};
    waiters[i].task = spawn(wait_in_line, &waiters[i], priority);
}

static inline void end_waiter(size_t i)
{
    if (waiters[i].task != NULL)
        vTaskDelete(waiters[i].task);
    waiters[i].task = NULL;
}

/* ---- The model --------------------------------------------------------------------------------- */

static struct {
    size_t ids[WAITERS];
    UBaseType_t priorities[WAITERS];
    size_t count;
} line;

static inline void model_join(size_t id, UBaseType_t priority)
{
    size_t place = line.count++;

    for (; place > 0 && line.priorities[place - 1] < priority; place--) {
        line.ids[place] = line.ids[place - 1];
        line.priorities[place] = line.priorities[place - 1];
    }
    line.ids[place] = id;
    line.priorities[place] = priority;
}

/* False: it is not there. */
static inline bool model_leave(size_t id)
{
    size_t place = 0;

    while (place < line.count && line.ids[place] != id)
        place++;
    if (place == line.count)
        return false;
    line.count--;
    for (; place < line.count; place++) {
        line.ids[place] = line.ids[place + 1];
        line.priorities[place] = line.priorities[place + 1];
    }
    return true;
}

/* The first of the line is served, by whom the caller had give: the model follows. */
static inline void check_next_is_served(void)
{
    CHECK(line.count > 0 && served_count > 0);
    CHECK_EQUAL('a' + (int)line.ids[0], served[served_count - 1]);
    CHECK(model_leave(line.ids[0]));
}

/* Serves everyone who still waits, one at a time. */
static inline void serve_line(void)
{
    size_t before = served_count;

    if (kind->gives_all) {
        kind->give();
        settle();
        for (size_t i = 0; i < line.count; i++)
            CHECK_EQUAL('a' + (int)line.ids[i], served[before + i]);
        CHECK_EQUAL(before + line.count, served_count);
        line.count = 0;
        return;
    }
    while (line.count > 0) {
        kind->give();
        settle();
        CHECK_EQUAL(++before, served_count);
        check_next_is_served();
    }
}

static inline void open_line(const struct kind *chosen)
{
    kind = chosen;
    line.count = 0;
    served_count = 0;
    memset(served, 0, sizeof served);
    kind->open();
}

static inline void close_line(void)
{
    for (size_t i = 0; i < WAITERS; i++)
        end_waiter(i);
    kind->close();
}
