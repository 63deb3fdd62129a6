/* SPDX-License-Identifier: MIT */
/*
 * Error numbers as text.
 */
#include "FreeRTOS_Sockets.h"

#include <string.h>

const char *FreeRTOS_strerror_r(BaseType_t error, char *buffer, size_t size)
{
    static const struct {
        BaseType_t number;
        const char *text;
    } texts[] = {
        {FREERTOS_EADDRINUSE, "address in use"},
        {FREERTOS_ENOBUFS, "no memory"},
        {FREERTOS_EADDRNOTAVAIL, "no such local address"},
        {FREERTOS_ENOPROTOOPT, "no such option"},
        {FREERTOS_ECLOSED, "not connected"},
        {FREERTOS_EWOULDBLOCK, "timed out"},
        {FREERTOS_EINTR, "interrupted"},
        {FREERTOS_EINVAL, "invalid argument or state"},
    };
    const char *text = "unknown error";

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (texts[i].number == error || texts[i].number == -error)
            text = texts[i].text;
    if (size > 0) {
        strncpy(buffer, text, size - 1);
        buffer[size - 1] = '\0';
    }
    return buffer;
}
