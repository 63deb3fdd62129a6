/* SPDX-License-Identifier: MIT */
/*
 * The options as the Kconfig sources declare them: name, type, and what a message needs to be
 * helpful. Values are not worked out here: that is kconfig-conf's part.
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

struct option {
    char *name;
    enum option_type type;
    bool bare;
    struct place place;
    int choice;         /* which choice it is a member of, counted from 1; 0: of none */
    const char *menu;   /* title of the menu it stands in, or "" */
    char *prompt_if;    /* condition of its prompt, or NULL */
    char *depends;      /* its first `depends on`, or NULL */
    char *range;        /* its first `range`, or NULL */
    const char *header; /* the header it ends in; NULL for the build's own options */
};

struct header_rule {
    char *header;
    char *prefixes; /* separated by blanks */
};

enum { MAX_HEADERS = 32 };

struct options {
    struct option *items; /* in the order of their declaration */
    size_t count;
    size_t room;
    struct header_rule headers[MAX_HEADERS];
    size_t header_count;
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
