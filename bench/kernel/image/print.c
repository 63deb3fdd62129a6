/* SPDX-License-Identifier: MIT */
#include "host.h"

void host_print_tenths(uint64_t tenths)
{
    char text[24];
    char *at = text + sizeof text;

    *--at = '\0';
    *--at = ' ';
    *--at = (char)('0' + tenths % 10);
    *--at = '.';
    do {
        tenths /= 10;
        *--at = (char)('0' + tenths % 10);
    } while (tenths >= 10);
    host_print(at);
}
