/* SPDX-License-Identifier: MIT */
/*
 * The usual memory of the frames. A file of its own, and weak, so that it is not linked where a
 * driver brings memory that its device can reach (src/driver/memory.c).
 */
#include "core/frame.h"

static _Alignas(8) uint8_t buffers[ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS][TCPIP_FRAME_CAPACITY];

__attribute__((weak)) void tcpip_frames_memory(tcpip_frames_take *take)
{
    for (size_t i = 0; i < ipconfigNUM_NETWORK_BUFFER_DESCRIPTORS; i++)
        take(i, buffers[i], sizeof buffers[i]);
}
