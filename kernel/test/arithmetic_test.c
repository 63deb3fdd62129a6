/* SPDX-License-Identifier: MIT */
/*
 * Sizes whose product or sum wraps are refused: no object is made that is smaller than it says
 * ("BadAlloc"). Sizes go through the values around 2^16, 2^32 and 2^63 and the largest.
 */
#include "scenario.h"

#include <queue.h>
#include <semphr.h>
#include <stream_buffer.h>

static const size_t sizes[] = {0,
                               1,
                               2,
                               3,
                               255,
                               256,
                               257,
                               32767,
                               32768,
                               65535,
                               65536,
                               65537,
                               (size_t)1 << (sizeof(size_t) * 4),
                               ((size_t)1 << (sizeof(size_t) * 4)) - 1,
                               ((size_t)1 << (sizeof(size_t) * 4)) + 1,
                               SIZE_MAX / 2 - 1,
                               SIZE_MAX / 2,
                               SIZE_MAX / 2 + 1,
                               SIZE_MAX / 2 + 2,
                               SIZE_MAX - 255,
                               SIZE_MAX - sizeof(StaticQueue_t),
                               SIZE_MAX - sizeof(StaticStreamBuffer_t),
                               SIZE_MAX - 16,
                               SIZE_MAX - 8,
                               SIZE_MAX - 1,
                               SIZE_MAX};

enum { SIZES = sizeof sizes / sizeof *sizes };

/* Whether count items of a size fit into the heap at all. */
static bool fits(size_t count, size_t size)
{
    return size == 0 || count <= configTOTAL_HEAP_SIZE / size;
}

static void fill(QueueHandle_t queue, size_t count, size_t size)
{
    static uint8_t item[configTOTAL_HEAP_SIZE];

    for (size_t i = 0; i < count; i++)
        CHECK_EQUAL(pdPASS, xQueueSend(queue, item, 0));
    CHECK_EQUAL(errQUEUE_FULL, xQueueSend(queue, item, 0));
    CHECK_EQUAL(size, uxQueueGetQueueItemSize(queue));
}

TEST(ledger_34_queue_holds_what_it_says_or_is_refused)
{
    for (size_t i = 0; i < SIZES; i++)
        for (size_t j = 0; j < SIZES; j++) {
            size_t count = sizes[i], size = sizes[j];
            QueueHandle_t queue = xQueueCreate(count, size);

            if (queue == NULL)
                continue;
            CHECK(count > 0 && fits(count, size));
            if (count <= 65537)
                fill(queue, count, size);
            vQueueDelete(queue);
        }
}

TEST(ledger_34_stream_buffer_holds_what_it_says_or_is_refused)
{
    static uint8_t bytes[configTOTAL_HEAP_SIZE];

    for (size_t i = 1; i < SIZES; i++) {
        StreamBufferHandle_t buffer = xStreamBufferCreate(sizes[i], 1);

        if (buffer == NULL)
            continue;
        CHECK(sizes[i] <= configTOTAL_HEAP_SIZE);
        CHECK_EQUAL(sizes[i], xStreamBufferSend(buffer, bytes, sizes[i], 0));
        CHECK_EQUAL(sizes[i], xStreamBufferReceive(buffer, bytes, sizes[i], 0));
        vStreamBufferDelete(buffer);
    }
}

static void do_nothing(void *parameter)
{
    (void)parameter;
    vTaskDelete(NULL);
}

TEST(ledger_34_task_gets_its_whole_stack_or_is_refused)
{
    for (size_t i = 0; i < SIZES; i++) {
        TaskHandle_t task = NULL;

        if (sizes[i] < configMINIMAL_STACK_SIZE)
            continue;
        BaseType_t made = xTaskCreate(do_nothing, "t", sizes[i], NULL, 1, &task);
        CHECK_EQUAL(task != NULL, made == pdPASS);
        CHECK(made != pdPASS || fits(sizes[i], sizeof(StackType_t)));
        vTaskDelay(2);
    }
}

TEST(ledger_34_heap_refuses_sums_and_products_that_wrap)
{
    for (size_t i = 0; i < SIZES; i++) {
        void *memory = pvPortMalloc(sizes[i]);

        CHECK(memory == NULL || sizes[i] <= configTOTAL_HEAP_SIZE);
        vPortFree(memory);
        for (size_t j = 0; j < SIZES; j++) {
            memory = pvPortCalloc(sizes[i], sizes[j]);
            CHECK(memory == NULL || fits(sizes[i], sizes[j]));
            vPortFree(memory);
        }
    }
}

TEST(ledger_34_counting_semaphore_counts_up_to_any_limit)
{
    for (size_t i = 1; i < SIZES; i++) {
        SemaphoreHandle_t semaphore = xSemaphoreCreateCounting(sizes[i], sizes[i] - 1);

        CHECK(semaphore != NULL);
        CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
        CHECK_EQUAL(pdFAIL, xSemaphoreGive(semaphore));
        CHECK(uxSemaphoreGetCount(semaphore) == sizes[i]);
        vSemaphoreDelete(semaphore);
    }
}
