/* SPDX-License-Identifier: MIT */
#include "child.h"

#include <linnet_test.h>

#include <FreeRTOS.h>
#include <task.h>
#include <timers.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

void vApplicationStackOverflowHook(TaskHandle_t task, char *name)
{
    (void)task;
    printf("task '%s' has overflowed its stack\n", name);
    exit(1);
}

/* What the kernel asks for when every option is on. */
void vApplicationIdleHook(void)
{
}

void vApplicationTickHook(void)
{
}

void vApplicationDaemonTaskStartupHook(void)
{
}

void vApplicationMallocFailedHook(void)
{
}

void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary);
void vApplicationGetRandomHeapCanary(portPOINTER_SIZE_TYPE *canary)
{
    *canary = (portPOINTER_SIZE_TYPE)0x9e3779b97f4a7c15u;
}

struct child child_start(void (*body)(void *argument), void *argument)
{
    int ends[2];

    fflush(stdout);
    CHECK(pipe(ends) == 0);
    struct child child = {.process = fork(), .output = ends[0]};
    CHECK(child.process >= 0);
    if (child.process == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        body(argument);
        exit(0);
    }
    close(ends[1]);
    return child;
}

int child_finish(struct child child, char *text, size_t size)
{
    size_t used = 0;
    ssize_t got;
    char rest[256];
    int status;

    while (used < size - 1 && (got = read(child.output, text + used, size - 1 - used)) > 0)
        used += (size_t)got;
    text[used] = '\0';
    while (read(child.output, rest, sizeof rest) > 0)
        continue;
    close(child.output);
    CHECK(waitpid(child.process, &status, 0) == child.process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int child_run(void (*body)(void *argument), void *argument, char *text, size_t size)
{
    return child_finish(child_start(body, argument), text, size);
}
