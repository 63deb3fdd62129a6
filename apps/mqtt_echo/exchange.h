/* SPDX-License-Identifier: MIT */
/*
 * The ledger of the echo: which numbered messages were published, which came back from the broker,
 * and which of their answers came back. It decides what to publish next and knows when all is done;
 * it sends nothing itself and knows no clock but the milliseconds it is given (which may wrap).
 *
 * An original reads "CLIENT message N", its answer "CLIENT message N ACK". Whatever else arrives on
 * the topic is not this device's and is only counted. A message that did not come back before the
 * connection was lost is published again afterwards; what then comes twice counts as duplicate.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXCHANGE_TEXT_SIZE  192 /* of the longest text, with its zero byte */
#define EXCHANGE_SILENCE_MS 2000

struct exchange {
    const char *client;
    uint8_t *marks; /* per message: enum exchange_mark */
    uint32_t count;
    uint32_t interval_ms;
    uint32_t published, received, acknowledged;
    uint32_t duplicates, foreign;
    uint32_t next_original; /* number of the next new message, from 1 */
    uint32_t next_due_ms;
    uint32_t scan;        /* messages below this number have nothing to be sent (again) */
    uint32_t progress_ms; /* when something last came back */
    bool resend_on_silence;
};

/* What exchange_next wants to be published. */
struct exchange_message {
    uint32_t number;
    bool is_answer;
    char text[EXCHANGE_TEXT_SIZE];
};

/* Starts with `count` messages (1 or more) to be published `interval_ms` apart, the first at once.
 * `client` (at most 128 bytes long) and `marks` (count + 1 bytes) stay the caller's and in use. */
void exchange_init(struct exchange *exchange, const char *client, uint8_t *marks, uint32_t count,
                   uint32_t interval_ms, uint32_t now_ms);

/* What is to be published now: answers first, then what has to be sent again, then the next new
 * message when its time has come. False: nothing now. The caller publishes it and says so. */
bool exchange_next(struct exchange *exchange, uint32_t now_ms, struct exchange_message *message);
void exchange_sent(struct exchange *exchange, const struct exchange_message *message,
                   uint32_t now_ms);

/* What a message that arrived was. */
enum exchange_seen { EXCHANGE_FOREIGN, EXCHANGE_ORIGINAL, EXCHANGE_ANSWER, EXCHANGE_DUPLICATE };
enum exchange_seen exchange_seen(struct exchange *exchange, const void *payload, size_t size,
                                 uint32_t now_ms);

/* A connection was made; waiting for messages to come back starts now. What was sent and did not come
 * back is due again: at once when the broker has forgotten the session, and if it kept it (and is
 * to deliver what it acknowledged) only when nothing comes for EXCHANGE_SILENCE_MS. */
void exchange_connected(struct exchange *exchange, bool session_kept, uint32_t now_ms);

bool exchange_is_done(const struct exchange *exchange);

/* Milliseconds since something last came back, if something is awaited; else 0. */
uint32_t exchange_waiting_ms(const struct exchange *exchange, uint32_t now_ms);
