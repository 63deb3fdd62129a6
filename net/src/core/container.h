/* SPDX-License-Identifier: MIT */
/* From a member to what it is a member of. */
#pragma once

#include <stddef.h>

/* The structure of `type` whose member `member` is at `pointer`. */
#define TCPIP_CONTAINER(pointer, type, member)                                                     \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))
