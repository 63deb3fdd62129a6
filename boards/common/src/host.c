/* SPDX-License-Identifier: MIT */
/*
 * What an emulated board takes from the host by semihosting: entropy, the wall clock, stored bytes. A
 * product has devices for these; the emulated machines have none.
 */
#include "board_common.h"

#include <semihosting.h>

#include <board.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOST_ENTROPY "/dev/urandom"
#define READ_STEP    512u

const char *board_name(void)
{
    return BOARD_NAME;
}

/* For boards whose machine has no source of its own. */
__attribute__((weak)) bool board_entropy(void *buffer, size_t size)
{
    const int handle = semihosting_open(HOST_ENTROPY);
    bool filled;

    if (handle < 0)
        return false;
    filled = semihosting_read(handle, buffer, size) == size;
    semihosting_close(handle);
    return filled;
}

bool board_wall_clock(int64_t *seconds)
{
    *seconds = semihosting_time();
    return *seconds > 0;
}

bool board_stop_requested(void)
{
    return false;
}

/* With newlib each task has a standard output of its own, and exit() knows main's only. */
_Noreturn void board_exit(int code)
{
    (void)fflush(stdout);
    exit(code);
}

/* --- stored bytes ------------------------------------------------------------------------------ */

struct blob {
    struct blob *next;
    size_t size;
    uint8_t *bytes;
    char name[];
};

static struct blob *blobs;

/* To the end of the file; NULL: no memory. */
static uint8_t *read_whole(int handle, size_t *size)
{
    uint8_t *bytes = NULL;
    size_t used = 0, got = READ_STEP;

    while (got == READ_STEP) {
        uint8_t *larger = realloc(bytes, used + READ_STEP + 1);
        if (larger == NULL) {
            free(bytes);
            return NULL;
        }
        bytes = larger;
        got = semihosting_read(handle, bytes + used, READ_STEP);
        used += got;
    }
    bytes[used] = 0;
    *size = used;
    return bytes;
}

static const uint8_t *load(const char *name, size_t *size)
{
    const char *path = board_setting(name);
    const int handle = path != NULL ? semihosting_open(path) : -1;

    if (handle < 0) {
        if (path == NULL)
            board_complain("no file was given for '%s': add --%s FILE\n", name, name);
        else
            board_complain("--%s: the host cannot read '%s'\n", name, path);
        return NULL;
    }
    struct blob *blob = malloc(sizeof *blob + strlen(name) + 1);
    uint8_t *bytes = blob != NULL ? read_whole(handle, size) : NULL;

    semihosting_close(handle);
    if (bytes == NULL) {
        free(blob);
        board_complain("--%s: no memory for '%s'\n", name, path);
        return NULL;
    }
    blob->next = blobs;
    blob->bytes = bytes;
    blob->size = *size;
    strcpy(blob->name, name);
    blobs = blob;
    return bytes;
}

const uint8_t *board_blob(const char *name, size_t *size)
{
    for (const struct blob *blob = blobs; blob != NULL; blob = blob->next) {
        if (strcmp(blob->name, name) != 0)
            continue;
        *size = blob->size;
        return blob->bytes;
    }
    *size = 0;
    return load(name, size);
}
