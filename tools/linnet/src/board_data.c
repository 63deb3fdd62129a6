/* SPDX-License-Identifier: MIT */
#include "board_data.h"

#include "files.h"
#include "packages.h"
#include "terminal.h"
#include "text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

char *board_data(const char *board, const char *name)
{
    char *path = text_format("%s/boards/%s/board.conf", linnet_root(), board);
    char *text = file_exists(path) ? read_whole_file(path) : NULL;
    char *wanted = text_format("\n%s=\"", name);
    const char *at = text ? strstr(text, wanted) : NULL;
    char *value = NULL;

    if (at) {
        at += strlen(wanted);
        value = text_append(NULL, at, strcspn(at, "\"\n"));
    }
    free(path);
    free(text);
    free(wanted);
    return value;
}

struct toolchain {
    const char *name;   /* of its file in cmake/ */
    const char *prefix; /* of its tools */
    unsigned needs;
};

/* The board's; NULL: it is the host's. */
static const struct toolchain *toolchain_of(const char *board)
{
    static const struct toolchain toolchains[] = {
        {"arm-none-eabi", "arm-none-eabi", NEED_CROSS},
        {"riscv64-unknown-elf", "riscv64-unknown-elf", NEED_RISCV},
        {"xtensa-lx106-elf", "xtensa-lx106-elf", NEED_XTENSA},
        {"mipsel-picolibc", "mipsel-linux-gnu", NEED_MIPS}};
    const struct toolchain *found = NULL;
    char *name = board_data(board, "BOARD_TOOLCHAIN");

    for (size_t i = 0; name && i < sizeof toolchains / sizeof toolchains[0]; i++)
        if (strcmp(toolchains[i].name, name) == 0)
            found = &toolchains[i];
    free(name);
    return found;
}

unsigned board_needs(const char *board)
{
    const struct toolchain *toolchain = toolchain_of(board);

    return toolchain ? toolchain->needs : 0;
}

char *board_tool(const char *board, const char *tool)
{
    const struct toolchain *toolchain = toolchain_of(board);

    return toolchain ? text_format("%s-%s", toolchain->prefix, tool) : text_copy(tool);
}

static int is_board(const struct dirent *entry)
{
    char *title = entry->d_name[0] == '.' ? NULL : board_data(entry->d_name, "BOARD_TITLE");
    bool found = title != NULL;

    free(title);
    return found;
}

void board_names(struct args *names, bool emulated)
{
    char *path = text_format("%s/boards", linnet_root());
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_board, alphasort);

    for (int i = 0; i < count; i++) {
        char *emulator = board_data(entries[i]->d_name, "BOARD_QEMU");

        if (emulator || !emulated)
            args_add(names, "%s", entries[i]->d_name);
        free(emulator);
        free(entries[i]);
    }
    free(entries);
    free(path);
}

bool board_check(const char *board)
{
    struct args names = {0};
    bool known;

    board_names(&names, false);
    known = args_contain(&names, board);
    if (!known) {
        char *what = text_format("there is no board `%s`", board);
        char *line = args_line(&names);
        char *mend = text_format("one of: %s; linnet boards tells about them", line);

        complain(what, NULL, mend);
        free(what);
        free(line);
        free(mend);
    }
    args_free(&names);
    return known;
}

bool board_check_network(const char *board)
{
    char *title = board_data(board, "BOARD_TITLE");
    char *network = board_data(board, "BOARD_NETWORK");
    bool possible = !title || network; /* what is no board is a preset of the simulator */

    if (!possible) {
        char *what = text_format("the board `%s` has no network", board);

        complain(what, NULL, "linnet boards shows which boards have one");
        free(what);
    }
    free(title);
    free(network);
    return possible;
}
