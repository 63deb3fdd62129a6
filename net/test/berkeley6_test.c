/* SPDX-License-Identifier: MIT */
/* The Berkeley names with addresses of IPv6. */
#include "FreeRTOS_IP.h"
#include "berkeley_pair.h"
#include "tcpip.h"

enum { PORT = 9 };

static int count_of(const struct addrinfo *list)
{
    int count = 0;

    for (; list != NULL; list = list->ai_next)
        count++;
    return count;
}

static struct sockaddr_in6 at6(const char *text, uint16_t port)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(port)};

    CHECK_EQUAL(1, inet_pton(AF_INET6, text, &address.sin6_addr));
    return address;
}

static void check_at(const char *text, uint16_t port, const struct sockaddr_in6 *address)
{
    char host[INET6_ADDRSTRLEN];

    CHECK_EQUAL(AF_INET6, address->sin6_family);
    CHECK_STRING(text, inet_ntop(AF_INET6, &address->sin6_addr, host, sizeof host));
    if (port != 0)
        CHECK_EQUAL(port, ntohs(address->sin6_port));
}

static int listening6(const char *text, int only)
{
    struct sockaddr_in6 own = at6(text, PORT);
    int fd = socket(AF_INET6, SOCK_STREAM, 0);

    CHECK_EQUAL(0, setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only));
    CHECK_EQUAL(0, bind(fd, ADDRESS(own)));
    CHECK_EQUAL(0, listen(fd, 2));
    return fd;
}

TEST(a_stream_of_ipv6_has_addresses_of_ipv6)
{
    struct sockaddr_in6 to = at6("2001:db8::2", PORT), own, peer;
    socklen_t size = sizeof own;

    mirror_start();
    struct pair pair = {.listener = listening6("::", 0), .near = socket(AF_INET6, SOCK_STREAM, 0)};
    CHECK_EQUAL(0, getsockname(pair.listener, (struct sockaddr *)&own, &size));
    check_at("::", PORT, &own);
    CHECK_EQUAL(0, connect(pair.near, ADDRESS(to)));
    pair.far = accept(pair.listener, (struct sockaddr *)&peer, &size);
    CHECK_EQUAL(sizeof peer, size);
    check_at("2001:db8::2", 0, &peer);
    CHECK_EQUAL(0, getsockname(pair.near, (struct sockaddr *)&own, &size));
    check_at("2001:db8::1", ntohs(peer.sin6_port), &own);
    CHECK_EQUAL(0, getpeername(pair.near, (struct sockaddr *)&peer, &size));
    check_at("2001:db8::2", PORT, &peer);
    end(pair);
}

TEST(an_ipv4_peer_of_an_ipv6_socket_is_mapped)
{
    struct sockaddr_in6 to = at6("::ffff:10.0.0.2", PORT), own, peer;
    socklen_t size = sizeof own;

    mirror_start();
    struct pair pair = {.listener = listening6("::", 0), .near = socket(AF_INET6, SOCK_STREAM, 0)};
    CHECK_EQUAL(0, connect(pair.near, ADDRESS(to)));
    pair.far = accept(pair.listener, (struct sockaddr *)&peer, &size);
    check_at("::ffff:a00:2", 0, &peer);
    CHECK_EQUAL(0, getsockname(pair.near, (struct sockaddr *)&own, &size));
    check_at("::ffff:a00:1", ntohs(peer.sin6_port), &own);

    int datagrams = socket(AF_INET6, SOCK_DGRAM, 0);
    struct sockaddr_in6 any = at6("::", PORT);
    char byte;
    CHECK_EQUAL(0, bind(datagrams, ADDRESS(any)));
    CHECK_EQUAL(0, connect(datagrams, ADDRESS(to)));
    CHECK_EQUAL(1, send(datagrams, "x", 1, 0));
    CHECK_EQUAL(1, recvfrom(datagrams, &byte, 1, 0, (struct sockaddr *)&peer, &size));
    check_at("::ffff:a00:2", PORT, &peer);
    CHECK_EQUAL(0, getpeername(datagrams, (struct sockaddr *)&peer, &size));
    check_at("::ffff:a00:2", PORT, &peer);
    closesocket(datagrams);
    end(pair);
}

