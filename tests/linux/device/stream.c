/* SPDX-License-Identifier: MIT */
/* Connections: opened by as many tasks as are to be open at once, or taken with a task for each. */
#include "device.h"

#include "exchange.h"

#include "board.h"
#include "semphr.h"
#include "task.h"
#include "tcpip.h"

#include <stdio.h>
#include <stdlib.h>

enum { CLOSED = 0, BACKLOG = 64, PARALLEL_MAX = 128, LOOK_MS = 200 };

struct connection {
    struct stream stream;
    Socket_t socket;
    bool half_closed;
};

static SemaphoreHandle_t done;
static uint32_t started, finished, failed, repeated;
static bool wrong; /* bytes arrived that were not sent */
static uint64_t bytes;

/* --- a stream over a socket -------------------------------------------------------------------- */

static struct connection *of(struct stream *stream)
{
    return (struct connection *)(void *)stream;
}

/* What a connection has come to whose socket says that it is not connected. */
static int result_of_end(const struct connection *connection)
{
    bool closed = FreeRTOS_connstatus(connection->socket) == CLOSED;

    return closed && !connection->half_closed ? STREAM_RESET : STREAM_END;
}

static int stream_send(struct stream *stream, const void *data, size_t size)
{
    const uint8_t *at = data;

    for (size_t left = size; left > 0;) {
        BaseType_t sent = FreeRTOS_send(of(stream)->socket, at, left, 0);
        if (sent == -pdFREERTOS_ERRNO_ENOSPC)
            return STREAM_TIME_OUT;
        if (sent <= 0)
            return sent == -pdFREERTOS_ERRNO_ENOTCONN ? STREAM_RESET : STREAM_FAILED;
        at += sent;
        left -= (size_t)sent;
    }
    return (int)size;
}

static int stream_receive(struct stream *stream, void *data, size_t size)
{
    BaseType_t got = FreeRTOS_recv(of(stream)->socket, data, size, 0);

    if (got > 0)
        return (int)got;
    if (got == 0)
        return STREAM_TIME_OUT;
    return got == -pdFREERTOS_ERRNO_ENOTCONN ? result_of_end(of(stream)) : STREAM_FAILED;
}

static bool stream_half_close(struct stream *stream)
{
    of(stream)->half_closed = true;
    return FreeRTOS_shutdown(of(stream)->socket, FREERTOS_SHUT_RDWR) == 0;
}

/* A socket that is closed with bytes unread resets its connection. */
static void stream_abort(struct stream *stream)
{
    FreeRTOS_closesocket(of(stream)->socket);
}

static void stream_sleep(uint32_t ms)
{
    vTaskDelay(pdMS_TO_TICKS(ms));
}

/* With --alive: asks after a second of silence, every second, three times. */
static void keep_alive(Socket_t socket)
{
    static const struct tcpip_keep_alive times = {.idle = 1000, .interval = 1000, .probes = 3};
    static const BaseType_t yes = pdTRUE;

    if (board_setting("alive") == NULL)
        return;
    FreeRTOS_setsockopt(socket, 0, TCPIP_SO_KEEP_ALIVE_TIMES, &times, sizeof times);
    FreeRTOS_setsockopt(socket, 0, TCPIP_SO_KEEP_ALIVE, &yes, sizeof yes);
}

static struct connection make_connection(Socket_t socket)
{
    static const struct stream stream = {stream_send, stream_receive, stream_half_close,
                                         stream_abort, stream_sleep};

    keep_alive(socket);
    return (struct connection){.stream = stream, .socket = socket};
}

/* Adds an exchange up. True: it is to be done again. */
static bool conclude(const struct exchange *exchange, const char *problem, uint32_t attempts_left)
{
    bool again = problem != NULL && attempts_left > 0 && problem != exchange_wrong_bytes;

    taskENTER_CRITICAL();
    repeated += again;
    finished += !again;
    failed += problem != NULL && !again;
    wrong |= problem == exchange_wrong_bytes;
    bytes += problem == NULL ? exchange->size : 0;
    taskEXIT_CRITICAL();
    if (problem != NULL)
        printf("device: connection %u: %s\n", (unsigned)exchange->number, problem);
    return again;
}

