/* SPDX-License-Identifier: MIT */
/* Parsing and printing of packet scripts: see tcp_script_file.h; the words are in tcp_script_words.c. */
#include "tcp_script_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tcp_script_words.h"
#include "wire/tcp.h"

enum { TOKENS = 40, LINE = 256 };

/* One line under way. */
struct line {
    const char *name;
    unsigned number;
    char text[LINE];
    char *tokens[TOKENS];
    unsigned count, next;
    struct script_step *step;
    char *message;
};

static bool wrong(const struct line *line, const char *format, ...)
{
    va_list arguments;
    int used = snprintf(line->message, SCRIPT_MESSAGE, "%s:%u: ", line->name, line->number);

    va_start(arguments, format);
    (void)vsnprintf(line->message + used, (size_t)(SCRIPT_MESSAGE - used), format, arguments);
    va_end(arguments);
    return false;
}

static const char *take(struct line *line)
{
    return line->next < line->count ? line->tokens[line->next++] : NULL;
}

static bool number_of(const char *text, uint32_t *value)
{
    char *end;

    errno = 0;
    long long number = strtoll(text, &end, 0);
    *value = (uint32_t)number; /* a negative one is taken modulo 2^32 */
    return end != text && *end == '\0' && errno == 0 && number >= INT32_MIN && number <= UINT32_MAX;
}

static bool add(struct line *line, enum script_operand_kind kind, uint32_t value, uint32_t second)
{
    struct script_step *step = line->step;

    if (step->count == SCRIPT_OPERANDS)
        return wrong(line, "more than %d operands", SCRIPT_OPERANDS);
    step->operands[step->count++] = (struct script_operand){kind, value, second};
    return true;
}

/* "+N", "+N..M" in front of a step. */
static bool take_time(struct line *line)
{
    struct script_step *step = line->step;
    char *dots;

    if (line->tokens[0][0] != '+')
        return true;
    char *text = line->tokens[line->next++] + 1;
    dots = strstr(text, "..");
    if (dots != NULL)
        *dots = '\0';
    if (!number_of(text, &step->from) || (dots != NULL && !number_of(dots + 2, &step->until)))
        return wrong(line, "a time is +N or +N..M, in milliseconds");
    if (dots == NULL)
        step->until = step->from;
    if (step->until < step->from)
        return wrong(line, "the time ends before it begins");
    return true;
}

static bool take_flags(struct line *line)
{
    static const char order[] = "FSRPAU";
    const char *text = take(line);
    unsigned flags = 0;

    if (text == NULL)
        return wrong(line, "flags are missing: letters of %s, or none", order);
    for (; strcmp(text, "none") != 0 && *text != '\0'; text++) {
        const char *found = strchr(order, *text);
        if (found == NULL)
            return wrong(line, "no flag is named '%c': letters of %s, or none", *text, order);
        flags |= 1u << (found - order);
    }
    return add(line, SCRIPT_FLAGS, flags & ~(unsigned)TCPIP_TCP_PSH, 0) &&
           ((flags & TCPIP_TCP_PSH) == 0 || add(line, SCRIPT_PUSH, 1, 0));
}

static bool take_numbers(struct line *line, const struct script_field *field)
{
    uint32_t value = 0, second = 0;
    const char *given = field->numbers > 0 ? take(line) : "0";
    char text[LINE];

    if (given == NULL)
        return wrong(line, "a number is missing behind '%s'", field->name);
    (void)snprintf(text, sizeof text, "%s", given);
    char *separator = field->second != 0 ? strchr(text + 1, field->second) : NULL;
    if (separator != NULL)
        *separator++ = '\0';
    if (!number_of(text, &value) ||
        (field->second != 0 && (separator == NULL || !number_of(separator, &second))))
        return wrong(line, "'%s' is not what stands behind '%s'", given, field->name);
    return add(line, field->kind, value, second);
}

static bool mentions(const struct script_step *step, enum script_operand_kind kind)
{
    for (unsigned i = 0; i < step->count; i++)
        if (step->operands[i].kind == kind)
            return true;
    return false;
}

static bool take_segment(struct line *line)
{
    const char *name;

    if (!take_flags(line))
        return false;
    while ((name = take(line)) != NULL) {
        const struct script_field *field = script_fields;
        while (field < script_fields + script_field_count && strcmp(field->name, name) != 0)
            field++;
        if (field == script_fields + script_field_count)
            return wrong(line, "a segment has no '%s'", name);
        if (field->kind != SCRIPT_SACK && mentions(line->step, field->kind))
            return wrong(line, "'%s' stands twice", name);
        if (!take_numbers(line, field))
            return false;
    }
    if (!mentions(line->step, SCRIPT_SEQ))
        return wrong(line, "seq is missing");
    if ((line->step->operands[0].value & TCPIP_TCP_ACK) != 0 && !mentions(line->step, SCRIPT_ACK))
        return wrong(line, "ack is missing, and A is among the flags");
    return true;
}

static bool take_word(struct line *line, const struct script_grammar *grammar)
{
    const char *text = take(line);
    const struct script_word *word = text != NULL ? script_word_of(grammar->words, text) : NULL;

    if (text == NULL)
        return wrong(line, "a word is missing behind '%s'", grammar->name);
    if (word == NULL)
        return wrong(line, "'%s' is no word for '%s'", text, grammar->name);
    return add(line, SCRIPT_WORD, word->value, 0);
}

static bool take_number(struct line *line, const struct script_grammar *grammar)
{
    const char *text = take(line);
    uint32_t value;

    if (text == NULL || !number_of(text, &value))
        return wrong(line, "a number is missing behind '%s'", grammar->name);
    return add(line, SCRIPT_NUMBER, value, 0);
}

