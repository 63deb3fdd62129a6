/* SPDX-License-Identifier: MIT */
/* What is there for speed alone is left out where the compiler is asked for small code. */
#pragma once

#ifdef __OPTIMIZE_SIZE__
#define TCPIP_SMALL_CODE 1
#else
#define TCPIP_SMALL_CODE 0
#endif
