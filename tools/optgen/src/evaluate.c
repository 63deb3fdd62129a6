/* SPDX-License-Identifier: MIT */
/*
 * One run of kconfig-conf per layer, each over all layers so far, because a default may follow
 * an option that a layer sets. The program is found through PATH; it reads and writes the file
 * named by KCONFIG_CONFIG, and an empty CONFIG_ lets options bear the macros' own names.
 */
#define _POSIX_C_SOURCE 200809L

#include "evaluate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127 };

/* In the child: kconfig-conf's chatter goes nowhere, its complaints to stderr. */
_Noreturn static void become_kconfig_conf(const struct evaluation *evaluation)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0 && setenv("CONFIG_", "", 1) == 0 &&
        setenv("KCONFIG_CONFIG", evaluation->config, 1) == 0)
        execlp(evaluation->kconfig_conf, evaluation->kconfig_conf, "--olddefconfig",
               evaluation->kconfig, (char *)NULL);
    _exit(errno == ENOENT ? NOT_FOUND : EXIT_FAILURE);
}

static bool run_kconfig_conf(const struct evaluation *evaluation)
{
    struct place place = {evaluation->kconfig, 0};
    int status = 0;

    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        become_kconfig_conf(evaluation);
    if (child < 0 || waitpid(child, &status, 0) != child) {
        report(place, "cannot run %s: %s", evaluation->kconfig_conf, strerror(errno));
        return false;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
        report(place, "%s is missing; install the package kconfig-frontends-nox",
               evaluation->kconfig_conf);
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
        report(place, "%s refused the Kconfig files (status %d)", evaluation->kconfig_conf, status);
    else
        return true;
    return false;
}

bool evaluate_once(const struct evaluation *evaluation, const struct layer *asked,
                   struct layer *result)
{
    *result = (struct layer){0};
    if (!layer_write(asked, evaluation->options, evaluation->config)) {
        report((struct place){evaluation->config, 0}, "cannot write: %s", strerror(errno));
        return false;
    }
    return run_kconfig_conf(evaluation) &&
           layer_read(result, evaluation->options, evaluation->config);
}

bool evaluate_on_top(const struct evaluation *evaluation, const struct layer *asked,
                     const struct layer *top, struct layer *result)
{
    size_t size = (evaluation->options->count + 1) * sizeof *asked->settings;
    struct layer both = {malloc(size), NULL};
    bool good = false;

    *result = (struct layer){0};
    if (both.settings == NULL) {
        report((struct place){evaluation->config, 0}, "out of memory");
        return false;
    }
    memcpy(both.settings, asked->settings, size);
    layer_cover(&both, top, evaluation->options);
    good = evaluate_once(evaluation, &both, result);
    layer_free(&both);
    return good;
}

/* The texts of a layer go over to the one that has taken its settings. */
static void keep_texts(struct layer *layer, struct layer *upper)
{
    struct text **end = &layer->texts;

    while (*end != NULL)
        end = &(*end)->next;
    *end = upper->texts;
    upper->texts = NULL;
}

static bool apply(const struct evaluation *evaluation, const char *path, struct layer *asked,
                  struct layer *result)
{
    struct layer upper;
    bool good = layer_read(&upper, evaluation->options, path);

    if (good) {
        layer_free(result);
        layer_cover(asked, &upper, evaluation->options);
        good = evaluate_once(evaluation, asked, result) &&
               layer_honoured(&upper, result, evaluation->options);
        keep_texts(asked, &upper);
    }
    layer_free(&upper);
    return good;
}

bool evaluate(const struct evaluation *evaluation, char *const layers[], size_t layer_count,
              struct layer *asked, struct layer *result)
{
    *asked = (struct layer){calloc(evaluation->options->count + 1, sizeof *asked->settings), NULL};
    *result = (struct layer){0};
    if (asked->settings == NULL) {
        report((struct place){evaluation->config, 0}, "out of memory");
        return false;
    }
    bool good = evaluate_once(evaluation, asked, result);
    for (size_t i = 0; i < layer_count && good; i++)
        good = apply(evaluation, layers[i], asked, result);
    return good;
}
