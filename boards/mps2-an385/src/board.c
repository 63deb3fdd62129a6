/* SPDX-License-Identifier: MIT */
/* The board as applications see it (interfaces/board.h). It has no network and no storage yet that a
 * driver could serve, and its clock is the host's. */
#include "board_local.h"
#include "semihosting.h"

#include <FreeRTOS.h>
#include <task.h>

#include <board.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 1024, MOST_WORDS = 64 };

int board_argument_count;
char *board_arguments[MOST_WORDS + 1];

void board_settings_read(void)
{
    static char line[LINE_SIZE];
    char *rest = line;

    semihosting_command_line(line, sizeof line);
    for (char *word;
         (word = strtok_r(rest, " ", &rest)) != NULL && board_argument_count < MOST_WORDS;)
        board_arguments[board_argument_count++] = word;
}

const char *board_name(void)
{
    return "mps2-an385";
}

struct netif *board_netif(void)
{
    return NULL;
}

/* The machine has no source of entropy. */
bool board_entropy(void *buffer, size_t size)
{
    (void)buffer, (void)size;
    return false;
}

bool board_wall_clock(int64_t *seconds)
{
    *seconds = semihosting_time();
    return true;
}

static bool is_name(const char *word)
{
    return strncmp(word, "--", 2) == 0 && word[2] != '\0';
}

/* --name=value, --name value, or --name alone for "1"; the last one counts. */
const char *board_setting(const char *name)
{
    const size_t size = strlen(name);
    const char *value = NULL;

    for (int i = 1; i < board_argument_count && strcmp(board_arguments[i], "--") != 0; i++) {
        const char *word = board_arguments[i], *next = board_arguments[i + 1];
        if (!is_name(word) || strncmp(word + 2, name, size) != 0)
            continue;
        if (word[2 + size] == '=')
            value = word + 2 + size + 1;
        else if (word[2 + size] == '\0')
            value = next != NULL && !is_name(next) ? next : "1";
    }
    return value;
}

bool board_settings_known(const char *const *known)
{
    for (int i = 1; i < board_argument_count && strcmp(board_arguments[i], "--") != 0; i++) {
        const char *name = board_arguments[i] + 2;
        const size_t size = is_name(board_arguments[i]) ? strcspn(name, "=") : 0;
        bool found = size == 0;

        for (const char *const *one = known; *one != NULL && !found; one++)
            found = strlen(*one) == size && strncmp(*one, name, size) == 0;
        if (!found) {
            fprintf(stderr, "there is no setting '--%.*s'\n", (int)size, name);
            return false;
        }
    }
    return true;
}

const uint8_t *board_blob(const char *name, size_t *size)
{
    fprintf(stderr, "this board stores nothing, so it has no '%s'\n", name);
    *size = 0;
    return NULL;
}

bool board_stop_requested(void)
{
    return false;
}

_Noreturn void board_exit(int code)
{
    exit(code);
}
