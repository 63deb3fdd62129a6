/* SPDX-License-Identifier: MIT */
/* A program in the style of Berkeley sockets: a server with select, clients with poll and without. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "FreeRTOS.h"
#include "task.h"

#include "FreeRTOS_DHCP.h"
#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"

#include "driver.h"

#define TCPIP_BERKELEY_FILES
#include "tcpip_berkeley.h"

#define PORT    7000
#define CLIENTS 4

static NetworkInterface_t interface;
static NetworkEndPoint_t end_point;
static TaskHandle_t main_task;

void vAssertCalled(const char *file, uint32_t line)
{
    printf("assert %s:%u\n", file, (unsigned)line);
    fflush(stdout);
    abort();
}

void vLoggingPrintf(const char *format, ...)
{
    (void)format;
}

BaseType_t xApplicationGetRandomNumber(uint32_t *number)
{
    static uint32_t seed = 1;

    seed = seed * 1664525u + 1013904223u;
    *number = seed;
    return pdTRUE;
}

const char *pcApplicationHostnameHook(void)
{
    return "berkeley";
}

void vApplicationIPNetworkEventHook_Multi(eIPCallbackEvent_t event, struct xNetworkEndPoint *which)
{
    (void)which;
    if (event == eNetworkUp)
        xTaskNotifyGive(main_task);
}

static void die(const char *what)
{
    printf("%s: errno %d\n", what, errno);
    fflush(stdout);
    exit(1);
}

/* --- the server: one task, one select -------------------------------------------------------------- */

static int open_server(void)
{
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int on = 1, server = socket(AF_INET, SOCK_STREAM, 0);

    if (server < 0)
        die("socket");
    if (setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0)
        die("SO_REUSEADDR");
    own.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(server, (struct sockaddr *)&own, sizeof own) < 0)
        die("bind");
    if (listen(server, CLIENTS) < 0)
        die("listen");
    return server;
}

/* False: the client has gone. */
static bool serve(int client)
{
    char buffer[512];
    ssize_t got = read(client, buffer, sizeof buffer);

    if (got <= 0) {
        close(client);
        return false;
    }
    for (ssize_t at = 0; at < got;) {
        ssize_t put = write(client, buffer + at, (size_t)(got - at));

        if (put < 0)
            die("write");
        at += put;
    }
    return true;
}

static void server_task(void *parameter)
{
    int server = open_server(), highest = server;
    fd_set open;

    (void)parameter;
    FD_ZERO(&open);
    FD_SET(server, &open);
    xTaskNotifyGive(main_task);
    for (;;) {
        fd_set ready = open;

        if (select(highest + 1, &ready, NULL, NULL, NULL) < 0)
            die("select");
        for (int fd = 0; fd <= highest; fd++) {
            if (!FD_ISSET(fd, &ready))
                continue;
            if (fd == server) {
                int client = accept(server, NULL, NULL);

                if (client < 0)
                    die("accept");
                FD_SET(client, &open);
                highest = client > highest ? client : highest;
            } else if (!serve(fd)) {
                FD_CLR(fd, &open);
            }
        }
    }
}

/* --- clients ---------------------------------------------------------------------------------------- */

static int open_client(void)
{
    const struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
    struct addrinfo *list;
    int error = getaddrinfo("mirror.example", "7000", &hints, &list), fd = -1;

    if (error != 0) {
        printf("getaddrinfo: %s\n", gai_strerror(error));
        exit(1);
    }
    for (const struct addrinfo *i = list; i != NULL && fd < 0; i = i->ai_next) {
        fd = socket(i->ai_family, i->ai_socktype, i->ai_protocol);
        if (fd >= 0 && connect(fd, i->ai_addr, i->ai_addrlen) < 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    return fd;
}

static void show_peer(int fd)
{
    struct sockaddr_storage peer;
    socklen_t size = sizeof peer;
    char host[NI_MAXHOST], service[NI_MAXSERV];

    if (getpeername(fd, (struct sockaddr *)&peer, &size) < 0)
        die("getpeername");
    if (getnameinfo((struct sockaddr *)&peer, size, host, sizeof host, service, sizeof service,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        die("getnameinfo");
    printf("connected to %s port %s\n", host, service);
}

static void several_clients(void)
{
    int fds[3];
    char buffer[16];

    for (int i = 0; i < 3; i++)
        if ((fds[i] = open_client()) < 0)
            die("connect");
    show_peer(fds[0]);
    for (int i = 2; i >= 0; i--) {
        int length = snprintf(buffer, sizeof buffer, "client %d", i);

        if (send(fds[i], buffer, (size_t)length, 0) != length)
            die("send");
    }
    for (int i = 0; i < 3; i++) {
        memset(buffer, 0, sizeof buffer);
        if (recv(fds[i], buffer, 8, MSG_WAITALL) != 8)
            die("recv");
        printf("echo: %s\n", buffer);
        close(fds[i]);
    }
}

static void without_blocking(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int fd = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP), error = -1;
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    socklen_t size = sizeof error;
    char byte;

    inet_pton(AF_INET, "10.0.2.9", &to.sin_addr);
    if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK) < 0)
        die("fcntl");
    printf("connect: %s\n",
           connect(fd, (struct sockaddr *)&to, sizeof to) < 0 && errno == EINPROGRESS
               ? "in progress"
               : "otherwise");
    if (poll(&wait, 1, 5000) != 1 || wait.revents != POLLOUT)
        die("poll");
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0 || error != 0)
        die("SO_ERROR");
    printf("recv: %s\n",
           recv(fd, &byte, 1, 0) < 0 && errno == EWOULDBLOCK ? "would block" : "otherwise");
    send(fd, "x", 1, 0);
    wait.events = POLLIN;
    if (poll(&wait, 1, 5000) != 1 || recv(fd, &byte, 1, 0) != 1)
        die("answer");
    printf("answer: %c\n", byte);
    close(fd);
    printf("poll after close: %s\n",
           poll(&wait, 1, 0) == 1 && wait.revents == POLLNVAL ? "invalid" : "otherwise");
}

