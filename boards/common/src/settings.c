/* SPDX-License-Identifier: MIT */
/* Settings: the words of the command line that the emulator hands over. Blanks part them there; one
 * within a word is written otherwise by boards/emulate. */
#include "board_common.h"

#include <semihosting.h>

#include <board.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 1024, MOST_WORDS = 32, BLANK_IN_A_WORD = 0x1f };

/* What boards/common itself looks up, and what boards/emulate does. */
static const char *const own_names[] = {"after-crash", "network", "pcap", "forward",
                                        "mac",         "serial",  NULL};

int board_argument_count;
char *board_arguments[MOST_WORDS + 1];

void board_settings_read(void)
{
    static char line[LINE_SIZE];
    char *rest = line;

    if (board_argument_count > 0)
        return;
    semihosting_command_line(line, sizeof line);
    for (char *word;
         (word = strtok_r(rest, " ", &rest)) != NULL && board_argument_count < MOST_WORDS;) {
        board_arguments[board_argument_count++] = word;
        for (; (word = strchr(word, BLANK_IN_A_WORD)) != NULL;)
            *word = ' ';
    }
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

static bool is_in(const char *const *names, const char *name, size_t size)
{
    for (; *names != NULL; names++) {
        if (strlen(*names) == size && strncmp(*names, name, size) == 0)
            return true;
    }
    return false;
}

bool board_settings_known(const char *const *known)
{
    for (int i = 1; i < board_argument_count && strcmp(board_arguments[i], "--") != 0; i++) {
        const char *name = board_arguments[i] + 2;
        const size_t size = is_name(board_arguments[i]) ? strcspn(name, "=") : 0;

        if (size == 0 || is_in(known, name, size) || is_in(own_names, name, size))
            continue;
        board_complain("there is no setting '--%.*s'\n", (int)size, name);
        return false;
    }
    return true;
}
