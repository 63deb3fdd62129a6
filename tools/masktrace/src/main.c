/* SPDX-License-Identifier: MIT */
/*
 * Reads QEMU's log of single instructions from standard input:
 *
 *   masktrace counts IMAGE [--from FUNCTION] [--to FUNCTION] [--addresses]
 *       how many instructions were executed in each function, most first; or at each address
 *   masktrace masked IMAGE [--from FUNCTION] [--top N] [--only FILE] [--priority ADDRESS]
 *       the longest stretches with interrupts masked, by the place that raises and the place that
 *       lowers the mask; with --only, of those that a function named in the file raises. Behind them,
 *       each line after the word `taken`, those that the CPU raised when it took an interrupt. --priority
 *       is where Cortex-A's interrupt controller has its priority mask
 *   masktrace ranges IMAGE --leave-out FILE
 *       reads no log: the addresses that are to be in it, for -dfilter; functions that are named in the
 *       file are not, unless they raise or lower the mask
 *
 * Nothing before the first entry of --from counts, nor anything after that of --to.
 */
#include "image.h"
#include "log.h"
#include "mask.h"
#include "ranges.h"
#include "shown.h"

#include <stdlib.h>
#include <string.h>

enum { EXIT_USE = 2, CODE_HALFWORDS = 1 << 22, PLACES = 4096 };

struct options {
    enum { COUNTS, MASKED, RANGES } verb;
    bool addresses;
    unsigned long top;
    const char *from;
    const char *to;
    const char *only;
    const char *leave_out;
    uint32_t priority_at;
};

/* The part of the run that counts. */
struct window {
    uint32_t from; /* 1: from the beginning */
    uint32_t to;   /* 1: to the end */
    bool open;
};

static void place_print(const struct image *image, uint32_t address)
{
    const struct symbol *symbol = image_symbol_at(image, address);

    if (symbol != NULL)
        printf(" 0x%08x %s+%u", address, symbol->name, address - symbol->address);
    else
        printf(" 0x%08x ?", address);
}

static uint32_t window_address(const struct image *image, const char *name)
{
    const struct symbol *symbol;

    if (name == NULL)
        return 1;
    symbol = image_symbol_named(image, name);
    if (symbol == NULL) {
        fprintf(stderr, "masktrace: the image has no function %s\n", name);
        exit(EXIT_USE);
    }
    return symbol->address;
}

static bool window_holds(struct window *window, uint32_t address)
{
    if (address == window->from)
        window->open = true;
    if (address == window->to)
        window->open = false;
    return window->open;
}

struct count {
    uint64_t count;
    uint32_t address;
};

static int most_first(const void *one, const void *other)
{
    const struct count *a = one;
    const struct count *b = other;

    return (a->count < b->count) - (a->count > b->count);
}

/* One sum a function: the counts of its addresses go to its first. */
static void sum_functions(const struct image *image, struct count *counts, uint32_t begin)
{
    for (uint32_t i = 0; i < CODE_HALFWORDS; i++) {
        const struct symbol *symbol = counts[i].count != 0
                                          ? image_symbol_at(image, counts[i].address)
                                          : NULL;

        if (symbol != NULL && symbol->address >= begin && symbol->address != counts[i].address) {
            counts[(symbol->address - begin) / 2].count += counts[i].count;
            counts[i].count = 0;
        }
    }
}

static void print_counts(const struct image *image, const struct count *counts, bool addresses)
{
    for (size_t i = 0; i < CODE_HALFWORDS && counts[i].count != 0; i++) {
        const struct symbol *symbol = image_symbol_at(image, counts[i].address);

        printf("%llu", (unsigned long long)counts[i].count);
        if (addresses)
            place_print(image, counts[i].address);
        else
            printf(" %s", symbol != NULL ? symbol->name : "?");
        printf("\n");
    }
}

static void count_run(const struct image *image, struct log *log, struct window *window,
                      const struct options *options)
{
    struct count *counts = calloc(CODE_HALFWORDS, sizeof *counts);
    const uint32_t begin = image->symbol_count > 0 ? image->symbols[0].address : 0;
    struct step step;

    if (counts == NULL)
        exit(EXIT_FAILURE);
    for (uint32_t i = 0; i < CODE_HALFWORDS; i++)
        counts[i].address = begin + i * 2;
    while (log_step(log, &step))
        if (window_holds(window, step.address) && step.address >= begin &&
            (step.address - begin) / 2 < CODE_HALFWORDS)
            counts[(step.address - begin) / 2].count++;
    if (!options->addresses)
        sum_functions(image, counts, begin);
    qsort(counts, CODE_HALFWORDS, sizeof *counts, most_first);
    print_counts(image, counts, options->addresses);
    free(counts);
}

/* The longest stretch of each pair of places; a table that is full forgets the new ones. */
static void keep_longest(struct stretch *places, size_t *count, const struct stretch *stretch)
{
    size_t i;

    for (i = 0; i < *count; i++)
        if (places[i].raised_at == stretch->raised_at &&
            places[i].lowered_at == stretch->lowered_at && places[i].taken == stretch->taken)
            break;
    if (i == *count) {
        if (*count == PLACES)
            return;
        places[(*count)++] = *stretch;
    } else if (stretch->length > places[i].length) {
        places[i] = *stretch;
    }
}

