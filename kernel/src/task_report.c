/* SPDX-License-Identifier: MIT */
/*
 * What is known of all tasks, as text for people: one row for each. The scheduler is held while the
 * rows are written, straight into the caller's buffer, so neither heap nor stdio is needed.
 */
#include "kernel.h"

#include "stack_check.h"

#if configUSE_TRACE_FACILITY == 1 && configUSE_STATS_FORMATTING_FUNCTIONS > 0

/* A text that grows; `left` is what it may still grow by, the terminating zero not counted. */
struct text {
    char *end;
    size_t left;
    configRUN_TIME_COUNTER_TYPE hundredth; /* of the total run time */
};

static void put(struct text *text, char character)
{
    if (text->left == 0)
        return;
    text->left--;
    *text->end++ = character;
    *text->end = '\0';
}

static void put_string(struct text *text, const char *string)
{
    while (*string != '\0')
        put(text, *string++);
}

static void put_number(struct text *text, uint64_t number)
{
    char digits[20];
    unsigned count = 0;

    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    while (count > 0)
        put(text, digits[--count]);
}

/* Names take the same width in all rows. */
static void put_name(struct text *text, const char *name)
{
    unsigned width = 0;

    for (; name[width] != '\0'; width++)
        put(text, name[width]);
    for (; width + 1 < configMAX_TASK_NAME_LEN; width++)
        put(text, ' ');
}

static char letter_of(eTaskState state)
{
    static const char letters[] = {
        [eRunning] = 'X', [eReady] = 'R', [eBlocked] = 'B', [eSuspended] = 'S', [eDeleted] = 'D',
    };

    return letters[state];
}

static void put_state(TaskStatus_t *status, void *context)
{
    struct text *text = context;

    put_name(text, status->pcTaskName);
    put(text, '\t');
    put(text, letter_of(status->eCurrentState));
    put(text, '\t');
    put_number(text, status->uxCurrentPriority);
    put(text, '\t');
    put_number(text, status->usStackHighWaterMark);
    put(text, '\t');
    put_number(text, status->xTaskNumber);
    put_string(text, "\r\n");
}

static void put_run_time(TaskStatus_t *status, void *context)
{
    struct text *text = context;
    configRUN_TIME_COUNTER_TYPE hundredth = text->hundredth;
    configRUN_TIME_COUNTER_TYPE share = hundredth == 0 ? 0 : status->ulRunTimeCounter / hundredth;

    put_name(text, status->pcTaskName);
    put(text, '\t');
    put_number(text, status->ulRunTimeCounter);
    put_string(text, "\t\t");
    if (share > 0)
        put_number(text, share);
    else
        put_string(text, "<1");
    put_string(text, "%\r\n");
}

static void report(char *buffer, size_t capacity, TaskStatusCallbackFunction_t put_row)
{
    struct text text = {buffer, capacity - 1, rtos_run_time_total() / 100};

    configASSERT(buffer != NULL && capacity > 0);
    if (capacity == 0)
        return;
    *buffer = '\0';
    (void)uxTaskCallForEachTask(put_row, &text);
}

void vTaskListTasks(char *buffer, size_t capacity)
{
    report(buffer, capacity, put_state);
}

void vTaskGetRunTimeStatistics(char *buffer, size_t capacity)
{
    report(buffer, capacity, put_run_time);
}

#endif
