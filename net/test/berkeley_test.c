/* SPDX-License-Identifier: MIT */
/* The Berkeley names at their edges; a program in their style is tests/compat_net/berkeley. */
#include "FreeRTOS_IP.h"
#include "berkeley_pair.h"
#include "tcpip.h"

enum { PORT = 9 };

static struct sockaddr_in far_port(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

    CHECK_EQUAL(1, inet_pton(AF_INET, "10.0.0.2", &address.sin_addr));
    return address;
}

static int listening(uint16_t port)
{
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    CHECK(fd >= ipconfigBERKELEY_FIRST_DESCRIPTOR);
    CHECK_EQUAL(0, bind(fd, ADDRESS(own)));
    CHECK_EQUAL(0, listen(fd, 2));
    return fd;
}

static struct pair connected(void)
{
    struct sockaddr_in to = far_port(PORT);
    struct pair pair = {.listener = listening(PORT), .near = socket(AF_INET, SOCK_STREAM, 0)};

    CHECK_EQUAL(0, connect(pair.near, ADDRESS(to)));
    pair.far = accept(pair.listener, NULL, NULL);
    CHECK(pair.far >= 0);
    return pair;
}

TEST(the_end_of_a_stream_is_zero_bytes_and_then_a_broken_pipe)
{
    char byte;

    mirror_start();
    struct pair pair = connected();
    CHECK_EQUAL(1, send(pair.near, "x", 1, MSG_NOSIGNAL));
    CHECK_EQUAL(0, shutdown(pair.near, SHUT_WR));
    CHECK_EQUAL(1, recv(pair.far, &byte, 1, MSG_PEEK));
    CHECK_EQUAL(1, recv(pair.far, &byte, 1, 0));
    CHECK_EQUAL(0, recv(pair.far, &byte, 1, 0));
    CHECK_EQUAL(0, recv(pair.far, &byte, 1, 0));
    CHECK_FAILS(EPIPE, send(pair.near, "x", 1, 0));
    CHECK_EQUAL(1, send(pair.far, "y", 1, 0)); /* the other way is still open */
    CHECK_EQUAL(1, recv(pair.near, &byte, 1, 0));
    end(pair);
}

TEST(a_reset_is_an_error)
{
    char byte;

    mirror_start();
    struct pair pair = connected();
    CHECK_EQUAL(1, send(pair.near, "x", 1, 0));
    vTaskDelay(100);
    CHECK_EQUAL(0, closesocket(pair.far)); /* with unread data: resets */
    vTaskDelay(100);
    CHECK_FAILS(ECONNRESET, recv(pair.near, &byte, 1, 0));
    CHECK_FAILS(ECONNRESET, send(pair.near, "x", 1, 0));
    struct pollfd wait = {.fd = pair.near, .events = POLLIN};
    CHECK_EQUAL(1, poll(&wait, 1, -1));
    CHECK((wait.revents & (POLLERR | POLLHUP)) == (POLLERR | POLLHUP));
    pair.far = -1;
    CHECK_FAILS(EBADF, closesocket(pair.far));
    end(pair);
}

TEST(what_is_asked_of_select_stays_in_its_sets)
{
    struct timeval time = {0, 20000};
    fd_set readable, writable, exceptional;

    mirror_start();
    struct pair pair = connected();
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    FD_ZERO(&exceptional);
    FD_SET(pair.near, &readable);
    FD_SET(pair.far, &readable);
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0, select(FD_SETSIZE, &readable, NULL, NULL, &time));
    CHECK_EQUAL(pdMS_TO_TICKS(20), xTaskGetTickCount() - start);
    CHECK(!FD_ISSET(pair.near, &readable) && !FD_ISSET(pair.far, &readable));

    CHECK_EQUAL(1, send(pair.near, "x", 1, 0));
    FD_SET(pair.near, &readable);
    FD_SET(pair.far, &readable);
    CHECK_EQUAL(1, select(FD_SETSIZE, &readable, NULL, NULL, NULL));
    CHECK(!FD_ISSET(pair.near, &readable) && FD_ISSET(pair.far, &readable));

    FD_SET(pair.near, &writable);
    FD_SET(pair.near, &exceptional);
    CHECK_EQUAL(1, select(pair.near + 1, NULL, &writable, &exceptional, NULL));
    CHECK(FD_ISSET(pair.near, &writable) && !FD_ISSET(pair.near, &exceptional));
    CHECK_FAILS(EINVAL, select(FD_SETSIZE + 1, NULL, NULL, NULL, &time));
    closesocket(pair.far);
    FD_SET(pair.far, &readable);
    CHECK_FAILS(EBADF, select(FD_SETSIZE, &readable, NULL, NULL, &time));
    end(pair);
}

