/* SPDX-License-Identifier: MIT */
#include "exchange.h"

#include <string.h>

enum { PIECE = 2000, TAIL = 100, OPENER = 0, ACCEPTOR = 1 };

const char *const exchange_wrong_bytes = "bytes arrived that were not sent";

bool exchange_kind_known(int letter)
{
    return letter > 0 && letter < 128 && strchr("udbesrai", letter) != NULL;
}

/* --- bytes ----------------------------------------------------------------------------------- */

static uint8_t byte_at(uint32_t number, unsigned sender, uint32_t at)
{
    uint32_t mixed = (number * 2u + sender + 1u) * 2654435761u + at * 40503u;

    mixed ^= mixed >> 15;
    return (uint8_t)(mixed * 2246822519u >> 24);
}

static void make_bytes(uint8_t *bytes, uint32_t number, unsigned sender, uint32_t at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = byte_at(number, sender, at + (uint32_t)i);
}

static bool bytes_are_right(const uint8_t *bytes, uint32_t number, unsigned sender, uint32_t at,
                            size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != byte_at(number, sender, at + (uint32_t)i))
            return false;
    return true;
}

static const char *describe(int result)
{
    switch (result) {
    case STREAM_END:
        return "the stream ended too early";
    case STREAM_RESET:
        return "the connection was reset";
    case STREAM_TIME_OUT:
        return "nothing happened in time";
    default:
        return "sending or receiving failed";
    }
}

/* --- steps ----------------------------------------------------------------------------------- */

static const char *send_span(struct stream *stream, const struct exchange *exchange,
                             unsigned sender, uint32_t at, uint32_t size)
{
    uint8_t bytes[PIECE];

    for (uint32_t end = at + size; at < end;) {
        size_t piece = end - at < PIECE ? end - at : PIECE;
        make_bytes(bytes, exchange->number, sender, at, piece);
        int result = stream->send(stream, bytes, piece);
        if (result <= 0)
            return describe(result);
        at += (uint32_t)piece;
    }
    return NULL;
}

static const char *receive_span(struct stream *stream, const struct exchange *exchange,
                                unsigned sender, uint32_t at, uint32_t size)
{
    uint8_t bytes[PIECE];

    for (uint32_t end = at + size; at < end;) {
        int result = stream->receive(stream, bytes, end - at < PIECE ? end - at : PIECE);
        if (result <= 0)
            return describe(result);
        if (!bytes_are_right(bytes, exchange->number, sender, at, (size_t)result))
            return exchange_wrong_bytes;
        at += (uint32_t)result;
    }
    return NULL;
}

static const char *expect_end(struct stream *stream)
{
    uint8_t byte;
    int result = stream->receive(stream, &byte, 1);

    if (result > 0)
        return exchange_wrong_bytes;
    return result == STREAM_END ? NULL : describe(result);
}

static const char *expect_reset(struct stream *stream)
{
    uint8_t byte;
    int result;

    do
        result = stream->receive(stream, &byte, 1);
    while (result > 0);
    return result == STREAM_RESET ? NULL : "the peer aborted, but no reset was seen";
}

static const char *half_close(struct stream *stream)
{
    return stream->half_close(stream) ? NULL : "the direction could not be closed";
}

/* Ends our direction and waits for the end of the other. */
static const char *end_both(struct stream *stream)
{
    const char *problem = half_close(stream);

    return problem == NULL ? expect_end(stream) : problem;
}

/* The pieces of an echo and of two-way traffic: of any size that both ends' buffers hold. */
static uint32_t piece_size(const struct exchange *exchange, uint32_t at)
{
    uint32_t size = 1 + (exchange->number * 7919u + at * 31u) % PIECE;

    return exchange->size - at < size ? exchange->size - at : size;
}

static const char *both_directions(struct stream *stream, const struct exchange *exchange,
                                   unsigned own)
{
    const char *problem = NULL;

    for (uint32_t at = 0, size; problem == NULL && at < exchange->size; at += size) {
        size = piece_size(exchange, at);
        problem = send_span(stream, exchange, own, at, size);
        if (problem == NULL)
            problem = receive_span(stream, exchange, 1 - own, at, size);
    }
    return problem == NULL ? end_both(stream) : problem;
}

static const char *echo(struct stream *stream, const struct exchange *exchange, unsigned own,
                        uint32_t whole)
{
    struct exchange sized = {exchange->kind, exchange->number, whole};
    const char *problem = NULL;

    for (uint32_t at = 0, size; problem == NULL && at < whole; at += size) {
        size = piece_size(&sized, at);
        if (own == OPENER)
            problem = send_span(stream, exchange, OPENER, at, size);
        if (problem == NULL)
            problem = receive_span(stream, exchange, OPENER, at, size);
        if (problem == NULL && own == ACCEPTOR)
            problem = send_span(stream, exchange, OPENER, at, size);
    }
    return problem == NULL ? end_both(stream) : problem;
}

/* Aborts while bytes wait to be read, after one of them was. */
static const char *abort_unread(struct stream *stream, const struct exchange *exchange,
                                unsigned sender, bool *closed)
{
    const char *problem = receive_span(stream, exchange, sender, 0, 1);

    *closed = true;
    stream->abort(stream);
    return problem;
}

static const char *provoke_reset(struct stream *stream, const struct exchange *exchange,
                                 unsigned own)
{
    const char *problem = send_span(stream, exchange, own, 0, TAIL);

    return problem == NULL ? expect_reset(stream) : problem;
}

/* --- the two ends ---------------------------------------------------------------------------- */

