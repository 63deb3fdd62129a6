/* SPDX-License-Identifier: MIT */
/* A growing list of strings that ends in NULL: the arguments of a command. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct args {
    char **items;
    size_t count;
};

/* Adds one string, made as by printf. */
void args_add(struct args *args, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds strings as they are, up to a NULL. */
void args_add_all(struct args *args, const char *const *words);

/* All of them, quoted for the shell, in one string that the caller frees. */
char *args_line(const struct args *args);

bool args_contain(const struct args *args, const char *word);
void args_free(struct args *args);
