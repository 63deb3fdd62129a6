/* SPDX-License-Identifier: MIT */
/*
 * Looking into a TCP socket's receive buffer, which FreeRTOS_get_rx_buf gives. Only the task that
 * receives on the socket. What was looked at is taken away by FreeRTOS_ReleaseTCPPayloadBuffer or
 * FreeRTOS_recv.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "FreeRTOS.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct xSTREAM_BUFFER StreamBuffer_t;

/* Bytes that can be read, and that can still come. */
size_t uxStreamBufferGetSize(const StreamBuffer_t *buffer);
size_t uxStreamBufferGetSpace(const StreamBuffer_t *buffer);

/* The place of the first byte, and the number of bytes that follow each other there. */
size_t uxStreamBufferGetPtr(const StreamBuffer_t *buffer, uint8_t **place);

#ifdef __cplusplus
}
#endif
