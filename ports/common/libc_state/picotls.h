/* SPDX-License-Identifier: MIT */
/*
 * Picolibc's interface to the block that a task has of the C library, for a picolibc that was compiled
 * without one and so has an empty header of this name: src/libc_state.c makes it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The linker script's: their addresses are the values. */
extern char __tls_size[], __tls_align[];

static inline size_t _tls_size(void)
{
    return (size_t)(uintptr_t)__tls_size;
}

static inline size_t _tls_align(void)
{
    return (size_t)(uintptr_t)__tls_align;
}

void _init_tls(void *block);
void _set_tls(void *block);
