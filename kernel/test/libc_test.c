/* SPDX-License-Identifier: MIT */
/*
 * The C library in eight tasks at once. An interrupt takes the CPU from whichever of them has it, at
 * pseudo-random moments, also within the library; the others go on there.
 */
#include "console_catch.h"
#include "scenario.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 8, TURNS = 400, LONGEST_TURN_US = 300 };

struct worker {
    unsigned number;
    unsigned rounds;
    void (*work)(struct worker *self);
};

static struct worker workers[WORKERS];
static volatile bool stop;
static volatile unsigned ended;
static TaskHandle_t volatile interrupted;

static void work_on(void *parameter)
{
    struct worker *self = parameter;

    while (!stop) {
        self->work(self);
        self->rounds++;
        taskYIELD();
    }
    ended++;
    vTaskDelete(NULL);
}

static void turn_is_over(void *tester)
{
    BaseType_t woken = pdFALSE;

    interrupted = xTaskGetCurrentTaskHandle();
    vTaskNotifyGiveFromISR((TaskHandle_t)tester, &woken);
    portYIELD_FROM_ISR(woken);
}

/* Who was interrupted goes behind the others. */
static void take_turns(void)
{
    static struct test_random moments;

    for (int turn = 0; turn < TURNS; turn++) {
        CHECK(test_interrupt_in_us(1 + test_random_below(&moments, LONGEST_TURN_US), turn_is_over,
                                   xTaskGetCurrentTaskHandle()));
        CHECK_EQUAL(1, ulTaskNotifyTake(pdTRUE, 100));
        if (uxTaskPriorityGet(interrupted) == 1) {
            vTaskSuspend(interrupted);
            vTaskResume(interrupted);
        }
    }
}

static void in_eight_tasks(void (*work)(struct worker *self))
{
    stop = false;
    ended = 0;
    for (unsigned i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){.number = i, .work = work};
        CHECK_EQUAL(pdPASS, xTaskCreate(work_on, "worker", 2 * configMINIMAL_STACK_SIZE,
                                        &workers[i], 1, NULL));
    }
    take_turns();
    stop = true;
    while (ended < WORKERS)
        vTaskDelay(1);
    vTaskDelay(2); /* the idle task frees what they had */
    for (unsigned i = 0; i < WORKERS; i++)
        CHECK(workers[i].rounds > 10);
}

/* --- what a task has for itself ---------------------------------------------------------------- */

static void use_errno_and_strtok(struct worker *self)
{
    char text[] = "1 22 333 4444";
    char *word = strtok(text, " ");

    errno = (int)self->number + 1000;
    for (size_t length = 1; length <= 4; length++) {
        taskYIELD();
        CHECK(word >= text && word < text + sizeof text);
        CHECK_EQUAL(length, strlen(word));
        word = strtok(NULL, " ");
    }
    CHECK(word == NULL);
    CHECK_EQUAL(self->number + 1000, errno);
}

TEST(errno_and_strtok_are_each_tasks_own)
{
    in_eight_tasks(use_errno_and_strtok);
}

/* --- what they share --------------------------------------------------------------------------- */

static void check_filled(const char *block, unsigned number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        CHECK_EQUAL(number, block[i]);
}

static void use_malloc(struct worker *self)
{
    const size_t size = 8 + (self->rounds * 7 + self->number * 5) % 24, larger = size + 20;
    char *block = malloc(size);

    CHECK(block != NULL);
    memset(block, (int)self->number, size);
    taskYIELD();
    block = realloc(block, larger);
    CHECK(block != NULL);
    check_filled(block, self->number, size);
    memset(block, (int)self->number, larger);
    taskYIELD();
    check_filled(block, self->number, larger);
    free(block);
}

TEST(malloc_serves_eight_tasks)
{
    in_eight_tasks(use_malloc);
}

static unsigned lines, torn, printed[WORKERS];

/* One line, of the task whose number it bears and with its next number. */
static void take_line(const char *line)
{
    char expected[64];
    const unsigned number = (unsigned)(line[5] - '0') % WORKERS;

    (void)snprintf(expected, sizeof expected, "task %u prints line %u", number, printed[number]++);
    if (strcmp(line, expected) != 0)
        torn++;
    lines++;
}

static void take_bytes(const char *bytes, size_t size)
{
    static char line[64];
    static size_t used;

    vTaskSuspendAll();
    for (size_t i = 0; i < size; i++) {
        line[used++] = bytes[i] == '\n' ? '\0' : bytes[i];
        if (bytes[i] == '\n') {
            take_line(line);
            used = 0;
        }
        used %= sizeof line;
    }
    (void)xTaskResumeAll();
}

static void use_printf(struct worker *self)
{
    (void)printf("task %u prints line %u\n", self->number, self->rounds);
}

/* Several times, so that what a task leaves in the library's memory would be missed. */
TEST(lines_of_eight_tasks_are_printed_whole)
{
    for (int generation = 0; generation < 5; generation++) {
        lines = torn = 0;
        memset(printed, 0, sizeof printed);
        console_catch(take_bytes);
        in_eight_tasks(use_printf);
        console_catch(NULL);
        CHECK_EQUAL(0, torn);
        for (unsigned i = 0; i < WORKERS; i++)
            CHECK_EQUAL(workers[i].rounds, printed[i]);
        void *some = malloc(64);
        CHECK(some != NULL);
        free(some);
    }
}
