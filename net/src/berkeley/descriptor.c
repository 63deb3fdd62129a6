/* SPDX-License-Identifier: MIT */
/*
 * The table of descriptors, and errors in the C library's numbers.
 */
#include "berkeley/berkeley.h"

#include "core/os.h"

static struct tcpip_descriptor table[ipconfigBERKELEY_DESCRIPTORS];

struct tcpip_descriptor *tcpip_descriptor_find(int descriptor)
{
    int index = descriptor - ipconfigBERKELEY_FIRST_DESCRIPTOR;

    if (index < 0 || index >= ipconfigBERKELEY_DESCRIPTORS || table[index].socket == NULL)
        return NULL;
    return &table[index];
}

int tcpip_descriptor_open(Socket_t socket, const struct tcpip_descriptor *model)
{
    uint32_t state = tcpip_os_mask();
    int index = 0;

    while (index < ipconfigBERKELEY_DESCRIPTORS && table[index].socket != NULL)
        index++;
    if (index < ipconfigBERKELEY_DESCRIPTORS) {
        table[index] = *model;
        table[index].socket = socket;
    }
    tcpip_os_unmask(state);
    if (index < ipconfigBERKELEY_DESCRIPTORS)
        return index + ipconfigBERKELEY_FIRST_DESCRIPTOR;
    FreeRTOS_closesocket(socket);
    return -EMFILE;
}

void tcpip_descriptor_apply(const struct tcpip_descriptor *entry)
{
    TickType_t receive = entry->nonblocking ? 0 : entry->receive_timeout;
    TickType_t send = entry->nonblocking ? 0 : entry->send_timeout;

    FreeRTOS_setsockopt(entry->socket, 0, FREERTOS_SO_RCVTIMEO, &receive, sizeof receive);
    FreeRTOS_setsockopt(entry->socket, 0, FREERTOS_SO_SNDTIMEO, &send, sizeof send);
}

/* From here on nobody finds the socket by its number; only then does it go. */
int tcpip_bsd_close(int descriptor)
{
    struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);

    if (entry == NULL)
        return -EBADF;
    uint32_t state = tcpip_os_mask();
    Socket_t socket = entry->socket;
    entry->socket = NULL;
    tcpip_os_unmask(state);
    FreeRTOS_closesocket(socket);
    return 0;
}

int tcpip_bsd_control(int descriptor, int command, int flags)
{
    struct tcpip_descriptor *entry = tcpip_descriptor_find(descriptor);

    if (entry == NULL)
        return -EBADF;
    if (command == F_GETFL)
        return entry->nonblocking ? O_RDWR | O_NONBLOCK : O_RDWR;
    if (command != F_SETFL)
        return -EINVAL;
    entry->nonblocking = (flags & O_NONBLOCK) != 0;
    tcpip_descriptor_apply(entry);
    return 0;
}

int tcpip_bsd_error(BaseType_t error)
{
    static const struct {
        uint8_t stacks;
        int ours;
    } numbers[] = {
        {pdFREERTOS_ERRNO_EWOULDBLOCK, EWOULDBLOCK},
        {pdFREERTOS_ERRNO_EINVAL, EINVAL},
        {pdFREERTOS_ERRNO_EINTR, EINTR},
        {pdFREERTOS_ERRNO_ENOMEM, ENOMEM},
        {pdFREERTOS_ERRNO_ENOTCONN, ENOTCONN},
        {pdFREERTOS_ERRNO_EADDRINUSE, EADDRINUSE},
        {pdFREERTOS_ERRNO_EADDRNOTAVAIL, EADDRNOTAVAIL},
        {pdFREERTOS_ERRNO_ENOPROTOOPT, ENOPROTOOPT},
        {pdFREERTOS_ERRNO_ENOBUFS, ENOBUFS},
        {pdFREERTOS_ERRNO_ENOSPC, EWOULDBLOCK}, /* no room in the send buffer in time */
        {pdFREERTOS_ERRNO_ETIMEDOUT, ETIMEDOUT},
        {pdFREERTOS_ERRNO_EISCONN, EISCONN},
        {pdFREERTOS_ERRNO_EINPROGRESS, EALREADY}, /* a second attempt to connect */
        {pdFREERTOS_ERRNO_EOPNOTSUPP, EOPNOTSUPP},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (error == -(BaseType_t)numbers[i].stacks)
            return -numbers[i].ours;
    return -EIO;
}
