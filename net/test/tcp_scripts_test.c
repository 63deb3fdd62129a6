/* SPDX-License-Identifier: MIT */
/*
 * The packet scripts in scripts/: each file that this engine can play is a case, named by the file.
 * Besides these: a script
 * whose expectation is altered fails, wherever it is altered; together they bring every state of
 * RFC 9293 together with every event; what is no script is refused with file and line.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tcp_script_run.h"
#include "tcp_script_words.h"

enum { CASES = 400, NAME = 100, TEXT = 16384, PATH = 600 };

static struct test_case cases[CASES];
static char names[CASES][NAME];
static size_t case_count;
static struct script_file script;
static struct script_outcome outcome;

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static const char *path_of(const char *name)
{
    static char path[PATH];

    (void)snprintf(path, sizeof path, "%s/%s.tcp", TCP_SCRIPTS, name);
    return path;
}

static void load(const char *name)
{
    static char text[TEXT], message[SCRIPT_MESSAGE];
    const char *path = path_of(name);
    FILE *file = fopen(path, "r");

    if (file == NULL)
        test_fail("the script cannot be read", path, 0);
    size_t size = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    CHECK(size < sizeof text - 1);
    text[size] = '\0';
    if (!script_parse(&script, path, text, message)) {
        puts(message);
        test_fail("not a script", path, 1);
    }
}

static void run_file(void)
{
    load(test_case_name());
    script_run(&script, &outcome);
    if (!outcome.passed) {
        puts(outcome.message);
        test_fail("the script failed", script.name, (int)script.steps[outcome.step].line);
    }
}

static void find_files(void)
{
    DIR *folder = opendir(TCP_SCRIPTS);
    const struct dirent *entry;

    if (folder == NULL)
        return;
    while ((entry = readdir(folder)) != NULL && case_count < CASES) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || strcmp(dot, ".tcp") != 0)
            continue;
        (void)snprintf(names[case_count], NAME, "%.*s", (int)(dot - entry->d_name), entry->d_name);
        load(names[case_count]);
        case_count += script_is_possible(&script);
    }
    (void)closedir(folder);
    qsort(names, case_count, NAME, by_name);
    for (size_t i = 0; i < case_count; i++)
        cases[i] = (struct test_case){names[i], run_file};
}

size_t test_find_cases(const struct test_case **found)
{
    if (case_count == 0)
        find_files();
    *found = cases;
    return case_count;
}

/* --- altered expectations --------------------------------------------------------------------------- */

static unsigned alterations;

static void must_fail(const struct script_step *step)
{
    char text[SCRIPT_MESSAGE];

    alterations++;
    script_run(&script, &outcome);
    if (!outcome.passed)
        return;
    script_print_step(step, text, sizeof text);
    printf("%s:%u: also passes as\n  %s\n", script.name, step->line, text);
    test_fail("an altered script passed", script.name, (int)step->line);
}

static void alter_operand(struct script_step *step, struct script_operand *operand)
{
    static const uint32_t by[] = {1, (uint32_t)-1};
    struct script_operand true_one = *operand;

    if (operand->kind == SCRIPT_PUSH || operand->kind == SCRIPT_SACKOK ||
        operand->kind == SCRIPT_PLAIN || operand->kind == SCRIPT_NUMBER ||
        (step->verb == SCRIPT_COUNT && operand->kind == SCRIPT_WORD))
        return; /* there is nothing to alter, or it is no expectation */
    for (unsigned i = 0; i < 2; i++) {
        operand->value = true_one.value + by[i];
        if (operand->kind == SCRIPT_FLAGS)
            operand->value = true_one.value ^ (1u << (i == 0 ? 5 : 2));
        if (step->verb == SCRIPT_EVENTS)
            operand->value = true_one.value ^ (i == 0 ? 64u : 128u);
        must_fail(step);
        *operand = true_one;
        if (operand->kind != SCRIPT_TS && operand->kind != SCRIPT_SACK)
            continue;
        operand->second += by[i];
        must_fail(step);
        *operand = true_one;
    }
}

