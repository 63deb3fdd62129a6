/* SPDX-License-Identifier: MIT */
/*
 * Entry point of tests that run under the kernel: the case is the body of a task. When it returns,
 * the idle task gets time to free what deleted tasks left, and then the heap and the number of
 * tasks must be what they were before.
 */
#include "harness.h"

#include <FreeRTOS.h>
#include <task.h>

#include <stdio.h>

/* A kernel without a heap has nothing to leave there. */
#if configSUPPORT_DYNAMIC_ALLOCATION == 1
static size_t heap_free(void)
{
    return xPortGetFreeHeapSize();
}

static bool create(TaskFunction_t code, const struct test_case *chosen)
{
    return xTaskCreate(code, "test", configMINIMAL_STACK_SIZE * 4, (void *)(uintptr_t)chosen,
                       TEST_TASK_PRIORITY, NULL) == pdPASS;
}
#else
static size_t heap_free(void)
{
    return 0;
}

static bool create(TaskFunction_t code, const struct test_case *chosen)
{
    static StaticTask_t task;
    static StackType_t stack[configMINIMAL_STACK_SIZE * 4];

    return xTaskCreateStatic(code, "test", configMINIMAL_STACK_SIZE * 4, (void *)(uintptr_t)chosen,
                             TEST_TASK_PRIORITY, stack, &task) != NULL;
}
#endif

static void check_nothing_left(size_t heap_before, UBaseType_t tasks_before)
{
    vTaskDelay(2);
    size_t heap_after = heap_free();
    UBaseType_t tasks_after = uxTaskGetNumberOfTasks();

    if (heap_after != heap_before)
        printf("left behind: %ld bytes of heap\n", (long)(heap_before - heap_after));
    if (tasks_after != tasks_before)
        printf("left behind: %d tasks\n", (int)(tasks_after - tasks_before));
    if (heap_after != heap_before || tasks_after != tasks_before)
        test_end(TEST_FAILED);
}

__attribute__((weak)) uint32_t test_ticks_before_wrap; /* not const: it would be folded */

static void case_task(void *parameter)
{
    const struct test_case *chosen = parameter;

    if (test_ticks_before_wrap != 0)
        (void)xTaskCatchUpTicks((TickType_t)(0u - test_ticks_before_wrap - xTaskGetTickCount()));
    vTaskDelay(1); /* the idle and timer tasks have taken what they need */
    size_t heap_before = heap_free();
    UBaseType_t tasks_before = uxTaskGetNumberOfTasks();
    chosen->run();
    if (test_assertion_is_due())
        test_end(TEST_FAILED);
    check_nothing_left(heap_before, tasks_before);
    test_end(TEST_PASSED);
}

int main(int argc, char **argv)
{
    const struct test_case *chosen = test_select(argc, argv);

    if (!create(case_task, chosen))
        test_fail("no memory for the test task", __FILE__, __LINE__);
    vTaskStartScheduler();
    test_fail("the scheduler returned", __FILE__, __LINE__);
}
