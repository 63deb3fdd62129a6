/* SPDX-License-Identifier: MIT */
/*
 * What the user sees. Results go to standard output, everything about the way there to standard
 * error once --json is given, so that the output stays a clean stream of JSON. Colours appear on a
 * terminal only, and never when NO_COLOR is set (no-color.org).
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

/* The tool's exit codes. */
enum exit_code {
    EXIT_OK = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_ENVIRONMENT = 3,
    EXIT_STOPPED = 130
};

enum colour { COLOUR_PLAIN, COLOUR_GOOD, COLOUR_BAD, COLOUR_WARNING, COLOUR_FAINT };

/* What the options common to all verbs ask for; set once, before anything is printed. */
struct terminal_mode {
    bool verbose;
    bool json;
    bool dry_run;
};
extern struct terminal_mode terminal;

/* A line for the human reader. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* An error in three parts: what happened, why, and what to do. `why` and `mend` may be NULL. */
void complain(const char *what, const char *why, const char *mend);

/* One JSON value on a line of its own; nothing without --json. */
void emit_json(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The escape sequence that begins a colour on the stream, or an empty string. */
const char *colour_begin(FILE *stream, enum colour colour);
const char *colour_end(FILE *stream);

/* True if the stream is a terminal that can overwrite its last line. */
bool is_live(FILE *stream);

/* Shows a line that the next one overwrites; nothing if standard output is no terminal. An empty
 * text clears it. */
void show_status(const char *format, ...) __attribute__((format(printf, 1, 2)));
