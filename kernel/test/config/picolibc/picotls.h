/* SPDX-License-Identifier: MIT */
/* What picolibc's header of that name offers. */
#pragma once

#include <stddef.h>

size_t _tls_size(void);
size_t _tls_align(void);
void _init_tls(void *block);
void _set_tls(void *block);
