/* SPDX-License-Identifier: MIT */
/* The block of a C library in each task, as an application defines it: here a number. */
#pragma once

extern int tls_current, tls_made, tls_ended;

#define configTLS_BLOCK_TYPE             int
#define configINIT_TLS_BLOCK(block, top) ((block) = ++tls_made)
#define configSET_TLS_BLOCK(block)       (tls_current = (block))
#define configDEINIT_TLS_BLOCK(block)    (tls_ended = (block))
