/* SPDX-License-Identifier: MIT */
/*
 * Calls: from a task to the stack and back.
 *
 * The semaphore counts to two: once for the end of the call and once for its cancellation. A caller
 * whose time is up takes the confirmation that the cancellation was worked off, and where the call
 * had ended just before, that one as well; then nothing in the stack knows the struct any more.
 */
#include "socket/socket.h"

static void finish(struct tcpip_call *call, int32_t result)
{
    call->result = result;
    xSemaphoreGive(call->done);
}

static void run(struct tcpip_request *request)
{
    struct tcpip_call *call = (struct tcpip_call *)request;
    struct tcpip_call **last = call->waiting;
    int32_t result = call->attempt(call->object, call);

    if (result != -FREERTOS_EWOULDBLOCK || last == NULL) {
        finish(call, result);
        return;
    }
    while (*last != NULL)
        last = &(*last)->next;
    call->next = NULL;
    *last = call;
}

static void cancel(struct tcpip_request *request)
{
    struct tcpip_call *call = (struct tcpip_call *)request;

    if (call->result == -FREERTOS_EWOULDBLOCK) {
        struct tcpip_call **at = call->waiting;

        while (*at != NULL && *at != call)
            at = &(*at)->next;
        if (*at != NULL)
            *at = call->next;
    }
    xSemaphoreGive(call->done);
}

int32_t tcpip_call(struct tcpip_call *call, tcpip_attempt *attempt, void *object,
                   struct tcpip_call **list, TickType_t ticks_to_wait)
{
    call->request.run = run;
    call->waiting = ticks_to_wait == 0 ? NULL : list;
    call->attempt = attempt;
    call->object = object;
    call->result = -FREERTOS_EWOULDBLOCK;
    call->done = rtos_semaphore_create_here(&call->storage, 2, 0);
    tcpip_stack_post(&call->request);
    if (xSemaphoreTake(call->done, call->waiting == NULL ? portMAX_DELAY : ticks_to_wait) !=
        pdTRUE) {
        call->request.run = cancel;
        tcpip_stack_post(&call->request);
        xSemaphoreTake(call->done, portMAX_DELAY);
        if (call->result != -FREERTOS_EWOULDBLOCK) /* it ended before that: two were given */
            xSemaphoreTake(call->done, portMAX_DELAY);
    }
    vSemaphoreDelete(call->done);
    return call->result;
}

void tcpip_calls_retry(struct tcpip_call **list)
{
    while (*list != NULL) {
        struct tcpip_call *call = *list;
        int32_t result = call->attempt(call->object, call);

        if (result == -FREERTOS_EWOULDBLOCK) {
            list = &call->next;
        } else {
            *list = call->next;
            finish(call, result);
        }
    }
}

void tcpip_calls_finish(struct tcpip_call **list, int32_t result)
{
    while (*list != NULL) {
        struct tcpip_call *call = *list;

        *list = call->next;
        finish(call, result);
    }
}
