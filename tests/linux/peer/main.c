/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

static char **words;

const char *peer_text(const char *name, const char *fallback)
{
    size_t size = strlen(name);

    for (char **word = words; *word != NULL; word++)
        if (strncmp(*word, name, size) == 0 && (*word)[size] == '=')
            return *word + size + 1;
    return fallback;
}

uint32_t peer_number(const char *name, uint32_t fallback)
{
    const char *text = peer_text(name, NULL);
    char *end;

    if (text == NULL)
        return fallback;
    unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end != '\0' || value > UINT32_MAX) {
        fprintf(stderr, "%s=%s is no number\n", name, text);
        exit(2);
    }
    return (uint32_t)value;
}

void peer_fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

void peer_say_ready(void)
{
    puts("ready");
    fflush(stdout);
}

struct sockaddr_storage peer_address(socklen_t *size)
{
    const char *text = peer_text("address", "");
    struct sockaddr_storage storage = {0};
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)&storage;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&storage;
    uint16_t port = htons((uint16_t)peer_number("port", 0));

    if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = port;
        *size = sizeof *four;
    } else if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = port;
        *size = sizeof *six;
    } else {
        fprintf(stderr, "address=%s is none\n", text);
        exit(2);
    }
    return storage;
}

int peer_socket(int family, int type, int protocol)
{
    struct timeval patience = {.tv_sec = (time_t)peer_number("patience", PATIENCE_S)};
    int socket_number = socket(family, type, protocol);

    if (socket_number < 0 ||
        setsockopt(socket_number, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
        setsockopt(socket_number, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0)
        peer_fail("socket");
    return socket_number;
}

int peer_bound_socket(int type)
{
    struct sockaddr_in6 local = {.sin6_family = AF_INET6,
                                 .sin6_port = htons((uint16_t)peer_number("port", 0))};
    int socket_number = peer_socket(AF_INET6, type, 0), yes = 1, no = 0;

    if (setsockopt(socket_number, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        setsockopt(socket_number, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no) != 0 ||
        bind(socket_number, (struct sockaddr *)&local, sizeof local) != 0)
        peer_fail("bind");
    return socket_number;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(void);
    } commands[] = {{"open", peer_open}, {"accept", peer_accept}, {"echo", peer_echo},
                    {"ask", peer_ask},   {"ping", peer_ping},     {"trunk", peer_trunk}};

    signal(SIGPIPE, SIG_IGN);
    words = argv + (argc > 1 ? 2 : 1);
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run();
    fputs("usage: linux_peer open|accept|echo|ask|ping|trunk NAME=VALUE …\n", stderr);
    return 2;
}
