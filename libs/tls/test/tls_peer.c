/* SPDX-License-Identifier: MIT */
/*
 * See tls_peer.h. Children are told to die with their parent, so that a crash leaves none either.
 */
#include "tls_peer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RECEIVE_PATIENCE_MS 50
#define MOST_CHILDREN       8
#define MOST_ARGUMENTS      64

struct device device = {.socket = -1};

static char folder[] = "/tmp/linnet-tls-XXXXXX";
static pid_t test_process, children[MOST_CHILDREN];
static size_t child_count;

/* What was allocated and not released, so that a leak can be counted and mended. */
static struct block {
    struct block *next;
    struct block **link; /* what points to this one */
} * blocks;
_Static_assert(sizeof(struct block) % 16 == 0, "what follows must be aligned");

static void clean_up(void)
{
    char command[sizeof folder + 16];

    if (getpid() != test_process)
        return;
    for (size_t i = 0; i < child_count; i++) {
        kill(children[i], SIGKILL);
        waitpid(children[i], NULL, 0);
    }
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        fputs("the temporary folder could not be removed\n", stderr);
}

static pid_t start_child(void)
{
    pid_t child = fork();

    CHECK(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        return 0;
    }
    CHECK(child_count < MOST_CHILDREN);
    children[child_count++] = child;
    return child;
}

void peer_make_certificates(const char *names)
{
    char command[512];

    signal(SIGPIPE, SIG_IGN);
    CHECK(mkdtemp(folder) != NULL);
    test_process = getpid();
    atexit(clean_up);
    CHECK(chdir(folder) == 0);
    snprintf(command, sizeof command, "%s/make-certificates %s %s", TLS_TEST_FOLDER, folder, names);
    if (system(command) != 0)
        test_skip("the openssl command could not make the certificates");
}

struct tls_bytes peer_file(const char *name)
{
    static char contents[8][8192];
    static size_t next;
    char *text = contents[next++ % 8];
    FILE *file = fopen(name, "rb");
    size_t size;

    CHECK(file != NULL);
    size = fread(text, 1, sizeof contents[0] - 1, file);
    fclose(file);
    text[size] = '\0';
    return (struct tls_bytes){text, size};
}

