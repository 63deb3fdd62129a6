/* SPDX-License-Identifier: MIT */
/*
 * Three kinds of lines of objdump's are read, whatever the CPU is:
 *
 *   000002a4 <echo_task>:                             a function begins
 *        2ae:  bl  ad0c <report_now_ms>               an instruction; this one calls
 *                          4c8: R_ARM_ABS32 echo_task  what the linker filled in: here an address
 *
 * A branch to the first instruction of another function is a call, or what the compiler made of one at a
 * function's end. Branches within a function have an offset behind its name.
 */
#include "stack_graph.h"

#include "text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void append(size_t **list, size_t *count, size_t number)
{
    for (size_t i = 0; i < *count; i++)
        if ((*list)[i] == number)
            return;
    size_t *larger = realloc(*list, (*count + 1) * sizeof **list);

    if (!larger)
        return;
    *list = larger;
    larger[(*count)++] = number;
}

/* `ADDRESS <NAME>:` at the start of a line. A name with a dot in front is a mere place in a function. */
static bool begins_function(const char *line, struct stack_function *function)
{
    char *end;

    if (!isxdigit((unsigned char)line[0]))
        return false;
    function->address = strtoul(line, &end, 16);
    if (strncmp(end, " <", 2) != 0 || end[2] == '.')
        return false;
    function->name = text_append(NULL, end + 2, strcspn(end + 2, ">\n"));
    return true;
}

static int by_address(const void *one, const void *other)
{
    unsigned long a = ((const struct stack_function *)one)->address;
    unsigned long b = ((const struct stack_function *)other)->address;

    return a < b ? -1 : a > b;
}

static size_t number_at(const struct stack_graph *graph, unsigned long address)
{
    struct stack_function wanted = {.address = address};
    const struct stack_function *found = bsearch(&wanted, graph->functions, graph->count,
                                                 sizeof wanted, by_address);

    return found ? (size_t)(found - graph->functions) : graph->count;
}

struct stack_function *stack_graph_named(const struct stack_graph *graph, const char *name)
{
    for (size_t i = 0; i < graph->count; i++)
        if (strcmp(graph->functions[i].name, name) == 0)
            return &graph->functions[i];
    return NULL;
}

/* --- what an instruction does -------------------------------------------------------------------- */

/* How many registers stand in `{r4, r5, lr}`, ranges among them. */
static long registers_in(const char *list)
{
    const char *end = strchr(list, '}');
    long count = 0;

    for (const char *at = list; end && at < end; at += strcspn(at, ",}") + 1) {
        int first, last;
        char kind, other;

        count += sscanf(at, "%*[{ ]%c%d-%c%d", &kind, &first, &other, &last) == 4 && last > first
                     ? last - first + 1
                     : 1;
    }
    return count;
}

/* What of the stack an instruction takes: Arm's push and sub, the others' addition of less than nothing. */
static void count_stack(struct stack_function *function, const char *mnemonic, const char *operands)
{
    const char *braces = strchr(operands, '{');
    long bytes = 0;
    char *end;

    if (braces && (strncmp(mnemonic, "push", 4) == 0 ||
                   (strncmp(mnemonic, "stmdb", 5) == 0 && strncmp(operands, "sp!", 3) == 0)))
        bytes = 4 * registers_in(braces);
    else if (braces && strncmp(mnemonic, "vpush", 5) == 0)
        bytes = 8 * registers_in(braces);
    else if (strncmp(mnemonic, "sub", 3) == 0 && strncmp(operands, "sp,", 3) == 0 &&
             strrchr(operands, '#'))
        bytes = strtol(strchr(operands, '#') + 1, &end, 0);
    else if (strncmp(mnemonic, "add", 3) == 0 && strncmp(operands, "sp,sp,-", 7) == 0)
        bytes = strtol(operands + 7, &end, 0);
    else if (strncmp(mnemonic, "add", 3) == 0 && strncmp(operands, "a1, a1, -", 9) == 0)
        bytes = strtol(operands + 9, &end, 0);
    else if (strncmp(mnemonic, "str", 3) == 0 && strstr(operands, "[sp, #-"))
        bytes = strtol(strstr(operands, "[sp, #-") + 7, &end, 0);
    if (bytes > 0)
        function->pushed += bytes;
}

/* A jump to what a register holds, which is not the way back to the caller. */
static bool is_indirect(const char *mnemonic, const char *operands)
{
    static const char *const jumps[] = {"blx", "bx",   "jalr",   "c.jalr",
                                        "jr",  "c.jr", "callx0", "jx"};
    static const char *const back[] = {"lr", "ra", "a0", "t0"};
    size_t length = strcspn(operands, " \t,;@#");
    bool jumps_there = false;

    for (size_t i = 0; i < sizeof jumps / sizeof jumps[0]; i++)
        jumps_there |= strcmp(mnemonic, jumps[i]) == 0;
    for (size_t i = 0; i < sizeof back / sizeof back[0]; i++)
        jumps_there &= !(strlen(back[i]) == length && strncmp(operands, back[i], length) == 0) ||
                       strncmp(mnemonic, "call", 4) == 0;
    return jumps_there && length > 0 && isalpha((unsigned char)operands[0]) &&
           !strchr(operands, '<');
}

