/* SPDX-License-Identifier: MIT */
/*
 * Mbed TLS's mutex: every one of them is the one lock of tls_platform, so there is nothing in it.
 */
#pragma once

typedef struct mbedtls_threading_mutex_t {
    char unused;
} mbedtls_threading_mutex_t;
