/* SPDX-License-Identifier: MIT */
/* Message buffers: whole messages or none, in order, whatever their length. */
#include "scenario.h"

#include <message_buffer.h>

#include <string.h>

enum { PREFIX = sizeof(configMESSAGE_BUFFER_LENGTH_TYPE) };

static MessageBufferHandle_t buffer;

static void begin(size_t size)
{
    buffer = xMessageBufferCreate(size);
    CHECK(buffer != NULL);
}

static void finish(void)
{
    vMessageBufferDelete(buffer);
}

TEST(messages_come_out_as_they_went_in)
{
    char bytes[16] = "";

    begin(64);
    CHECK_EQUAL(pdTRUE, xMessageBufferIsEmpty(buffer));
    CHECK_EQUAL(5, xMessageBufferSend(buffer, "hello", 5, 0));
    CHECK_EQUAL(64 - PREFIX - 5, xMessageBufferSpacesAvailable(buffer));
    CHECK_EQUAL(1, xMessageBufferSend(buffer, "x", 1, 0));
    CHECK_EQUAL(5, xMessageBufferNextLengthBytes(buffer));
    CHECK_EQUAL(5, xMessageBufferReceive(buffer, bytes, sizeof bytes, 0));
    CHECK_STRING("hello", bytes);
    CHECK_EQUAL(1, xMessageBufferNextLengthBytes(buffer));
    CHECK_EQUAL(1, xMessageBufferReceive(buffer, bytes, sizeof bytes, 0));
    CHECK_EQUAL(0, xMessageBufferNextLengthBytes(buffer));
    CHECK_EQUAL(0, xMessageBufferReceive(buffer, bytes, sizeof bytes, 0));
    finish();
}

TEST(a_message_too_long_for_its_reader_stays)
{
    char bytes[8] = "";

    begin(32);
    CHECK_EQUAL(6, xMessageBufferSend(buffer, "sixsix", 6, 0));
    CHECK_EQUAL(0, xMessageBufferReceive(buffer, bytes, 5, 10));
    CHECK_EQUAL(6, xMessageBufferNextLengthBytes(buffer));
    CHECK_EQUAL(6, xMessageBufferReceive(buffer, bytes, 6, 10));
    CHECK_STRING("sixsix", bytes);
    finish();
}

TEST(a_message_that_can_never_fit_is_refused_at_once)
{
    static char bytes[64];

    begin(32);
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0, xMessageBufferSend(buffer, bytes, 33 - PREFIX, 100));
    CHECK_EQUAL(0, xMessageBufferSend(buffer, bytes, SIZE_MAX, 100));
    CHECK_EQUAL(0, xMessageBufferSend(buffer, bytes, SIZE_MAX - PREFIX + 1, 100));
    CHECK_EQUAL(0, xMessageBufferSend(buffer, bytes, 0, 100));
    CHECK_EQUAL(start, xTaskGetTickCount());
    CHECK_EQUAL(pdTRUE, xMessageBufferIsEmpty(buffer));
    CHECK_EQUAL(32 - PREFIX, xMessageBufferSend(buffer, bytes, 32 - PREFIX, 0));
    CHECK_EQUAL(pdTRUE, xMessageBufferIsFull(buffer));
    finish();
}

TEST(a_message_without_room_is_not_written_in_part)
{
    static char bytes[64];

    begin(32);
    CHECK_EQUAL(20 - PREFIX, xMessageBufferSend(buffer, bytes, 20 - PREFIX, 0));
    CHECK_EQUAL(pdFALSE, xMessageBufferIsFull(buffer));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0, xMessageBufferSend(buffer, bytes, 13 - PREFIX, 7));
    CHECK_EQUAL(7, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(12, xMessageBufferSpaceAvailable(buffer));
    CHECK_EQUAL(20 - PREFIX, xMessageBufferReceive(buffer, bytes, sizeof bytes, 0));
    CHECK_EQUAL(0, xMessageBufferReceive(buffer, bytes, sizeof bytes, 0));
    finish();
}

TEST(a_buffer_without_room_for_a_byte_is_full)
{
    char byte = 'x';

    begin(3 * PREFIX);
    CHECK_EQUAL(1, xMessageBufferSend(buffer, &byte, 1, 0));
    CHECK_EQUAL(pdFALSE, xMessageBufferIsFull(buffer)); /* one more fits */
    CHECK_EQUAL(1, xMessageBufferSend(buffer, &byte, 1, 0));
    CHECK_EQUAL(pdTRUE, xMessageBufferIsFull(buffer));
    CHECK_EQUAL(pdPASS, xMessageBufferReset(buffer));
    CHECK_EQUAL(pdTRUE, xMessageBufferIsEmpty(buffer));
    finish();
}

