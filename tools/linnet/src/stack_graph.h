/* SPDX-License-Identifier: MIT */
/* Functions of an image and who calls whom, read from its disassembly (objdump -dr). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct stack_function {
    char *name;
    unsigned long address;
    long own;       /* bytes of stack by the compiler's account; -1: it has none */
    long pushed;    /* bytes that its instructions take */
    bool unbounded; /* takes as much as it is told to at run time */
    bool indirect;  /* calls through a pointer */
    size_t *calls;  /* numbers of functions */
    size_t call_count;
    size_t *mentions; /* functions whose address it takes */
    size_t mention_count;
    long worst;     /* with all it calls; -1: not counted yet */
    size_t deepest; /* which of its calls takes most; its own number: none */
    int state;      /* of a walk */
};

struct stack_graph {
    struct stack_function *functions; /* by address */
    size_t count;
};

/* Changes the text that it is given. */
struct stack_graph *stack_graph_read(char *disassembly);

/* The first function of this name, or NULL. */
struct stack_function *stack_graph_named(const struct stack_graph *graph, const char *name);

void stack_graph_free(struct stack_graph *graph);