/* The start of the function that the instruction goes to. False: it goes to none. */
static bool goes_to(const char *operands, unsigned long *address)
{
    const char *open = strchr(operands, '<');
    const char *at = open;

    if (!open || open < operands + 2 || strchr(open, '+'))
        return false;
    while (at > operands && (at[-1] == ' ' || isxdigit((unsigned char)at[-1])))
        at--;
    *address = strtoul(at, NULL, 16);
    return true;
}

/* Not a mere jump, which within a function is a loop. */
static bool is_call(const char *mnemonic)
{
    static const char *const calls[] = {"bl", "blx", "jal", "c.jal", "call0"};

    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        if (strcmp(mnemonic, calls[i]) == 0)
            return true;
    return false;
}

static void take_instruction(struct stack_graph *graph, size_t self, char *text)
{
    struct stack_function *function = &graph->functions[self];
    char *mnemonic = text + strspn(text, " \t");
    char *operands = mnemonic + strcspn(mnemonic, " \t");
    unsigned long address;

    if (*operands)
        *operands++ = '\0';
    operands += strspn(operands, " \t");
    count_stack(function, mnemonic, operands);
    if (is_indirect(mnemonic, operands)) {
        function->indirect = true;
    } else if (strchr("bjc", mnemonic[0]) && goes_to(operands, &address)) {
        size_t number = number_at(graph, address);

        if (number < graph->count && (number != self || is_call(mnemonic)))
            append(&function->calls, &function->call_count, number);
    }
}

/* `TYPE\tNAME`: a function's address, unless the type is that of a call. */
static void take_reference(struct stack_graph *graph, size_t self, const char *text)
{
    static const char *const calls[] = {"CALL", "JUMP", "JAL",     "BRANCH",
                                        "PC24", "PLT",  "MIPS_26", "OP"};
    const char *name = strchr(text, '\t');
    size_t type = name ? (size_t)(name - text) : 0;

    for (size_t i = 0; name && i < sizeof calls / sizeof calls[0]; i++) {
        const char *found = strstr(text, calls[i]);
        if (found && found < text + type)
            return;
    }
    struct stack_function *mentioned = name ? stack_graph_named(graph, name + 1) : NULL;

    if (mentioned)
        append(&graph->functions[self].mentions, &graph->functions[self].mention_count,
               (size_t)(mentioned - graph->functions));
}

/* --- the whole text ------------------------------------------------------------------------------ */

static char *next_line(char *line)
{
    char *end = strchr(line, '\n');

    if (end)
        *end++ = '\0';
    return end && *end ? end : NULL;
}

static void take_functions(struct stack_graph *graph, const char *text)
{
    size_t room = 0;

    for (const char *line = text; line && *line;) {
        const char *end = strchr(line, '\n');
        struct stack_function function = {.own = -1, .worst = -1};

        if (begins_function(line, &function)) {
            if (graph->count == room) {
                room = 2 * room + 1024;
                graph->functions = realloc(graph->functions, room * sizeof *graph->functions);
                if (!graph->functions)
                    abort();
            }
            graph->functions[graph->count++] = function;
        }
        line = end ? end + 1 : NULL;
    }
    if (graph->count > 0)
        qsort(graph->functions, graph->count, sizeof *graph->functions, by_address);
}

static void take_code(struct stack_graph *graph, char *text)
{
    size_t self = graph->count;

    for (char *line = text; line;) {
        char *next = next_line(line), *end;
        unsigned long address = strtoul(line + strspn(line, " \t"), &end, 16);

        if (line[0] != ' ' && strncmp(end, " <", 2) == 0)
            self = end[2] == '.' ? self : number_at(graph, address);
        else if (self < graph->count && *end == ':' && strstr(end, "R_") == end + 2)
            take_reference(graph, self, end + 2);
        else if (self < graph->count && *end == ':' && end[1] == '\t')
            take_instruction(graph, self, end + 2);
        line = next;
    }
}

struct stack_graph *stack_graph_read(char *disassembly)
{
    struct stack_graph *graph = calloc(1, sizeof *graph);

    if (!graph)
        abort();
    take_functions(graph, disassembly);
    take_code(graph, disassembly);
    return graph;
}

void stack_graph_free(struct stack_graph *graph)
{
    if (!graph)
        return;
    for (size_t i = 0; i < graph->count; i++) {
        free(graph->functions[i].name);
        free(graph->functions[i].calls);
        free(graph->functions[i].mentions);
    }
    free(graph->functions);
    free(graph);
}
