/* SPDX-License-Identifier: MIT */
/*
 * Child processes that never outlive us.
 *
 * Each child is the leader of a process group of its own, gets a signal from the kernel when we die
 * (PR_SET_PDEATHSIG), and we are the reaper of whatever its descendants leave behind, so even a
 * daemon that left its group is found when we end. SIGINT, SIGTERM and SIGHUP are blocked and read
 * from a descriptor at the places that wait: an interrupt is a state that callers look at and
 * unwind from, never a jump.
 */
#pragma once

#include "args.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum process_output {
    PROCESS_INHERIT, /* to our output; to our standard error with --json */
    PROCESS_DIRECT,  /* to our output, also with --json: what it writes is the result */
    PROCESS_PIPE,    /* standard output and error together, read with process_read */
    PROCESS_DISCARD,
};

struct process_spec {
    const struct args *args;
    const struct args *environment; /* NAME=VALUE lines on top of ours, or NULL */
    const char *directory;          /* to run in; NULL: ours */
    enum process_output output;
    bool patient; /* ends by a polite signal when we die, and gets a minute to stop: apt, ninja */
    bool asks;    /* gets the terminal: it asks the user */
    bool quiet;   /* not shown by -v: a mere look at the machine */
};

struct process {
    pid_t pid;    /* 0: not started, or reaped */
    int output;   /* the pipe, or -1 */
    int status;   /* exit code, or 128 + signal, once ended */
    bool patient; /* as in the specification */
};

/* Results of a command that are no exit code of its own. */
enum { PROCESS_NOT_FOUND = 127, PROCESS_STOPPED = -1 };

/* Once, before any other: takes over the signals. */
void processes_begin(void);

/* Ends every child and every orphan of theirs. */
void processes_end(void);

/* True once SIGINT, SIGTERM or SIGHUP arrived. */
bool interrupted(void);

/* Starts a command. False, with a message, if there could be no process at all. */
bool process_start(struct process *process, const struct process_spec *spec);

/* Waits until one of the processes has output or has ended, a signal arrives, or the time passes
 * (milliseconds; -1: no limit). The entries may be NULL. */
void processes_wait(struct process *const *processes, size_t count, int timeout);

/* Reads what is there without waiting; 0: nothing now, -1: end of output. */
ssize_t process_read(struct process *process, char *buffer, size_t size);

/* True once it has ended; then its group is gone too and `status` is valid. */
bool process_ended(struct process *process);

/* Ends it with its group: by SIGTERM, and by SIGKILL when it takes too long. */
void process_stop(struct process *process);

/* Ends it with its group at once, by SIGKILL. */
void process_kill(struct process *process);

/* Runs a command to its end: exit code, 128 + signal, or PROCESS_STOPPED if we were interrupted.
 * With --dry-run it is only shown, and succeeds. */
int process_run(const struct process_spec *spec);

/* Runs a command and collects its output, to be freed by the caller. Also with --dry-run if the
 * specification is quiet. */
int process_capture(const struct process_spec *spec, char **output);

/* Becomes the command. Returns only, with a message, if that failed. */
void process_become(const struct process_spec *spec);

/* Sleeps; cut short by an interrupt. */
void sleep_ms(int milliseconds);

/* Milliseconds of a clock that never goes back. */
long long now_ms(void);
