/* SPDX-License-Identifier: MIT */
#include "faults.h"

#include <string.h>

#define HEADER_SIZE 14
#define TYPE_AT     12
#define CHANCES     1000u
#define MS          1000u
#define LONGEST_MS  86400000u

/* --- settings -------------------------------------------------------------------------------- */

static bool parse_number(const char *text, size_t size, uint64_t limit, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (uint64_t)(text[i] - '0');
        if (*value > limit)
            return false;
    }
    return size > 0;
}

/* One part, NAME=NUMBER, without its comma. */
static bool parse_part(const char *part, size_t size, struct eth_faults_settings *settings)
{
    const struct {
        const char *name;
        uint64_t limit, unit;
        uint64_t *value;
    } parts[] = {
        {"lose", CHANCES, 1, &settings->lose},
        {"duplicate", CHANCES, 1, &settings->duplicate},
        {"corrupt", CHANCES, 1, &settings->corrupt},
        {"reorder", CHANCES, 1, &settings->reorder},
        {"reorder-ms", LONGEST_MS, MS, &settings->reorder_us},
        {"delay-ms", LONGEST_MS, MS, &settings->delay_us},
        {"cut-every-ms", LONGEST_MS, MS, &settings->cut_every_us},
        {"cut-ms", LONGEST_MS, MS, &settings->cut_us},
        {"seed", UINT32_MAX, 1, &settings->seed},
    };
    const char *equals = memchr(part, '=', size);
    size_t name_size = equals != NULL ? (size_t)(equals - part) : 0;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strlen(parts[i].name) != name_size || memcmp(parts[i].name, part, name_size) != 0)
            continue;
        if (!parse_number(equals + 1, size - name_size - 1, parts[i].limit, parts[i].value))
            return false;
        *parts[i].value *= parts[i].unit;
        return true;
    }
    return false;
}

bool eth_faults_parse(const char *text, struct eth_faults_settings *settings)
{
    *settings = (struct eth_faults_settings){0};
    for (;;) {
        size_t size = strcspn(text, ",");
        if (!parse_part(text, size, settings))
            return false;
        if (text[size] == '\0')
            return settings->cut_us <= settings->cut_every_us;
        text += size + 1;
    }
}

/* --- chance ---------------------------------------------------------------------------------- */

/* xorshift64*: a stream for each direction. */
static uint32_t draw(struct eth_faults *faults, enum eth_faults_way way, uint64_t limit)
{
    uint64_t *state = &faults->random[way];

    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)(((*state * 0x2545f4914f6cdd1du) >> 32) * limit >> 32);
}

/* What is to happen to one frame. Always as many draws, so that changing one chance leaves the rest
 * of every frame's fate as it is. */
struct fate {
    bool lost, doubled, damaged, held;
    uint64_t hold_us;
    uint32_t bit;
};

static struct fate draw_fate(struct eth_faults *faults, enum eth_faults_way way)
{
    const struct eth_faults_settings *settings = &faults->settings;
    struct fate fate = {.lost = draw(faults, way, CHANCES) < settings->lose};

    fate.doubled = draw(faults, way, CHANCES) < settings->duplicate;
    fate.damaged = draw(faults, way, CHANCES) < settings->corrupt;
    fate.held = draw(faults, way, CHANCES) < settings->reorder;
    fate.hold_us = draw(faults, way, settings->reorder_us + 1);
    fate.bit = draw(faults, way, UINT32_MAX);
    return fate;
}

static bool is_cut(const struct eth_faults_settings *settings, uint64_t now_us)
{
    uint64_t every = settings->cut_every_us;

    return every > 0 && now_us % every >= every - settings->cut_us;
}

static bool is_ip(const uint8_t *bytes, size_t size)
{
    return size > HEADER_SIZE && ((bytes[TYPE_AT] == 0x08 && bytes[TYPE_AT + 1] == 0x00) ||
                                  (bytes[TYPE_AT] == 0x86 && bytes[TYPE_AT + 1] == 0xdd));
}

/* --- frames under way ------------------------------------------------------------------------ */

void eth_faults_init(struct eth_faults *faults, const struct eth_faults_settings *settings)
{
    faults->settings = *settings;
    for (unsigned way = 0; way < ETH_FAULTS_WAYS; way++) {
        faults->counters[way] = (struct eth_faults_counters){0};
        faults->random[way] = (settings->seed * ETH_FAULTS_WAYS + way + 1) * 0x9e3779b97f4a7c15u;
        faults->first[way] = 0;
    }
    for (uint32_t i = 0; i < ETH_FAULTS_FRAMES; i++)
        faults->frames[i].next = i + 2 <= ETH_FAULTS_FRAMES ? i + 2 : 0;
    faults->unused = 1;
}

static struct eth_faults_frame *enqueue(struct eth_faults *faults, enum eth_faults_way way,
                                        const uint8_t *bytes, size_t size, uint64_t due)
{
    uint32_t index = faults->unused;
    uint32_t *link = &faults->first[way];

    if (index == 0) {
        faults->counters[way].crowded++;
        return NULL;
    }
    struct eth_faults_frame *frame = &faults->frames[index - 1];
    faults->unused = frame->next;
    while (*link != 0 && faults->frames[*link - 1].due <= due)
        link = &faults->frames[*link - 1].next;
    frame->due = due;
    frame->next = *link;
    frame->size = (uint16_t)size;
    memcpy(frame->bytes, bytes, size);
    *link = index;
    return frame;
}

void eth_faults_put(struct eth_faults *faults, enum eth_faults_way way, const uint8_t *bytes,
                    size_t size, uint64_t now_us)
{
    struct eth_faults_counters *counters = &faults->counters[way];
    struct fate fate = draw_fate(faults, way);
    uint64_t due = now_us + faults->settings.delay_us;
    bool cut = is_cut(&faults->settings, now_us);
    bool lost = !cut && (fate.lost || size > ETH_FAULTS_FRAME_MAX);

    counters->frames++;
    counters->cut += cut;
    counters->lost += lost;
    if (cut || lost)
        return;
    struct eth_faults_frame *frame = enqueue(faults, way, bytes, size,
                                             fate.held ? due + fate.hold_us : due);
    counters->reordered += fate.held;
    if (fate.doubled) {
        counters->duplicated++;
        enqueue(faults, way, bytes, size, due);
    }
    if (fate.damaged && frame != NULL && is_ip(bytes, size)) {
        uint32_t bit = (uint32_t)(fate.bit % ((size - HEADER_SIZE) * 8));
        frame->bytes[HEADER_SIZE + bit / 8] ^= (uint8_t)(1u << bit % 8);
        counters->corrupted++;
    }
}

const struct eth_faults_frame *eth_faults_due(const struct eth_faults *faults,
                                              enum eth_faults_way way, uint64_t now_us)
{
    uint32_t index = faults->first[way];

    return index != 0 && faults->frames[index - 1].due <= now_us ? &faults->frames[index - 1]
                                                                 : NULL;
}

void eth_faults_drop(struct eth_faults *faults, enum eth_faults_way way)
{
    uint32_t index = faults->first[way];
    struct eth_faults_frame *frame = &faults->frames[index - 1];

    faults->first[way] = frame->next;
    frame->next = faults->unused;
    faults->unused = index;
}

uint64_t eth_faults_next(const struct eth_faults *faults, enum eth_faults_way way)
{
    uint32_t index = faults->first[way];

    return index != 0 ? faults->frames[index - 1].due : UINT64_MAX;
}