static void alter_time(struct script_step *step, uint32_t left)
{
    struct script_step true_one = *step;

    step->from = step->until = left + 1;
    must_fail(step);
    *step = true_one;
    if (left == 0)
        return;
    step->from = 0;
    step->until = left - 1;
    must_fail(step);
    *step = true_one;
}

/* Instead of each segment that leaves, none. */
static void expect_silence(struct script_step *step)
{
    struct script_step true_one = *step;

    *step = (struct script_step){SCRIPT_QUIET, step->line, step->until, step->until, 0, {{0}}};
    must_fail(step);
    *step = true_one;
}

static void alter_script(void)
{
    static struct script_outcome first;

    script_run(&script, &first);
    CHECK(first.passed);
    unsigned before = alterations;
    for (unsigned i = 0; i < script.count; i++) {
        struct script_step *step = &script.steps[i];
        if (!script_step_expects(step))
            continue;
        for (unsigned k = 0; k < step->count; k++)
            alter_operand(step, &step->operands[k]);
        if (step->verb != SCRIPT_LEAVES)
            continue;
        alter_time(step, first.left[i]);
        expect_silence(step);
    }
    if (alterations == before)
        test_fail("the script expects nothing", script.name, 1);
}

TEST(every_expectation_of_every_script_matters)
{
    const struct test_case *found;
    size_t count = test_find_cases(&found);

    for (size_t i = 0; i < count; i++) {
        load(found[i].name);
        alter_script();
    }
    printf("%zu scripts, %u alterations\n", count, alterations);
    CHECK(count >= 120);
}

/* --- states and events ------------------------------------------------------------------------------- */

#define BIT(event) (1u << (SCRIPT_ON_##event))

/* What cannot happen: before the handshake there is nothing outside a window, nor a place in it; a
 * connection without an owner in LISTEN or SYN-RECEIVED takes no calls; nothing is outstanding in
 * FIN-WAIT-2 and TIME-WAIT; CLOSED and LISTEN have no timer and nothing in flight. */
static const uint32_t impossible[] = {
    [TCPIP_TCP_CLOSED] = BIT(ACK_NEW) | BIT(ACK_FUTURE) | BIT(ACK_ANCIENT) | BIT(DATA_EARLY) |
                         BIT(OUTSIDE) | BIT(RESET_INEXACT) | BIT(RESET_OUTSIDE) | BIT(WRITE) |
                         BIT(READ) | BIT(SHUTDOWN) | BIT(CLOSE) | BIT(ABORT) | BIT(TIMER),
    [TCPIP_TCP_LISTEN] = BIT(ACK_NEW) | BIT(ACK_FUTURE) | BIT(ACK_ANCIENT) | BIT(DATA_EARLY) |
                         BIT(OUTSIDE) | BIT(RESET_INEXACT) | BIT(RESET_OUTSIDE) | BIT(WRITE) |
                         BIT(READ) | BIT(SHUTDOWN) | BIT(CLOSE) | BIT(ABORT) | BIT(TIMER),
    [TCPIP_TCP_SYN_SENT] = BIT(RESET_INEXACT) | BIT(ACK_ANCIENT) | BIT(DATA_EARLY) | BIT(OUTSIDE),
    [TCPIP_TCP_FIN_WAIT_2] = BIT(ACK_NEW),
    [TCPIP_TCP_TIME_WAIT] = BIT(ACK_NEW),
};

TEST(scripts_bring_every_state_together_with_every_event)
{
    uint32_t met[TCPIP_TCP_TIME_WAIT + 1] = {0};
    const struct test_case *found;
    size_t count = test_find_cases(&found);
    unsigned missing = 0;

    for (size_t i = 0; i < count; i++) {
        load(found[i].name);
        script_run(&script, &outcome);
        for (unsigned state = 0; state <= TCPIP_TCP_TIME_WAIT; state++)
            met[state] |= outcome.met[state];
    }
    for (unsigned state = 0; state <= TCPIP_TCP_TIME_WAIT; state++) {
        uint32_t excused = state < sizeof impossible / sizeof impossible[0] ? impossible[state] : 0;
        for (unsigned event = 0; event < SCRIPT_ON_EVENTS; event++) {
            if (((met[state] | excused) & 1u << event) != 0)
                continue;
            printf("no script has %s in %s\n", script_event_names[event],
                   tcpip_tcp_state_name(state));
            missing++;
        }
    }
    CHECK_EQUAL(0, missing);
}

