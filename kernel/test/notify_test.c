/* SPDX-License-Identifier: MIT */
/* Notifications: each action, both ways to wait, indices, interrupts, time-outs. */
#include "linnet_test.h"
#include "test_interrupt.h"

#include <FreeRTOS.h>
#include <task.h>

static TaskHandle_t self(void)
{
    return xTaskGetCurrentTaskHandle();
}

TEST(actions_change_the_value_as_named)
{
    uint32_t value = 99;
    CHECK_EQUAL(pdPASS, xTaskNotify(self(), 0x12, eSetBits));
    CHECK_EQUAL(pdPASS, xTaskNotify(self(), 0x21, eSetBits));
    CHECK_EQUAL(pdTRUE, xTaskNotifyWait(0, 0x30, &value, 0));
    CHECK_EQUAL(0x33, value);
    CHECK_EQUAL(pdPASS, xTaskNotify(self(), 0, eIncrement));
    CHECK_EQUAL(pdTRUE, xTaskNotifyWait(0, 0, &value, 0));
    CHECK_EQUAL(4, value);
    CHECK_EQUAL(pdPASS, xTaskNotifyAndQuery(self(), 7, eSetValueWithOverwrite, &value));
    CHECK_EQUAL(4, value);
    CHECK_EQUAL(pdFAIL, xTaskNotify(self(), 8, eSetValueWithoutOverwrite));
    CHECK_EQUAL(pdTRUE, xTaskNotifyWait(0, 0, &value, 0));
    CHECK_EQUAL(7, value);
    CHECK_EQUAL(pdPASS, xTaskNotify(self(), 8, eSetValueWithoutOverwrite));
    CHECK_EQUAL(pdPASS, xTaskNotify(self(), 0, eNoAction));
    CHECK_EQUAL(pdTRUE, xTaskNotifyWait(0, 0xffffffff, &value, 0));
    CHECK_EQUAL(8, value);
}

TEST(wait_times_out_and_clears_on_entry)
{
    uint32_t value = 0;
    CHECK_EQUAL(pdPASS, xTaskNotify(self(), 0xff, eSetValueWithOverwrite));
    CHECK_EQUAL(pdTRUE, xTaskNotifyWait(0, 0, NULL, 0));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(pdFALSE, xTaskNotifyWait(0x0f, 0xff, &value, 9));
    CHECK_EQUAL(9, (TickType_t)(xTaskGetTickCount() - start));
    CHECK_EQUAL(0xf0, value);
    CHECK_EQUAL(0xf0, ulTaskNotifyValueClear(NULL, 0xffffffff));
}

TEST(take_counts_down_or_clears)
{
    for (int i = 0; i < 3; i++)
        xTaskNotifyGive(self());
    CHECK_EQUAL(3, ulTaskNotifyTake(pdFALSE, 0));
    CHECK_EQUAL(2, ulTaskNotifyTake(pdTRUE, 0));
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0, ulTaskNotifyTake(pdTRUE, 6));
    CHECK_EQUAL(6, (TickType_t)(xTaskGetTickCount() - start));
}

TEST(indices_do_not_touch_each_other)
{
    uint32_t value = 0;
    CHECK_EQUAL(pdPASS, xTaskNotifyIndexed(self(), 2, 5, eSetValueWithOverwrite));
    CHECK_EQUAL(pdFALSE, xTaskNotifyWaitIndexed(1, 0, 0, &value, 2));
    CHECK_EQUAL(pdTRUE, xTaskNotifyWaitIndexed(2, 0, 0, &value, 2));
    CHECK_EQUAL(5, value);
}

TEST(state_clear_forgets_a_pending_notification)
{
    CHECK_EQUAL(pdFAIL, xTaskNotifyStateClear(NULL));
    CHECK_EQUAL(pdPASS, xTaskNotify(self(), 1, eSetValueWithOverwrite));
    CHECK_EQUAL(pdPASS, xTaskNotifyStateClear(NULL));
    CHECK_EQUAL(pdFALSE, xTaskNotifyWait(0, 0, NULL, 0));
}

static void notify_from_interrupt(void *argument)
{
    BaseType_t switch_needed = pdFALSE;
    xTaskNotifyFromISR((TaskHandle_t)argument, 0x40, eSetBits, &switch_needed);
    CHECK_EQUAL(pdTRUE, switch_needed);
    portYIELD_FROM_ISR(switch_needed);
}

static void give_from_interrupt(void *argument)
{
    BaseType_t switch_needed = pdFALSE;
    vTaskNotifyGiveFromISR((TaskHandle_t)argument, &switch_needed);
    portYIELD_FROM_ISR(switch_needed);
}

TEST(interrupt_notifies_a_waiting_task)
{
    uint32_t value = 0;
    CHECK(test_interrupt_in_us(2500, notify_from_interrupt, self()));
    CHECK_EQUAL(pdTRUE, xTaskNotifyWait(0, 0xffffffff, &value, 10));
    CHECK_EQUAL(0x40, value);
    CHECK(test_interrupt_in_us(2500, give_from_interrupt, self()));
    CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, portMAX_DELAY));
}

static void wait_for_one(void *parameter)
{
    *(uint32_t *)parameter = ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    vTaskDelete(NULL);
}

TEST(waiting_task_of_higher_priority_runs_at_once)
{
    static uint32_t taken;
    TaskHandle_t task;
    CHECK_EQUAL(pdPASS, xTaskCreate(wait_for_one, "waiter", configMINIMAL_STACK_SIZE, &taken,
                                    TEST_TASK_PRIORITY + 1, &task));
    xTaskNotifyGive(task);
    CHECK_EQUAL(1, taken);
}

TEST(suspension_does_not_lose_a_notification)
{
    static uint32_t taken;
    TaskHandle_t task;
    CHECK_EQUAL(pdPASS, xTaskCreate(wait_for_one, "waiter", configMINIMAL_STACK_SIZE, &taken,
                                    TEST_TASK_PRIORITY + 1, &task));
    vTaskSuspend(task);
    xTaskNotifyGive(task);
    CHECK_EQUAL(0, taken);
    vTaskResume(task);
    CHECK_EQUAL(1, taken);
}
