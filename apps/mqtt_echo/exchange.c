/* SPDX-License-Identifier: MIT */
/*
 * The ledger. Each message has four marks; `scan` only moves back when something becomes due, so
 * looking for the next one costs no more, all in all, than there are messages.
 */
#include "exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum exchange_mark {
    SENT = 1u << 0,        /* the original, on this connection */
    RECEIVED = 1u << 1,    /* the original came back */
    ANSWERED = 1u << 2,    /* the answer was sent, on this connection */
    ACKNOWLEDGED = 1u << 3 /* the answer came back */
};

static const char separator[] = " message ", suffix[] = " ACK";

void exchange_init(struct exchange *exchange, const char *client, uint8_t *marks, uint32_t count,
                   uint32_t interval_ms, uint32_t now_ms)
{
    memset(exchange, 0, sizeof *exchange);
    memset(marks, 0, (size_t)count + 1);
    exchange->client = client;
    exchange->marks = marks;
    exchange->count = count;
    exchange->interval_ms = interval_ms;
    exchange->next_original = 1;
    exchange->scan = 1;
    exchange->next_due_ms = now_ms;
    exchange->progress_ms = now_ms;
}

static bool answer_is_due(uint8_t marks)
{
    return (marks & RECEIVED) && !(marks & (ANSWERED | ACKNOWLEDGED));
}

static bool original_is_due_again(uint8_t marks)
{
    return !(marks & (SENT | RECEIVED));
}

static void compose(const struct exchange *exchange, struct exchange_message *message,
                    uint32_t number, bool is_answer)
{
    message->number = number;
    message->is_answer = is_answer;
    snprintf(message->text, sizeof message->text, "%s%s%" PRIu32 "%s", exchange->client, separator,
             number, is_answer ? suffix : "");
}

/* Everything that was sent and did not come back. */
static void make_due_again(struct exchange *exchange)
{
    for (uint32_t number = 1; number < exchange->next_original; number++)
        exchange->marks[number] &= (uint8_t) ~(SENT | ANSWERED);
    exchange->scan = 1;
    exchange->resend_on_silence = false;
}

bool exchange_next(struct exchange *exchange, uint32_t now_ms, struct exchange_message *message)
{
    if (exchange->resend_on_silence && exchange_waiting_ms(exchange, now_ms) >= EXCHANGE_SILENCE_MS)
        make_due_again(exchange);
    for (; exchange->scan < exchange->next_original; exchange->scan++) {
        uint8_t marks = exchange->marks[exchange->scan];
        bool is_answer = answer_is_due(marks);
        if (is_answer || original_is_due_again(marks)) {
            compose(exchange, message, exchange->scan, is_answer);
            return true;
        }
    }
    if (exchange->next_original > exchange->count || (int32_t)(now_ms - exchange->next_due_ms) < 0)
        return false;
    compose(exchange, message, exchange->next_original, false);
    return true;
}

static void original_sent(struct exchange *exchange, uint32_t number, uint32_t now_ms)
{
    exchange->marks[number] |= SENT;
    if (number != exchange->next_original)
        return;
    exchange->next_original++;
    exchange->published++;
    exchange->next_due_ms += exchange->interval_ms;
    if ((int32_t)(now_ms - exchange->next_due_ms) > (int32_t)exchange->interval_ms)
        exchange->next_due_ms = now_ms + exchange->interval_ms; /* fell behind: no burst */
}

void exchange_sent(struct exchange *exchange, const struct exchange_message *message,
                   uint32_t now_ms)
{
    if (exchange_waiting_ms(exchange, now_ms) == 0)
        exchange->progress_ms = now_ms;
    if (message->is_answer)
        exchange->marks[message->number] |= ANSWERED;
    else
        original_sent(exchange, message->number, now_ms);
}

/* The number behind `text`, or 0; `*rest` is what follows it. */
static uint32_t parse_number(const char *text, size_t size, size_t *rest)
{
    uint64_t number = 0;
    size_t i = 0;

    while (i < size && i < 10 && text[i] >= '0' && text[i] <= '9')
        number = number * 10 + (uint64_t)(text[i++] - '0');
    *rest = i;
    return i > 0 && text[0] != '0' && number <= UINT32_MAX ? (uint32_t)number : 0;
}

/* The number of one of this device's messages, or 0. */
static uint32_t parse(const struct exchange *exchange, const char *text, size_t size,
                      bool *is_answer)
{
    size_t client = strlen(exchange->client), middle = sizeof separator - 1, digits;

    if (size <= client + middle || memcmp(text, exchange->client, client) != 0 ||
        memcmp(text + client, separator, middle) != 0)
        return 0;
    text += client + middle;
    size -= client + middle;
    uint32_t number = parse_number(text, size, &digits);
    text += digits;
    size -= digits;
    *is_answer = size == sizeof suffix - 1 && memcmp(text, suffix, size) == 0;
    if ((size != 0 && !*is_answer) || number >= exchange->next_original)
        return 0;
    return number;
}

enum exchange_seen exchange_seen(struct exchange *exchange, const void *payload, size_t size,
                                 uint32_t now_ms)
{
    bool is_answer = false;
    uint32_t number = parse(exchange, payload, size, &is_answer);

    if (number == 0) {
        exchange->foreign++;
        return EXCHANGE_FOREIGN;
    }
    uint8_t mark = is_answer ? ACKNOWLEDGED : RECEIVED;
    if (exchange->marks[number] & mark) {
        exchange->duplicates++;
        return EXCHANGE_DUPLICATE;
    }
    exchange->marks[number] |= mark;
    exchange->progress_ms = now_ms;
    if (is_answer) {
        exchange->acknowledged++;
        return EXCHANGE_ANSWER;
    }
    exchange->received++;
    if (number < exchange->scan)
        exchange->scan = number; /* its answer is due */
    return EXCHANGE_ORIGINAL;
}

void exchange_connected(struct exchange *exchange, bool session_kept, uint32_t now_ms)
{
    exchange->progress_ms = now_ms;
    exchange->resend_on_silence = session_kept;
    if (!session_kept)
        make_due_again(exchange);
}

bool exchange_is_done(const struct exchange *exchange)
{
    return exchange->acknowledged == exchange->count;
}

uint32_t exchange_waiting_ms(const struct exchange *exchange, uint32_t now_ms)
{
    if (exchange->acknowledged == exchange->published)
        return 0;
    return now_ms - exchange->progress_ms;
}
