/* SPDX-License-Identifier: MIT */
/*
 * configUSE_PICOLIBC_TLS: each task has the thread-local variables of picolibc and of the application
 * for itself. The block lies at the start of the task's stack; its size is known to the linker only.
 * Included by FreeRTOS.h.
 */
#pragma once

#include <picotls.h>

#undef configUSE_C_RUNTIME_TLS_SUPPORT
#define configUSE_C_RUNTIME_TLS_SUPPORT 1

#define configTLS_BLOCK_TYPE            void *

#define picolibcTLS_SIZE                ((portPOINTER_SIZE_TYPE)_tls_size())
#define picolibcSTACK_ALIGNMENT_MASK    ((portPOINTER_SIZE_TYPE)portBYTE_ALIGNMENT_MASK)
#define picolibcTLS_ALIGNMENT_MASK                                                                 \
    (((portPOINTER_SIZE_TYPE)_tls_align() - 1) | picolibcSTACK_ALIGNMENT_MASK)

/* `top`, where the stack begins, is moved past the block. */
#if portSTACK_GROWTH < 0
#define configINIT_TLS_BLOCK(block, top)                                                           \
    do {                                                                                           \
        (block) = (void *)(((portPOINTER_SIZE_TYPE)((top) + 1) - picolibcTLS_SIZE) &               \
                           ~picolibcTLS_ALIGNMENT_MASK);                                           \
        (top) = (StackType_t *)((portPOINTER_SIZE_TYPE)((StackType_t *)(block)-1) &                \
                                ~picolibcSTACK_ALIGNMENT_MASK);                                    \
        _init_tls(block);                                                                          \
    } while (0)
#else
#define configINIT_TLS_BLOCK(block, top)                                                           \
    do {                                                                                           \
        (block) = (void *)(((portPOINTER_SIZE_TYPE)(top) + picolibcTLS_ALIGNMENT_MASK) &           \
                           ~picolibcTLS_ALIGNMENT_MASK);                                           \
        (top) = (StackType_t *)(((portPOINTER_SIZE_TYPE)(block) + picolibcTLS_SIZE +               \
                                 picolibcSTACK_ALIGNMENT_MASK) &                                   \
                                ~picolibcSTACK_ALIGNMENT_MASK);                                    \
        _init_tls(block);                                                                          \
    } while (0)
#endif

#define configSET_TLS_BLOCK(block)    _set_tls(block)
#define configDEINIT_TLS_BLOCK(block) ((void)(block))
