/* SPDX-License-Identifier: MIT */
#include "test_coverage.h"

#include "args.h"
#include "process.h"
#include "terminal.h"
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OBJECTS "kernel/CMakeFiles/linnet_kernel.dir/src"
#define SOURCES "kernel/src/"

/* "LABEL:98.25% of 57" as counts; none if the label is not in the block. */
static struct coverage_count parse_count(const char *block, const char *label)
{
    const char *at = strstr(block, label);
    struct coverage_count count = {0};
    double percent;

    if (at && sscanf(at + strlen(label), "%lf%% of %lu", &percent, &count.all) == 2)
        count.reached = (unsigned long)(percent * (double)count.all / 100 + 0.5);
    else
        count = (struct coverage_count){0};
    return count;
}

bool coverage_parse(const char *block, struct coverage *coverage)
{
    const char *path = strstr(block, SOURCES);
    const char *end = path ? strchr(path, '\'') : NULL;

    *coverage = (struct coverage){0};
    if (strncmp(block, "File '", 6) != 0 || !end)
        return false;
    path += strlen(SOURCES);
    if ((size_t)(end - path) >= sizeof coverage->name)
        return false;
    memcpy(coverage->name, path, (size_t)(end - path));
    coverage->lines = parse_count(block, "Lines executed:");
    coverage->branches = parse_count(block, "Taken at least once:");
    return true;
}

static int is_count_file(const struct dirent *entry)
{
    const char *ending = strrchr(entry->d_name, '.');

    return ending && strcmp(ending, ".gcda") == 0;
}

/* Calls `action` with the path of each file of counts in the build folder. */
static bool each_count_file(const char *folder, bool (*action)(const char *path, void *context),
                            void *context)
{
    char *objects = text_format("%s/" OBJECTS, folder);
    struct dirent **entries = NULL;
    int count = scandir(objects, &entries, is_count_file, alphasort);
    bool good = count >= 0;

    for (int i = 0; i < count; i++) {
        char *path = text_format("%s/%s", objects, entries[i]->d_name);
        good = good && action(path, context);
        free(path);
        free(entries[i]);
    }
    free(entries);
    if (!good) {
        char *what = text_format("cannot read or clear the counts in %s", objects);

        complain(what, strerror(errno), "remove the build folder and try again");
        free(what);
    }
    free(objects);
    return good;
}

static bool remove_file(const char *path, void *context)
{
    (void)context;
    return unlink(path) == 0;
}

bool coverage_begin(const char *folder)
{
    return each_count_file(folder, remove_file, NULL);
}

static bool add_file(const char *path, void *context)
{
    args_add(context, "%s", path);
    return true;
}

static double percent_of(struct coverage_count count)
{
    return count.all ? 100.0 * (double)count.reached / (double)count.all : 100.0;
}

static void print_row(const struct coverage *row)
{
    if (terminal.json)
        emit_json("{\"file\":\"%s\",\"lines\":%lu,\"lines_reached\":%lu,\"branches\":%lu,"
                  "\"branches_reached\":%lu}",
                  row->name, row->lines.all, row->lines.reached, row->branches.all,
                  row->branches.reached);
    else
        say("%-26s %5lu of %5lu lines %6.2f %%  %5lu of %5lu branches %6.2f %%", row->name,
            row->lines.reached, row->lines.all, percent_of(row->lines), row->branches.reached,
            row->branches.all, percent_of(row->branches));
}

static void add_count(struct coverage_count *sum, struct coverage_count count)
{
    sum->all += count.all;
    sum->reached += count.reached;
}

/* Takes gcov's summary apart, a block for each file, and prints a row a file. */
static void print_summary(char *output)
{
    struct coverage sum = {.name = "all of kernel/src"}, row;

    for (char *block = output, *next; block; block = next) {
        next = strstr(block, "\nFile '");
        if (next)
            *next++ = '\0';
        if (!coverage_parse(block, &row))
            continue;
        print_row(&row);
        add_count(&sum.lines, row.lines);
        add_count(&sum.branches, row.branches);
    }
    print_row(&sum);
}

int coverage_report(const char *folder)
{
    struct args command = {0};
    struct process_spec spec = {.args = &command, .directory = folder, .quiet = true};
    char *output = NULL;
    int status = -1;

    args_add_all(&command,
                 (const char *const[]){"gcov", "--branch-probabilities", "--no-output", NULL});
    if (each_count_file(folder, add_file, &command)) {
        status = process_capture(&spec, &output);
        if (status == 0)
            print_summary(output);
        else if (status != PROCESS_STOPPED)
            complain("gcov could not read the counts", output, "see that gcov belongs to this gcc");
    }
    args_free(&command);
    free(output);
    return status == 0 ? EXIT_OK : status == PROCESS_STOPPED ? EXIT_STOPPED : EXIT_FAILED;
}
