/* SPDX-License-Identifier: MIT */
#include "board_data.h"

#include "files.h"
#include "packages.h"
#include "text.h"

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

unsigned board_needs(const char *board)
{
    static const struct {
        const char *toolchain;
        unsigned needs;
    } toolchains[] = {{"arm-none-eabi", NEED_CROSS}};
    char *toolchain = board_data(board, "BOARD_TOOLCHAIN");
    unsigned needs = 0;

    for (size_t i = 0; toolchain && i < sizeof toolchains / sizeof toolchains[0]; i++)
        if (strcmp(toolchains[i].toolchain, toolchain) == 0)
            needs = toolchains[i].needs;
    free(toolchain);
    return needs;
}
