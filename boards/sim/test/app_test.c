/* SPDX-License-Identifier: MIT */
/* An application linked with the board, run as a process: command line, signals, both clocks. */
#include <linnet_test.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The application, running; its output and errors come from `output`. */
struct run {
    pid_t process;
    int output;
};

static struct run start(char *const words[])
{
    int ends[2];

    CHECK(pipe(ends) == 0);
    struct run run = {fork(), ends[0]};
    CHECK(run.process >= 0);
    if (run.process == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        execv(BOARD_SIM_APP, words);
        _exit(127);
    }
    close(ends[1]);
    return run;
}

/* The exit code, or minus the signal. */
static int finish(struct run run, char *text, size_t size)
{
    size_t used = 0;
    ssize_t got;
    int status;

    while (used < size - 1 && (got = read(run.output, text + used, size - 1 - used)) > 0)
        used += (size_t)got;
    text[used] = '\0';
    close(run.output);
    CHECK(waitpid(run.process, &status, 0) == run.process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int run_app(char *const words[], char *text, size_t size)
{
    return finish(start(words), text, size);
}

static double seconds_now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

TEST(application_runs_in_real_time)
{
    char text[400];
    double begin = seconds_now();

    CHECK_EQUAL(7, run_app((char *[]){"app", "--count=20", NULL}, text, sizeof text));
    CHECK(seconds_now() - begin >= 0.19);
    CHECK(strncmp(text, "count 1\ncount 2\n", 16) == 0);
}

TEST(application_runs_in_virtual_time)
{
    char first[200], again[200];
    double begin = seconds_now();

    CHECK_EQUAL(7, run_app((char *[]){"app", "--virtual", "--count", "3", NULL}, first, 200));
    CHECK_STRING("count 1\ncount 2\ncount 3\n30000 us\n", first);
    CHECK_EQUAL(7, run_app((char *[]){"app", "--seed", "5", "--count", "3", NULL}, first, 200));
    CHECK_EQUAL(7, run_app((char *[]){"app", "--seed", "5", "--count", "3", NULL}, again, 200));
    CHECK_STRING(first, again);
    CHECK(seconds_now() - begin < 5);
}

TEST(limit_ends_virtual_time)
{
    static char text[200000];

    CHECK_EQUAL(1, run_app((char *[]){"app", "--virtual", "--limit=5", NULL}, text, sizeof text));
    CHECK(strstr(text, "count 500\n") != NULL);
    CHECK(strstr(text, "passed its limit of 5000000 us") != NULL);
}

TEST(signal_stops_the_application)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    static char text[20000];

    for (int i = 0; i < 3; i++) {
        struct run run = start((char *[]){"app", NULL});
        CHECK(read(run.output, text, 1) == 1);
        kill(run.process, signals[i]);
        CHECK_EQUAL(0, finish(run, text, sizeof text));
        CHECK(strstr(text, "stopped\n") != NULL);
    }
}

TEST(misuse_names_the_task)
{
    char text[1000];

    CHECK_EQUAL(-SIGABRT, run_app((char *[]){"app", "--misuse", NULL}, text, sizeof text));
    CHECK(strstr(text, "assertion failed in task 'count'") != NULL);
}
