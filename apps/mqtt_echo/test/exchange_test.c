/* SPDX-License-Identifier: MIT */
/* The ledger of the echo, without a broker. */
#include "linnet_test.h"

#include "exchange.h"

#include <string.h>

static struct exchange exchange;
static struct exchange_message message;

static uint8_t marks[16];

static void start(uint32_t count, uint32_t interval_ms)
{
    exchange_init(&exchange, "dev", marks, count, interval_ms, 1000);
}

static enum exchange_seen seen(const char *text, uint32_t now_ms)
{
    return exchange_seen(&exchange, text, strlen(text), now_ms);
}

static void expect_next(const char *text, uint32_t now_ms)
{
    CHECK(exchange_next(&exchange, now_ms, &message));
    CHECK_STRING(text, message.text);
    exchange_sent(&exchange, &message, now_ms);
}

TEST(each_message_comes_back_and_is_answered_once)
{
    start(2, 100);
    expect_next("dev message 1", 1000);
    CHECK(!exchange_next(&exchange, 1099, &message));
    CHECK_EQUAL(EXCHANGE_ORIGINAL, seen("dev message 1", 1010));
    expect_next("dev message 1 ACK", 1010);
    CHECK_EQUAL(EXCHANGE_ANSWER, seen("dev message 1 ACK", 1020));
    CHECK(!exchange_next(&exchange, 1099, &message));
    expect_next("dev message 2", 1100);
    CHECK_EQUAL(EXCHANGE_ORIGINAL, seen("dev message 2", 1110));
    CHECK(!exchange_is_done(&exchange));
    expect_next("dev message 2 ACK", 1110);
    CHECK_EQUAL(EXCHANGE_ANSWER, seen("dev message 2 ACK", 1120));
    CHECK(exchange_is_done(&exchange));
    CHECK(!exchange_next(&exchange, 99999, &message));
    CHECK_EQUAL(0, exchange.duplicates);
}

TEST(duplicates_are_counted_apart_and_not_answered_again)
{
    start(1, 100);
    expect_next("dev message 1", 1000);
    CHECK_EQUAL(EXCHANGE_ORIGINAL, seen("dev message 1", 1000));
    expect_next("dev message 1 ACK", 1000);
    CHECK_EQUAL(EXCHANGE_DUPLICATE, seen("dev message 1", 1000));
    CHECK(!exchange_next(&exchange, 2000, &message));
    CHECK_EQUAL(EXCHANGE_ANSWER, seen("dev message 1 ACK", 1000));
    CHECK_EQUAL(EXCHANGE_DUPLICATE, seen("dev message 1 ACK", 1000));
    CHECK_EQUAL(2, exchange.duplicates);
    CHECK_EQUAL(1, exchange.acknowledged);
}

TEST(foreign_text_is_never_taken_for_a_message)
{
    static const char *const texts[] = {
        "",
        "dev",
        "dev message ",
        "dev message 0",
        "dev message 2",
        "dev message 01",
        "dev message 1 ",
        "dev message 1 ACK ACK",
        "dev message 1 NAK",
        "dev message -1",
        "dev message 4294967297",
        "dev message 99999999999999999999",
        "other message 1",
        "dev message 1\n",
    };
    start(5, 100);
    expect_next("dev message 1", 1000);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        CHECK_EQUAL(EXCHANGE_FOREIGN, seen(texts[i], 1000));
    CHECK_EQUAL(0, exchange.received);
}

TEST(what_did_not_come_back_is_sent_again_after_a_reconnect)
{
    start(3, 0);
    expect_next("dev message 1", 1000);
    expect_next("dev message 2", 1000);
    expect_next("dev message 3", 1000);
    seen("dev message 2", 1000);
    expect_next("dev message 2 ACK", 1000);
    exchange_connected(&exchange, false, 1000);
    expect_next("dev message 1", 1000);
    expect_next("dev message 2 ACK", 1000);
    expect_next("dev message 3", 1000);
    CHECK(!exchange_next(&exchange, 5000, &message));
    CHECK_EQUAL(3, exchange.published);
}

TEST(kept_session_is_given_time_to_deliver)
{
    start(2, 0);
    expect_next("dev message 1", 1000);
    expect_next("dev message 2", 1000);
    exchange_connected(&exchange, true, 3000);
    CHECK(!exchange_next(&exchange, 4000, &message));
    CHECK_EQUAL(EXCHANGE_ORIGINAL, seen("dev message 2", 4500));
    expect_next("dev message 2 ACK", 4500);
    CHECK(!exchange_next(&exchange, 6400, &message));
    expect_next("dev message 1", 6500);
    expect_next("dev message 2 ACK", 6500);
    CHECK(!exchange_next(&exchange, 99000, &message));
}

TEST(falling_behind_makes_no_burst)
{
    start(9, 100);
    expect_next("dev message 1", 1000);
    expect_next("dev message 2", 9000);
    CHECK(!exchange_next(&exchange, 9050, &message));
    expect_next("dev message 3", 9100);
}

TEST(waiting_is_measured_only_while_something_is_awaited)
{
    start(2, 60000);
    CHECK_EQUAL(0, exchange_waiting_ms(&exchange, 50000));
    expect_next("dev message 1", 51000);
    CHECK_EQUAL(700, exchange_waiting_ms(&exchange, 51700));
    seen("dev message 1", 52000);
    CHECK_EQUAL(100, exchange_waiting_ms(&exchange, 52100));
    expect_next("dev message 1 ACK", 52100);
    seen("dev message 1 ACK", 52200);
    CHECK_EQUAL(0, exchange_waiting_ms(&exchange, 99000));
}

TEST(clock_may_wrap)
{
    exchange_init(&exchange, "dev", marks, 2, 100, UINT32_MAX - 50);
    expect_next("dev message 1", UINT32_MAX - 50);
    CHECK(!exchange_next(&exchange, 48, &message));
    expect_next("dev message 2", 49);
}
