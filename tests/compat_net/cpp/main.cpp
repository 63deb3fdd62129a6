/* SPDX-License-Identifier: MIT */
/* Every public header in C++, and a program that uses some of them. */
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "FreeRTOS.h"
#include "task.h"

#include "FreeRTOS_ARP.h"
#include "FreeRTOS_DHCP.h"
#include "FreeRTOS_DNS.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_IP_Private.h"
#include "FreeRTOS_ND.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "FreeRTOS_Stream_Buffer.h"
#include "FreeRTOS_TCP_IP.h"
#include "FreeRTOS_errno_TCP.h"
#include "NetworkBufferManagement.h"
#include "NetworkInterface.h"
#include "tcpip.h"
#include "tcpip_capture.h"
#include "tcpip_mdns.h"

extern "C" {
#include "driver.h"
}

class UdpSocket
{
  public:
    UdpSocket() : socket(FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP))
    {
        configASSERT(xSocketValid(socket));
    }
    ~UdpSocket()
    {
        FreeRTOS_closesocket(socket);
    }
    UdpSocket(const UdpSocket &) = delete;
    UdpSocket &operator=(const UdpSocket &) = delete;

    int exchange(const char *name, uint16_t port, const char *text, char *answer, size_t size)
    {
        struct freertos_sockaddr to;

        std::memset(&to, 0, sizeof to);
        to.sin_family = FREERTOS_AF_INET;
        to.sin_port = FreeRTOS_htons(port);
        to.sin_address.ulIP_IPv4 = FreeRTOS_inet_addr(name);
        FreeRTOS_sendto(socket, text, std::strlen(text), 0, &to, sizeof to);
        return static_cast<int>(FreeRTOS_recvfrom(socket, answer, size, 0, nullptr, nullptr));
    }

  private:
    Socket_t socket;
};

static TaskHandle_t demo_task;
static NetworkInterface_t interface;
static NetworkEndPoint_t end_point;

extern "C" void vAssertCalled(const char *file, uint32_t line)
{
    std::printf("assert %s:%u\n", file, static_cast<unsigned>(line));
    std::abort();
}

extern "C" void vLoggingPrintf(const char *, ...)
{
}

extern "C" BaseType_t xApplicationGetRandomNumber(uint32_t *number)
{
    static uint32_t seed = 1;

    seed = seed * 1664525u + 1013904223u;
    *number = seed;
    return pdTRUE;
}

extern "C" void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t event, NetworkEndPoint_t *)
{
    if (event == eNetworkUp)
        xTaskNotifyGive(demo_task);
}

static void demo(void *)
{
    char answer[16] = "";

    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    {
        UdpSocket socket;
        int size = socket.exchange("10.0.2.2", 7, "hello, C++", answer, sizeof answer);

        std::printf("%d bytes: %s\n", size, answer);
    }
    std::exit(0);
}

int main()
{
    static const uint8_t none[4] = {0, 0, 0, 0}, mac[6] = {2, 0, 0, 0, 0, 0x61};

    pxEMAC_FillInterfaceDescriptor(0, &interface);
    FreeRTOS_FillEndPoint(&interface, &end_point, none, none, none, none, mac);
    end_point.bits.bWantDHCP = pdTRUE;
    FreeRTOS_IPInit_Multi();
    xTaskCreate(demo, "demo", configMINIMAL_STACK_SIZE, nullptr, 2, &demo_task);
    vTaskStartScheduler();
    return 1;
}
