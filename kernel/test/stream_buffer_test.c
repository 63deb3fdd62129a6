/* SPDX-License-Identifier: MIT */
/* Stream and batching buffers: bytes in order, levels, time-outs, interrupts, preemption. */
#include "scenario.h"

#include <stream_buffer.h>

#include <string.h>

static StreamBufferHandle_t buffer;
static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

static void begin(size_t size, size_t trigger)
{
    buffer = xStreamBufferCreate(size, trigger);
    CHECK(buffer != NULL);
}

static void finish(void)
{
    vStreamBufferDelete(buffer);
}

/* A task that receives once. */
static struct receive {
    size_t length, got;
    TickType_t ticks, returned_at;
    bool done;
    char bytes[64];
} receive;

static void receive_task(void *parameter)
{
    (void)parameter;
    receive.got = xStreamBufferReceive(buffer, receive.bytes, receive.length, receive.ticks);
    receive.returned_at = xTaskGetTickCount();
    receive.done = true;
    vTaskDelete(NULL);
}

static TaskHandle_t receive_in_task(size_t length, TickType_t ticks)
{
    receive = (struct receive){.length = length, .ticks = ticks};
    return spawn(receive_task, NULL, TEST_TASK_PRIORITY + 1);
}

TEST(a_buffer_holds_what_it_was_created_for)
{
    begin(10, 1);
    CHECK_EQUAL(pdTRUE, xStreamBufferIsEmpty(buffer));
    CHECK_EQUAL(10, xStreamBufferSpacesAvailable(buffer));
    CHECK_EQUAL(4, xStreamBufferSend(buffer, letters, 4, 0));
    CHECK_EQUAL(4, xStreamBufferBytesAvailable(buffer));
    CHECK_EQUAL(6, xStreamBufferSpacesAvailable(buffer));
    CHECK_EQUAL(6, xStreamBufferSend(buffer, letters + 4, 20, 0)); /* as much as fits */
    CHECK_EQUAL(pdTRUE, xStreamBufferIsFull(buffer));
    CHECK_EQUAL(0, xStreamBufferSend(buffer, letters, 1, 0));
    char bytes[16];
    CHECK_EQUAL(10, xStreamBufferReceive(buffer, bytes, sizeof bytes, 0));
    CHECK_BYTES(letters, bytes, 10);
    CHECK_EQUAL(0, xStreamBufferReceive(buffer, bytes, sizeof bytes, 0));
    CHECK_EQUAL(0, xStreamBufferNextMessageLengthBytes(buffer));
    finish();
}

TEST(bytes_keep_their_order_over_random_lengths)
{
    struct test_random random = {3};
    uint8_t out = 0, in = 0, bytes[32];

    begin(23, 1);
    for (int i = 0; i < 20000; i++) {
        size_t length = 1 + test_random_below(&random, sizeof bytes);
        if (test_random_below(&random, 2) == 0) {
            for (size_t j = 0; j < length; j++)
                bytes[j] = (uint8_t)(out + j);
            size_t room = xStreamBufferSpacesAvailable(buffer);
            size_t sent = xStreamBufferSend(buffer, bytes, length, 0);
            CHECK_EQUAL(length < room ? length : room, sent);
            out = (uint8_t)(out + sent);
        } else {
            size_t used = xStreamBufferBytesAvailable(buffer);
            size_t got = xStreamBufferReceive(buffer, bytes, length, 0);
            CHECK_EQUAL(length < used ? length : used, got);
            for (size_t j = 0; j < got; j++, in++)
                CHECK_EQUAL(in, bytes[j]);
        }
        CHECK_EQUAL((uint8_t)(out - in), xStreamBufferBytesAvailable(buffer));
    }
    finish();
}

