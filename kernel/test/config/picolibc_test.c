/* SPDX-License-Identifier: MIT */
/* configUSE_PICOLIBC_TLS: each task's thread-local block lies at the start of its stack. */
#include "scenario.h"

#include <string.h>

enum { BLOCK_SIZE = 1000, BLOCK_ALIGNMENT = 64 };

static char *current;

size_t _tls_size(void)
{
    return BLOCK_SIZE;
}

size_t _tls_align(void)
{
    return BLOCK_ALIGNMENT;
}

void _init_tls(void *block)
{
    memset(block, 0x33, BLOCK_SIZE);
}

void _set_tls(void *block)
{
    current = block;
}

/* Uses some stack, and lets others use theirs: the block stays as it was. */
static void use_block(void *parameter)
{
    char **seen = parameter;
    char local[500];

    *seen = current;
    CHECK_EQUAL(0, (uintptr_t)current % BLOCK_ALIGNMENT);
    CHECK(local + sizeof local <= current);
    memset(local, 0x44, sizeof local);
    for (int i = 0; i < BLOCK_SIZE; i++)
        CHECK_EQUAL(0x33, current[i]);
    memset(current, 0x55, BLOCK_SIZE);
    vTaskDelay(1);
    for (int i = 0; i < BLOCK_SIZE; i++)
        CHECK_EQUAL(0x55, current[i]);
    CHECK(*seen == current);
    vTaskSuspend(NULL);
}

TEST(thread_local_block_follows_the_running_task)
{
    char *own = current, *one = NULL, *two = NULL;
    TaskHandle_t first = spawn(use_block, &one, 4), second = spawn(use_block, &two, 4);

    vTaskDelay(3);
    CHECK(own != NULL && current == own);
    CHECK(one != NULL && two != NULL && one != two && one != own);
    vTaskDelete(first);
    vTaskDelete(second);
}
