/* SPDX-License-Identifier: MIT */
/*
 * What a demo tells the person who watches: steps with their time as they happen, and figures at
 * the end; as text, or with --json as one JSON object a line.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Reads the settings `json` and `verbose`. Once, first. */
void report_init(void);
bool report_is_json(void);

/* A step that was taken: "  0.123 s  network   lease 10.0.2.15". `name` is one word. */
__attribute__((format(printf, 2, 3))) void report_step(const char *name, const char *format, ...);

/* The same, shown only with `verbose`. */
__attribute__((format(printf, 2, 3))) void report_detail(const char *name, const char *format, ...);

/* What went wrong: what, why, and what to do. Shown always, on standard output like the steps, so
 * that the order stays. */
__attribute__((format(printf, 1, 2))) void report_problem(const char *format, ...);

/* Milliseconds since the board was started; wraps after 49 days. */
uint32_t report_now_ms(void);

/* Remembers how long a phase took, for the last line: in the order of the first calls, the first
 * value of each. `phase` stays the caller's. */
void report_phase(const char *phase, uint32_t milliseconds);

/* One whole line as it is (a summary, or JSON), with a new-line behind it. */
__attribute__((format(printf, 1, 2))) void report_line(const char *format, ...);

/* The last line: phases, the heap's and each task's high water. In JSON: the members of the last
 * object, `"phases_ms":{…},"heap":{…},"stacks":{…}`. */
void report_resources(char *text, uint32_t size);
