/* SPDX-License-Identifier: MIT */
#include "tm.h"

#include "../image/host.h"

#include "FreeRTOS.h"
#include "queue.h"
#include "semphr.h"
#include "task.h"

enum {
    THREADS = 5,
    STACK_WORDS = HOST_STACK_WORDS(128),
    MESSAGES = 10,
    MESSAGE_SIZE = 16,
    BLOCK_SIZE = 128
};

static TaskHandle_t threads[THREADS];
static QueueHandle_t queue;
static SemaphoreHandle_t semaphore;

/* A thread ends only when a service failed that must not. */
static void run_entry(void *entry)
{
    ((void (*)(void))entry)();
    host_print("a service failed\n");
    host_exit(1);
}

void tm_thread_create(int thread, int priority, void (*entry)(void))
{
    static StaticTask_t tasks[THREADS];
    static StackType_t stacks[THREADS][STACK_WORDS];

    threads[thread] = xTaskCreateStatic(run_entry, "tm", STACK_WORDS, (void *)entry,
                                        (UBaseType_t)(configMAX_PRIORITIES - 1 - priority),
                                        stacks[thread], &tasks[thread]);
    vTaskSuspend(threads[thread]);
}

void tm_thread_resume(int thread)
{
    vTaskResume(threads[thread]);
}

void tm_thread_resume_from_interrupt(int thread)
{
    portYIELD_FROM_ISR(xTaskResumeFromISR(threads[thread]));
}

void tm_thread_suspend(int thread)
{
    vTaskSuspend(threads[thread]);
}

void tm_thread_relinquish(void)
{
    taskYIELD();
}

void tm_queue_create(void)
{
    static StaticQueue_t block;
    static uint8_t storage[MESSAGES * MESSAGE_SIZE];

    queue = xQueueCreateStatic(MESSAGES, MESSAGE_SIZE, storage, &block);
}

long tm_queue_send(const unsigned long *message)
{
    return xQueueSend(queue, message, 0);
}

long tm_queue_receive(unsigned long *message)
{
    return xQueueReceive(queue, message, 0);
}

void tm_semaphore_create(void)
{
    static StaticSemaphore_t block;

    semaphore = xSemaphoreCreateBinaryStatic(&block);
    xSemaphoreGive(semaphore);
}

long tm_semaphore_get(void)
{
    return xSemaphoreTake(semaphore, 0);
}

long tm_semaphore_put(void)
{
    return xSemaphoreGive(semaphore);
}

void tm_semaphore_put_from_interrupt(void)
{
    BaseType_t switch_needed = pdFALSE;

    xSemaphoreGiveFromISR(semaphore, &switch_needed);
    portYIELD_FROM_ISR(switch_needed);
}

void *tm_memory_allocate(void)
{
    return pvPortMalloc(BLOCK_SIZE);
}

void tm_memory_deallocate(void *block)
{
    vPortFree(block);
}

void tm_interrupt_create(void (*handler)(void))
{
    host_interrupt_begin(handler);
}

void tm_cause_interrupt(void)
{
    host_interrupt();
}
