/* SPDX-License-Identifier: MIT */
#include "ip/autoconf.h"
#include "tcpip.h"

#include <string.h>

#if ipconfigUSE_IPv6

void tcpip_set_secret(const uint8_t key[16])
{
    memcpy(tcpip_autoconf_secret, key, sizeof tcpip_autoconf_secret);
}

#endif