TEST(nothing_to_wait_for_is_a_pause)
{
    struct timeval time = {0, 500000};
    struct pollfd ignored = {.fd = -1, .events = POLLIN};

    mirror_start();
    TickType_t start = xTaskGetTickCount();
    CHECK_EQUAL(0, select(0, NULL, NULL, NULL, &time));
    CHECK_EQUAL(pdMS_TO_TICKS(500), xTaskGetTickCount() - start);
    CHECK_EQUAL(0, poll(&ignored, 1, 100));
    CHECK_EQUAL(0, poll(NULL, 0, 1));
    CHECK_EQUAL(pdMS_TO_TICKS(601), xTaskGetTickCount() - start);
    CHECK_FAILS(EFAULT, poll(NULL, 1, 1));
    mirror_stop();
}

static int closed_later;

static void close_it(void *unused)
{
    vTaskDelay(10);
    closesocket(closed_later);
    vTaskDelete(NULL);
}

TEST(closing_wakes_who_polls)
{
    mirror_start();
    closed_later = listening(PORT);
    struct pollfd wait = {.fd = closed_later, .events = POLLIN};
    CHECK_EQUAL(pdPASS,
                xTaskCreate(close_it, "close", configMINIMAL_STACK_SIZE * 4, NULL, 1, NULL));
    CHECK_EQUAL(1, poll(&wait, 1, -1));
    CHECK_EQUAL(POLLNVAL, wait.revents);
    vTaskDelay(10);
    mirror_stop();
}

TEST(a_connected_datagram_socket_hears_its_peer_alone)
{
    struct sockaddr_in to = far_port(PORT), other = far_port(PORT + 1);
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(PORT)}, from;
    struct sockaddr forget = {.sa_family = AF_UNSPEC};
    socklen_t size = sizeof from;
    char buffer[8];

    mirror_start();
    int one = socket(AF_INET, SOCK_DGRAM, 0), two = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    CHECK_EQUAL(0, bind(one, ADDRESS(own)));
    CHECK_FAILS(EDESTADDRREQ, send(one, "x", 1, 0));
    CHECK_EQUAL(0, connect(one, ADDRESS(to))); /* from port 9 to port 9: to itself */
    own.sin_port = htons(PORT + 1);
    CHECK_EQUAL(0, bind(two, ADDRESS(own)));
    CHECK_EQUAL(5, sendto(two, "other", 5, 0, ADDRESS(other))); /* two hears itself */
    CHECK_EQUAL(3, send(one, "own", 3, 0));
    CHECK_EQUAL(3, recv(one, buffer, 8, MSG_PEEK));
    CHECK_EQUAL(3, recvfrom(one, buffer, 8, 0, (struct sockaddr *)&from, &size));
    CHECK_EQUAL(sizeof from, size);
    CHECK(from.sin_port == htons(PORT) && from.sin_addr.s_addr == to.sin_addr.s_addr);
    CHECK_EQUAL(0, getpeername(one, (struct sockaddr *)&from, &size));
    CHECK_EQUAL(0, connect(one, &forget, sizeof forget));
    CHECK_FAILS(ENOTCONN, getpeername(one, (struct sockaddr *)&from, &size));
    CHECK_EQUAL(0, connect(two, ADDRESS(to))); /* now it waits for port 9, and itself is another */
    CHECK_FAILS(EWOULDBLOCK, recv(two, buffer, 8, MSG_DONTWAIT));
    CHECK_FAILS(EMSGSIZE, send(two, buffer, 1473, 0));
    closesocket(one);
    closesocket(two);
    mirror_stop();
}

static void check_option(int fd, int level, int option, int value)
{
    int got = -1;
    socklen_t size = sizeof got;

    CHECK_EQUAL(0, setsockopt(fd, level, option, &value, sizeof value));
    CHECK_EQUAL(0, getsockopt(fd, level, option, &got, &size));
    CHECK_EQUAL(value, got);
    CHECK_EQUAL(sizeof got, size);
}

