/* SPDX-License-Identifier: MIT */
/* Strings: building, reading numbers and addresses, distances, quoting for the shell and JSON. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A string as by printf, to be freed by the caller. Ends the program if there is no memory. */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A copy, to be freed by the caller; NULL for NULL. */
char *text_copy(const char *text);

/* Appends to a string made by this module (NULL counts as empty) and gives the new one. */
char *text_append(char *text, const char *tail, size_t size);

/* Reads a whole decimal number within the range; false if it is anything else. */
bool text_number(const char *text, long minimum, long maximum, long *number);

/* Takes `HOST:PORT` or `[V6]:PORT` apart: a host of 1..253 characters without blanks, a port of
 * 1..65535. The host goes to `host`, which holds `size` bytes. False: not of that form. */
bool text_endpoint(const char *text, char *host, size_t size, long *port);

/* How many letters must be changed, added, left out or swapped with their neighbour. */
size_t text_distance(const char *one, const char *other);

/* The word as a POSIX shell reads it back, to be freed by the caller. */
char *text_shell_quote(const char *word);

/* The text as a JSON string with its quotes, to be freed by the caller. Bytes that are not valid
 * UTF-8 become U+FFFD. */
char *text_json(const char *text);

/* The text for XML content and attributes, to be freed by the caller. Characters that XML 1.0
 * cannot carry become `?`. */
char *text_xml(const char *text);

/* True if the pattern is part of the text, or matches all of it as a shell pattern. */
bool text_matches(const char *text, const char *pattern);
