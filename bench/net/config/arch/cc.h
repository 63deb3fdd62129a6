/* SPDX-License-Identifier: MIT */
/* What lwIP asks of the compiler: the defaults fit both. */
#pragma once

#include <stdlib.h>

#define LWIP_NO_INTTYPES_H 0
#define LWIP_PLATFORM_DIAG(message)
#define LWIP_PLATFORM_ASSERT(message) abort()
