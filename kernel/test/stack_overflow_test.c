/* SPDX-License-Identifier: MIT */
/* A task that has used more than its stack is named, whether it stepped over the end or far below it. */
#include "scenario.h"

#include <string.h>

/* A small board leaves the deep one out. */
enum { GUARD_BYTES = configTOTAL_HEAP_SIZE < 32768 ? 1400 : 8192 };

static struct {
    uint8_t below[GUARD_BYTES]; /* what the overflow damages instead of other data */
    StackType_t stack[configMINIMAL_STACK_SIZE];
} area;
static StaticTask_t task_memory;
static char overflowed[configMAX_TASK_NAME_LEN];

void vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
    CHECK(task == (TaskHandle_t)&task_memory);
    strcpy(overflowed, name);
}

/* As if a function had used its stack down to so many bytes below its end. */
static void overflow(void *bytes)
{
    uint8_t *end = (uint8_t *)area.stack;

    for (size_t i = 0; i < (size_t)(uintptr_t)bytes; i++)
        *(end - i + sizeof(StackType_t) - 1) = 0;
    for (;;)
        vTaskDelay(1);
}

static void check_overflow(size_t bytes)
{
    if (configCHECK_FOR_STACK_OVERFLOW < 2)
        test_skip("stacks are not watched in this build");
    CHECK(bytes < GUARD_BYTES);
    TaskHandle_t task = xTaskCreateStatic(overflow, "glutton", configMINIMAL_STACK_SIZE,
                                          (void *)(uintptr_t)bytes, 2, area.stack, &task_memory);
    settle();
    settle();
    CHECK_STRING("glutton", overflowed);
    vTaskDelete(task);
}

TEST(stack_overflow_by_one_word_is_named)
{
    check_overflow(sizeof(StackType_t));
}

TEST(stack_overflow_by_4_kib_is_named)
{
    check_overflow(4096 + sizeof(StackType_t));
}

/* Its frame reaches below the stack, and it waits there; the guard words it leaves alone. */
static void wait_below(void *parameter)
{
    const uint8_t *here = __builtin_frame_address(0);
    volatile uint8_t *frame = __builtin_alloca((size_t)(here - (const uint8_t *)area.stack) + 1024);

    (void)parameter;
    for (;;) {
        frame[0] = 1;
        vTaskDelay(1);
    }
}

TEST(stack_pointer_below_the_stack_is_named)
{
    TaskHandle_t task = xTaskCreateStatic(wait_below, "glutton", configMINIMAL_STACK_SIZE, NULL, 2,
                                          area.stack, &task_memory);

    settle();
    settle();
    CHECK_STRING("glutton", overflowed);
    vTaskDelete(task);
}
