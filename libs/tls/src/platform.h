/* SPDX-License-Identifier: MIT */
/*
 * The system as the files of this library see it: the struct tls_platform given to tls_init.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool tls_platform_ready(void);
bool tls_platform_clock(int64_t *seconds);
uint64_t tls_platform_uptime_ms(void);
void *tls_platform_allocate(size_t count, size_t size);
void tls_platform_release(void *memory);

/* What failed since tls_platform_forget_failures, of all tasks: Mbed TLS passes such failures on
 * under many names, so the place where they happen is the better witness. */
bool tls_platform_memory_failed(void);
bool tls_platform_entropy_failed(void);
void tls_platform_forget_failures(void);
