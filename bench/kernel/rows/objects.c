/* SPDX-License-Identifier: MIT */
/*
 * Every object and every way to wait, once each and with tasks that wait in line: what the longest
 * masked section is looked for in. 16 or 1000 tasks sleep meanwhile, of which a part wakes in every
 * round, many of them in one tick.
 */
#include "rows.h"

#include "../image/host.h"

#include "FreeRTOS.h"
#include "event_groups.h"
#include "message_buffer.h"
#include "queue.h"
#include "semphr.h"
#include "stream_buffer.h"
#include "task.h"

enum {
    WAITERS = 4,
    STACK_WORDS = HOST_STACK_WORDS(96),
    MOST_SLEEPERS = 1000,
    PERIODS = 7,
    ROUNDS = 20
};

struct sleeper {
    StaticTask_t task;
    StackType_t stack[STACK_WORDS];
};

static QueueHandle_t queue;
static SemaphoreHandle_t semaphore;
static SemaphoreHandle_t outer;
static SemaphoreHandle_t inner;
static EventGroupHandle_t events;
static StreamBufferHandle_t stream;
static MessageBufferHandle_t messages;
static TaskHandle_t waiters[WAITERS];
static TaskHandle_t reader;

static void sleep_again(void *period)
{
    for (;;)
        vTaskDelay((TickType_t)period);
}

static void make_sleepers(uint32_t count)
{
    struct sleeper *sleepers = host_memory(count * sizeof *sleepers);

    for (uint32_t i = 0; i < count; i++)
        xTaskCreateStatic(sleep_again, "sleeper", STACK_WORDS,
                          (void *)(i < 2 * WAITERS ? 1 + i % PERIODS : 10 + i % 100 * PERIODS),
                          1 + i % 3, sleepers[i].stack, &sleepers[i].task);
}

/* Waits in line for one object after the other. */
static void wait_for_all(void *unused)
{
    uint32_t item;

    (void)unused;
    for (;;) {
        xQueueReceive(queue, &item, 3);
        xSemaphoreTake(semaphore, 2);
        if (xSemaphoreTake(outer, 3) == pdPASS) {
            if (xSemaphoreTake(inner, 3) == pdPASS)
                xSemaphoreGive(inner);
            xSemaphoreGive(outer);
        }
        xEventGroupWaitBits(events, 3, pdTRUE, pdFALSE, 2);
        ulTaskNotifyTake(pdTRUE, 2);
    }
}

static void read_streams(void *unused)
{
    uint8_t bytes[16];

    (void)unused;
    for (;;) {
        xStreamBufferReceive(stream, bytes, sizeof bytes, 2);
        xMessageBufferReceive(messages, bytes, sizeof bytes, 2);
    }
}

static void interrupt(void)
{
    BaseType_t switch_needed = pdFALSE;
    uint32_t item = 2;

    xQueueSendFromISR(queue, &item, &switch_needed);
    xSemaphoreGiveFromISR(semaphore, &switch_needed);
    vTaskNotifyGiveFromISR(waiters[0], &switch_needed);
    xStreamBufferSendFromISR(stream, &item, sizeof item, &switch_needed);
    portYIELD_FROM_ISR(switch_needed);
}

static void make_objects(void)
{
    queue = xQueueCreate(4, sizeof(uint32_t));
    semaphore = xSemaphoreCreateCounting(4, 0);
    outer = xSemaphoreCreateMutex();
    inner = xSemaphoreCreateMutex();
    events = xEventGroupCreate();
    stream = xStreamBufferCreate(32, 1);
    messages = xMessageBufferCreate(64);
    for (uint32_t i = 0; i < WAITERS; i++)
        xTaskCreate(wait_for_all, "waiter", STACK_WORDS, NULL, 4 + i % 2, &waiters[i]);
    xTaskCreate(read_streams, "reader", STACK_WORDS, NULL, 5, &reader);
    host_interrupt_begin(interrupt);
}

/* The waiters inherit from one another and from here, at rising priorities. */
static void use_mutexes(void)
{
    xSemaphoreTake(inner, portMAX_DELAY);
    vTaskDelay(1);
    xSemaphoreTake(outer, 4);
    vTaskPrioritySet(waiters[0], 9);
    vTaskDelay(1);
    xSemaphoreGive(outer);
    xSemaphoreGive(inner);
    vTaskPrioritySet(waiters[0], 4);
}

static void use_tasks(void)
{
    TaskHandle_t task = NULL;

    xTaskCreate(read_streams, "short", STACK_WORDS, NULL, 2, &task);
    vTaskSuspend(waiters[1]);
    vTaskDelay(1);
    vTaskResume(waiters[1]);
    xTaskAbortDelay(waiters[2]);
    vTaskSuspendAll();
    xTaskNotifyGive(waiters[3]);
    xTaskResumeAll();
    if (task != NULL)
        vTaskDelete(task);
}

static void run_round(uint32_t round)
{
    uint8_t bytes[8] = {0};

    xQueueSend(queue, &round, 2);
    xQueueSendToFront(queue, &round, 0);
    xSemaphoreGive(semaphore);
    xEventGroupSetBits(events, 3);
    xStreamBufferSend(stream, bytes, sizeof bytes, 1);
    xMessageBufferSend(messages, bytes, sizeof bytes, 1);
    host_interrupt();
    use_mutexes();
    use_tasks();
    vTaskDelay(round % 3);
}

static void run_objects(uint32_t sleepers)
{
    make_objects();
    make_sleepers(sleepers);
    bench_trace_begin();
    for (uint32_t round = 0; round < ROUNDS; round++)
        run_round(round);
    bench_trace_end();
    row_result(0, ROUNDS);
}

void row_objects_16(void)
{
    run_objects(16 - WAITERS - 2);
}

void row_objects_1000(void)
{
    run_objects(MOST_SLEEPERS);
}
