/* SPDX-License-Identifier: MIT */
/*
 * A task begins in a function whose address is taken by one that calls xTaskCreate. From there the graph
 * is walked twice: for the deepest way, and for what has no bound.
 */
#include "stack_use.h"

#include "files.h"
#include "process.h"
#include "stack_graph.h"
#include "terminal.h"
#include "text.h"

#include <ctype.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- what the compiler says ---------------------------------------------------------------------- */

/* nftw() passes nothing on to its callback. */
static struct {
    struct stack_graph *graph;
    const char *app;
} reading;

/* Whether the compiler's name of a function is that of the image, where copies of it have a suffix. */
static bool is_same(const char *theirs, size_t length, const char *ours)
{
    size_t plain = strcspn(ours, ".");
    size_t their_plain = 0;

    while (their_plain < length && theirs[their_plain] != '.')
        their_plain++;
    if (strlen(ours) == length && strncmp(ours, theirs, length) == 0)
        return true;
    return ours[plain] == '.' && plain == their_plain && strncmp(ours, theirs, plain) == 0;
}

/* `FILE:LINE:COLUMN:NAME\tBYTES\tKIND`. Several static functions may have a name: the largest counts. */
static void take_usage(const char *line)
{
    const char *tab = strchr(line, '\t');
    const char *name = tab;
    long bytes;

    if (!tab)
        return;
    while (name > line && name[-1] != ':')
        name--;
    bytes = strtol(tab + 1, NULL, 10);
    for (size_t i = 0; i < reading.graph->count; i++) {
        struct stack_function *function = &reading.graph->functions[i];

        if (!is_same(name, (size_t)(tab - name), function->name))
            continue;
        if (bytes > function->own)
            function->own = bytes;
        function->unbounded |= strstr(tab, "dynamic") && !strstr(tab, "bounded");
    }
}

/* Whether a file of -fstack-usage is of something that is in the image: no test, no other application. */
static bool belongs(const char *path)
{
    const char *apps = strstr(path, "/apps/");
    const char *whole = strstr(path, ".ltrans");
    char *ours = text_format("/apps/%s/", reading.app);
    char *image = text_format("/%s.elf.", reading.app);
    bool good = !strstr(path, "/test") &&
                (!apps || strncmp(apps, "/apps/common/", 13) == 0 || strstr(path, ours)) &&
                (!whole || strstr(path, image));

    free(ours);
    free(image);
    return good;
}

static int take_file(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    size_t length = strlen(path);
    char *text;

    (void)status;
    (void)place;
    if (kind != FTW_F || length < 3 || strcmp(path + length - 3, ".su") != 0 || !belongs(path))
        return 0;
    text = read_whole_file(path);
    for (char *line = text; line && *line;) {
        char *end = strchr(line, '\n');

        if (end)
            *end = '\0';
        take_usage(line);
        line = end ? end + 1 : NULL;
    }
    free(text);
    return 0;
}

static void take_usages(struct stack_graph *graph, const char *folder, const char *app)
{
    reading.graph = graph;
    reading.app = app;
    nftw(folder, take_file, 16, FTW_PHYS);
    for (size_t i = 0; i < graph->count; i++)
        if (graph->functions[i].own < 0)
            graph->functions[i].own = graph->functions[i].pushed;
}

/* --- how deep ------------------------------------------------------------------------------------ */

enum { NEW, OPEN, DONE };

/* A call of a function that is open closes a circle: it is not counted again. */
static long count_worst(struct stack_graph *graph, size_t self)
{
    struct stack_function *function = &graph->functions[self];
    long most = 0;

    function->state = OPEN;
    function->deepest = self;
    for (size_t i = 0; i < function->call_count; i++) {
        size_t callee = function->calls[i];
        long worst = graph->functions[callee].worst;

        if (graph->functions[callee].state == OPEN)
            continue;
        if (graph->functions[callee].state == NEW)
            worst = count_worst(graph, callee);
        if (worst > most) {
            most = worst;
            function->deepest = callee;
        }
    }
    function->state = DONE;
    function->worst = most + function->own;
    return function->worst;
}

