/* SPDX-License-Identifier: MIT */
/*
 * Addresses as text.
 */
#include "FreeRTOS_Sockets.h"
#include "client/names.h"
#include "core/text6.h"

enum { IPV4_TEXT_SIZE = 16 };

static char *put_number(char *at, unsigned number)
{
    if (number >= 100)
        *at++ = (char)('0' + number / 100);
    if (number >= 10)
        *at++ = (char)('0' + number / 10 % 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

const char *FreeRTOS_inet_ntop4(const void *address, char *buffer, socklen_t size)
{
    const uint8_t *bytes = address;
    char text[IPV4_TEXT_SIZE];
    char *at = text;

    for (int i = 0; i < 4; i++) {
        if (i > 0)
            *at++ = '.';
        at = put_number(at, bytes[i]);
    }
    *at++ = '\0';
    if ((size_t)(at - text) > size)
        return NULL;
    memcpy(buffer, text, (size_t)(at - text));
    return buffer;
}

const char *FreeRTOS_inet_ntoa(uint32_t address, char *buffer)
{
    return FreeRTOS_inet_ntop4(&address, buffer, IPV4_TEXT_SIZE);
}

BaseType_t FreeRTOS_inet_pton4(const char *text, void *address)
{
    struct tcpip_address parsed;

    if (!tcpip_ipv4_from_text(text, &parsed))
        return pdFAIL;
    memcpy(address, parsed.bytes, 4);
    return pdPASS;
}

uint32_t FreeRTOS_inet_addr(const char *text)
{
    uint32_t address = 0;

    return FreeRTOS_inet_pton4(text, &address) == pdPASS ? address : 0;
}

BaseType_t FreeRTOS_inet_pton6(const char *text, void *address)
{
    uint8_t parsed[ipSIZE_OF_IPv6_ADDRESS];

    if (!tcpip_ipv6_from_text(text, parsed))
        return pdFAIL;
    memcpy(address, parsed, sizeof parsed);
    return pdPASS;
}

const char *FreeRTOS_inet_ntop6(const void *address, char *buffer, socklen_t size)
{
    char text[TCPIP_IPV6_TEXT_SIZE];
    size_t length = tcpip_ipv6_to_text(address, text) + 1;

    if (length > size)
        return NULL;
    memcpy(buffer, text, length);
    return buffer;
}

BaseType_t FreeRTOS_inet_pton(BaseType_t family, const char *text, void *address)
{
    if (family == FREERTOS_AF_INET4)
        return FreeRTOS_inet_pton4(text, address);
    return ipconfigUSE_IPv6 && family == FREERTOS_AF_INET6 ? FreeRTOS_inet_pton6(text, address)
                                                           : -FREERTOS_EINVAL;
}

const char *FreeRTOS_inet_ntop(BaseType_t family, const void *address, char *buffer, socklen_t size)
{
    if (family == FREERTOS_AF_INET4)
        return FreeRTOS_inet_ntop4(address, buffer, size);
    return ipconfigUSE_IPv6 && family == FREERTOS_AF_INET6
               ? FreeRTOS_inet_ntop6(address, buffer, size)
               : NULL;
}
