/* SPDX-License-Identifier: MIT */
/* `linnet boards`: the boards of this checkout, from their board.conf. */
#include "args.h"
#include "board_data.h"
#include "files.h"
#include "terminal.h"
#include "text.h"
#include "verb.h"

#include <stdlib.h>

#define COLUMNS "%-18s %-22s %-16s %-12s %-26s %s"

/* The value, or a dash. */
static char *value_of(const char *board, const char *name)
{
    char *value = board_data(board, name);

    return value ? value : text_copy("-");
}

static char *memory_of(const char *board)
{
    char *flash = board_data(board, "BOARD_FLASH_SIZE");
    char *ram = value_of(board, "BOARD_RAM_SIZE");
    char *both = flash ? text_format("%s + %s", flash, ram) : text_copy(ram);

    free(flash);
    free(ram);
    return both;
}

static void show_board(const char *board)
{
    char *cpu = value_of(board, "BOARD_CPU");
    char *memory = memory_of(board);
    char *network = value_of(board, "BOARD_NETWORK");
    char *ran = value_of(board, "BOARD_RAN");
    char *tier = value_of(board, "BOARD_TIER");

    if (terminal.json)
        emit_json("{\"board\":\"%s\",\"cpu\":\"%s\",\"memory\":\"%s\",\"network\":\"%s\","
                  "\"ran\":\"%s\",\"tier\":\"%s\"}",
                  board, cpu, memory, network, ran, tier);
    else
        say(COLUMNS, board, cpu, memory, network, ran, tier);
    free(cpu);
    free(memory);
    free(network);
    free(ran);
    free(tier);
}

static int run(void)
{
    struct args names = {0};

    if (!linnet_root())
        return EXIT_ENVIRONMENT;
    board_names(&names, false);
    if (!terminal.json)
        say(COLUMNS, "BOARD", "CPU", "FLASH + RAM", "NETWORK", "RUN", "TIER");
    for (size_t i = 0; i < names.count; i++)
        show_board(names.items[i]);
    args_free(&names);
    return EXIT_OK;
}

const struct verb verb_boards = {
    .name = "boards",
    .summary = "Show the boards: CPU, memory, network, what was run on them",
    .example = "linnet boards",
    .more = "Tier 1: its tests run with every change. Tier 2: before a release. All of them ran\n"
            "in an emulator; docs/boards says what of each, and nothing was run on silicon.",
    .run = run,
};
