/* SPDX-License-Identifier: MIT */
/* With more of the stack than the other applications have, for the sake of its headers. */
#pragma once

#include "../multi/FreeRTOSIPConfig.h"

#undef ipconfigUSE_IPv6
#define ipconfigUSE_IPv6 1
#undef ipconfigUSE_MDNS
#define ipconfigUSE_MDNS 1
