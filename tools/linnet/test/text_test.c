/* SPDX-License-Identifier: MIT */
#include "linnet_test.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

TEST(distance_counts_changes_insertions_and_swaps)
{
    CHECK_EQUAL(0, text_distance("demo", "demo"));
    CHECK_EQUAL(1, text_distance("dmo", "demo"));
    CHECK_EQUAL(1, text_distance("demoo", "demo"));
    CHECK_EQUAL(1, text_distance("dmeo", "demo"));
    CHECK_EQUAL(1, text_distance("tesd", "test"));
    CHECK_EQUAL(4, text_distance("", "demo"));
    CHECK_EQUAL(3, text_distance("kitten", "sitting"));
}

TEST(distance_of_overlong_words_is_their_length)
{
    char word[100];

    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    CHECK_EQUAL(99, text_distance(word, "demo"));
}

TEST(numbers_are_whole_and_in_range)
{
    long number = -1;

    CHECK(text_number("12", 1, 100, &number));
    CHECK_EQUAL(12, number);
    CHECK(text_number("1", 1, 100, &number) && text_number("100", 1, 100, &number));
    CHECK(!text_number("0", 1, 100, &number));
    CHECK(!text_number("101", 1, 100, &number));
    CHECK(!text_number("", 1, 100, &number));
    CHECK(!text_number("12x", 1, 100, &number));
    CHECK(!text_number(" 12", 1, 100, &number));
    CHECK(!text_number("99999999999999999999", 1, 100, &number));
}

static bool is_endpoint(const char *text)
{
    char host[64];
    long port;

    return text_endpoint(text, host, sizeof host, &port);
}

TEST(endpoint_is_host_and_port)
{
    char host[64];
    long port;

    CHECK(text_endpoint("broker.example:8883", host, sizeof host, &port));
    CHECK_STRING("broker.example", host);
    CHECK_EQUAL(8883, port);
    CHECK(text_endpoint("[::1]:1", host, sizeof host, &port));
    CHECK_STRING("::1", host);
}

TEST(endpoint_refuses_what_is_not_of_the_form)
{
    static const char *const wrong[] = {"",      "host",    "host:",    "host:0", "host:65536",
                                        ":8883", "a b:1",   "::1:8883", "host:x", "[]:1",
                                        "a/b:1", "host:1x", "host: 1",  "[::1]",  "ho\nst:1"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (is_endpoint(wrong[i]))
            test_fail(wrong[i], __FILE__, __LINE__);
}

TEST(endpoint_never_overflows_the_host)
{
    char text[400];
    char host[8];
    long port;

    CHECK(text_endpoint("1234567:1", host, sizeof host, &port));
    CHECK(!text_endpoint("12345678:1", host, sizeof host, &port));
    memset(text, 'h', sizeof text);
    strcpy(text + sizeof text - 5, ":123");
    CHECK(!is_endpoint(text));
}

static void check_conversion(char *(*convert)(const char *), const char *from, const char *to)
{
    char *result = convert(from);

    CHECK_STRING(to, result);
    free(result);
}

TEST(json_strings_are_escaped)
{
    check_conversion(text_json, "plain", "\"plain\"");
    check_conversion(text_json, "a\"b\\c\n\t\x01", "\"a\\\"b\\\\c\\n\\t\\u0001\"");
    check_conversion(text_json, "gr\xC3\xBC\xC3\x9F", "\"gr\xC3\xBC\xC3\x9F\"");
}

TEST(json_strings_replace_invalid_utf8)
{
    check_conversion(text_json, "\xFF", "\"\xEF\xBF\xBD\"");
    check_conversion(text_json, "a\xC3", "\"a\xEF\xBF\xBD\"");
    check_conversion(text_json, "\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    check_conversion(text_json, "\xC0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(xml_text_is_escaped)
{
    check_conversion(text_xml, "a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;");
    check_conversion(text_xml, "bell\a\xFF", "bell??");
}

TEST(shell_words_are_quoted)
{
    check_conversion(text_shell_quote, "plain-1.2", "plain-1.2");
    check_conversion(text_shell_quote, "", "''");
    check_conversion(text_shell_quote, "a b", "'a b'");
    check_conversion(text_shell_quote, "it's", "'it'\\''s'");
    check_conversion(text_shell_quote, "$x", "'$x'");
}

TEST(filters_match_parts_and_patterns)
{
    CHECK(text_matches("queue.times_out", "queue"));
    CHECK(text_matches("queue.times_out", "times"));
    CHECK(text_matches("queue.times_out", "queue.*"));
    CHECK(!text_matches("queue.times_out", "mutex"));
    CHECK(!text_matches("queue.times_out", "times*"));
}
