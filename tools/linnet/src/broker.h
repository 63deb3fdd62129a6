/* SPDX-License-Identifier: MIT */
/*
 * The demo's broker: Mosquitto on 127.0.0.1 with TLS 1.2 and 1.3, client certificates required, and
 * an access list per certificate identity. It writes no file: its log comes to us by a pipe, so a
 * full disk costs the log file and nothing else.
 */
#pragma once

#include "process.h"

#include <stdbool.h>
#include <stdio.h>

enum { BROKER_LINES = 12 };

struct broker {
    struct process process;
    const char *folder; /* with the certificates; the configuration is put there */
    const char *identity;
    char *program;
    char *configuration; /* names of the files in the folder */
    char *access_list;
    char *state; /* folder of the persistent state, or NULL: none is kept */
    long port;
    FILE *log;                 /* a copy of what it says, as far as there is room; or NULL */
    char *line;                /* the unfinished last line */
    char *lines[BROKER_LINES]; /* the last lines, a ring */
    size_t line_count;
    long published; /* messages that it received */
    long pings;     /* and signs of life */
    bool running;   /* said that it runs */
    bool missed;    /* its end has been reported */
};

/* Starts it and waits until it listens: on `port`, or on a free one if that is 0. `persistent`
 * keeps sessions over a restart. An exit code; a failure has been reported. */
int broker_start(struct broker *broker, const char *folder, const char *identity, long port,
                 bool persistent);

/* Reads what it has said; to be called whenever its output is readable. Reports its end, once. */
void broker_tend(struct broker *broker);

/* Kills it without a warning, and starts it again on the same port. */
void broker_kill(struct broker *broker);
int broker_restart(struct broker *broker);

/* Ends it and removes its files. Also after a failed start. */
void broker_stop(struct broker *broker);