static bool take_operands(struct line *line, const struct script_grammar *grammar)
{
    for (const char *letter = grammar->operands; *letter != '\0'; letter++) {
        if (*letter == 'r' && !take_segment(line))
            return false;
        if (*letter == 'n' && !take_number(line, grammar))
            return false;
        if ((*letter == 'w' || *letter == '*') && !take_word(line, grammar))
            return false;
        while (*letter == '*' && line->next < line->count)
            if (!take_word(line, grammar))
                return false;
    }
    return true;
}

/* "= N", "= ok" (1), "= none" (0). */
static bool take_result(struct line *line, const struct script_grammar *grammar)
{
    const char *text = take(line);
    uint32_t value;

    if (text == NULL)
        return grammar->result != '!' || wrong(line, "the result is missing: = N");
    if (grammar->result == 0 || strcmp(text, "=") != 0)
        return wrong(line, "'%s' is too much", text);
    text = take(line);
    if (text != NULL && strcmp(text, "ok") == 0)
        return add(line, SCRIPT_RESULT, 1, 0);
    if (text != NULL && strcmp(text, "none") == 0)
        return add(line, SCRIPT_RESULT, 0, 0);
    if (text == NULL || !number_of(text, &value))
        return wrong(line, "a result is a number, ok or none");
    if (line->next < line->count)
        return wrong(line, "'%s' is too much", line->tokens[line->next]);
    return add(line, SCRIPT_RESULT, value, 0);
}

static void split(struct line *line)
{
    char *at = line->text + strcspn(line->text, "#");

    *at = '\0';
    line->count = line->next = 0;
    for (at = strtok(line->text, " \t\r"); at != NULL && line->count < TOKENS;
         at = strtok(NULL, " \t\r"))
        line->tokens[line->count++] = at;
}

static bool parse_line(struct line *line)
{
    const char *name;

    if (!take_time(line))
        return false;
    name = take(line);
    if (name == NULL)
        return wrong(line, "a time without a step");
    for (unsigned verb = 0; verb < SCRIPT_VERBS; verb++) {
        if (strcmp(script_grammars[verb].name, name) != 0)
            continue;
        line->step->verb = verb;
        if (verb != SCRIPT_LEAVES && line->step->from != line->step->until)
            return wrong(line, "only a segment that leaves has a time +N..M");
        return take_operands(line, &script_grammars[verb]) &&
               take_result(line, &script_grammars[verb]);
    }
    return wrong(line, "there is no step '%s'", name);
}

bool script_parse(struct script_file *file, const char *name, const char *text,
                  char message[SCRIPT_MESSAGE])
{
    struct line line = {.name = name, .message = message};

    *file = (struct script_file){.name = name};
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        line.number++;
        if (length >= sizeof line.text)
            return wrong(&line, "longer than %d characters", LINE - 1);
        memcpy(line.text, text, length);
        line.text[length] = '\0';
        text += length + (text[length] == '\n');
        split(&line);
        if (line.count == 0)
            continue;
        if (file->count == SCRIPT_STEPS)
            return wrong(&line, "more than %d steps", SCRIPT_STEPS);
        line.step = &file->steps[file->count++];
        line.step->line = line.number;
        if (!parse_line(&line))
            return false;
    }
    return file->count > 0 || wrong(&line, "no step at all");
}

/* --- printing ------------------------------------------------------------------------------------ */

struct output {
    char *text;
    size_t left;
};

static void print(struct output *output, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int written = vsnprintf(output->text, output->left, format, arguments);
    va_end(arguments);
    if (written > 0 && (size_t)written < output->left) {
        output->text += written;
        output->left -= (size_t)written;
    }
}

static void print_flags(struct output *output, uint32_t flags)
{
    static const char order[] = "FSRPAU";

    print(output, flags == 0 ? " none" : " ");
    for (unsigned i = 0; i < 6; i++)
        if ((flags & 1u << i) != 0)
            print(output, "%c", order[i]);
}

static void print_operand(struct output *output, const struct script_grammar *grammar,
                          const struct script_operand *operand)
{
    const struct script_field *field = script_fields;

    switch (operand->kind) {
    case SCRIPT_FLAGS:
        print_flags(output, operand->value);
        return;
    case SCRIPT_PUSH:
        print(output, "P");
        return;
    case SCRIPT_NUMBER:
        print(output, " %d", (int)operand->value);
        return;
    case SCRIPT_WORD:
        print(output, " %s", script_text_of(grammar->words, operand->value));
        return;
    case SCRIPT_RESULT:
        print(output, " = %d", (int)operand->value);
        return;
    default:
        break;
    }
    while (field->kind != operand->kind)
        field++;
    print(output, " %s", field->name);
    if (field->numbers > 0)
        print(output, " %d", (int)operand->value);
    if (field->second != 0)
        print(output, "%c%d", field->second, (int)operand->second);
}

void script_print_step(const struct script_step *step, char *text, size_t size)
{
    const struct script_grammar *grammar = &script_grammars[step->verb];
    struct output output = {text, size};

    print(&output, "+%u", (unsigned)step->from);
    if (step->until != step->from)
        print(&output, "..%u", (unsigned)step->until);
    print(&output, " %s", grammar->name);
    for (unsigned i = 0; i < step->count; i++)
        print_operand(&output, grammar, &step->operands[i]);
}

bool script_step_expects(const struct script_step *step)
{
    return script_grammars[step->verb].expects;
}
