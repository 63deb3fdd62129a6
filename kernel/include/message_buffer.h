/* SPDX-License-Identifier: MIT */
/*
 * Message buffers: whole messages of any length from one writer to one reader. They are stream
 * buffers (stream_buffer.h has the contracts) in which every message is preceded by its length, a
 * configMESSAGE_BUFFER_LENGTH_TYPE, which takes room too.
 */
#pragma once

#include "stream_buffer.h"

typedef StreamBufferHandle_t MessageBufferHandle_t;

#define xMessageBufferCreate(size)                                                                 \
    xStreamBufferGenericCreate((size), 0, sbTYPE_MESSAGE_BUFFER, NULL, NULL)
#define xMessageBufferCreateWithCallback(size, sent, received)                                     \
    xStreamBufferGenericCreate((size), 0, sbTYPE_MESSAGE_BUFFER, (sent), (received))
#define xMessageBufferCreateStatic(size, storage, memory)                                          \
    xStreamBufferGenericCreateStatic((size), 0, sbTYPE_MESSAGE_BUFFER, (storage), (memory), NULL,  \
                                     NULL)
#define xMessageBufferCreateStaticWithCallback(size, storage, memory, sent, received)              \
    xStreamBufferGenericCreateStatic((size), 0, sbTYPE_MESSAGE_BUFFER, (storage), (memory),        \
                                     (sent), (received))
#define xMessageBufferGetStaticBuffers(buffer, storage, memory)                                    \
    xStreamBufferGetStaticBuffers((buffer), (storage), (memory))
#define vMessageBufferDelete(buffer) vStreamBufferDelete(buffer)

#define xMessageBufferSend(buffer, message, length, ticks_to_wait)                                 \
    xStreamBufferSend((buffer), (message), (length), (ticks_to_wait))
#define xMessageBufferSendFromISR(buffer, message, length, switch_needed)                          \
    xStreamBufferSendFromISR((buffer), (message), (length), (switch_needed))
#define xMessageBufferReceive(buffer, message, length, ticks_to_wait)                              \
    xStreamBufferReceive((buffer), (message), (length), (ticks_to_wait))
#define xMessageBufferReceiveFromISR(buffer, message, length, switch_needed)                       \
    xStreamBufferReceiveFromISR((buffer), (message), (length), (switch_needed))

#define xMessageBufferNextLengthBytes(buffer) xStreamBufferNextMessageLengthBytes(buffer)
#define xMessageBufferReset(buffer)           xStreamBufferReset(buffer)
#define xMessageBufferResetFromISR(buffer)    xStreamBufferResetFromISR(buffer)
#define xMessageBufferIsFull(buffer)          xStreamBufferIsFull(buffer)
#define xMessageBufferIsEmpty(buffer)         xStreamBufferIsEmpty(buffer)
#define xMessageBufferSpacesAvailable(buffer) xStreamBufferSpacesAvailable(buffer)
#define xMessageBufferSpaceAvailable(buffer)  xStreamBufferSpacesAvailable(buffer)
#define xMessageBufferSendCompletedFromISR(buffer, switch_needed)                                  \
    xStreamBufferSendCompletedFromISR((buffer), (switch_needed))
#define xMessageBufferReceiveCompletedFromISR(buffer, switch_needed)                               \
    xStreamBufferReceiveCompletedFromISR((buffer), (switch_needed))
