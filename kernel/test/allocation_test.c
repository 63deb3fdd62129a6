/* SPDX-License-Identifier: MIT */
/*
 * A scenario that creates and uses every kind of object, with its 1st, 2nd, … and last allocation
 * failing: what could not be made says so, what was made works, and nothing is left behind.
 */
#include "scenario.h"

#include <event_groups.h>
#include <message_buffer.h>
#include <queue.h>
#include <semphr.h>
#include <stream_buffer.h>
#include <timers.h>

/* The linker sends every allocation here (--wrap). */
void *__real_pvPortMalloc(size_t size);
void *__wrap_pvPortMalloc(size_t size);

static unsigned long allocations, failing;

void *__wrap_pvPortMalloc(size_t size)
{
    return ++allocations == failing ? NULL : __real_pvPortMalloc(size);
}

static unsigned made;

static void use_queue(QueueHandle_t queue)
{
    char item = 'i';

    if (queue == NULL)
        return;
    made++;
    CHECK_EQUAL(pdPASS, xQueueSend(queue, &item, 0));
    CHECK_EQUAL(pdPASS, xQueueReceive(queue, &item, 0));
    vQueueDelete(queue);
}

static void use_semaphore(SemaphoreHandle_t semaphore)
{
    if (semaphore == NULL)
        return;
    made++;
    if (uxSemaphoreGetCount(semaphore) == 0)
        CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    CHECK_EQUAL(pdPASS, xSemaphoreTake(semaphore, 0));
    CHECK_EQUAL(pdPASS, xSemaphoreGive(semaphore));
    vSemaphoreDelete(semaphore);
}

static void use_set(QueueSetHandle_t set, SemaphoreHandle_t member)
{
    if (set != NULL && member != NULL) {
        made++;
        CHECK_EQUAL(pdPASS, xQueueAddToSet(member, set));
        CHECK_EQUAL(pdPASS, xSemaphoreGive(member));
        CHECK(xQueueSelectFromSet(set, 0) == member);
        CHECK_EQUAL(pdPASS, xSemaphoreTake(member, 0));
        CHECK_EQUAL(pdPASS, xQueueRemoveFromSet(member, set));
    }
    if (member != NULL)
        vSemaphoreDelete(member);
    if (set != NULL)
        vQueueDelete(set);
}

static void use_stream(StreamBufferHandle_t buffer)
{
    char byte = 'b';

    if (buffer == NULL)
        return;
    made++;
    CHECK_EQUAL(1, xStreamBufferSend(buffer, &byte, 1, 0));
    CHECK_EQUAL(1, xStreamBufferReceive(buffer, &byte, 1, 0));
    vStreamBufferDelete(buffer);
}

static void use_event_group(EventGroupHandle_t group)
{
    if (group == NULL)
        return;
    made++;
    CHECK_EQUAL(5, xEventGroupSetBits(group, 5));
    CHECK_EQUAL(5, xEventGroupWaitBits(group, 4, pdTRUE, pdTRUE, 0));
    vEventGroupDelete(group);
}

static void ignore(TimerHandle_t timer)
{
    (void)timer;
}

static void use_timer(TimerHandle_t timer)
{
    if (timer == NULL)
        return;
    made++;
    CHECK_EQUAL(pdPASS, xTimerStart(timer, 1));
    vTaskDelay(2);
    CHECK_EQUAL(pdPASS, xTimerDelete(timer, 1));
}

static void end_at_once(void *parameter)
{
    xTaskNotifyGive((TaskHandle_t)parameter);
    vTaskDelete(NULL);
}

static void use_task(void)
{
    if (xTaskCreate(end_at_once, "t", configMINIMAL_STACK_SIZE, xTaskGetCurrentTaskHandle(), 1,
                    NULL) != pdPASS)
        return;
    made++;
    CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, 10));
}

enum { KINDS = 12 };

static void use_everything(void)
{
    made = 0;
    use_task();
    use_queue(xQueueCreate(3, 1));
    use_semaphore(xSemaphoreCreateBinary());
    use_semaphore(xSemaphoreCreateCounting(3, 1));
    use_semaphore(xSemaphoreCreateMutex());
    QueueSetHandle_t set = xQueueCreateSet(1);
    use_set(set, xSemaphoreCreateBinary());
    use_stream(xStreamBufferCreate(8, 1));
    use_stream(xStreamBatchingBufferCreate(8, 1));
    use_stream(xMessageBufferCreate(16));
    use_event_group(xEventGroupCreate());
    use_timer(xTimerCreate("t", 1, pdFALSE, NULL, ignore));
    use_semaphore(xSemaphoreCreateMutex());
    vTaskDelay(2); /* the idle task frees what is left */
}

TEST(each_allocation_may_fail)
{
    size_t before = xPortGetFreeHeapSize();

    allocations = 0;
    use_everything();
    unsigned long all = allocations;
    CHECK_EQUAL(KINDS, made);
    CHECK(all >= KINDS);
    for (failing = 1; failing <= all; failing++) {
        allocations = 0;
        use_everything();
        CHECK_EQUAL(KINDS - 1, made);
        CHECK_EQUAL(before, xPortGetFreeHeapSize());
    }
    failing = 0;
    use_everything();
    CHECK_EQUAL(KINDS, made);
}