static void print_verdict(const char *word)
{
    printf("%u connections %s, %u failed, %u repeated, %llu bytes\n", (unsigned)finished, word,
           (unsigned)failed, (unsigned)repeated, (unsigned long long)bytes);
}

static bool make_task(TaskFunction_t run, void *argument)
{
    if (xTaskCreate(run, "stream", DEVICE_STACK, argument, DEVICE_PRIORITY - 1, NULL) == pdPASS)
        return true;
    puts("no memory for a task");
    return false;
}

/* --- opening ----------------------------------------------------------------------------------- */

static const char *open_one(const struct exchange *exchange)
{
    struct freertos_sockaddr address;
    bool closed = false;
    const char *problem = "it could not be opened";
    Socket_t socket = device_peer(&address) ? device_socket(FREERTOS_SOCK_STREAM) : NULL;

    if (socket == NULL)
        return problem;
    if (FreeRTOS_connect(socket, &address, sizeof address) == 0) {
        struct connection connection = make_connection(socket);
        problem = exchange_open(&connection.stream, exchange, &closed);
    }
    if (!closed)
        FreeRTOS_closesocket(socket);
    return problem;
}

static bool take_number(uint32_t *index)
{
    taskENTER_CRITICAL();
    *index = started++;
    taskEXIT_CRITICAL();
    return *index < device_number("count", 1);
}

static void open_some(void *parameter)
{
    struct exchange exchange = {.kind = (enum exchange_kind)device_text("kind", "u")[0],
                                .size = device_number("size", 65536)};

    (void)parameter;
    while (take_number(&exchange.number)) {
        uint32_t attempts = device_number("again", 0) + 1;
        while (conclude(&exchange, open_one(&exchange), --attempts))
            continue;
    }
    xSemaphoreGive(done);
    vTaskDelete(NULL);
}

bool device_open(void)
{
    uint32_t parallel = device_number("parallel", 1), running = 0;

    if (parallel == 0 || parallel > PARALLEL_MAX ||
        !exchange_kind_known(device_text("kind", "u")[0])) {
        puts("--parallel or --kind is wrong");
        return false;
    }
    done = xSemaphoreCreateCounting(parallel, 0);
    while (running < parallel && make_task(open_some, NULL))
        running++;
    for (uint32_t i = 0; i < running; i++)
        xSemaphoreTake(done, portMAX_DELAY);
    vSemaphoreDelete(done);
    print_verdict("opened");
    while (!board_stop_requested())
        vTaskDelay(1); /* what is not acknowledged yet is sent again */
    return failed == 0 && running == parallel;
}

/* --- accepting --------------------------------------------------------------------------------- */

static void serve(void *parameter)
{
    struct connection connection = make_connection(parameter);
    struct exchange exchange;
    bool closed;
    const char *problem = exchange_accept(&connection.stream, &exchange, &closed);

    if (!closed)
        FreeRTOS_closesocket(connection.socket);
    conclude(&exchange, problem, 0);
    xSemaphoreGive(done);
    vTaskDelete(NULL);
}

static void take_connections(Socket_t listening)
{
    uint32_t taken = 0;

    while (!board_stop_requested()) {
        Socket_t socket = FreeRTOS_accept(listening, NULL, NULL);
        if (socket == NULL || socket == FREERTOS_INVALID_SOCKET)
            continue;
        taken++;
        FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &(TickType_t){device_patience()},
                            sizeof(TickType_t));
        if (!make_task(serve, socket)) {
            FreeRTOS_closesocket(socket);
            wrong = true;
            xSemaphoreGive(done);
        }
    }
    for (uint32_t i = 0; i < taken; i++)
        xSemaphoreTake(done, portMAX_DELAY);
}

bool device_accept(void)
{
    Socket_t listening = device_bound_socket(FREERTOS_SOCK_STREAM);
    TickType_t look = pdMS_TO_TICKS(LOOK_MS);

    if (listening == NULL || FreeRTOS_listen(listening, BACKLOG) != 0)
        return false;
    FreeRTOS_setsockopt(listening, 0, FREERTOS_SO_RCVTIMEO, &look, sizeof look);
    done = xSemaphoreCreateCounting(UINT32_MAX, 0);
    puts("ready");
    take_connections(listening);
    FreeRTOS_closesocket(listening);
    vSemaphoreDelete(done);
    print_verdict("accepted");
    return !wrong;
}
