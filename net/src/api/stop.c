/* SPDX-License-Identifier: MIT */
/*
 * The stack's task is asked to shut the stack down and to end; whoever asks waits for it.
 */
#include "api/api.h"

#include "FreeRTOS.h"
#include "task.h"

#include "core/end_point.h"
#include "core/stack.h"
#include "core/task.h"
#include "tcpip.h"

static void end_task(struct tcpip_request *request)
{
    tcpip_stack_shutdown();
    tcpip_task = NULL;
#if INCLUDE_vTaskDelete == 1
    vTaskDelete(NULL);
#else
    for (;;) /* a kernel without deletion keeps the task that has ended */
        vTaskDelay(portMAX_DELAY);
#endif
}

void tcpip_stop(void)
{
    static struct tcpip_request request = {.run = end_task};

    if (tcpip_task != NULL)
        tcpip_stack_post(&request);
    else if (tcpip_interfaces() !=
             NULL) /* they were added, and it has never run: nobody else is there */
        tcpip_stack_shutdown();
    while (tcpip_task != NULL)
        vTaskDelay(1);
    memset(&tcpip_api_interfaces, 0, sizeof tcpip_api_interfaces);
}
