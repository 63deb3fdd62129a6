/* SPDX-License-Identifier: MIT */
/*
 * Files as a list of loaded texts. Only text_write_changed writes, and it leaves a file whose
 * content is right untouched, with its time: nothing is built anew for an option that stayed.
 */
#include "text.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_all(FILE *file)
{
    size_t size = 0;
    size_t room = 4096;
    char *content = malloc(room);

    while (content != NULL) {
        size += fread(content + size, 1, room - size - 1, file);
        if (size < room - 1)
            break;
        char *larger = realloc(content, room * 2);
        if (larger == NULL)
            free(content);
        content = larger;
        room *= 2;
    }
    if (content != NULL)
        content[size] = '\0';
    return content;
}

static char *read_path(const char *path)
{
    FILE *file = fopen(path, "r");

    if (file == NULL)
        return NULL;
    errno = 0;
    char *content = read_all(file);
    if (content != NULL && ferror(file)) {
        free(content);
        content = NULL;
    }
    fclose(file);
    return content;
}

struct text *text_load(struct text **list, const char *path)
{
    char *content = read_path(path);
    if (content == NULL)
        return NULL;

    size_t length = strlen(path) + 1;
    struct text *text = malloc(sizeof *text + length);
    if (text == NULL) {
        free(content);
        return NULL;
    }
    memcpy(text->path, path, length);
    text->content = content;
    text->rest = content;
    text->line = 0;
    text->next = *list;
    *list = text;
    return text;
}

char *text_line(struct text *text)
{
    char *line = text->rest;
    if (*line == '\0')
        return NULL;

    char *end = line + strcspn(line, "\n");
    text->rest = *end == '\n' ? end + 1 : end;
    while (end > line && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    text->line++;
    return line;
}

void text_free(struct text *list)
{
    while (list != NULL) {
        struct text *next = list->next;
        free(list->content);
        free(list);
        list = next;
    }
}

char *text_skip(char *at)
{
    return at + strspn(at, " \t");
}

bool text_word(char *line, const char *word, char **rest)
{
    size_t length = strlen(word);

    if (strncmp(line, word, length) != 0)
        return false;
    if (line[length] != '\0' && strchr(" \t\"", line[length]) == NULL)
        return false;
    *rest = text_skip(line + length);
    return true;
}

bool text_write_changed(const char *path, const char *content, size_t size)
{
    char *present = read_path(path);
    bool same = present != NULL && strlen(present) == size && memcmp(present, content, size) == 0;
    free(present);
    if (same)
        return true;

    FILE *file = fopen(path, "w");
    if (file == NULL)
        return false;
    bool written = fwrite(content, 1, size, file) == size;
    return fclose(file) == 0 && written;
}
