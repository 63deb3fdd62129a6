/* SPDX-License-Identifier: MIT */
/* What is asked of the stack. */
#include "FreeRTOS_IP.h"

#include "FreeRTOS_Routing.h"
#include "core/stack.h"
#include "core/task.h"

TaskHandle_t FreeRTOS_GetIPTaskHandle(void)
{
    return tcpip_task_handle();
}

BaseType_t FreeRTOS_IsEndPointUp(const struct xNetworkEndPoint *end_point)
{
    return end_point != NULL && end_point->bits.bEndPointUp != 0 ? pdTRUE : pdFALSE;
}

UBaseType_t uxGetMinimumIPQueueSpace(void)
{
    UBaseType_t length = ipconfigEVENT_QUEUE_LENGTH, deepest = tcpip_stack_deepest();

    return deepest < length ? length - deepest : 0;
}
