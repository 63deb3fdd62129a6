/* SPDX-License-Identifier: MIT */
/* Names and addresses: what the servers of the network have given. */
#include "device.h"

#include "FreeRTOS_DNS.h"
#include "FreeRTOS_Routing.h"
#include "board.h"
#include "task.h"

#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 254, TEXT_SIZE = 48, LINE_SIZE = 400 };

static void print_addresses(const struct freertos_addrinfo *list)
{
    for (; list != NULL; list = list->ai_next) {
        char text[TEXT_SIZE];
        const struct freertos_sockaddr *address = list->ai_addr;
        if (FreeRTOS_inet_ntop(list->ai_family, &address->sin_address, text, sizeof text) != NULL)
            printf(" %s", text);
    }
}

static void look_up(const char *name)
{
    struct freertos_addrinfo *list = NULL;
    struct freertos_addrinfo hints = {.ai_family = strcmp(device_text("family", "4"), "6") == 0
                                                       ? FREERTOS_AF_INET6
                                                       : FREERTOS_AF_INET4};
    BaseType_t result = FreeRTOS_getaddrinfo(name, NULL, &hints, &list);

    printf("name %s:", name);
    if (result == 0)
        print_addresses(list);
    else
        printf(" none (%d)", (int)result);
    puts("");
    FreeRTOS_freeaddrinfo(list);
}

bool device_look_up(void)
{
    const char *names = device_text("names", "");
    char name[NAME_SIZE];

    while (*names != '\0') {
        size_t size = strcspn(names, ",");
        if (size >= sizeof name)
            return false;
        memcpy(name, names, size);
        name[size] = '\0';
        look_up(name);
        names += size + (names[size] == ',');
    }
    return true;
}

/* --- addresses --------------------------------------------------------------------------------- */

static void append(char *line, const char *text)
{
    size_t used = strlen(line);

    snprintf(line + used, LINE_SIZE - used, "%s", text);
}

static void append_address(char *line, const char *word, uint32_t address)
{
    char text[16];

    append(line, word);
    append(line, FreeRTOS_inet_ntoa(address, text));
}

#if ipconfigUSE_IPv6
static void append_six(char *line, const NetworkEndPoint_t *end_point)
{
    char text[TEXT_SIZE];
    const IPv6_Address_t *address = &end_point->ipv6_settings.xIPAddress;

    append(line, " address ");
    append(line, FreeRTOS_inet_ntop(FREERTOS_AF_INET6, address->ucBytes, text, sizeof text));
}
#endif

static void append_end_point(char *line, const NetworkEndPoint_t *end_point)
{
    const IPV4Parameters_t *four = &end_point->ipv4_settings;

    if (end_point->bits.bEndPointUp == 0) {
        append(line, " down");
        return;
    }
#if ipconfigUSE_IPv6
    if (ENDPOINT_IS_IPv6(end_point)) {
        append_six(line, end_point);
        return;
    }
#endif
    append_address(line, " address ", four->ulIPAddress);
    append_address(line, " mask ", four->ulNetMask);
    append_address(line, " gateway ", four->ulGatewayAddress);
    append_address(line, " dns ", four->ulDNSServerAddresses[0]);
}

bool device_wait(void)
{
    char before[LINE_SIZE] = "";

    device_offer();
    while (!board_stop_requested()) {
        char line[LINE_SIZE] = "network";
        NetworkEndPoint_t *end_point = FreeRTOS_FirstEndPoint(NULL);
        for (; end_point != NULL; end_point = FreeRTOS_NextEndPoint(NULL, end_point))
            append_end_point(line, end_point);
        if (strcmp(line, before) != 0)
            puts(line);
        memcpy(before, line, sizeof before);
        vTaskDelay(pdMS_TO_TICKS(10));
    }
    return true;
}