TEST(a_reader_sleeps_until_the_trigger_level)
{
    begin(20, 5);
    (void)receive_in_task(20, 100);
    CHECK_EQUAL(4, xStreamBufferSend(buffer, letters, 4, 0));
    CHECK(!receive.done);
    CHECK_EQUAL(1, xStreamBufferSend(buffer, letters + 4, 1, 0));
    CHECK(receive.done);
    CHECK_EQUAL(5, receive.got);
    CHECK_BYTES(letters, receive.bytes, 5);

    CHECK_EQUAL(1, xStreamBufferSend(buffer, letters, 1, 0));
    (void)receive_in_task(20, 100); /* what is there is read at once */
    CHECK(receive.done);
    CHECK_EQUAL(1, receive.got);
    finish();
}

TEST(a_reader_that_times_out_gets_what_is_there)
{
    begin(20, 5);
    go_to_wrap(2);
    TickType_t start = xTaskGetTickCount();
    (void)receive_in_task(20, 8);
    CHECK_EQUAL(3, xStreamBufferSend(buffer, letters, 3, 0));
    vTaskDelay(20);
    CHECK(receive.done);
    CHECK_EQUAL(8, (TickType_t)(receive.returned_at - start));
    CHECK_EQUAL(3, receive.got);
    (void)receive_in_task(20, 4);
    vTaskDelay(20);
    CHECK(receive.done);
    CHECK_EQUAL(0, receive.got);
    finish();
}

TEST(a_batch_is_waited_for_even_if_bytes_are_there)
{
    buffer = xStreamBatchingBufferCreate(20, 5);
    CHECK(buffer != NULL);
    CHECK_EQUAL(3, xStreamBufferSend(buffer, letters, 3, 0));
    (void)receive_in_task(20, 100);
    CHECK(!receive.done);
    CHECK_EQUAL(2, xStreamBufferSend(buffer, letters + 3, 2, 0));
    CHECK(receive.done);
    CHECK_EQUAL(5, receive.got);

    CHECK_EQUAL(2, xStreamBufferSend(buffer, letters, 2, 0));
    (void)receive_in_task(20, 6);
    vTaskDelay(5);
    CHECK(!receive.done);
    vTaskDelay(2);
    CHECK_EQUAL(2, receive.got); /* after its time, what there is */
    finish();
}

static size_t sent_by_task;

static void send_ten(void *parameter)
{
    sent_by_task = xStreamBufferSend(buffer, letters, 10, (TickType_t)(uintptr_t)parameter);
    vTaskDelete(NULL);
}

TEST(a_writer_waits_for_room_for_all)
{
    char bytes[16];

    begin(12, 1);
    CHECK_EQUAL(7, xStreamBufferSend(buffer, letters, 7, 0));
    (void)spawn(send_ten, (void *)100, TEST_TASK_PRIORITY + 1);
    CHECK_EQUAL(4, xStreamBufferReceive(buffer, bytes, 4, 0));
    CHECK_EQUAL(0, sent_by_task);
    CHECK_EQUAL(1, xStreamBufferReceive(buffer, bytes, 1, 0));
    CHECK_EQUAL(10, sent_by_task);
    CHECK_EQUAL(12, xStreamBufferReceive(buffer, bytes, 16, 0));
    CHECK_BYTES("fgabcdefghij", bytes, 12);
    finish();
}