static int longest_first(const void *one, const void *other)
{
    const struct stretch *a = one;
    const struct stretch *b = other;

    return (a->length < b->length) - (a->length > b->length);
}

/* True if the function that the address lies in is named. */
static bool is_named(const struct image *image, uint32_t address, const char *names)
{
    const struct symbol *symbol = image_symbol_at(image, address);

    return names == NULL || (symbol != NULL && names_have(names, symbol->name));
}

static char *read_names(const char *path)
{
    enum { LARGEST = 1 << 20 };
    FILE *file = path != NULL ? fopen(path, "r") : NULL;
    char *text = file != NULL ? calloc(1, LARGEST) : NULL;

    if (path != NULL && text == NULL) {
        fprintf(stderr, "masktrace: %s cannot be read\n", path);
        exit(EXIT_USE);
    }
    if (file != NULL) {
        (void)!fread(text, 1, LARGEST - 1, file);
        fclose(file);
    }
    return text;
}

static void print_stretches(const struct image *image, const struct stretch *places, size_t count,
                            bool taken, unsigned long top)
{
    for (size_t i = 0; i < count && top > 0; i++) {
        if (places[i].taken != taken)
            continue;
        printf("%s%u", taken ? "taken " : "", places[i].length);
        place_print(image, places[i].raised_at);
        place_print(image, places[i].lowered_at);
        printf("\n");
        top--;
    }
}

static void mask_run(const struct image *image, struct log *log, struct window *window,
                     const struct options *options)
{
    static struct stretch places[PLACES];
    struct mask mask = {0};
    struct shown shown = {.priority_at = options->priority_at};
    struct stretch ended;
    struct step step;
    size_t count = 0;
    char *names = read_names(options->only);

    while (log_step(log, &step)) {
        bool counts = window_holds(window, step.address);

        bool has_ended = step.kind == STEP_CORTEX_A || step.kind == STEP_RISCV
                             ? shown_step(&shown, image, &step, &ended)
                             : mask_step(&mask, image, &step, &ended);

        if (has_ended && counts && is_named(image, ended.raised_at, names))
            keep_longest(places, &count, &ended);
    }
    qsort(places, count, sizeof places[0], longest_first);
    print_stretches(image, places, count, false, options->top);
    print_stretches(image, places, count, true, options->top);
    free(names);
}

static bool parse_verb(const char *word, struct options *options)
{
    static const char *const verbs[] = {"counts", "masked", "ranges"};

    for (unsigned i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(word, verbs[i]) == 0) {
            options->verb = i;
            return true;
        }
    return false;
}

static bool parse(int argc, char **argv, struct options *options)
{
    *options = (struct options){.top = 10};
    if (argc < 3 || !parse_verb(argv[1], options))
        return false;
    for (int i = 3; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : NULL;

        if (strcmp(argv[i], "--addresses") == 0) {
            options->addresses = true;
            continue;
        }
        if (value == NULL)
            return false;
        if (strcmp(argv[i], "--from") == 0)
            options->from = value;
        else if (strcmp(argv[i], "--to") == 0)
            options->to = value;
        else if (strcmp(argv[i], "--only") == 0)
            options->only = value;
        else if (strcmp(argv[i], "--leave-out") == 0)
            options->leave_out = value;
        else if (strcmp(argv[i], "--top") == 0)
            options->top = strtoul(value, NULL, 10);
        else if (strcmp(argv[i], "--priority") == 0)
            options->priority_at = (uint32_t)strtoul(value, NULL, 0);
        else
            return false;
        i++;
    }
    return options->verb != RANGES || options->leave_out != NULL;
}

static void read_log(const struct image *image, const struct options *options)
{
    struct window window = {.from = window_address(image, options->from),
                            .to = window_address(image, options->to),
                            .open = options->from == NULL};
    struct log log;

    log_begin(&log, stdin);
    (options->verb == MASKED ? mask_run : count_run)(image, &log, &window, options);
}

static void write_ranges(const struct image *image, const struct options *options)
{
    char *names = read_names(options->leave_out);

    ranges_write(stdout, image, names);
    free(names);
}

int main(int argc, char **argv)
{
    struct options options;
    struct image image;

    if (!parse(argc, argv, &options)) {
        fputs("usage: masktrace counts|masked IMAGE [--from FUNCTION] [--to FUNCTION] "
              "[--addresses] [--top N] [--only FILE] [--priority ADDRESS] < LOG\n"
              "       masktrace ranges IMAGE --leave-out FILE\n",
              stderr);
        return EXIT_USE;
    }
    if (!image_read(&image, argv[2])) {
        fprintf(stderr, "masktrace: %s is no 32-bit ELF image with symbols\n", argv[2]);
        return EXIT_USE;
    }
    (options.verb == RANGES ? write_ranges : read_log)(&image, &options);
    image_free(&image);
    return 0;
}
