/* SPDX-License-Identifier: MIT */
/* What changes hands with the CPU: the C library's block and the errno; and stacks of a heap apart. */
#include "scenario.h"

#include <stdlib.h>

int tls_current, tls_made, tls_ended;
static int stacks;

void *pvPortMallocStack(size_t size)
{
    stacks++;
    return malloc(size);
}

void vPortFreeStack(void *stack)
{
    stacks -= stack != NULL;
    free(stack);
}

static void note_block(void *parameter)
{
    int *block = parameter;

    *block = tls_current;
    vTaskSuspend(NULL);
}

TEST(each_task_has_its_own_block_of_the_c_library)
{
    int own = tls_current, first = 0, second = 0, made = tls_made;
    TaskHandle_t one = spawn(note_block, &first, 4);
    TaskHandle_t two = spawn(note_block, &second, 4);

    CHECK(own != 0);
    CHECK_EQUAL(made + 1, first);
    CHECK_EQUAL(made + 2, second);
    CHECK_EQUAL(own, tls_current);
    vTaskDelete(two);
    CHECK_EQUAL(second, tls_ended);
    vTaskDelete(one);
    CHECK_EQUAL(first, tls_ended);
}

static void end_at_once(void *parameter)
{
    int *block = parameter;

    *block = tls_current;
    vTaskDelete(NULL);
}

TEST(a_task_that_ends_itself_gives_its_block_up)
{
    int block = 0;

    (void)spawn(end_at_once, &block, 4);
    settle();
    CHECK(block != 0);
    CHECK_EQUAL(block, tls_ended);
}

static void change_errno(void *parameter)
{
    (void)parameter;
    CHECK_EQUAL(0, FreeRTOS_errno);
    FreeRTOS_errno = 22;
    vTaskDelay(2);
    CHECK_EQUAL(22, FreeRTOS_errno);
    vTaskDelete(NULL);
}

TEST(each_task_has_its_own_errno)
{
    FreeRTOS_errno = 7;
    (void)spawn(change_errno, NULL, 4);
    (void)spawn(change_errno, NULL, 2);
    CHECK_EQUAL(7, FreeRTOS_errno);
    vTaskDelay(5);
    CHECK_EQUAL(7, FreeRTOS_errno);
    FreeRTOS_errno = 0;
}

TEST(stacks_come_from_their_own_heap)
{
    int before = stacks, block;
    size_t free_before = xPortGetFreeHeapSize();
    TaskHandle_t task = spawn(note_block, &block, 2);

    CHECK_EQUAL(before + 1, stacks);
    CHECK(free_before - xPortGetFreeHeapSize() < configMINIMAL_STACK_SIZE);
    vTaskDelete(task);
    CHECK_EQUAL(before, stacks);
    (void)spawn(end_at_once, &block, 4);
    settle();
    CHECK_EQUAL(before, stacks);
}
