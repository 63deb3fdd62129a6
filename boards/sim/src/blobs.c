/* SPDX-License-Identifier: MIT */
/* Blobs: files of the host, read once and kept. */
#include "sim_board.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOB_SIZE_MAX (16u * 1024u * 1024u)
#define READ_STEP     65536u

struct blob {
    struct blob *next;
    char *name;
    uint8_t *bytes;
    size_t size;
};

static struct blob *blobs;

static const uint8_t *refuse(const char *name, const char *path, const char *reason)
{
    fflush(stdout);
    fprintf(stderr, "--%s: cannot read '%s': %s\n", name, path, reason);
    return NULL;
}

/* Reads to the end of the file, also of a pipe. NULL with errno. */
static uint8_t *read_whole(FILE *file, size_t *size)
{
    uint8_t *bytes = NULL;
    size_t used = 0;

    for (;;) {
        uint8_t *larger = realloc(bytes, used + READ_STEP + 1);
        if (larger == NULL)
            break;
        bytes = larger;
        size_t got = fread(bytes + used, 1, READ_STEP, file);
        used += got;
        if (used > BLOB_SIZE_MAX)
            errno = EFBIG;
        if (ferror(file) || used > BLOB_SIZE_MAX)
            break;
        if (got < READ_STEP) {
            bytes[used] = 0;
            *size = used;
            return bytes;
        }
    }
    free(bytes);
    return NULL;
}

static const uint8_t *keep(const char *name, uint8_t *bytes, size_t size)
{
    struct blob *blob = malloc(sizeof *blob);
    char *copy = strdup(name);

    if (blob == NULL || copy == NULL) {
        free(blob);
        free(copy);
        free(bytes);
        return NULL;
    }
    *blob = (struct blob){blobs, copy, bytes, size};
    blobs = blob;
    return bytes;
}

static const uint8_t *load(const char *name, size_t *size)
{
    const char *path = board_setting(name);
    uint8_t *bytes;

    if (path == NULL) {
        fflush(stdout);
        fprintf(stderr, "no file was given for '%s': add --%s FILE\n", name, name);
        return NULL;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return refuse(name, path, strerror(errno));
    bytes = read_whole(file, size);
    int error = errno;
    fclose(file);
    if (bytes == NULL)
        return refuse(name, path, strerror(error));
    return keep(name, bytes, *size);
}

const uint8_t *board_blob(const char *name, size_t *size)
{
    for (const struct blob *blob = blobs; blob != NULL; blob = blob->next) {
        if (strcmp(blob->name, name) != 0)
            continue;
        *size = blob->size;
        return blob->bytes;
    }
    return load(name, size);
}
