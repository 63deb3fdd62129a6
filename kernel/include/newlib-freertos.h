/* SPDX-License-Identifier: MIT */
/*
 * configUSE_NEWLIB_REENTRANT: each task has newlib's state (errno, strtok, stdio buffers) for itself,
 * a struct _reent in its control block. Included by FreeRTOS.h.
 */
#pragma once

#include <reent.h>

#undef configUSE_C_RUNTIME_TLS_SUPPORT
#define configUSE_C_RUNTIME_TLS_SUPPORT  1

#define configTLS_BLOCK_TYPE             struct _reent
#define configINIT_TLS_BLOCK(block, top) _REENT_INIT_PTR(&(block))
#define configSET_TLS_BLOCK(block)       (_impure_ptr = &(block))
#define configDEINIT_TLS_BLOCK(block)    _reclaim_reent(&(block))
