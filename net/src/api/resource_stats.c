/* SPDX-License-Identifier: MIT */
/*
 * How much of what is limited is left. A file of its own, since it asks the heap, which need not be
 * able to answer.
 */
#include "FreeRTOS_IP.h"
#include "core/frame.h"

void vPrintResourceStats(void)
{
    FreeRTOS_printf(("network buffers: %u of %u free, lowest %u\n", (unsigned)tcpip_frames_free(),
                     (unsigned)ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS,
                     (unsigned)tcpip_frames_lowest()));
    FreeRTOS_printf(("heap: %lu bytes free, lowest %lu\n", (unsigned long)xPortGetFreeHeapSize(),
                     (unsigned long)xPortGetMinimumEverFreeHeapSize()));
    if (ipconfigCHECK_IP_QUEUE_SPACE) {
        FreeRTOS_printf(
            ("event queue: lowest space %lu\n", (unsigned long)uxGetMinimumIPQueueSpace()));
    }
}