TEST(a_socket_of_ipv6_alone_leaves_ipv4_to_others)
{
    struct sockaddr_in6 to = at6("2001:db8::2", PORT), mapped = at6("::ffff:10.0.0.2", PORT);
    struct sockaddr_in own4 = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    struct sockaddr_in to4 = own4;
    socklen_t size = sizeof(int);
    int one = 1, number = 0;

    mirror_start();
    struct pair pair = {.listener = listening6("::", 1), .near = socket(AF_INET6, SOCK_STREAM, 0)};
    CHECK_EQUAL(0, getsockopt(pair.listener, IPPROTO_IPV6, IPV6_V6ONLY, &number, &size));
    CHECK_EQUAL(1, number);
    CHECK_FAILS(EINVAL, setsockopt(pair.listener, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one));
    int listener4 = socket(AF_INET, SOCK_STREAM, 0), near4 = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQUAL(0, bind(listener4, ADDRESS(own4)));
    CHECK_EQUAL(0, listen(listener4, 2));
    to4.sin_addr.s_addr = inet_addr("10.0.0.2");
    CHECK_EQUAL(0, connect(near4, ADDRESS(to4)));
    CHECK_EQUAL(0, connect(pair.near, ADDRESS(to)));
    int far4 = accept(listener4, NULL, NULL);
    pair.far = accept(pair.listener, NULL, NULL);
    CHECK(far4 >= 0 && pair.far >= 0);
    closesocket(far4);
    closesocket(near4);
    closesocket(listener4);

    int other = socket(AF_INET6, SOCK_STREAM, 0);
    CHECK_EQUAL(0, setsockopt(other, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one));
    CHECK_FAILS(ENETUNREACH, connect(other, ADDRESS(mapped)));
    CHECK_FAILS(ENOPROTOOPT, setsockopt(other, IPPROTO_IPV6, 99, &one, sizeof one));
    closesocket(other);
    end(pair);
}

TEST(datagrams_of_ipv6_hold_a_little_less)
{
    static char bytes[1500];
    struct sockaddr_in6 to = at6("2001:db8::2", PORT);

    mirror_start();
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);
    CHECK_FAILS(EMSGSIZE, sendto(fd, bytes, 1453, 0, ADDRESS(to)));
    CHECK_EQUAL(1452, sendto(fd, bytes, 1452, 0, ADDRESS(to)));
    closesocket(fd);
    mirror_stop();
}

TEST(names_of_either_family_become_addresses)
{
    struct tcpip_address named = {.family = TCPIP_IPV6, .bytes = {0x20, 0x01, [15] = 7}};
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    char host[INET6_ADDRSTRLEN + 4];

    mirror_start();
    CHECK(tcpip_host_add("box", &named));
    CHECK_EQUAL(0, getaddrinfo("box", "80", &hints, &list));
    CHECK_EQUAL(1, count_of(list));
    check_at("2001::7", 80, (struct sockaddr_in6 *)(void *)list->ai_addr);
    CHECK_EQUAL(sizeof(struct sockaddr_in6), list->ai_addrlen);
    freeaddrinfo(list);
    tcpip_host_clear();

    hints.ai_flags = AI_PASSIVE;
    CHECK_EQUAL(0, getaddrinfo(NULL, "80", &hints, &list)); /* of each family one */
    CHECK_EQUAL(2, count_of(list));
    freeaddrinfo(list);

    hints.ai_flags = AI_NUMERICHOST;
    CHECK_EQUAL(0, getaddrinfo("fe80::1%2", "80", &hints, &list));
    CHECK_EQUAL(2, ((struct sockaddr_in6 *)(void *)list->ai_addr)->sin6_scope_id);
    CHECK_EQUAL(0, getnameinfo(list->ai_addr, list->ai_addrlen, host, sizeof host, NULL, 0, 0));
    CHECK_STRING("fe80::1%2", host);
    CHECK_EQUAL(EAI_OVERFLOW, getnameinfo(list->ai_addr, list->ai_addrlen, host, 9, NULL, 0, 0));
    CHECK_EQUAL(EAI_OVERFLOW, getnameinfo(list->ai_addr, list->ai_addrlen, host, 8, NULL, 0, 0));
    freeaddrinfo(list);
    CHECK_EQUAL(EAI_NONAME, getaddrinfo("fe80::1%", "80", &hints, &list));
    CHECK_EQUAL(EAI_NONAME, getaddrinfo("fe80::1%eth0", "80", &hints, &list));
    CHECK_EQUAL(EAI_NONAME, getaddrinfo("fe80::1%256", "80", &hints, &list));
    hints.ai_family = AF_INET;
    CHECK_EQUAL(EAI_NONAME, getaddrinfo("fe80::1", "80", &hints, &list));
    mirror_stop();
}
