/* SPDX-License-Identifier: MIT */
/*
 * The options as the Kconfig sources declare them: name, type, and what messages, descriptions and
 * the reference tell about them. Values are not worked out here: that is kconfig-conf's part.
 *
 * Two things are ours, both written as Kconfig comments so that every Kconfig tool accepts them:
 *
 *   # header FreeRTOSConfig.h: config INCLUDE_     options with these prefixes end in this header
 *   config configSTACK_DEPTH_TYPE  # bare          the string is C text, not to be quoted
 *
 * An option that begins with LINNET_ is for the build alone and ends in no header.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "report.h"
#include "text.h"

enum option_type { OPTION_UNTYPED, OPTION_BOOL, OPTION_INT, OPTION_HEX, OPTION_STRING };

enum { MAX_HEADERS = 32, MAX_SCOPES = 8, MAX_DEFAULTS = 4, MAX_CONDITIONS = 6, MAX_CHOICES = 32 };

/* One member is y, the others are n. */
struct choice {
    char *prompt;     /* or NULL */
    char *help;       /* or NULL */
    char *default_to; /* the member that is y by default, or NULL: the first */
};

struct option {
    char *name;
    enum option_type type;
    bool bare;
    struct place place;
    int choice;                    /* which choice it is a member of, counted from 1; 0: of none */
    const char *part;              /* title of the outermost menu it stands in, or "" */
    const char *menu;              /* title of the innermost one, or "" */
    char *prompt;                  /* what it is, in a few words; NULL: it follows from others */
    char *prompt_if;               /* condition of its prompt, or NULL */
    char *depends[MAX_CONDITIONS]; /* its own and those of what it stands in; NULL ends them */
    char *defaults[MAX_DEFAULTS];  /* as written, the first that holds counts; NULL ends them */
    char *range;                   /* its first `range`, or NULL */
    char *help;                    /* lines indented as in the file, or NULL */
    const char *header;            /* the header it ends in; NULL for the build's own options */
};

struct header_rule {
    char *header;
    char *prefixes; /* separated by blanks */
};

struct options {
    struct option *items; /* in the order of their declaration */
    size_t count;
    size_t room;
    struct header_rule headers[MAX_HEADERS];
    size_t header_count;
    struct choice choices[MAX_CHOICES];
    size_t choice_count;
    struct text *texts; /* newest first; the sources' paths for whoever watches them */
};

/* Reads the source and what it includes (paths are relative to the current folder). False when
 * something was reported. The options must be freed in either case. */
bool kconfig_read(struct options *options, const char *path);

void kconfig_free(struct options *options);

/* NULL when there is none of this name. */
struct option *kconfig_find(const struct options *options, const char *name);

/* The option whose name is most like this one; NULL when none is near. */
const struct option *kconfig_nearest(const struct options *options, const char *name);

/* What an option depends on, its prompt's condition included, as one condition; "" for nothing.
 * The buffer holds it unless it is longer than that. */
const char *kconfig_condition(const struct option *option, char *buffer, size_t size);

/* Prints a help text without its indentation; each line after the first begins with `begin`. */
void kconfig_print_help(FILE *out, const char *help, const char *begin);
