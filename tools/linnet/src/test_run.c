/* SPDX-License-Identifier: MIT */
#include "test_run.h"

#include "args.h"
#include "files.h"
#include "process.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_JOBS = 64,
    OUTPUT_LIMIT = 256 * 1024,
    SKIPPED_STATUS = 77,
    NIGHT_FUZZ_SECONDS = 4 * 3600,
};

/* A place in which one case at a time runs. */
struct slot {
    struct process process;
    struct test_case *test;
    long long started;
    long long deadline;
    bool timed_out;
};

static void replace_note(struct test_case *test, char *note)
{
    free(test->note);
    test->note = note;
}

/* A fuzzer works on a copy of its corpus, so that the tree stays as it was committed. */
static bool add_fuzz_words(struct args *command, const struct test_plan *plan,
                           const struct test_program *program)
{
    char *corpus = text_format("%s/fuzz/%s.corpus", plan->folder, program->name);
    bool copied = remove_folder(corpus) && copy_folder(program->corpus, corpus) >= 0;

    args_add(command, "-runs=%s", plan->night ? "100000000" : "1000000");
    if (!plan->night)
        args_add(command, "-seed=1");
    args_add(command, "-max_len=%s", plan->night ? "4096" : "512");
    args_add(command, "-timeout=10");
    args_add(command, "-print_final_stats=1");
    args_add(command, "-artifact_prefix=%s/fuzz/%s.found-", plan->folder, program->name);
    args_add(command, "%s", corpus);
    free(corpus);
    return copied;
}

static bool start(struct slot *slot, const struct test_plan *plan, struct test_case *test)
{
    const struct test_program *program = test->program;
    struct args command = {0};
    struct args environment = {0};
    struct process_spec spec = {
        .args = &command, .environment = &environment, .output = PROCESS_PIPE};
    long seconds = program->seconds;
    bool ready = true;

    args_add(&command, "%s", program->path);
    if (program->kind == TEST_FUZZ) {
        ready = add_fuzz_words(&command, plan, program);
        seconds = plan->night ? NIGHT_FUZZ_SECONDS : seconds;
    } else if (program->kind == TEST_REPLAY) {
        args_add(&command, "%s", program->corpus);
    } else {
        args_add(&command, "%s", test->argument);
    }
    args_add(&environment, "LINNET_SOURCE_DIR=%s", linnet_root());
    args_add(&environment, "LINNET_BUILD_DIR=%s", plan->folder);
    *slot = (struct slot){.test = test, .started = now_ms()};
    slot->deadline = slot->started + seconds * 1000LL;
    test->output = text_copy("");
    ready = ready && process_start(&slot->process, &spec);
    if (!ready) {
        replace_note(test, text_copy("could not be started"));
        test->verdict = VERDICT_FAILED;
        slot->test = NULL;
    }
    args_free(&command);
    args_free(&environment);
    return ready;
}

/* Of a long output the end is kept: there stands the reason, or a fuzzer's statistics. */
static void take_output(struct slot *slot)
{
    char chunk[4096];
    ssize_t got;

    while ((got = process_read(&slot->process, chunk, sizeof chunk)) > 0) {
        char *output = text_append(slot->test->output, chunk, (size_t)got);
        size_t size = strlen(output);

        if (size > OUTPUT_LIMIT)
            memmove(output, output + size - OUTPUT_LIMIT / 2, OUTPUT_LIMIT / 2 + 1);
        slot->test->output = output;
    }
}

/* The last line of the output, as the reason of a skip. */
static char *last_line(const char *output)
{
    size_t end = strlen(output);

    while (end > 0 && output[end - 1] == '\n')
        end--;
    size_t begin = end;

    while (begin > 0 && output[begin - 1] != '\n')
        begin--;
    return text_format("%.*s", (int)(end - begin), output + begin);
}

/* The number behind a label of libFuzzer's final statistics, or -1. */
static long fuzz_statistic(const char *output, const char *label)
{
    const char *at = strstr(output, label);

    return at ? strtol(at + strlen(label), NULL, 10) : -1;
}

