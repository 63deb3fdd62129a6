/* SPDX-License-Identifier: MIT */
/*
 * Signals: a request that lies in the socket itself, so that an interrupt can post it. One that is
 * on its way already does for the next as well.
 */
#include "socket/socket.h"

#include "core/os.h"
#include "socket/select.h"

#if ipconfigSUPPORT_SIGNALS

static void signal_arrived(struct tcpip_request *request)
{
    struct tcpip_socket *socket = (struct tcpip_socket *)((char *)request -
                                                          offsetof(struct tcpip_socket, signal));

    socket->signalled = false;
    tcpip_calls_finish(&socket->waiting, -FREERTOS_EINTR);
    if (socket->set != NULL)
        tcpip_set_interrupt(socket->set);
}

/* False: one is on its way already and will do. */
static bool prepare_signal(struct tcpip_socket *socket)
{
    uint32_t state = tcpip_os_mask();
    bool first = !socket->signalled;

    socket->signalled = true;
    tcpip_os_unmask(state);
    socket->signal.run = signal_arrived;
    return first;
}

BaseType_t FreeRTOS_SignalSocket(Socket_t socket)
{
    if (!tcpip_is_socket(socket))
        return -FREERTOS_EINVAL;
    if (prepare_signal(socket))
        tcpip_stack_post(&socket->signal);
    return 0;
}

BaseType_t FreeRTOS_SignalSocketFromISR(Socket_t socket, BaseType_t *higher_priority_task_woken)
{
    if (!tcpip_is_socket(socket))
        return pdFALSE;
    if (prepare_signal(socket) && tcpip_stack_post_from_isr(&socket->signal) &&
        higher_priority_task_woken != NULL)
        *higher_priority_task_woken = pdTRUE;
    return pdTRUE;
}

#endif
