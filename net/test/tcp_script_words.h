/* SPDX-License-Identifier: MIT */
/* The words of packet scripts: which there are, and what they mean to the engine. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tcp_script_file.h"

struct script_word {
    const char *text; /* NULL behind the last */
    uint32_t value;
};

/*
 * A step's grammar. `operands` has a letter for each operand that must follow: `n` a number, `w` a
 * word of `words`, `*` one or more of them, `r` the segment's flags and fields. `result`: `= N` or `= ok`, `= none`,
 * may follow (`?`) or must (`!`).
 */
struct script_grammar {
    const char *name;
    const char *operands;
    char result;
    bool expects;
    const struct script_word *words;
};

extern const struct script_grammar script_grammars[SCRIPT_VERBS];

/* The fields of a segment: `numbers` follow the name, blocks and time stamps are two by `second`. */
struct script_field {
    const char *name;
    enum script_operand_kind kind;
    unsigned numbers;
    char second; /* what stands between the two, or 0 */
};

extern const struct script_field script_fields[];
extern const unsigned script_field_count;

/* The entry with this text, or with this value; NULL: none. */
const struct script_word *script_word_of(const struct script_word *words, const char *text);
const char *script_text_of(const struct script_word *words, uint32_t value);
