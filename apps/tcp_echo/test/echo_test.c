/* SPDX-License-Identifier: MIT */
/*
 * The application as a process, against the host's own TCP: libslirp connects the device to
 * 127.0.0.1, where this test is the peer.
 */
#include <linnet_test.h>

#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct run {
    pid_t process;
    int output;
};

static struct run start(char *const words[])
{
    int ends[2];

    CHECK(pipe(ends) == 0);
    struct run run = {fork(), ends[0]};
    CHECK(run.process >= 0);
    if (run.process == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        alarm(50);
        execv(TCP_ECHO_APP, words);
        _exit(127);
    }
    close(ends[1]);
    return run;
}

static int finish(struct run run, char *text, size_t size)
{
    size_t used = 0;
    ssize_t got;
    int status;

    while (used < size - 1 && (got = read(run.output, text + used, size - 1 - used)) > 0)
        used += (size_t)got;
    text[used] = '\0';
    close(run.output);
    CHECK(waitpid(run.process, &status, 0) == run.process);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        printf("the device said: %s\n", text);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* A listening socket on a free port of 127.0.0.1. */
static int listen_anywhere(unsigned *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int listening = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(listening >= 0);
    CHECK(bind(listening, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(listen(listening, 1) == 0);
    CHECK(getsockname(listening, (struct sockaddr *)&address, &size) == 0);
    *port = ntohs(address.sin_port);
    return listening;
}

static uint32_t echo_until_end(int connection)
{
    char buffer[5000];
    uint32_t echoed = 0;
    ssize_t got;

    while ((got = read(connection, buffer, sizeof buffer)) > 0) {
        for (ssize_t done = 0, now; done < got; done += now) {
            now = write(connection, buffer + done, (size_t)(got - done));
            CHECK(now > 0);
        }
        echoed += (uint32_t)got;
    }
    CHECK_EQUAL(0, got); /* a FIN, not a reset */
    return echoed;
}

TEST(device_echoes_through_the_hosts_tcp)
{
    char server[40], text[400];
    unsigned port;
    int listening = listen_anywhere(&port);
    struct pollfd ready = {.fd = listening, .events = POLLIN};

    snprintf(server, sizeof server, "10.0.2.2:%u", port);
    struct run run = start((char *[]){"tcp_echo", "--server", server, "--bytes", "1000000", NULL});
    CHECK_EQUAL(1, poll(&ready, 1, 20000));
    int connection = accept(listening, NULL, NULL);
    CHECK(connection >= 0);
    CHECK_EQUAL(1000000, echo_until_end(connection));
    close(connection);
    close(listening);
    CHECK_EQUAL(0, finish(run, text, sizeof text));
    printf("%s", text);
    CHECK(strstr(text, "1000000 bytes sent and received") != NULL);
}

TEST(refused_connection_ends_with_a_message)
{
    char server[40], text[400];
    unsigned port;

    close(listen_anywhere(&port)); /* nobody is there now */
    snprintf(server, sizeof server, "10.0.2.2:%u", port);
    CHECK_EQUAL(1,
                finish(start((char *[]){"tcp_echo", "--server", server, NULL}), text, sizeof text));
    CHECK(strstr(text, "connecting") != NULL);
}

static int connect_to(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int connection = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(connection >= 0);
    CHECK(connect(connection, (struct sockaddr *)&address, sizeof address) == 0);
    return connection;
}

TEST(device_serves_the_hosts_tcp)
{
    char forward[40], text[400] = "", sent[20000], back[20000];
    unsigned port;
    size_t used = 0;

    close(listen_anywhere(&port));
    snprintf(forward, sizeof forward, "--forward=tcp:%u:7", port);
    struct run run = start(
        (char *[]){"tcp_echo", "--serve", "7", "--connections", "1", forward, NULL});
    while (strstr(text, "echo server") == NULL) {
        ssize_t got = read(run.output, text + used, sizeof text - 1 - used);
        CHECK(got > 0);
        used += (size_t)got;
        text[used] = '\0';
    }
    int connection = connect_to(port);
    for (size_t i = 0; i < sizeof sent; i++)
        sent[i] = (char)(i * 7 % 251);
    CHECK_EQUAL(sizeof sent, write(connection, sent, sizeof sent));
    CHECK(shutdown(connection, SHUT_WR) == 0);
    for (used = 0; used < sizeof back;) {
        ssize_t got = read(connection, back + used, sizeof back - used);
        CHECK(got > 0);
        used += (size_t)got;
    }
    CHECK_BYTES(sent, back, sizeof back);
    CHECK_EQUAL(0, read(connection, back, 1));
    close(connection);
    CHECK_EQUAL(0, finish(run, text, sizeof text));
}
