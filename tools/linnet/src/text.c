/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void out_of_memory(void)
{
    fputs("linnet: out of memory\n", stderr);
    exit(1);
}

char *text_format(const char *format, ...)
{
    va_list values;
    char *text;

    va_start(values, format);
    if (vasprintf(&text, format, values) < 0)
        out_of_memory();
    va_end(values);
    return text;
}

char *text_copy(const char *text)
{
    return text ? text_format("%s", text) : NULL;
}

char *text_append(char *text, const char *tail, size_t size)
{
    size_t length = text ? strlen(text) : 0;
    char *longer = realloc(text, length + size + 1);

    if (!longer)
        out_of_memory();
    memcpy(longer + length, tail, size);
    longer[length + size] = '\0';
    return longer;
}

bool text_number(const char *text, long minimum, long maximum, long *number)
{
    char *end;
    long value;

    if (!isdigit((unsigned char)text[0]) && text[0] != '-')
        return false;
    errno = 0;
    value = strtol(text, &end, 10);
    if (errno || *end || end == text || value < minimum || value > maximum)
        return false;
    *number = value;
    return true;
}

static bool is_host(const char *host, size_t length)
{
    if (length < 1 || length > 253)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)host[i]) && !strchr(".-_:", host[i]))
            return false;
    return true;
}

bool text_endpoint(const char *text, char *host, size_t size, long *port)
{
    const char *colon = strrchr(text, ':');
    const char *start = text;
    size_t length;

    if (!colon || !text_number(colon + 1, 1, 65535, port))
        return false;
    length = (size_t)(colon - text);
    if (length > 2 && start[0] == '[' && colon[-1] == ']') {
        start++;
        length -= 2;
    } else if (memchr(start, ':', length)) {
        return false;
    }
    if (!is_host(start, length) || length >= size)
        return false;
    memcpy(host, start, length);
    host[length] = '\0';
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment over three rows: two ago, the last, and the one being filled. */
size_t text_distance(const char *one, const char *other)
{
    enum { LONGEST = 32 };
    size_t rows[3][LONGEST + 1];
    size_t n = strlen(one);
    size_t m = strlen(other);

    if (n > LONGEST || m > LONGEST)
        return n > m ? n : m;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3];
        const size_t *last = rows[(i - 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = last[j - 1] + (one[i - 1] != other[j - 1]);

            row[j] = least(change, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

char *text_shell_quote(const char *word)
{
    char *quoted;

    if (*word && strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                              "_-+=./:,@%") == strlen(word))
        return text_copy(word);
    quoted = text_copy("'");
    for (; *word; word++) {
        if (*word == '\'')
            quoted = text_append(quoted, "'\\''", 4);
        else
            quoted = text_append(quoted, word, 1);
    }
    return text_append(quoted, "'", 1);
}

/* Bytes of the UTF-8 character at `text`, or 0 if it is none (RFC 3629 section 4). */
static size_t utf8_length(const unsigned char *text)
{
    size_t length = text[0] < 0x80   ? 1
                    : text[0] < 0xC2 ? 0
                    : text[0] < 0xE0 ? 2
                    : text[0] < 0xF0 ? 3
                    : text[0] < 0xF5 ? 4
                                     : 0;

    for (size_t i = 1; i < length; i++)
        if (text[i] / 64 != 2)
            return 0;
    if ((text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xED && text[1] > 0x9F) ||
        (text[0] == 0xF0 && text[1] < 0x90) || (text[0] == 0xF4 && text[1] > 0x8F))
        return 0;
    return length;
}

static char *append_json_character(char *json, const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    size_t length = utf8_length(at);
    char escape[8];

    if (length == 0) {
        *text += 1;
        return text_append(json, "\xEF\xBF\xBD", 3);
    }
    *text += length;
    if (*at == '"' || *at == '\\') {
        snprintf(escape, sizeof escape, "\\%c", *at);
    } else if (*at == '\n') {
        strcpy(escape, "\\n");
    } else if (*at == '\t') {
        strcpy(escape, "\\t");
    } else if (*at < 0x20 || *at == 0x7F) {
        snprintf(escape, sizeof escape, "\\u%04x", *at);
    } else {
        return text_append(json, (const char *)at, length);
    }
    return text_append(json, escape, strlen(escape));
}

char *text_json(const char *text)
{
    char *json = text_copy("\"");

    while (*text)
        json = append_json_character(json, &text);
    return text_append(json, "\"", 1);
}

static const char *xml_entity(char character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

char *text_xml(const char *text)
{
    char *xml = text_copy("");

    while (*text) {
        size_t length = utf8_length((const unsigned char *)text);
        const char *entity = xml_entity(*text);
        bool control = (unsigned char)*text < 0x20 && !strchr("\t\n\r", *text);

        if (entity)
            xml = text_append(xml, entity, strlen(entity));
        else if (length == 0 || control)
            xml = text_append(xml, "?", 1);
        else
            xml = text_append(xml, text, length);
        text += length ? length : 1;
    }
    return xml;
}

bool text_matches(const char *text, const char *pattern)
{
    return strstr(text, pattern) || fnmatch(pattern, text, 0) == 0;
}