static struct sockaddr_in loopback(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/* A socket bound to a free port, not yet listening. */
static int bind_free_port(uint16_t *port)
{
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    int one = 1, socket_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    setsockopt(socket_fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    CHECK(bind(socket_fd, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(getsockname(socket_fd, (struct sockaddr *)&address, &size) == 0);
    *port = ntohs(address.sin_port);
    return socket_fd;
}

static _Noreturn void run_server(uint16_t port, char *options)
{
    char accept_at[32],
        *arguments[MOST_ARGUMENTS] = {"openssl", "s_server", "-quiet", "-accept", accept_at};
    size_t count = 5;
    int echo[2];

    snprintf(accept_at, sizeof accept_at, "127.0.0.1:%u", port);
    for (char *word = strtok(options, " "); word != NULL && count + 1 < MOST_ARGUMENTS;
         word = strtok(NULL, " "))
        arguments[count++] = word;
    if (pipe(echo) != 0)
        _exit(127);
    dup2(echo[0], STDIN_FILENO);
    dup2(echo[1], STDOUT_FILENO);
    dup2(open("server.log", O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
    execvp("openssl", arguments);
    _exit(127);
}

static void wait_for_server(uint16_t port)
{
    char wanted[32], line[256];

    snprintf(wanted, sizeof wanted, "0100007F:%04X 00000000:0000 0A", port);
    for (int tries = 0; tries < 500; tries++) {
        FILE *file = fopen("/proc/net/tcp", "r");
        bool found = false;
        while (file != NULL && fgets(line, sizeof line, file) != NULL)
            found = found || strstr(line, wanted) != NULL;
        if (file != NULL)
            fclose(file);
        if (found)
            return;
        poll(NULL, 0, 10);
    }
    test_fail("openssl s_server does not listen", __FILE__, __LINE__);
}

void peer_start(const char *options)
{
    char copy[512];
    int reserved = bind_free_port(&device.port);

    close(reserved);
    snprintf(copy, sizeof copy, "%s", options);
    if (start_child() == 0)
        run_server(device.port, copy);
    wait_for_server(device.port);
}

void peer_start_plain(const void *bytes, size_t size)
{
    int listener = bind_free_port(&device.port), client;

    CHECK(listen(listener, 4) == 0);
    if (start_child() != 0) {
        close(listener);
        return;
    }
    while ((client = accept(listener, NULL, NULL)) >= 0) {
        char hello[1024];
        if (read(client, hello, sizeof hello) < 0 || write(client, bytes, size) < 0)
            _exit(1);
        shutdown(client, SHUT_WR);
        while (read(client, hello, sizeof hello) > 0)
            continue;
        close(client);
    }
    _exit(0);
}

void peer_pause_ms(int milliseconds)
{
    poll(NULL, 0, milliseconds);
}

static bool give_clock(void *context, int64_t *seconds)
{
    (void)context;
    *seconds = (int64_t)time(NULL) + device.clock_offset;
    return !device.clock_unknown;
}

static uint64_t give_uptime(void *context)
{
    struct timespec now;

    (void)context;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static bool give_entropy(void *context, void *buffer, size_t size)
{
    (void)context;
    if (++device.entropies == device.fail_entropy)
        return false;
    return getrandom(buffer, size, 0) == (ssize_t)size;
}

static void *give_memory(void *context, size_t count, size_t size)
{
    struct block *block;

    (void)context;
    if (++device.allocations == device.fail_allocation)
        return NULL;
    block = calloc(1, sizeof *block + count * size);
    CHECK(block != NULL);
    block->next = blocks;
    block->link = &blocks;
    if (blocks != NULL)
        blocks->link = &block->next;
    blocks = block;
    device.live++;
    return block + 1;
}

static void take_memory(void *context, void *memory)
{
    struct block *block;

    (void)context;
    if (memory == NULL)
        return;
    block = (struct block *)memory - 1;
    *block->link = block->next;
    if (block->next != NULL)
        block->next->link = block->link;
    device.live--;
    free(block);
}

static int32_t wire_send(NetworkContext_t *context, const void *bytes, size_t size)
{
    ssize_t sent;

    (void)context;
    if (device.busy != 0) {
        device.busy--;
        return 0;
    }
    if (device.cut_sent != 0 && device.sent >= device.cut_sent)
        return -1;
    if (device.cut_sent != 0 && size > device.cut_sent - device.sent)
        size = device.cut_sent - device.sent;
    if (device.largest_send != 0 && size > device.largest_send)
        size = device.largest_send;
    sent = send(device.socket, bytes, size, MSG_NOSIGNAL);
    if (sent > 0)
        device.sent += (size_t)sent;
    return sent > 0 ? (int32_t)sent : -1;
}

static int32_t wire_recv(NetworkContext_t *context, void *bytes, size_t size)
{
    struct pollfd readable = {.fd = device.socket, .events = POLLIN};
    int patience = RECEIVE_PATIENCE_MS;
    ssize_t received;

    (void)context;
    if (device.lazy_every != 0 && ++device.receives % device.lazy_every == 0)
        return 0;
    if (device.cut_received != 0 && size > device.cut_received - device.received)
        size = device.cut_received - device.received;
    if (size == 0)
        return -1;
    if (device.cut_sent != 0 && device.sent >= device.cut_sent)
        patience = 0;
    if (poll(&readable, 1, patience) == 0)
        return 0;
    received = recv(device.socket, bytes, size, 0);
    if (received <= 0)
        return -1;
    if (device.flip_received > device.received &&
        device.flip_received <= device.received + (size_t)received)
        ((uint8_t *)bytes)[device.flip_received - device.received - 1] ^= 0x04;
    device.received += (size_t)received;
    return (int32_t)received;
}

static void count_step(void *context)
{
    (void)context;
    device.steps++;
}

void device_reset(void)
{
    uint16_t port = device.port;

    memset(&device, 0, sizeof device);
    device.port = port;
    device.socket = -1;
    device.platform = (struct tls_platform){
        .clock = give_clock,
        .uptime_ms = give_uptime,
        .entropy = give_entropy,
        .allocate = give_memory,
        .release = take_memory,
    };
    device.settings = (struct tls_settings){
        .lower = {.recv = wire_recv, .send = wire_send},
        .server_name = SERVER_NAME,
        .ca = peer_file("ca.pem"),
        .handshake_timeout_ms = 10000,
        .progress = count_step,
    };
}

void device_give(const char *certificate, const char *key)
{
    device.settings.certificate = peer_file(certificate);
    device.settings.key = peer_file(key);
}

bool device_connect(void)
{
    struct sockaddr_in address = loopback(device.port);
    enum tls_result result = tls_init(&device.platform);

    if (result != TLS_OK) {
        device.report = (struct tls_report){.result = result};
        return false;
    }
    device.received = device.sent = 0;
    device.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(connect(device.socket, (struct sockaddr *)&address, sizeof address) == 0);
    device.connection = tls_connect(&device.settings, &device.report);
    if (device.connection != NULL)
        device.stream = tls_transport(device.connection);
    return device.connection != NULL;
}

unsigned device_end_and_count(void)
{
    unsigned left;

    tls_close(device.connection);
    tls_deinit();
    if (device.socket >= 0)
        close(device.socket);
    device.connection = NULL;
    device.socket = -1;
    left = device.live;
    while (blocks != NULL)
        take_memory(NULL, blocks + 1);
    return left;
}

void device_end(void)
{
    CHECK_EQUAL(0, device_end_and_count());
}

bool device_send_all(const void *bytes, size_t size)
{
    const uint8_t *rest = bytes;

    while (size > 0) {
        int32_t sent = device.stream.send(device.stream.pNetworkContext, rest, size);
        if (sent < 0)
            return false;
        rest += sent;
        size -= (size_t)sent;
    }
    return true;
}

bool device_receive_all(void *bytes, size_t size)
{
    uint8_t *rest = bytes;
    unsigned patience = 100;

    while (size > 0 && patience > 0) {
        int32_t received = device.stream.recv(device.stream.pNetworkContext, rest, size);
        if (received < 0)
            return false;
        patience -= received == 0;
        rest += received;
        size -= (size_t)received;
    }
    return size == 0;
}

void device_check_echo(size_t size)
{
    struct test_random random = {.state = size + 1};
    static uint8_t sent[16384], received[16384];

    while (size > 0) {
        size_t part = size < sizeof sent ? size : sizeof sent;
        for (size_t i = 0; i < part; i++)
            sent[i] = (uint8_t)test_random_next(&random);
        CHECK(device_send_all(sent, part));
        CHECK(device_receive_all(received, part));
        CHECK_BYTES(sent, received, part);
        size -= part;
    }
}

void device_check_report(enum tls_result result, const char *words)
{
    const char *text = device.report.text;
    const char *expected = TLS_EXPLAIN ? words : ": see libs/tls/README.md.";

    if (device.report.result != result || strstr(text, expected) == NULL) {
        printf("expected %d and '%s', got %d: %s\n", (int)result, expected,
               (int)device.report.result, text);
        test_fail("another failure than expected", __FILE__, __LINE__);
    }
    CHECK(text[0] != '\0' && text[strlen(text) - 1] == '.');
    CHECK(strstr(text, "-----") == NULL);
}

void device_check_refused(enum tls_result result, const char *words)
{
    CHECK(!device_connect());
    device_check_report(result, words);
    device_end();
}

void device_check_first_read(enum tls_result result, const char *words)
{
    char byte;

    CHECK(device_connect());
    CHECK(!device_receive_all(&byte, 1));
    device_check_report(result, words);
    CHECK(device.stream.send(device.stream.pNetworkContext, "x", 1) < 0);
    device_end();
}