TEST(a_writer_that_times_out_writes_what_fits)
{
    begin(12, 1);
    CHECK_EQUAL(7, xStreamBufferSend(buffer, letters, 7, 0));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(5, xStreamBufferSend(buffer, letters, 10, 6));
    CHECK_EQUAL(6, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(0, xStreamBufferSend(buffer, letters, 10, 6));
    finish();
}

TEST(more_than_the_buffer_holds_waits_for_an_empty_one)
{
    char bytes[16];

    begin(6, 1);
    CHECK_EQUAL(1, xStreamBufferSend(buffer, letters, 1, 0));
    (void)spawn(send_ten, (void *)100, TEST_TASK_PRIORITY + 1);
    CHECK_EQUAL(0, sent_by_task);
    CHECK_EQUAL(1, xStreamBufferReceive(buffer, bytes, 16, 0));
    CHECK_EQUAL(6, sent_by_task);
    finish();
}

TEST(the_trigger_level_has_a_range)
{
    begin(8, 0);
    (void)receive_in_task(8, 100);
    CHECK_EQUAL(1, xStreamBufferSend(buffer, letters, 1, 0)); /* 0 counts as 1 */
    CHECK(receive.done);
    CHECK_EQUAL(pdFALSE, xStreamBufferSetTriggerLevel(buffer, 9));
    CHECK_EQUAL(pdTRUE, xStreamBufferSetTriggerLevel(buffer, 8));
    (void)receive_in_task(8, 100);
    CHECK_EQUAL(7, xStreamBufferSend(buffer, letters, 7, 0));
    CHECK(!receive.done);
    CHECK_EQUAL(pdTRUE, xStreamBufferSetTriggerLevel(buffer, 3)); /* that is reached */
    CHECK(receive.done);
    CHECK_EQUAL(7, receive.got);
    finish();
}

TEST(a_reset_is_refused_while_a_task_waits)
{
    begin(8, 4);
    CHECK_EQUAL(3, xStreamBufferSend(buffer, letters, 3, 0));
    CHECK_EQUAL(pdPASS, xStreamBufferReset(buffer));
    CHECK_EQUAL(pdTRUE, xStreamBufferIsEmpty(buffer));
    TaskHandle_t reader = receive_in_task(8, portMAX_DELAY);
    CHECK_EQUAL(pdFAIL, xStreamBufferReset(buffer));
    CHECK_EQUAL(3, xStreamBufferSend(buffer, letters, 3, 0));
    CHECK(!receive.done); /* the level has survived the reset */
    vTaskDelete(reader);
    CHECK_EQUAL(pdPASS, xStreamBufferReset(buffer));

    CHECK_EQUAL(5, xStreamBufferSend(buffer, letters, 5, 0));
    TaskHandle_t writer = spawn(send_ten, (void *)(uintptr_t)portMAX_DELAY, TEST_TASK_PRIORITY + 1);
    CHECK_EQUAL(pdFAIL, xStreamBufferReset(buffer));
    vTaskDelete(writer);
    CHECK_EQUAL(pdPASS, xStreamBufferReset(buffer));
    finish();
}

TEST(a_deleted_reader_leaves_the_buffer_in_order)
{
    begin(8, 1);
    TaskHandle_t reader = receive_in_task(8, 100);
    vTaskDelete(reader);
    settle();
    CHECK_EQUAL(3, xStreamBufferSend(buffer, letters, 3, 0));
    CHECK(!receive.done);
    (void)receive_in_task(8, 100);
    CHECK_EQUAL(3, receive.got);
    finish();
}

TEST(memory_given_by_the_caller_stays_the_callers)
{
    static uint8_t storage[8];
    StaticStreamBuffer_t memory, *found = NULL;
    uint8_t *found_storage = NULL;

    buffer = xStreamBufferCreateStatic(sizeof storage, 1, storage, &memory);
    CHECK(buffer != NULL);
    CHECK_EQUAL(7, xStreamBufferSpacesAvailable(buffer));
    CHECK_EQUAL(pdTRUE, xStreamBufferGetStaticBuffers(buffer, &found_storage, &found));
    CHECK(found == &memory && found_storage == storage);
    CHECK_EQUAL(7, xStreamBufferSend(buffer, letters, 9, 0));
#if configUSE_TRACE_FACILITY == 1
    vStreamBufferSetStreamBufferNumber(buffer, 42);
    CHECK_EQUAL(42, uxStreamBufferGetStreamBufferNumber(buffer));
    CHECK_EQUAL(sbTYPE_STREAM_BUFFER, ucStreamBufferGetStreamBufferType(buffer));
#endif
    finish();
    begin(8, 1);
    CHECK_EQUAL(pdFALSE, xStreamBufferGetStaticBuffers(buffer, &found_storage, &found));
    finish();
}

static void create_in_vain(void)
{
    CHECK(xStreamBufferCreate(16, 1) == NULL);
}

TEST(creation_without_memory_is_refused)
{
    with_empty_heap(create_in_vain);
}

TEST(impossible_sizes_are_refused)
{
    static const size_t sizes[] = {
        SIZE_MAX,     SIZE_MAX - 1,       SIZE_MAX - sizeof(StaticStreamBuffer_t),
        SIZE_MAX / 2, (size_t)UINT32_MAX, (size_t)1 << 31};

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        CHECK(xStreamBufferCreate(sizes[i], 1) == NULL);
}

TEST(the_notification_index_is_kept_and_notifications_are_left_alone)
{
    begin(8, 1);
    CHECK_EQUAL(tskDEFAULT_INDEX_TO_NOTIFY, uxStreamBufferGetStreamBufferNotificationIndex(buffer));
    vStreamBufferSetStreamBufferNotificationIndex(buffer,
                                                  configTASK_NOTIFICATION_ARRAY_ENTRIES - 1);
    CHECK_EQUAL(configTASK_NOTIFICATION_ARRAY_ENTRIES - 1,
                uxStreamBufferGetStreamBufferNotificationIndex(buffer));
    TaskHandle_t reader = receive_in_task(8, 100);
    (void)xTaskNotifyGiveIndexed(reader, configTASK_NOTIFICATION_ARRAY_ENTRIES - 1);
    CHECK(!receive.done);
    CHECK_EQUAL(1, xStreamBufferSend(buffer, letters, 1, 0));
    CHECK(receive.done);
    finish();
}

/* ---- Interrupts ------------------------------------------------------------------------------- */

static BaseType_t woken;

static void send_in_interrupt(void *text)
{
    woken = pdFALSE;
    size_t length = strlen(text);
    CHECK_EQUAL(length, xStreamBufferSendFromISR(buffer, text, length, &woken));
    portYIELD_FROM_ISR(woken);
}

static void receive_in_interrupt(void *bytes)
{
    woken = pdFALSE;
    CHECK_EQUAL(5, xStreamBufferReceiveFromISR(buffer, bytes, 5, &woken));
    portYIELD_FROM_ISR(woken);
}

static void reset_in_interrupt(void *expected)
{
    CHECK_EQUAL((BaseType_t)(intptr_t)expected, xStreamBufferResetFromISR(buffer));
}

static void complete_in_interrupt(void *expected)
{
    woken = pdFALSE;
    CHECK_EQUAL((BaseType_t)(intptr_t)expected, xStreamBufferSendCompletedFromISR(buffer, &woken));
    CHECK_EQUAL(pdFALSE, xStreamBufferReceiveCompletedFromISR(buffer, NULL));
    portYIELD_FROM_ISR(woken);
}

TEST(an_interrupt_feeds_a_task)
{
    begin(8, 3);
    (void)receive_in_task(8, 100);
    CHECK(test_interrupt(send_in_interrupt, "ab"));
    CHECK_EQUAL(pdFALSE, woken);
    CHECK(!receive.done);
    CHECK(test_interrupt(reset_in_interrupt, (void *)pdFAIL));
    CHECK(test_interrupt(send_in_interrupt, "c"));
    CHECK_EQUAL(pdTRUE, woken);
    CHECK(receive.done);
    CHECK_STRING("abc", receive.bytes);
    CHECK(test_interrupt(reset_in_interrupt, (void *)pdPASS));
    finish();
}

TEST(an_interrupt_drains_a_task)
{
    static char bytes[8];

    begin(12, 1);
    CHECK_EQUAL(7, xStreamBufferSend(buffer, letters, 7, 0));
    (void)spawn(send_ten, (void *)100, TEST_TASK_PRIORITY + 1);
    CHECK(test_interrupt(receive_in_interrupt, bytes));
    CHECK_EQUAL(pdTRUE, woken);
    CHECK_EQUAL(10, sent_by_task);
    CHECK_STRING("abcde", bytes);
    finish();
}

TEST(a_completed_send_elsewhere_wakes_the_reader)
{
    begin(8, 1);
    CHECK(test_interrupt(complete_in_interrupt, (void *)pdFALSE));
    (void)receive_in_task(8, 100);
    CHECK(test_interrupt(complete_in_interrupt, (void *)pdTRUE));
    CHECK(!receive.done); /* it looked, and there was nothing */
    CHECK_EQUAL(1, xStreamBufferSend(buffer, letters, 1, 0));
    CHECK(receive.done);
    finish();
}

#if configUSE_SB_COMPLETED_CALLBACK == 1
static unsigned told_sent, told_received;

static void on_sent(StreamBufferHandle_t of, BaseType_t in_interrupt, BaseType_t *const needed)
{
    CHECK(of == buffer);
    CHECK_EQUAL(portCHECK_IF_IN_ISR(), in_interrupt);
    CHECK_EQUAL(in_interrupt, needed != NULL);
    told_sent++;
}

static void on_received(StreamBufferHandle_t of, BaseType_t in_interrupt, BaseType_t *const needed)
{
    (void)needed;
    CHECK(of == buffer);
    CHECK_EQUAL(portCHECK_IF_IN_ISR(), in_interrupt);
    told_received++;
}

TEST(callbacks_are_called_instead_of_waking)
{
    static char bytes[8];

    buffer = xStreamBufferCreateWithCallback(12, 5, on_sent, on_received);
    CHECK_EQUAL(4, xStreamBufferSend(buffer, letters, 4, 0));
    CHECK_EQUAL(0, told_sent); /* below the level */
    CHECK(test_interrupt(send_in_interrupt, "xyz"));
    CHECK_EQUAL(1, told_sent);
    CHECK_EQUAL(1, xStreamBufferSend(buffer, letters, 1, 0));
    CHECK_EQUAL(2, told_sent);
    CHECK(test_interrupt(receive_in_interrupt, bytes));
    CHECK_EQUAL(3, xStreamBufferReceive(buffer, bytes, 8, 0));
    CHECK_EQUAL(2, told_received);
    finish();
}
#endif

/* ---- Preemption ------------------------------------------------------------------------------- */

enum { TOTAL = 60 };
static size_t written, taken;

static void write_all(void *parameter)
{
    struct test_random random = {5};

    (void)parameter;
    while (written < TOTAL) {
        uint8_t bytes[9];
        size_t length = 1 + test_random_below(&random, 9);
        if (length > TOTAL - written)
            length = TOTAL - written;
        for (size_t i = 0; i < length; i++)
            bytes[i] = (uint8_t)(written + i);
        written += xStreamBufferSend(buffer, bytes, length, 50);
    }
    vTaskDelete(NULL);
}

static void read_all(void *parameter)
{
    struct test_random random = {6};

    (void)parameter;
    while (taken < TOTAL) {
        uint8_t bytes[9];
        size_t got = xStreamBufferReceive(buffer, bytes, 1 + test_random_below(&random, 9), 50);
        CHECK(got > 0);
        for (size_t i = 0; i < got; i++)
            CHECK_EQUAL(taken + i, bytes[i]);
        taken += got;
    }
    vTaskDelete(NULL);
}

static void transfer(void)
{
    written = 0;
    taken = 0;
    begin(7, 1);
    (void)spawn(write_all, NULL, 1);
    (void)spawn(read_all, NULL, 1);
    vTaskDelay(4);
    CHECK_EQUAL(TOTAL, taken);
    finish();
}

TEST(bytes_survive_a_switch_at_every_hook)
{
    test_sweep_preemption(transfer);
}
