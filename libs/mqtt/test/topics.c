/* SPDX-License-Identifier: MIT */
/* Topic names and filters: matching by table and against a reference, and what is valid UTF-8. */
#define _GNU_SOURCE /* strchrnul */
#include "core_mqtt.h"

#include <string.h>

#include "linnet_test.h"

static bool match(const char *name, const char *filter)
{
    bool result = false;

    CHECK_EQUAL(MQTTSuccess, MQTT_MatchTopic(name, (uint16_t)strlen(name), filter,
                                             (uint16_t)strlen(filter), &result));
    return result;
}

TEST(matching_by_table)
{
    static const struct {
        const char *filter, *name;
        bool matches;
    } table[] = {
        /* from section 4.7 of the standard */
        {"sport/tennis/player1/#", "sport/tennis/player1", true},
        {"sport/tennis/player1/#", "sport/tennis/player1/ranking", true},
        {"sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true},
        {"sport/#", "sport", true},
        {"#", "sport", true},
        {"#", "/", true},
        {"sport/tennis/+", "sport/tennis/player1", true},
        {"sport/tennis/+", "sport/tennis/player1/ranking", false},
        {"sport/+", "sport", false},
        {"sport/+", "sport/", true},
        {"+/+", "/finance", true},
        {"/+", "/finance", true},
        {"+", "/finance", false},
        {"#", "$SYS/broker", false},
        {"+/monitor/Clients", "$SYS/monitor/Clients", false},
        {"$SYS/#", "$SYS/broker/load", true},
        {"$SYS/monitor/+", "$SYS/monitor/Clients", true},
        {"+", "$SYS", false},
        {"+/#", "$SYS/x", false},
        /* levels that are equal, longer, shorter, empty */
        {"a", "a", true},
        {"a", "b", false},
        {"a", "aa", false},
        {"aa", "a", false},
        {"a", "A", false},
        {"a/", "a", false},
        {"a", "a/", false},
        {"/a", "a", false},
        {"a/b", "a/b", true},
        {"a//b", "a//b", true},
        {"a/+/b", "a//b", true},
        {"a/+", "a//", false},
        {"a/+/", "a/x/", true},
        {"a/+/#", "a/x", true},
        {"a/+/#", "a", false},
        {"+/+/+", "a/b", false},
        {"+/+", "a/b", true},
        {"+/b/#", "a/b/c/d", true},
        {"/#", "/", true},
        {"/#", "a", false},
        {"/", "/", true},
        {"+", "a", true},
        {"+/", "a", false},
        {"a/$b", "a/$b", true},
        {"a/+", "a/$b", true},
        {"$a", "$a", true},
        {"$+", "$a", false},
        /* filters that are not valid match nothing */
        {"a#", "a", false},
        {"a#", "ab", false},
        {"a/#/b", "a/x/b", false},
        {"#/a", "x/a", false},
        {"a+", "ab", false},
        {"+a", "ba", false},
        {"a/b#", "a/b", false},
        {"a/b+/c", "a/bx/c", false},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (match(table[i].name, table[i].filter) != table[i].matches)
            test_fail(table[i].filter, __FILE__, __LINE__);
}

/* Section 4.7 by recursion over the levels. */
static bool reference(const char *name, const char *filter)
{
    const char *name_end = strchrnul(name, '/');
    const char *filter_end = strchrnul(filter, '/');

    if (strcmp(filter, "#") == 0)
        return true;
    bool level = (filter_end - filter == 1 && *filter == '+') ||
                 (name_end - name == filter_end - filter &&
                  memcmp(name, filter, (size_t)(name_end - name)) == 0);
    if (!level)
        return false;
    if (*name_end == 0)
        return *filter_end == 0 || strcmp(filter_end, "/#") == 0;
    return *filter_end != 0 && reference(name_end + 1, filter_end + 1);
}

static void random_text(struct test_random *random, const char *letters, char *text)
{
    size_t size = 1 + test_random_below(random, 6);

    for (size_t i = 0; i < size; i++)
        text[i] = letters[test_random_below(random, (uint32_t)strlen(letters))];
    text[size] = 0;
}

TEST(matching_of_ten_million_random_pairs)
{
    struct test_random random = {23};
    unsigned hits = 0;

    for (unsigned i = 0; i < 10000000; i++) {
        char name[8], filter[8];
        random_text(&random, "ab//$", name);
        random_text(&random, "ab//$+#", filter);
        bool expected = reference(name, filter) && !(name[0] == '$' && filter[0] != '$');
        if (match(name, filter) != expected)
            test_fail(filter, __FILE__, __LINE__);
        hits += expected;
    }
    CHECK(hits > 100000);
}

TEST(match_refuses_null_and_empty)
{
    bool result;

    CHECK_EQUAL(MQTTBadParameter, MQTT_MatchTopic(NULL, 1, "a", 1, &result));
    CHECK_EQUAL(MQTTBadParameter, MQTT_MatchTopic("a", 0, "a", 1, &result));
    CHECK_EQUAL(MQTTBadParameter, MQTT_MatchTopic("a", 1, NULL, 1, &result));
    CHECK_EQUAL(MQTTBadParameter, MQTT_MatchTopic("a", 1, "a", 0, &result));
    CHECK_EQUAL(MQTTBadParameter, MQTT_MatchTopic("a", 1, "a", 1, NULL));
}

static bool filter_valid(const char *text, size_t size)
{
    MQTTSubscribeInfo_t info = {MQTTQoS0, text, (uint16_t)size};
    size_t remaining, packet;

    return MQTT_GetSubscribePacketSize(&info, 1, &remaining, &packet) == MQTTSuccess;
}

static bool name_valid(const char *text, size_t size)
{
    MQTTPublishInfo_t info = {.pTopicName = text, .topicNameLength = (uint16_t)size};
    size_t remaining, packet;

    return MQTT_GetPublishPacketSize(&info, &remaining, &packet) == MQTTSuccess;
}

TEST(wildcards_stand_alone_in_their_level)
{
    static const char *const good[] = {"#",     "+",  "/",  "a/#", "+/#",
                                       "a/+/b", "/+", "+/", "+/+", "//"};
    static const char *const bad[] = {"##",  "++",    "a#",   "#a",   "a+", "+a", "#/",
                                      "#/a", "a/#/b", "a/b#", "a/+b", "+#", "#+", ""};

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(filter_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!filter_valid(bad[i], strlen(bad[i])));
    CHECK(name_valid("a/b", 3) && !name_valid("a/+", 3) && !name_valid("#", 1));
    CHECK(!filter_valid(NULL, 1) && !name_valid(NULL, 1));
}

/* Encodes as UTF-8 would if it had no rules; 0 if the code point has no form of that many bytes. */
static size_t encode(uint32_t code, size_t size, char *text)
{
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};

    if (size == 1) {
        text[0] = (char)code;
        return code < 0x80;
    }
    for (size_t i = size - 1; i > 0; i--, code /= 64)
        text[i] = (char)(0x80 + code % 64);
    text[0] = (char)(lead[size] + code);
    return code < 128u >> size ? size : 0;
}

TEST(utf8_of_every_code_point_in_every_length)
{
    for (uint32_t code = 0; code < 0x200000; code++) {
        size_t shortest = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        bool allowed = code != 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) &&
                       code != '+' && code != '#';
        for (size_t size = 1; size <= 4; size++) {
            char text[4];
            if (encode(code, size, text) == 0)
                continue;
            CHECK_EQUAL(allowed && size == shortest, name_valid(text, size));
            if (size > 1)
                CHECK(!name_valid(text, size - 1)); /* cut off */
        }
    }
    CHECK(!name_valid("\x80", 1) && !name_valid("\xFF", 1) &&
          !name_valid("\xC3"
                      "a",
                      2));
}
