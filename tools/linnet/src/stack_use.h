/* SPDX-License-Identifier: MIT */
/*
 * How deep the stack of each task can get: what each function takes by itself, from the compiler's
 * -fstack-usage or, where a library came without it, from its first instructions; and who calls whom,
 * from the image's code. Calls through pointers and recursion have no bound here: they are named.
 */
#pragma once

#include "args.h"

#include <stdbool.h>
#include <stddef.h>

/* What can be said of one task, by the function that it runs. */
struct stack_task {
    const char *function;
    unsigned long worst;  /* bytes, as far as known */
    struct args path;     /* the calls that take them, "function bytes" */
    struct args indirect; /* reachable functions that call through a pointer */
    struct args cycles;   /* calls that close a circle, "caller -> callee" */
    struct args
        unbounded; /* reachable functions that take as much as they are told to at run time */
};

struct stack_graph;

struct stack_use {
    struct stack_task *tasks;
    size_t count;
    struct stack_graph *graph;
};

/* Of an image built in `folder`, whose application is `app`; `objdump` is the toolchain's. False, with a
 * message, if that could not be read. */
bool stack_use_read(const char *image, const char *folder, const char *app, const char *objdump,
                    struct stack_use *use);

void stack_use_free(struct stack_use *use);
