/* SPDX-License-Identifier: MIT */
/*
 * What the two ends of a connection do with it: the same on the device and on Linux, over whatever
 * sends and receives there.
 *
 * The end that opened the connection says in a head of 16 bytes what is to happen; both then do
 * their part and check the other's, byte for byte and to the end of the stream. Bytes follow from
 * the connection's number, the direction and the place, so that none can be taken for another.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum exchange_kind {
    EXCHANGE_UPLOAD = 'u',    /* the opener sends and half-closes; the other answers "done" then */
    EXCHANGE_DOWNLOAD = 'd',  /* the opener half-closes at once; the other sends after that */
    EXCHANGE_BOTH = 'b',      /* both send at the same time */
    EXCHANGE_ECHO = 'e',      /* the opener sends pieces, and gets each back before the next */
    EXCHANGE_SHORT = 's',     /* the head goes forth and back, and that is all */
    EXCHANGE_RESET = 'r',     /* the opener aborts: the other must see a reset */
    EXCHANGE_GET_RESET = 'a', /* the other way round */
    EXCHANGE_IDLE = 'i',      /* after `size` milliseconds of silence the connection still works */
};

enum { EXCHANGE_HEAD_SIZE = 16, EXCHANGE_SIZE_MAX = 1 << 30 };

/* What a stream's functions return instead of a count. */
enum { STREAM_END = 0, STREAM_RESET = -1, STREAM_TIME_OUT = -2, STREAM_FAILED = -3 };

struct stream {
    /* All of it: `size`, or one of the above. */
    int (*send)(struct stream *stream, const void *bytes, size_t size);
    /* At least one byte: how many, or one of the above. */
    int (*receive)(struct stream *stream, void *bytes, size_t size);
    bool (*half_close)(struct stream *stream);
    void (*abort)(struct stream *stream); /* the stream is closed then */
    void (*sleep)(uint32_t ms);
};

struct exchange {
    enum exchange_kind kind;
    uint32_t number; /* of the connection */
    uint32_t size;
};

/* The one problem that no cable excuses. */
extern const char *const exchange_wrong_bytes;

/* False: there is no such kind. */
bool exchange_kind_known(int letter);

/* Opens with this exchange and carries it out. NULL: all went as it must; else what did not. With
 * *closed the stream is closed already. */
const char *exchange_open(struct stream *stream, const struct exchange *exchange, bool *closed);

/* Reads what is to happen and does the other end's part. *exchange tells what it was. */
const char *exchange_accept(struct stream *stream, struct exchange *exchange, bool *closed);
