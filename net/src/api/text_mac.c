/* SPDX-License-Identifier: MIT */
/*
 * Station addresses as text.
 */
#include "FreeRTOS_Sockets.h"

#include <string.h>

/* -1: not a hexadecimal digit. */
static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

BaseType_t FreeRTOS_EUI48_pton(const char *text, uint8_t *address)
{
    uint8_t parsed[ipMAC_ADDRESS_LENGTH_BYTES];

    for (int i = 0; i < ipMAC_ADDRESS_LENGTH_BYTES; i++) {
        if (i > 0 && *text != ':' && *text != '-')
            return pdFAIL;
        text += i > 0;
        int high = digit_of(text[0]);
        int low = high < 0 ? -1 : digit_of(text[1]);
        if (low < 0)
            return pdFAIL;
        parsed[i] = (uint8_t)(high * 16 + low);
        text += 2;
    }
    if (*text != '\0')
        return pdFAIL;
    memcpy(address, parsed, sizeof parsed);
    return pdPASS;
}

static char hex_of(unsigned value, char ten)
{
    return (char)(value < 10 ? '0' + (int)value : ten + (int)value - 10);
}

void FreeRTOS_EUI48_ntop(const uint8_t *address, char *buffer, char ten, char separator)
{
    for (int i = 0; i < ipMAC_ADDRESS_LENGTH_BYTES; i++) {
        *buffer++ = hex_of(address[i] / 16u, ten);
        *buffer++ = hex_of(address[i] % 16u, ten);
        *buffer++ = i + 1 < ipMAC_ADDRESS_LENGTH_BYTES ? separator : '\0';
    }
}