static size_t got;
static char received[16];

static void receive_task(void *parameter)
{
    (void)parameter;
    got = xMessageBufferReceive(buffer, received, sizeof received, 30);
    vTaskDelete(NULL);
}

static void send_in_interrupt(void *text)
{
    BaseType_t woken = pdFALSE;

    CHECK_EQUAL(strlen(text), xMessageBufferSendFromISR(buffer, text, strlen(text), &woken));
    CHECK_EQUAL(pdTRUE, woken);
    portYIELD_FROM_ISR(woken);
}

static void receive_in_interrupt(void *bytes)
{
    CHECK_EQUAL(5, xMessageBufferReceiveFromISR(buffer, bytes, 16, NULL));
    CHECK_EQUAL(0, xMessageBufferReceiveFromISR(buffer, bytes, 16, NULL));
    CHECK_EQUAL(0, xMessageBufferSendFromISR(buffer, bytes, 64, NULL));
}

TEST(interrupts_send_and_receive_messages)
{
    static char bytes[16];

    begin(32);
    (void)spawn(receive_task, NULL, TEST_TASK_PRIORITY + 1);
    CHECK(test_interrupt(send_in_interrupt, "from above"));
    CHECK_EQUAL(10, got);
    CHECK_STRING("from above", received);
    CHECK_EQUAL(5, xMessageBufferSend(buffer, "below", 5, 0));
    CHECK(test_interrupt(receive_in_interrupt, bytes));
    CHECK_STRING("below", bytes);
    finish();
}

TEST(a_wait_for_a_message_ends_at_its_time)
{
    begin(32);
    got = 99;
    TickType_t start = xTaskGetTickCount();
    (void)spawn(receive_task, NULL, TEST_TASK_PRIORITY - 1);
    vTaskDelay(29);
    CHECK_EQUAL(99, got);
    vTaskDelay(2);
    CHECK_EQUAL(0, got);
    CHECK_EQUAL(31, (TickType_t)(xTaskGetTickCount() - start));
    finish();
}

TEST(memory_given_by_the_caller_stays_the_callers)
{
    static uint8_t storage[24];
    StaticMessageBuffer_t memory, *found = NULL;
    uint8_t *found_storage = NULL;

    buffer = xMessageBufferCreateStatic(sizeof storage, storage, &memory);
    CHECK(buffer != NULL);
    CHECK_EQUAL(pdTRUE, xMessageBufferGetStaticBuffers(buffer, &found_storage, &found));
    CHECK(found == &memory && found_storage == storage);
    CHECK_EQUAL(23, xMessageBufferSpacesAvailable(buffer));
    finish();
}

/* ---- Preemption ------------------------------------------------------------------------------- */

enum { MESSAGES = 10 };
static unsigned sent_messages, got_messages;

static void write_all(void *parameter)
{
    (void)parameter;
    for (uint8_t i = 0; i < MESSAGES; i++) {
        uint8_t bytes[8];
        size_t length = 1 + i % sizeof bytes;
        memset(bytes, i, sizeof bytes);
        CHECK_EQUAL(length, xMessageBufferSend(buffer, bytes, length, 50));
        sent_messages++;
    }
    vTaskDelete(NULL);
}

static void read_all(void *parameter)
{
    (void)parameter;
    for (uint8_t i = 0; i < MESSAGES; i++) {
        uint8_t bytes[8];
        size_t length = xMessageBufferReceive(buffer, bytes, sizeof bytes, 50);
        CHECK_EQUAL(1 + i % sizeof bytes, length);
        for (size_t j = 0; j < length; j++)
            CHECK_EQUAL(i, bytes[j]);
        got_messages++;
    }
    vTaskDelete(NULL);
}

static void transfer(void)
{
    sent_messages = 0;
    got_messages = 0;
    begin(PREFIX + 9);
    (void)spawn(write_all, NULL, 1);
    (void)spawn(read_all, NULL, 1);
    vTaskDelay(4);
    CHECK_EQUAL(MESSAGES, sent_messages);
    CHECK_EQUAL(MESSAGES, got_messages);
    finish();
}

TEST(messages_survive_a_switch_at_every_hook)
{
    test_sweep_preemption(transfer);
}
