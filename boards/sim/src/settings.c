/* SPDX-License-Identifier: MIT */
/*
 * Settings: the command line, read where it stands, before the environment. The last of several
 * equal names counts. What does not begin with "--" and follows no name is the application's.
 */
#include "sim_board.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_SIZE 64

/* What the board itself looks up. */
static const char *const own_names[] = {"virtual", "seed",    "limit",   "clock",  "mac",
                                        "pcap",    "forward", "network", "faults", NULL};

static int count;
static char **words;

void board_settings_init(int argc, char **argv)
{
    count = argc;
    words = argv;
}

static bool is_name(const char *word)
{
    return strncmp(word, "--", 2) == 0 && word[2] != '\0';
}

static const char *from_command_line(const char *name)
{
    const char *value = NULL;
    size_t size = strlen(name);

    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--") == 0)
            break;
        if (!is_name(words[i]) || strncmp(words[i] + 2, name, size) != 0)
            continue;
        if (words[i][2 + size] == '=')
            value = words[i] + 2 + size + 1;
        else if (words[i][2 + size] == '\0')
            value = i + 1 < count && strncmp(words[i + 1], "--", 2) != 0 ? words[i + 1] : "1";
    }
    return value;
}

static const char *from_environment(const char *name)
{
    char variable[NAME_MAX_SIZE] = "LINNET_";
    size_t used = strlen(variable);

    for (; *name != '\0' && used < sizeof variable - 1; name++)
        variable[used++] = *name == '-' ? '_' : (char)toupper((unsigned char)*name);
    variable[used] = '\0';
    return *name == '\0' ? getenv(variable) : NULL;
}

const char *board_setting(const char *name)
{
    const char *value = from_command_line(name);
    return value != NULL ? value : from_environment(name);
}

static bool is_in(const char *const *names, const char *name, size_t size)
{
    for (; *names != NULL; names++) {
        if (strlen(*names) == size && strncmp(*names, name, size) == 0)
            return true;
    }
    return false;
}

static void print_names(const char *const *names)
{
    for (; *names != NULL; names++)
        fprintf(stderr, " --%s", *names);
}

bool board_settings_known(const char *const *known)
{
    for (int i = 1; i < count && strcmp(words[i], "--") != 0; i++) {
        const char *name = words[i] + 2;
        size_t size = is_name(words[i]) ? strcspn(name, "=") : 0;
        if (size == 0 || is_in(known, name, size) || is_in(own_names, name, size))
            continue;
        fflush(stdout);
        fprintf(stderr, "there is no setting '--%.*s'; there are", (int)size, name);
        print_names(known);
        print_names(own_names);
        fputc('\n', stderr);
        return false;
    }
    return true;
}

_Noreturn void board_setting_wrong(const char *name, const char *expected)
{
    const char *value = board_setting(name);

    fflush(stdout);
    fprintf(stderr, "--%s '%s' is wrong: give %s\n", name, value ? value : "", expected);
    exit(2);
}

uint64_t board_setting_number(const char *name, uint64_t fallback, uint64_t limit)
{
    const char *text = board_setting(name);
    char expected[64], *end;

    if (text == NULL)
        return fallback;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 0);
    if (!isdigit((unsigned char)*text) || *end != '\0' || errno != 0 || number > limit) {
        snprintf(expected, sizeof expected, "a number from 0 to %llu", (unsigned long long)limit);
        board_setting_wrong(name, expected);
    }
    return number;
}