/* --- what is no script --------------------------------------------------------------------------------- */

static void refused(const char *text, const char *message)
{
    static char got[SCRIPT_MESSAGE];

    CHECK(!script_parse(&script, "x.tcp", text, got));
    CHECK_STRING(message, got);
}

TEST(what_is_no_script_is_refused_with_file_and_line)
{
    refused("", "x.tcp:0: no step at all");
    refused("# only a comment\n\n", "x.tcp:2: no step at all");
    refused("connect\nfly\n", "x.tcp:2: there is no step 'fly'");
    refused("\n+5\n", "x.tcp:2: a time without a step");
    refused("+x connect\n", "x.tcp:1: a time is +N or +N..M, in milliseconds");
    refused("+5..4 > S seq 0\n", "x.tcp:1: the time ends before it begins");
    refused("+1..5 connect\n", "x.tcp:1: only a segment that leaves has a time +N..M");
    refused("> \n", "x.tcp:1: flags are missing: letters of FSRPAU, or none");
    refused("> SX seq 0\n", "x.tcp:1: no flag is named 'X': letters of FSRPAU, or none");
    refused("> S\n", "x.tcp:1: seq is missing");
    refused("> A seq 0\n", "x.tcp:1: ack is missing, and A is among the flags");
    refused("> S seq\n", "x.tcp:1: a number is missing behind 'seq'");
    refused("> S seq 1 seq 2\n", "x.tcp:1: 'seq' stands twice");
    refused("> S seq one\n", "x.tcp:1: 'one' is not what stands behind 'seq'");
    refused("> S seq 0 size 4\n", "x.tcp:1: a segment has no 'size'");
    refused("> S seq 0 ts 5\n", "x.tcp:1: '5' is not what stands behind 'ts'");
    refused("> S seq 0 sack 5-\n", "x.tcp:1: '5-' is not what stands behind 'sack'");
    refused("listen\n", "x.tcp:1: a number is missing behind 'listen'");
    refused("state\n", "x.tcp:1: a word is missing behind 'state'");
    refused("state OPEN\n", "x.tcp:1: 'OPEN' is no word for 'state'");
    refused("read\n", "x.tcp:1: the result is missing: = N");
    refused("read = some\n", "x.tcp:1: a result is a number, ok or none");
    refused("read = 1 2\n", "x.tcp:1: '2' is too much");
    refused("close now\n", "x.tcp:1: 'now' is too much");
    refused("write 5000000000\n", "x.tcp:1: a number is missing behind 'write'");
}

TEST(a_step_is_printed_as_it_is_read)
{
    static const char *const lines[] = {
        "+0 > SA seq 0 ack 1 len 0 win 8192 mss 1460 ws 2 sackok ts 0/17",
        "+5..9 > FAP seq 1 ack -1 len 3 sack 5-9 sack 12-14",
        "+0 > R seq 7 plain",
        "+0 < none seq 1 len 4 urg 9 other",
        "+1000 quiet",
        "+0 count cwnd = 4000",
        "+0 events connected writable",
    };
    char text[SCRIPT_MESSAGE], message[SCRIPT_MESSAGE];

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        CHECK(script_parse(&script, "x.tcp", lines[i], message));
        script_print_step(&script.steps[0], text, sizeof text);
        CHECK_STRING(lines[i], text);
    }
}

TEST(a_mismatch_says_what_was_expected_and_what_came)
{
    static const char text[] = "connect\n> SA seq 0 ack 1 mss 1460\n";
    char message[SCRIPT_MESSAGE];

    CHECK(script_parse(&script, "x.tcp", text, message));
    script_run(&script, &outcome);
    CHECK(!outcome.passed);
    CHECK(strstr(outcome.message, "x.tcp:2: expected  +0 > SA seq 0 ack 1 mss 1460\n") != NULL);
    CHECK(strstr(outcome.message, "x.tcp:2: got  +0 > S seq 0 ack 0 len 0 win ") != NULL);
}