/* libFuzzer ends with 0 also when it was interrupted: only its statistics show that it came to its
 * end. */
static void judge_fuzzer(struct test_case *test)
{
    long executions = fuzz_statistic(test->output, "stat::number_of_executed_units:");

    test->verdict = executions < 0 ? VERDICT_FAILED : VERDICT_PASSED;
    replace_note(test,
                 executions < 0
                     ? text_format("stopped before its end: it printed no statistics")
                     : text_format("%ld executions, %ld/s", executions,
                                   fuzz_statistic(test->output, "stat::average_exec_per_sec:")));
}

static void judge(const struct test_plan *plan, struct test_case *test, int status, bool timed_out)
{
    if (timed_out) {
        test->verdict = VERDICT_FAILED;
        replace_note(test, text_format("took longer than %ld s", test->program->seconds));
    } else if (status == SKIPPED_STATUS) {
        static const char left_out[] = "left out: "; /* there is no room for it on the board */
        char *reason = last_line(test->output);
        bool wanted = strncmp(reason, left_out, strlen(left_out)) != 0;

        test->verdict = plan->skips_fail && wanted ? VERDICT_FAILED : VERDICT_SKIPPED;
        replace_note(test, text_format("%s%s", wanted ? "skipped: " : "", reason));
        free(reason);
    } else if (status == 0) {
        test->verdict = VERDICT_PASSED;
        if (test->program->kind == TEST_FUZZ)
            judge_fuzzer(test);
    } else {
        test->verdict = VERDICT_FAILED;
        replace_note(test, status > 128 ? text_format("ended by signal %d", status - 128)
                                        : text_format("exit code %d", status));
    }
}

/* True if the slot is free again. */
static bool look_after(struct slot *slot, const struct test_plan *plan)
{
    bool ended = process_ended(&slot->process);

    take_output(slot);
    if (!ended && now_ms() >= slot->deadline) {
        process_kill(&slot->process);
        slot->timed_out = true;
        ended = true;
    }
    if (!ended)
        return false;
    take_output(slot);
    process_kill(&slot->process);
    slot->test->milliseconds = now_ms() - slot->started;
    judge(plan, slot->test, slot->process.status, slot->timed_out);
    slot->test = NULL;
    return true;
}

static int time_to_wait(const struct slot *slots, long jobs)
{
    long long next = now_ms() + 1000;

    for (long i = 0; i < jobs; i++)
        if (slots[i].test && slots[i].deadline < next)
            next = slots[i].deadline;
    next -= now_ms();
    return next < 0 ? 0 : (int)next;
}

static void stop_all(struct slot *slots, long jobs)
{
    for (long i = 0; i < jobs; i++)
        if (slots[i].test)
            process_stop(&slots[i].process);
}

/* Starts cases in the free slots and looks after the others; how many run. */
static size_t serve_slots(struct test_plan *plan, struct slot *slots, size_t *next,
                          void (*done)(const struct test_plan *, size_t))
{
    size_t running = 0;

    for (long i = 0; i < plan->jobs; i++) {
        struct test_case *test = slots[i].test;

        if (test && look_after(&slots[i], plan))
            done(plan, (size_t)(test - plan->cases));
        while (!slots[i].test && *next < plan->count) {
            size_t index = (*next)++;

            if (!start(&slots[i], plan, &plan->cases[index]))
                done(plan, index);
        }
        running += slots[i].test != NULL;
    }
    return running;
}

bool test_plan_run(struct test_plan *plan, void (*done)(const struct test_plan *, size_t))
{
    struct slot slots[MOST_JOBS] = {0};
    size_t next = 0;

    if (plan->jobs > MOST_JOBS)
        plan->jobs = MOST_JOBS;
    while (serve_slots(plan, slots, &next, done) > 0) {
        struct process *waited[MOST_JOBS];

        for (long i = 0; i < plan->jobs; i++)
            waited[i] = slots[i].test ? &slots[i].process : NULL;
        processes_wait(waited, (size_t)plan->jobs, time_to_wait(slots, plan->jobs));
        if (interrupted()) {
            stop_all(slots, plan->jobs);
            return false;
        }
    }
    return true;
}
