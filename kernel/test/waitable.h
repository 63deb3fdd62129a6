/* SPDX-License-Identifier: MIT */
/*
 * Everything that can be waited for, as a table: what a task waits with, and what ends the wait.
 */
#pragma once

#include "scenario.h"

#include <event_groups.h>
#include <message_buffer.h>
#include <queue.h>
#include <semphr.h>
#include <stream_buffer.h>

/* So many waits at most follow one another in a test; each for a mutex is for another one. */
enum { WAITS = 5 };

static QueueHandle_t empty, full, member;
static QueueSetHandle_t set;
static SemaphoreHandle_t semaphore, mutexes[WAITS];
static EventGroupHandle_t group;
static StreamBufferHandle_t empty_stream, full_stream;
static MessageBufferHandle_t messages;
static TaskHandle_t waiter;
static size_t waits_begun, gives; /* a wait for a mutex is for the one of its number */

static inline void open_objects(void)
{
    empty = xQueueCreate(1, 4);
    full = xQueueCreate(1, 1);
    member = xQueueCreate(1, 1);
    set = xQueueCreateSet(1);
    semaphore = xSemaphoreCreateBinary();
    group = xEventGroupCreate();
    empty_stream = xStreamBufferCreate(4, 1);
    full_stream = xStreamBufferCreate(1, 1);
    messages = xMessageBufferCreate(20);
    for (size_t i = 0; i < WAITS; i++) {
        mutexes[i] = xSemaphoreCreateMutex();
        CHECK_EQUAL(pdPASS, xSemaphoreTake(mutexes[i], 0));
    }
    CHECK_EQUAL(pdPASS, xQueueSend(full, "x", 0));
    CHECK_EQUAL(pdPASS, xQueueAddToSet(member, set));
    CHECK_EQUAL(1, xStreamBufferSend(full_stream, "x", 1, 0));
    waits_begun = gives = 0;
}

static inline void close_objects(void)
{
    CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(member, set));
    vQueueDelete(empty);
    vQueueDelete(full);
    vQueueDelete(member);
    vQueueDelete(set);
    vSemaphoreDelete(semaphore);
    vEventGroupDelete(group);
    vStreamBufferDelete(empty_stream);
    vStreamBufferDelete(full_stream);
    vMessageBufferDelete(messages);
    for (size_t i = 0; i < WAITS; i++)
        vSemaphoreDelete(mutexes[i]);
}

static inline bool receive(TickType_t ticks)
{
    uint32_t item;

    return xQueueReceive(empty, &item, ticks) == pdPASS;
}

static inline void send(void)
{
    uint32_t item = 1;

    CHECK_EQUAL(pdPASS, xQueueSend(empty, &item, 0));
}

static inline bool peek(TickType_t ticks)
{
    uint32_t item;

    return xQueuePeek(empty, &item, ticks) == pdPASS && receive(0);
}

static inline bool send_into_full(TickType_t ticks)
{
    return xQueueSend(full, "y", ticks) == pdPASS;
}

static inline void make_room(void)
{
    char item;

    CHECK_EQUAL(pdPASS, xQueueReceive(full, &item, 0));
}

static inline bool select_member(TickType_t ticks)
{
    char item;

    return xQueueSelectFromSet(set, ticks) == member && xQueueReceive(member, &item, 0) == pdPASS;
}

static inline void send_to_member(void)
{
    CHECK_EQUAL(pdPASS, xQueueSend(member, "x", 0));
}

static inline bool take(TickType_t ticks)
{
    return xSemaphoreTake(semaphore, ticks) == pdPASS;
}

static inline void give(void)
{
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
}

static inline bool take_mutex(TickType_t ticks)
{
    return xSemaphoreTake(mutexes[waits_begun - 1], ticks) == pdPASS;
}

static inline void give_mutex(void)
{
    CHECK_EQUAL(pdPASS, xSemaphoreGive(mutexes[gives]));
}

static inline bool take_notification(TickType_t ticks)
{
    return ulTaskNotifyTake(pdTRUE, ticks) == 1;
}

static inline bool await_notification(TickType_t ticks)
{
    return xTaskNotifyWait(0, UINT32_MAX, NULL, ticks) == pdTRUE;
}

static inline void notify(void)
{
    CHECK_EQUAL(pdPASS, xTaskNotifyGive(waiter));
}

static inline bool await_bits(TickType_t ticks)
{
    return (xEventGroupWaitBits(group, 3, pdTRUE, pdTRUE, ticks) & 3) == 3;
}

static inline void set_bits(void)
{
    (void)xEventGroupSetBits(group, 3);
}

static inline bool meet(TickType_t ticks)
{
    return (xEventGroupSync(group, 4, 7, ticks) & 7) == 7;
}

static inline bool read_stream(TickType_t ticks)
{
    char byte;

    return xStreamBufferReceive(empty_stream, &byte, 1, ticks) == 1;
}

static inline void write_stream(void)
{
    CHECK_EQUAL(1, xStreamBufferSend(empty_stream, "x", 1, 0));
}

static inline bool write_full_stream(TickType_t ticks)
{
    return xStreamBufferSend(full_stream, "y", 1, ticks) == 1;
}

static inline void read_full_stream(void)
{
    char byte;

    CHECK_EQUAL(1, xStreamBufferReceive(full_stream, &byte, 1, 0));
}

static inline bool read_message(TickType_t ticks)
{
    char text[4];

    return xMessageBufferReceive(messages, text, sizeof text, ticks) == 3;
}

static inline void write_message(void)
{
    CHECK_EQUAL(3, xMessageBufferSend(messages, "abc", 3, 0));
}

static const struct kind {
    bool (*wait)(TickType_t ticks); /* true: what was waited for came */
    void (*give)(void);
    bool is_mutex;
} kinds[] = {
    {receive, send, false},
    {peek, send, false},
    {send_into_full, make_room, false},
    {select_member, send_to_member, false},
    {take, give, false},
    {take_mutex, give_mutex, true},
    {take_notification, notify, false},
    {await_notification, notify, false},
    {await_bits, set_bits, false},
    {meet, set_bits, false},
    {read_stream, write_stream, false},
    {write_full_stream, read_full_stream, false},
    {read_message, write_message, false},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };
static const struct kind *kind;
