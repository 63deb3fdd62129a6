/* SPDX-License-Identifier: MIT */
/*
 * Unpredictable numbers for an application that does not supply its own: straight from the source
 * registered with tcpip_set_entropy, or from the older ipconfigRAND32 of its configuration. Without
 * either there are none, and what needs them fails.
 */
#include "FreeRTOS_IP.h"
#include "tcpip.h"

static bool (*entropy)(void *buffer, size_t size);

void tcpip_set_entropy(bool (*fill)(void *buffer, size_t size))
{
    entropy = fill;
}

__attribute__((weak)) BaseType_t xApplicationGetRandomNumber(uint32_t *number)
{
#ifdef ipconfigRAND32
    if (entropy == NULL) {
        *number = (uint32_t)ipconfigRAND32();
        return pdTRUE;
    }
#endif
    return entropy != NULL && entropy(number, sizeof *number) ? pdTRUE : pdFALSE;
}
