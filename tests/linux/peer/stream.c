/* SPDX-License-Identifier: MIT */
/* Connections: opened by as many threads as are to be open at once, or taken with a thread for each. */
#include "peer.h"

#include "exchange.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PARALLEL_MAX = 512, STACK_SIZE = 256 * 1024, BACKLOG = 512 };

struct connection {
    struct stream stream;
    int socket;
};

static atomic_uint started, running, finished, failed, repeated;
static atomic_bool wrong; /* bytes arrived that were not sent */
static atomic_ulong bytes;
static volatile sig_atomic_t stop_requested;

/* --- a stream over a socket -------------------------------------------------------------------- */

static struct connection *of(struct stream *stream)
{
    return (struct connection *)(void *)stream;
}

static int result_of_errno(void)
{
    switch (errno) {
    case ECONNRESET:
    case EPIPE:
        return STREAM_RESET;
    case EAGAIN:
        return STREAM_TIME_OUT;
    default:
        return STREAM_FAILED;
    }
}

static int stream_send(struct stream *stream, const void *data, size_t size)
{
    const char *at = data;

    for (size_t left = size; left > 0;) {
        ssize_t done = send(of(stream)->socket, at, left, 0);
        if (done < 0)
            return result_of_errno();
        at += done;
        left -= (size_t)done;
    }
    return (int)size;
}

static int stream_receive(struct stream *stream, void *data, size_t size)
{
    ssize_t got = recv(of(stream)->socket, data, size, 0);

    return got >= 0 ? (int)got : result_of_errno();
}

static bool stream_half_close(struct stream *stream)
{
    return shutdown(of(stream)->socket, SHUT_WR) == 0;
}

static void stream_abort(struct stream *stream)
{
    struct linger at_once = {1, 0};

    setsockopt(of(stream)->socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(of(stream)->socket);
}

static void stream_sleep(uint32_t ms)
{
    usleep(ms * 1000);
}

static struct connection make_connection(int socket)
{
    static const struct stream stream = {stream_send, stream_receive, stream_half_close,
                                         stream_abort, stream_sleep};
    int yes = 1;

    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return (struct connection){stream, socket};
}

/* Adds an exchange up. True: it is to be done again. */
static bool conclude(const struct exchange *exchange, const char *problem, uint32_t attempts_left)
{
    if (problem == NULL)
        atomic_fetch_add(&bytes, exchange->size);
    else
        fprintf(stderr, "linux: connection %u: %s\n", (unsigned)exchange->number, problem);
    if (problem == exchange_wrong_bytes)
        atomic_store(&wrong, true);
    else if (problem != NULL && attempts_left > 0) {
        atomic_fetch_add(&repeated, 1);
        return true;
    }
    atomic_fetch_add(&failed, problem != NULL);
    atomic_fetch_add(&finished, 1);
    return false;
}

static void make_thread(void *(*run)(void *), void *argument, pthread_t *thread)
{
    pthread_attr_t attributes;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    if (pthread_create(thread, &attributes, run, argument) != 0)
        peer_fail("thread");
    pthread_attr_destroy(&attributes);
}

static void print_verdict(const char *word)
{
    printf("%u connections %s, %u failed, %u repeated, %lu bytes\n", atomic_load(&finished), word,
           atomic_load(&failed), atomic_load(&repeated), atomic_load(&bytes));
}

/* --- opening ----------------------------------------------------------------------------------- */

static const char *open_one(const struct exchange *exchange)
{
    socklen_t size;
    struct sockaddr_storage address = peer_address(&size);
    struct connection connection = make_connection(peer_socket(address.ss_family, SOCK_STREAM, 0));
    bool closed = false;
    const char *problem = "it could not be opened";

    if (connect(connection.socket, (struct sockaddr *)&address, size) == 0)
        problem = exchange_open(&connection.stream, exchange, &closed);
    if (!closed)
        close(connection.socket);
    return problem;
}

static void *open_some(void *argument)
{
    struct exchange exchange = {.kind = (enum exchange_kind)peer_text("kind", "u")[0],
                                .size = peer_number("size", 65536)};
    uint32_t count = peer_number("count", 1);

    (void)argument;
    while ((exchange.number = atomic_fetch_add(&started, 1)) < count) {
        uint32_t attempts = peer_number("again", 0) + 1;
        while (conclude(&exchange, open_one(&exchange), --attempts))
            continue;
    }
    return NULL;
}

int peer_open(void)
{
    uint32_t parallel = peer_number("parallel", 1);
    pthread_t threads[PARALLEL_MAX];

    if (parallel == 0 || parallel > PARALLEL_MAX || !exchange_kind_known(peer_text("kind", "u")[0]))
        return 2;
    for (uint32_t i = 0; i < parallel; i++)
        make_thread(open_some, NULL, &threads[i]);
    for (uint32_t i = 0; i < parallel; i++)
        pthread_join(threads[i], NULL);
    print_verdict("opened");
    return atomic_load(&failed) == 0 ? 0 : 1;
}

/* --- accepting --------------------------------------------------------------------------------- */

static void *serve(void *argument)
{
    struct connection connection = make_connection((int)(intptr_t)argument);
    struct exchange exchange;
    bool closed;
    const char *problem = exchange_accept(&connection.stream, &exchange, &closed);

    if (!closed)
        close(connection.socket);
    conclude(&exchange, problem, 0);
    atomic_fetch_sub(&running, 1);
    return NULL;
}

/* Linux asks after a second of silence, every second, three times. */
static void keep_alive(int socket)
{
    int yes = 1, seconds = 1, probes = 3;

    if (setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes) != 0 ||
        setsockopt(socket, IPPROTO_TCP, TCP_KEEPIDLE, &seconds, sizeof seconds) != 0 ||
        setsockopt(socket, IPPROTO_TCP, TCP_KEEPINTVL, &seconds, sizeof seconds) != 0 ||
        setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes) != 0)
        peer_fail("keep-alive");
}

static void on_stop(int number)
{
    (void)number;
    stop_requested = 1;
}

/* Looks often whether it is to stop; what it takes has the patience that was asked for. */
static void take_connections(int listening)
{
    struct timeval patience = {.tv_sec = (time_t)peer_number("patience", PATIENCE_S)};

    while (!stop_requested) {
        int accepted = accept(listening, NULL, NULL);
        pthread_t thread;
        if (accepted < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (accepted < 0)
            peer_fail("accept");
        setsockopt(accepted, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (peer_number("alive", 0) != 0)
            keep_alive(accepted);
        atomic_fetch_add(&running, 1);
        make_thread(serve, (void *)(intptr_t)accepted, &thread);
        pthread_detach(thread);
    }
    while (atomic_load(&running) > 0)
        usleep(1000);
}

int peer_accept(void)
{
    struct sigaction action = {.sa_handler = on_stop};
    struct timeval look = {.tv_usec = 100000};
    int listening = peer_bound_socket(SOCK_STREAM);

    sigaction(SIGTERM, &action, NULL);
    if (setsockopt(listening, SOL_SOCKET, SO_RCVTIMEO, &look, sizeof look) != 0 ||
        listen(listening, BACKLOG) != 0)
        peer_fail("listen");
    peer_say_ready();
    take_connections(listening);
    print_verdict("accepted");
    return atomic_load(&wrong) ? 1 : 0;
}