static const char *upload(struct stream *stream, const struct exchange *exchange)
{
    const char *problem = send_span(stream, exchange, OPENER, 0, exchange->size);

    if (problem == NULL)
        problem = half_close(stream);
    if (problem == NULL)
        problem = receive_span(stream, exchange, ACCEPTOR, 0, 4);
    return problem == NULL ? expect_end(stream) : problem;
}

static const char *take_upload(struct stream *stream, const struct exchange *exchange)
{
    const char *problem = receive_span(stream, exchange, OPENER, 0, exchange->size);

    if (problem == NULL)
        problem = expect_end(stream);
    if (problem == NULL)
        problem = send_span(stream, exchange, ACCEPTOR, 0, 4);
    return problem == NULL ? half_close(stream) : problem;
}

static const char *download(struct stream *stream, const struct exchange *exchange)
{
    const char *problem = half_close(stream);

    if (problem == NULL)
        problem = receive_span(stream, exchange, ACCEPTOR, 0, exchange->size);
    return problem == NULL ? expect_end(stream) : problem;
}

static const char *give_download(struct stream *stream, const struct exchange *exchange)
{
    const char *problem = expect_end(stream);

    if (problem == NULL)
        problem = send_span(stream, exchange, ACCEPTOR, 0, exchange->size);
    return problem == NULL ? half_close(stream) : problem;
}

static void put_word(uint8_t *at, uint32_t word)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(word >> (8 * i));
}

static uint32_t get_word(const uint8_t *at)
{
    return at[0] + at[1] * 0x100u + at[2] * 0x10000u + at[3] * 0x1000000u;
}

static void make_head(uint8_t head[EXCHANGE_HEAD_SIZE], const struct exchange *exchange)
{
    memcpy(head, "Linnet", 7);
    head[7] = (uint8_t)exchange->kind;
    put_word(head + 8, exchange->number);
    put_word(head + 12, exchange->size);
}

static const char *receive_head(struct stream *stream, uint8_t head[EXCHANGE_HEAD_SIZE])
{
    for (size_t have = 0; have < EXCHANGE_HEAD_SIZE;) {
        int result = stream->receive(stream, head + have, EXCHANGE_HEAD_SIZE - have);
        if (result <= 0)
            return describe(result);
        have += (size_t)result;
    }
    return NULL;
}

static const char *short_opener(struct stream *stream, const uint8_t *head)
{
    uint8_t back[EXCHANGE_HEAD_SIZE];
    const char *problem = receive_head(stream, back);

    if (problem == NULL && memcmp(head, back, sizeof back) != 0)
        problem = exchange_wrong_bytes;
    return problem == NULL ? end_both(stream) : problem;
}

static const char *short_acceptor(struct stream *stream, const uint8_t *head)
{
    int result = stream->send(stream, head, EXCHANGE_HEAD_SIZE);
    const char *problem = result > 0 ? expect_end(stream) : describe(result);

    return problem == NULL ? half_close(stream) : problem;
}

const char *exchange_open(struct stream *stream, const struct exchange *exchange, bool *closed)
{
    uint8_t head[EXCHANGE_HEAD_SIZE];

    *closed = false;
    make_head(head, exchange);
    int result = stream->send(stream, head, sizeof head);
    if (result <= 0)
        return describe(result);
    switch (exchange->kind) {
    case EXCHANGE_UPLOAD:
        return upload(stream, exchange);
    case EXCHANGE_DOWNLOAD:
        return download(stream, exchange);
    case EXCHANGE_BOTH:
        return both_directions(stream, exchange, OPENER);
    case EXCHANGE_ECHO:
        return echo(stream, exchange, OPENER, exchange->size);
    case EXCHANGE_SHORT:
        return short_opener(stream, head);
    case EXCHANGE_RESET:
        return abort_unread(stream, exchange, ACCEPTOR, closed);
    case EXCHANGE_GET_RESET:
        return provoke_reset(stream, exchange, OPENER);
    case EXCHANGE_IDLE:
        stream->sleep(exchange->size);
        return echo(stream, exchange, OPENER, TAIL);
    }
    return "there is no such exchange";
}

static const char *answer(struct stream *stream, const struct exchange *exchange,
                          const uint8_t *head, bool *closed)
{
    switch (exchange->kind) {
    case EXCHANGE_UPLOAD:
        return take_upload(stream, exchange);
    case EXCHANGE_DOWNLOAD:
        return give_download(stream, exchange);
    case EXCHANGE_BOTH:
        return both_directions(stream, exchange, ACCEPTOR);
    case EXCHANGE_ECHO:
        return echo(stream, exchange, ACCEPTOR, exchange->size);
    case EXCHANGE_SHORT:
        return short_acceptor(stream, head);
    case EXCHANGE_RESET:
        return provoke_reset(stream, exchange, ACCEPTOR);
    case EXCHANGE_GET_RESET:
        return abort_unread(stream, exchange, OPENER, closed);
    case EXCHANGE_IDLE:
        return echo(stream, exchange, ACCEPTOR, TAIL);
    }
    return "there is no such exchange";
}

const char *exchange_accept(struct stream *stream, struct exchange *exchange, bool *closed)
{
    uint8_t head[EXCHANGE_HEAD_SIZE];

    *closed = false;
    *exchange = (struct exchange){0};
    const char *problem = receive_head(stream, head);
    if (problem != NULL)
        return problem;
    *exchange = (struct exchange){(enum exchange_kind)head[7], get_word(head + 8),
                                  get_word(head + 12)};
    if (memcmp(head, "Linnet", 7) != 0 || !exchange_kind_known(head[7]) ||
        exchange->size > EXCHANGE_SIZE_MAX)
        return "the head is not one of these tests";
    return answer(stream, exchange, head, closed);
}