TEST(options_are_set_and_got)
{
    struct timeval time = {2, 500000}, got = {0, 0};
    socklen_t size = sizeof got;
    int number;

    mirror_start();
    int stream = socket(AF_INET, SOCK_STREAM, 0), datagram = socket(AF_INET, SOCK_DGRAM, 0);
    check_option(stream, SOL_SOCKET, SO_KEEPALIVE, 1);
    check_option(stream, SOL_SOCKET, SO_RCVBUF, 3000);
    check_option(stream, SOL_SOCKET, SO_SNDBUF, 2000);
    check_option(stream, SOL_SOCKET, SO_REUSEADDR, 1);
    check_option(datagram, SOL_SOCKET, SO_BROADCAST, 1);
    check_option(stream, IPPROTO_TCP, TCP_NODELAY, 0);
    check_option(stream, IPPROTO_TCP, TCP_KEEPIDLE, 7);
    check_option(stream, IPPROTO_TCP, TCP_KEEPINTVL, 8);
    check_option(stream, IPPROTO_TCP, TCP_KEEPCNT, 9);
    CHECK_EQUAL(0, setsockopt(stream, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    CHECK_EQUAL(0, getsockopt(stream, SOL_SOCKET, SO_RCVTIMEO, &got, &size));
    CHECK(got.tv_sec == 2 && got.tv_usec == 500000 && size == sizeof got);
    CHECK_EQUAL(0, getsockopt(stream, SOL_SOCKET, SO_SNDTIMEO, &got, &size));
    CHECK(got.tv_sec == 0 && got.tv_usec == 0);
    size = sizeof number;
    CHECK_EQUAL(0, getsockopt(datagram, SOL_SOCKET, SO_TYPE, &number, &size));
    CHECK_EQUAL(SOCK_DGRAM, number);
    number = 0;
    CHECK_FAILS(ENOPROTOOPT, setsockopt(datagram, IPPROTO_TCP, TCP_NODELAY, &number, 4));
    CHECK_FAILS(EINVAL, setsockopt(stream, IPPROTO_TCP, TCP_KEEPCNT, &number, 4));
    CHECK_FAILS(EINVAL, setsockopt(stream, SOL_SOCKET, SO_KEEPALIVE, &number, 1));
    CHECK_FAILS(EINVAL, setsockopt(stream, SOL_SOCKET, SO_RCVBUF, &number, 4));
    time.tv_usec = 1000000;
    CHECK_FAILS(EDOM, setsockopt(stream, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    size = 1;
    CHECK_FAILS(EINVAL, getsockopt(stream, SOL_SOCKET, SO_TYPE, &number, &size));
    closesocket(stream);
    closesocket(datagram);
    mirror_stop();
}

TEST(the_time_to_receive_is_kept)
{
    struct timeval time = {0, 30000};
    char byte;

    mirror_start();
    struct pair pair = connected();
    CHECK_EQUAL(0, setsockopt(pair.near, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    TickType_t start = xTaskGetTickCount();
    CHECK_FAILS(EWOULDBLOCK, recv(pair.near, &byte, 1, 0));
    CHECK_EQUAL(pdMS_TO_TICKS(30), xTaskGetTickCount() - start);
    CHECK_EQUAL(0, fcntlsocket(pair.near, F_SETFL, O_NONBLOCK));
    CHECK_EQUAL(O_RDWR | O_NONBLOCK, fcntlsocket(pair.near, F_GETFL, 0));
    CHECK_FAILS(EWOULDBLOCK, recv(pair.near, &byte, 1, 0));
    CHECK_EQUAL(pdMS_TO_TICKS(30), xTaskGetTickCount() - start);
    CHECK_EQUAL(0, fcntlsocket(pair.near, F_SETFL, 0));
    CHECK_FAILS(EWOULDBLOCK, recv(pair.near, &byte, 1, 0));
    CHECK_EQUAL(pdMS_TO_TICKS(60), xTaskGetTickCount() - start);
    end(pair);
}

static unsigned count_of(const struct addrinfo *list)
{
    unsigned count = 0;

    for (; list != NULL; list = list->ai_next)
        count++;
    return count;
}

TEST(names_and_numbers_become_addresses)
{
    struct tcpip_address named = tcpip_ipv4(10, 0, 0, 2);
    struct addrinfo hints = {.ai_family = AF_INET, .ai_flags = AI_CANONNAME}, *list = NULL;

    mirror_start();
    CHECK(tcpip_host_add("box", &named));
    CHECK_EQUAL(0, getaddrinfo("box", "80", &hints, &list));
    CHECK_EQUAL(2, count_of(list)); /* for streams and for datagrams */
    CHECK_STRING("box", list->ai_canonname);
    const struct sockaddr_in *address = (void *)list->ai_addr;
    CHECK(address->sin_port == htons(80) && address->sin_addr.s_addr == inet_addr("10.0.0.2"));
    CHECK_EQUAL(sizeof *address, list->ai_addrlen);
    freeaddrinfo(list);

    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    CHECK_EQUAL(0, getaddrinfo(NULL, "0", &hints, &list));
    CHECK_EQUAL(1, count_of(list));
    CHECK_EQUAL(INADDR_ANY, ((struct sockaddr_in *)(void *)list->ai_addr)->sin_addr.s_addr);
    freeaddrinfo(list);
    hints.ai_flags = AI_NUMERICHOST;
    CHECK_EQUAL(0, getaddrinfo("127.0.0.1", "65535", &hints, &list));
    freeaddrinfo(list);

    CHECK_EQUAL(EAI_NONAME, getaddrinfo("box", NULL, &hints, &list));
    CHECK_EQUAL(EAI_NONAME, getaddrinfo(NULL, NULL, &hints, &list));
    CHECK_EQUAL(EAI_SERVICE, getaddrinfo("1.2.3.4", "http", &hints, &list));
    CHECK_EQUAL(EAI_SERVICE, getaddrinfo("1.2.3.4", "65536", &hints, &list));
    CHECK_EQUAL(EAI_SERVICE, getaddrinfo("1.2.3.4", "", &hints, &list));
    hints.ai_socktype = 99;
    CHECK_EQUAL(EAI_SOCKTYPE, getaddrinfo("1.2.3.4", "1", &hints, &list));
    hints.ai_family = 99;
    CHECK_EQUAL(EAI_FAMILY, getaddrinfo("1.2.3.4", "1", &hints, &list));
    hints.ai_flags = 1 << 20;
    CHECK_EQUAL(EAI_BADFLAGS, getaddrinfo("1.2.3.4", "1", &hints, &list));
    CHECK_STRING("no such name", gai_strerror(EAI_NONAME));
    CHECK_STRING("unknown error", gai_strerror(-1));
    tcpip_host_clear();
    mirror_stop();
}

TEST(addresses_become_text)
{
    struct sockaddr_in address = far_port(65535);
    char host[16], service[6];
    struct in_addr number;

    CHECK_EQUAL(0, getnameinfo(ADDRESS(address), host, sizeof host, service, sizeof service, 0));
    CHECK_STRING("10.0.0.2", host);
    CHECK_STRING("65535", service);
    CHECK_EQUAL(EAI_OVERFLOW, getnameinfo(ADDRESS(address), host, 8, NULL, 0, 0));
    CHECK_EQUAL(EAI_OVERFLOW, getnameinfo(ADDRESS(address), NULL, 0, service, 5, 0));
    CHECK_EQUAL(EAI_NONAME, getnameinfo(ADDRESS(address), host, 16, NULL, 0, NI_NAMEREQD));
    CHECK_EQUAL(EAI_NONAME, getnameinfo(ADDRESS(address), NULL, 0, NULL, 0, 0));
    CHECK_EQUAL(EAI_FAMILY, getnameinfo((struct sockaddr *)&address, 4, host, 16, NULL, 0, 0));
    CHECK_EQUAL(INADDR_NONE, inet_addr("10.0.0"));
    CHECK_EQUAL(0, inet_aton("x", &number));
    CHECK_EQUAL(1, inet_aton("1.2.3.4", &number));
    CHECK_STRING("1.2.3.4", inet_ntop(AF_INET, &number, host, sizeof host));
    errno = 0;
    CHECK(inet_ntop(AF_INET, &number, host, 7) == NULL && errno == ENOSPC);
    CHECK(inet_ntop(99, &number, host, 16) == NULL && errno == EAFNOSUPPORT);
    CHECK_FAILS(EAFNOSUPPORT, inet_pton(99, "1.2.3.4", &number));
    CHECK_EQUAL(0, inet_pton(AF_INET, "1.2.3.256", &number));
}

TEST(a_bad_address_is_refused)
{
    struct sockaddr_in address = far_port(PORT);

    mirror_start();
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_FAILS(EINVAL, bind(fd, NULL, sizeof address));
    CHECK_FAILS(EINVAL, bind(fd, (struct sockaddr *)&address, sizeof address - 1));
    CHECK_FAILS(EINVAL, connect(fd, (struct sockaddr *)&address, 1));
    address.sin_family = 99;
    CHECK_FAILS(EAFNOSUPPORT, bind(fd, ADDRESS(address)));
    address = far_port(PORT);
    CHECK_FAILS(EADDRNOTAVAIL, bind(fd, ADDRESS(address)));
    address.sin_addr.s_addr = inet_addr("11.0.0.1");
    CHECK_FAILS(ENETUNREACH, connect(fd, ADDRESS(address)));
    CHECK_FAILS(EINVAL, accept(fd, NULL, NULL));
    CHECK_FAILS(ENOTCONN, shutdown(fd, SHUT_RDWR));
    CHECK_FAILS(EINVAL, shutdown(fd, 99));
    closesocket(fd);
    mirror_stop();
}
