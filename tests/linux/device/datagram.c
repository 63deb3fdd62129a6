/* SPDX-License-Identifier: MIT */
/* Datagrams and echo requests: sent one at a time, and wanted back as they were. */
#include "device.h"

#include "FreeRTOS_ND.h"
#include "board.h"
#include "semphr.h"
#include "task.h"

#include <stdio.h>
#include <string.h>

enum { DATAGRAM_MAX = 1472, DATAGRAM_MAX_SIX = 1452, LOOK_MS = 200 };

static SemaphoreHandle_t answered;
static volatile ePingReplyStatus_t ping_status;
static volatile uint16_t ping_number;

/* The sizes grow to the largest that one frame takes, and come in no order. */
static size_t make(uint8_t *data, uint32_t number, size_t most)
{
    size_t size = number == 0 ? 0 : number % 16 == 1 ? most : number * 977u % (most + 1);

    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)(number * 13u + i * 5u + i / 256u);
    return size;
}

static size_t most_to(const struct freertos_sockaddr *peer)
{
    return peer->sin_family == FREERTOS_AF_INET6 ? DATAGRAM_MAX_SIX : DATAGRAM_MAX;
}

bool device_echo(void)
{
    Socket_t socket = device_bound_socket(FREERTOS_SOCK_DGRAM);
    TickType_t look = pdMS_TO_TICKS(LOOK_MS);
    uint8_t data[DATAGRAM_MAX + 1];
    struct freertos_sockaddr from;
    socklen_t size = sizeof from;

    if (socket == NULL)
        return false;
    FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &look, sizeof look);
    puts("ready");
    while (!board_stop_requested()) {
        int32_t got = FreeRTOS_recvfrom(socket, data, sizeof data, 0, &from, &size);
        if (got >= 0 && FreeRTOS_sendto(socket, data, (size_t)got, 0, &from, sizeof from) != got)
            puts("a datagram could not be sent");
    }
    FreeRTOS_closesocket(socket);
    return true;
}

static bool ask_once(Socket_t socket, const struct freertos_sockaddr *peer, uint32_t number)
{
    uint8_t sent[DATAGRAM_MAX], got[DATAGRAM_MAX + 1];
    size_t size = make(sent, number, most_to(peer));
    struct freertos_sockaddr from;
    socklen_t from_size = sizeof from;

    if (FreeRTOS_sendto(socket, sent, size, 0, peer, sizeof *peer) != (int32_t)size) {
        printf("datagram %u could not be sent\n", (unsigned)number);
        return false;
    }
    int32_t back = FreeRTOS_recvfrom(socket, got, sizeof got, 0, &from, &from_size);
    if (back == (int32_t)size && memcmp(sent, got, size) == 0 && from.sin_port == peer->sin_port)
        return true;
    printf("datagram %u of %u bytes came back as %d, or with others\n", (unsigned)number,
           (unsigned)size, (int)back);
    return false;
}

bool device_ask(void)
{
    struct freertos_sockaddr peer;
    uint32_t count = device_number("count", 1), i = 0;
    Socket_t socket = device_peer(&peer) ? device_socket(FREERTOS_SOCK_DGRAM) : NULL;

    if (socket == NULL)
        return false;
    while (i < count && ask_once(socket, &peer, i))
        i++;
    FreeRTOS_closesocket(socket);
    printf("%u datagrams came back\n", (unsigned)i);
    return i == count;
}

/* --- ping -------------------------------------------------------------------------------------- */

void vApplicationPingReplyHook(ePingReplyStatus_t status, uint16_t identifier)
{
    ping_status = status;
    ping_number = identifier;
    if (answered != NULL)
        xSemaphoreGive(answered);
}

static BaseType_t ping(const struct freertos_sockaddr *peer, size_t size)
{
#if ipconfigUSE_IPv6
    if (peer->sin_family == FREERTOS_AF_INET6)
        return FreeRTOS_SendPingRequestIPv6(&peer->sin_address.xIP_IPv6, size,
                                            pdMS_TO_TICKS(LOOK_MS));
#endif
    return FreeRTOS_SendPingRequest(peer->sin_address.ulIP_IPv4, size, pdMS_TO_TICKS(LOOK_MS));
}

static bool ping_once(const struct freertos_sockaddr *peer, uint32_t number)
{
    size_t most = most_to(peer);
    size_t size = number % 16 == 1 ? most : 1 + number * 977u % most;
    BaseType_t sent = ping(peer, size);

    if (sent != pdFAIL && xSemaphoreTake(answered, device_patience()) == pdTRUE &&
        ping_status == eSuccess && ping_number == (uint16_t)sent)
        return true;
    printf("ping %u of %u bytes was not answered\n", (unsigned)number, (unsigned)size);
    return false;
}

bool device_ping(void)
{
    struct freertos_sockaddr peer;
    uint32_t count = device_number("count", 1), i = 0;

    if (!device_peer(&peer))
        return false;
    answered = xSemaphoreCreateBinary();
    while (i < count && ping_once(&peer, i))
        i++;
    printf("%u echoes came back\n", (unsigned)i);
    return i == count;
}
