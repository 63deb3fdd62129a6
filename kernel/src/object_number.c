/* SPDX-License-Identifier: MIT */
/* Numbers that trace tools give to objects; the kernel itself does not use them. */
#include "event_groups.h"
#include "queue.h"
#include "stream_buffer.h"
#include "timers.h"

#if configUSE_TRACE_FACILITY == 1

void vQueueSetQueueNumber(QueueHandle_t queue, UBaseType_t number)
{
    queue->object.number = number;
}

UBaseType_t uxQueueGetQueueNumber(QueueHandle_t queue)
{
    return queue->object.number;
}

void vTimerSetTimerNumber(TimerHandle_t timer, UBaseType_t number)
{
    timer->number = number;
}

UBaseType_t uxTimerGetTimerNumber(TimerHandle_t timer)
{
    return timer->number;
}

UBaseType_t uxEventGroupGetNumber(void *group)
{
    return group == NULL ? 0 : ((struct rtos_event_group *)group)->number;
}

void vEventGroupSetNumber(void *group, UBaseType_t number)
{
    ((struct rtos_event_group *)group)->number = number;
}

void vStreamBufferSetStreamBufferNumber(StreamBufferHandle_t buffer, UBaseType_t number)
{
    buffer->number = number;
}

UBaseType_t uxStreamBufferGetStreamBufferNumber(StreamBufferHandle_t buffer)
{
    return buffer->number;
}

uint8_t ucStreamBufferGetStreamBufferType(StreamBufferHandle_t buffer)
{
    return buffer->type;
}

#endif