static void look_around(struct stack_graph *graph, size_t self, struct stack_task *task)
{
    struct stack_function *function = &graph->functions[self];

    function->state = OPEN;
    if (function->indirect)
        args_add(&task->indirect, "%s", function->name);
    if (function->unbounded)
        args_add(&task->unbounded, "%s", function->name);
    for (size_t i = 0; i < function->call_count; i++) {
        struct stack_function *callee = &graph->functions[function->calls[i]];

        if (callee->state == OPEN)
            args_add(&task->cycles, "%s -> %s", function->name, callee->name);
        else if (callee->state == NEW)
            look_around(graph, function->calls[i], task);
    }
    function->state = DONE;
}

static void forget_states(struct stack_graph *graph)
{
    for (size_t i = 0; i < graph->count; i++)
        graph->functions[i].state = NEW;
}

static void measure(struct stack_graph *graph, size_t root, struct stack_task *task)
{
    *task = (struct stack_task){.function = graph->functions[root].name};
    forget_states(graph);
    task->worst = (unsigned long)count_worst(graph, root);
    for (size_t at = root;; at = graph->functions[at].deepest) {
        const struct stack_function *function = &graph->functions[at];

        args_add(&task->path, "%s %ld", function->name, function->own);
        if (function->deepest == at)
            break;
    }
    forget_states(graph);
    look_around(graph, root, task);
}

/* --- tasks --------------------------------------------------------------------------------------- */

static bool makes_tasks(const struct stack_graph *graph, const struct stack_function *function)
{
    static const char *const makers[] = {"xTaskCreate", "xTaskCreateStatic"};

    for (size_t i = 0; i < function->call_count; i++) {
        const char *name = graph->functions[function->calls[i]].name;

        if (strcmp(name, makers[0]) == 0 || strcmp(name, makers[1]) == 0)
            return true;
    }
    return false;
}

static bool is_listed(const struct stack_use *use, const char *function)
{
    for (size_t i = 0; i < use->count; i++)
        if (strcmp(use->tasks[i].function, function) == 0)
            return true;
    return false;
}

static void add_task(struct stack_use *use, size_t root)
{
    struct stack_task *larger = realloc(use->tasks, (use->count + 1) * sizeof *larger);

    if (!larger)
        return;
    use->tasks = larger;
    measure(use->graph, root, &larger[use->count]);
    use->count++;
}

static void find_tasks(struct stack_use *use)
{
    struct stack_graph *graph = use->graph;

    for (size_t i = 0; i < graph->count; i++) {
        const struct stack_function *function = &graph->functions[i];

        for (size_t j = 0; makes_tasks(graph, function) && j < function->mention_count; j++)
            if (!is_listed(use, graph->functions[function->mentions[j]].name))
                add_task(use, function->mentions[j]);
    }
}

bool stack_use_read(const char *image, const char *folder, const char *app, const char *objdump,
                    struct stack_use *use)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .quiet = true};
    char *text = NULL;
    bool good;

    *use = (struct stack_use){0};
    args_add_all(&command,
                 (const char *const[]){objdump, "-dr", "--no-show-raw-insn", image, NULL});
    good = process_capture(&spec, &text) == 0 && text;
    args_free(&command);
    if (good) {
        use->graph = stack_graph_read(text);
        take_usages(use->graph, folder, app);
        find_tasks(use);
    } else if (!interrupted()) {
        complain("the image's code could not be read", text, "linnet doctor names what is missing");
    }
    free(text);
    return good;
}

void stack_use_free(struct stack_use *use)
{
    for (size_t i = 0; i < use->count; i++) {
        args_free(&use->tasks[i].path);
        args_free(&use->tasks[i].indirect);
        args_free(&use->tasks[i].cycles);
        args_free(&use->tasks[i].unbounded);
    }
    free(use->tasks);
    stack_graph_free(use->graph);
    *use = (struct stack_use){0};
}