static void nobody_listens(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(PORT + 1)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), error = 0;
    socklen_t size = sizeof error;

    to.sin_addr.s_addr = inet_addr("10.0.2.9");
    printf("connect: %s\n",
           connect(fd, (struct sockaddr *)&to, sizeof to) < 0 && errno == ECONNREFUSED
               ? "refused"
               : "otherwise");
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    printf("SO_ERROR: %s\n", error == ECONNREFUSED ? "refused" : "otherwise");
    close(fd);
}

static void datagrams(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(7)}, from;
    struct timeval time = {0, 50000};
    socklen_t size = sizeof from;
    char buffer[16] = "";
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    to.sin_addr.s_addr = inet_addr("10.0.2.2");
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    if (sendto(fd, "one", 3, 0, (struct sockaddr *)&to, sizeof to) != 3 ||
        recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &size) != 3)
        die("sendto");
    printf("datagram %s from port %d\n", buffer, ntohs(from.sin_port));
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0 || send(fd, "two", 3, 0) != 3 ||
        recv(fd, buffer, sizeof buffer, 0) != 3)
        die("send");
    printf("datagram %s\n", buffer);
    printf("nothing more: %s\n", recv(fd, buffer, sizeof buffer, 0) < 0 && errno == EWOULDBLOCK
                                     ? "timed out"
                                     : "otherwise");
    close(fd);
}

static void errors(void)
{
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), fds[ipconfigBERKELEY_DESCRIPTORS], count = 0;

    printf("errors: %d %d %d %d %d\n", socket(99, SOCK_STREAM, 0) < 0 && errno == EAFNOSUPPORT,
           socket(AF_INET, 99, 0) < 0 && errno == EPROTONOSUPPORT,
           bind(99, (struct sockaddr *)&own, sizeof own) < 0 && errno == EBADF,
           send(fd, "x", 1, 0) < 0 && errno == ENOTCONN,
           setsockopt(fd, SOL_SOCKET, 99, &own, sizeof own) < 0 && errno == ENOPROTOOPT);
    printf("address in use: %d\n",
           bind(fd, (struct sockaddr *)&own, sizeof own) < 0 && errno == EADDRINUSE);
    close(fd);
    while ((fds[count] = socket(AF_INET, SOCK_DGRAM, 0)) >= 0)
        count++;
    printf("descriptors: %d left, then %s\n", count, errno == EMFILE ? "EMFILE" : "otherwise");
    while (count > 0)
        close(fds[--count]);
}

static void main_task_code(void *parameter)
{
    (void)parameter;
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    xTaskCreate(server_task, "server", configMINIMAL_STACK_SIZE, NULL, 3, NULL);
    ulTaskNotifyTake(pdTRUE, portMAX_DELAY);
    several_clients();
    without_blocking();
    nobody_listens();
    datagrams();
    errors();
    exit(0);
}

int main(void)
{
    static const uint8_t none[4], mac[6] = {2, 0, 0, 0, 0, 0x42};

    pxEMAC_FillInterfaceDescriptor(0, &interface);
    FreeRTOS_FillEndPoint(&interface, &end_point, none, none, none, none, mac);
    end_point.bits.bWantDHCP = pdTRUE;
    FreeRTOS_IPInit_Multi();
    xTaskCreate(main_task_code, "main", configMINIMAL_STACK_SIZE, NULL, 2, &main_task);
    vTaskStartScheduler();
    return 1;
}
