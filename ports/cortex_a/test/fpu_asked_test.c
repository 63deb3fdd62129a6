/* SPDX-License-Identifier: MIT */
/* Where tasks ask for floating point registers: those that do not pay nothing for them. */
#include "scenario.h"

#include <stdlib.h>

/* Words that a task which was switched out has on its stack. */
static size_t stack_in_use(TaskFunction_t code)
{
    static StaticTask_t task;
    static StackType_t stack[512];

    for (size_t i = 0; i < 512; i++)
        stack[i] = 0;
    TaskHandle_t handle = xTaskCreateStatic(code, "s", 512, NULL, TEST_TASK_PRIORITY + 1, stack,
                                            &task);
    const size_t used = (size_t)(stack + 512 - *(StackType_t **)(void *)handle);

    vTaskDelete(handle);
    settle();
    return used;
}

static void plain(void *parameter)
{
    (void)parameter;
    vTaskSuspend(NULL);
}

static void with_floats(void *parameter)
{
    (void)parameter;
    vPortTaskUsesFPU();
    vTaskSuspend(NULL);
}

TEST(a_task_that_does_not_ask_has_no_floating_point_registers_on_its_stack)
{
    CHECK_EQUAL(18, (long)stack_in_use(with_floats) - (long)stack_in_use(plain));
}
