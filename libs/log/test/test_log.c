/* SPDX-License-Identifier: MIT */
/* What is written, in which form, and what is left out. */
#define LIBRARY_LOG_NAME  "test"
#define LIBRARY_LOG_LEVEL LOG_INFO
#include "logging_stack.h"

#include <string.h>

#include "linnet_test.h"

static char last[LINNET_LOG_LINE + 1];
static size_t last_length;
static int last_level, lines, depth, evaluated;

static void take(void *context, int level, const char *line, size_t length)
{
    CHECK(context == last);
    CHECK_EQUAL(strlen(line), length);
    strcpy(last, line);
    last_length = length;
    last_level = level;
    lines++;
}

static uint64_t clock_ms(void)
{
    return 12345;
}

static void lock(void)
{
    CHECK_EQUAL(0, depth++);
}

static void unlock(void)
{
    CHECK_EQUAL(1, depth--);
}

static int evaluate(void)
{
    return ++evaluated;
}

TEST(line_has_level_module_and_text)
{
    linnet_log_set_sink(take, last);
    LogWarn(("waited %d ms for %s", 15, "it"));
    CHECK_STRING("WARN  test: waited 15 ms for it\n", last);
    CHECK_EQUAL(LOG_WARN, last_level);
}

TEST(line_has_the_time_with_a_clock)
{
    linnet_log_set_sink(take, last);
    linnet_log_set_clock(clock_ms);
    LogError(("x"));
    CHECK_STRING("[   12.345] ERROR test: x\n", last);
}

TEST(level_above_the_compiled_one_is_left_out_unevaluated)
{
    linnet_log_set_sink(take, last);
    LogDebug(("%d", evaluate()));
    CHECK_EQUAL(0, lines);
    CHECK_EQUAL(0, evaluated);
    LogInfo(("%d", evaluate()));
    CHECK_EQUAL(1, lines);
    CHECK_EQUAL(1, evaluated);
}

TEST(level_at_run_time_is_obeyed)
{
    linnet_log_set_sink(take, last);
    linnet_log_set_level(LOG_ERROR);
    LogWarn(("%d", evaluate()));
    CHECK_EQUAL(0, lines + evaluated);
    LogError(("x"));
    CHECK_EQUAL(1, lines);
    linnet_log_set_level(LOG_NONE);
    LogError(("x"));
    CHECK_EQUAL(1, lines);
}

TEST(module_has_a_level_of_its_own)
{
    linnet_log_set_sink(take, last);
    linnet_log_set_level(LOG_ERROR);
    CHECK(linnet_log_set_module_level("test", LOG_INFO));
    LogInfo(("x"));
    CHECK_EQUAL(1, lines);
    CHECK(linnet_log_set_module_level("test", LOG_ERROR));
    LogInfo(("x"));
    CHECK_EQUAL(1, lines);
}

TEST(table_of_modules_is_bounded)
{
    static const char *const names[LINNET_LOG_MODULES] = {"a", "b", "c", "d", "e", "f", "g", "h"};

    for (int i = 0; i < LINNET_LOG_MODULES; i++)
        CHECK(linnet_log_set_module_level(names[i], LOG_WARN));
    CHECK(!linnet_log_set_module_level("one more", LOG_WARN));
    CHECK(linnet_log_set_module_level("h", LOG_INFO));
}

TEST(text_of_every_length_is_whole_or_cut)
{
    char text[600];

    linnet_log_set_sink(take, last);
    for (size_t length = 0; length < sizeof text; length++) {
        memset(text, 'x', length);
        text[length] = '\0';
        LogInfo(("%s", text));
        CHECK_EQUAL('\n', last[last_length - 1]);
        if (length + strlen("INFO  test: \n") < LINNET_LOG_LINE)
            CHECK_EQUAL(length + strlen("INFO  test: \n"), last_length);
        else
            CHECK_STRING("...\n", last + last_length - 4);
        CHECK(last_length < LINNET_LOG_LINE);
    }
}

TEST(each_line_is_written_under_the_lock)
{
    linnet_log_set_sink(take, last);
    linnet_log_set_lock(lock, unlock);
    LogInfo(("one"));
    LogDebug(("none"));
    LogError(("two"));
    CHECK_EQUAL(2, lines);
    CHECK_EQUAL(0, depth);
}
