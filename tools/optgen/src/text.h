/* SPDX-License-Identifier: MIT */
/*
 * Text files, read whole and cut in place: lines and words are pointers into the file's own
 * memory, which lives until text_free.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct text {
    struct text *next;
    char *content;
    char *rest; /* what text_line has not handed out yet */
    int line;   /* number of the line handed out last */
    char path[];
};

/* Reads a file and puts it in front of the list. NULL when it cannot be read (errno says why). */
struct text *text_load(struct text **list, const char *path);

/* The next line without its end and without blanks at its end; NULL after the last. */
char *text_line(struct text *text);

void text_free(struct text *list);

/* Skips blanks. */
char *text_skip(char *at);

/* True if the line begins with this word, followed by a blank or the end; *rest is what follows. */
bool text_word(char *line, const char *word, char **rest);

/* Writes the content to the file unless it has it already. False when it cannot be written. */
bool text_write_changed(const char *path, const char *content, size_t size);
