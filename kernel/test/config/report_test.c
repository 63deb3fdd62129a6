/* SPDX-License-Identifier: MIT */
/* The tables of tasks and of run times, and what is known of each task's run time. */
#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void sleep_long(void *parameter)
{
    (void)parameter;
    vTaskDelay(100000);
}

/* The row of the task of that name, without its line end; empty when there is none. */
static void row_of(const char *table, const char *name, char *row, size_t size)
{
    *row = '\0';
    for (const char *line = table; line != NULL && *line != '\0'; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, strlen(name)) != 0 || line[strlen(name)] != ' ')
            continue;
        size_t length = strcspn(line, "\r");
        snprintf(row, size, "%.*s", (int)length, line);
        CHECK(strncmp(line + length, "\r\n", 2) == 0);
        return;
    }
}

TEST(list_shows_each_task_with_state_priority_stack_and_number)
{
    char table[1000], row[100];
    TaskHandle_t sleeper = spawn(sleep_long, NULL, 5);
    TaskHandle_t suspended = spawn(sleep_long, NULL, 1);
    vTaskSuspend(suspended);
    vTaskListTasks(table, sizeof table);
    TaskStatus_t status;
    vTaskGetInfo(sleeper, &status, pdTRUE, eInvalid);
    char expected[100];
    snprintf(expected, sizeof expected, "%-15s\tB\t5\t%zu\t%lu", "helper",
             (size_t)status.usStackHighWaterMark, status.xTaskNumber);
    row_of(table, "helper", row, sizeof row);
    CHECK_STRING(expected, row);
    row_of(table, "test", row, sizeof row);
    CHECK(strstr(row, "\tX\t3\t") != NULL);
    row_of(table, configIDLE_TASK_NAME, row, sizeof row);
    CHECK(strstr(row, "\tR\t0\t") != NULL);
    CHECK(strstr(table, "\tS\t1\t") != NULL);
    vTaskDelete(sleeper);
    vTaskDelete(suspended);
}

TEST(idle_task_has_the_name_of_the_option)
{
    CHECK_STRING("rest", configIDLE_TASK_NAME);
    CHECK_STRING("rest", pcTaskGetName(xTaskGetIdleTaskHandle()));
}

TEST(tables_stop_at_the_size_of_the_buffer)
{
    char table[600];

    for (size_t size = 1; size < sizeof table; size++) {
        memset(table, '#', sizeof table);
        vTaskListTasks(table, size);
        CHECK(strlen(table) == size - 1 || (strlen(table) < size && size > 60));
        CHECK_EQUAL('#', table[size]);
    }
    /* Without a size of its own: that of the option. */
    for (unsigned i = 0; i < 10; i++)
        (void)spawn(sleep_long, NULL, 5);
    vTaskList(table);
    CHECK_EQUAL(configSTATS_BUFFER_MAX_LENGTH - 1, strlen(table));
    vTaskGetRunTimeStats(table);
    CHECK_EQUAL(configSTATS_BUFFER_MAX_LENGTH - 1, strlen(table));
    for (TaskHandle_t task; (task = xTaskGetHandle("helper")) != NULL;)
        vTaskDelete(task);
}

#if !configASSERT_DEFINED /* otherwise it is named */
TEST(buffer_of_no_size_is_left_alone)
{
    char table[2] = "#";

    vTaskListTasks(table, 0);
    vTaskGetRunTimeStatistics(table, 0);
    CHECK_STRING("#", table);
}
#endif

static void use_up_ticks(unsigned ticks)
{
    TickType_t start = xTaskGetTickCount();

    while (xTaskGetTickCount() - start < ticks)
        ;
}

TEST(run_time_goes_to_the_task_that_ran)
{
    configRUN_TIME_COUNTER_TYPE self = ulTaskGetRunTimeCounter(NULL);
    configRUN_TIME_COUNTER_TYPE idle = ulTaskGetIdleRunTimeCounter();

    use_up_ticks(5);
    CHECK(ulTaskGetRunTimeCounter(NULL) - self >= 4000);
    CHECK(ulTaskGetRunTimeCounter(NULL) - self <= 6500);
    CHECK_EQUAL(idle, ulTaskGetIdleRunTimeCounter());
    self = ulTaskGetRunTimeCounter(NULL);
    vTaskDelay(20);
    CHECK(ulTaskGetIdleRunTimeCounter() - idle >= 19000);
    CHECK(ulTaskGetRunTimeCounter(NULL) - self <= 1000);
}

TEST(percentages_are_shares_of_all_time)
{
    use_up_ticks(25);
    vTaskDelay(75);
    configRUN_TIME_COUNTER_TYPE self = ulTaskGetRunTimePercent(xTaskGetCurrentTaskHandle());
    configRUN_TIME_COUNTER_TYPE idle = ulTaskGetIdleRunTimePercent();
    CHECK(self >= 20 && self <= 30);
    CHECK(idle >= 70 && idle <= 80);
    CHECK_EQUAL(idle, ulTaskGetRunTimePercent(xTaskGetIdleTaskHandle()));
}

TEST(run_times_are_shown_with_their_share)
{
    char table[500], row[100];

    use_up_ticks(50);
    vTaskDelay(50);
    vTaskGetRunTimeStatistics(table, sizeof table);
    row_of(table, "test", row, sizeof row);
    unsigned long long time = strtoull(row + 16, NULL, 10);
    CHECK(time >= 49000 && time <= 53000);
    const char *share = strstr(row, "\t\t");
    CHECK(share != NULL);
    CHECK(atoi(share + 2) >= 48 && atoi(share + 2) <= 52);
    CHECK_EQUAL('%', row[strlen(row) - 1]);
    row_of(table, "Tmr Svc", row, sizeof row);
    CHECK(strstr(row, "\t\t<1%") != NULL);
}

static void count_one(TaskStatus_t *status, void *parameter)
{
    unsigned *count = parameter;

    CHECK(status->pcTaskName == pcTaskGetName(status->xHandle));
    CHECK_EQUAL(taskSCHEDULER_SUSPENDED, xTaskGetSchedulerState());
    ++*count;
}

TEST(a_function_is_called_for_each_task)
{
    unsigned count = 0;

    CHECK_EQUAL(uxTaskGetNumberOfTasks(), uxTaskCallForEachTask(count_one, &count));
    CHECK_EQUAL(uxTaskGetNumberOfTasks(), count);
}
