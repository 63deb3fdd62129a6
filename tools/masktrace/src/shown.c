/* SPDX-License-Identifier: MIT */
#include "shown.h"

/* The RISC-V Instruction Set Manual, volume II, 3.1.6 and 3.1.7. */
enum { MSTATUS_MIE = 8, MTVEC_MODE = 3 };

/* ARM Architecture Reference Manual, ARMv7-A and ARMv7-R, B1.3.3. */
enum { PSR_THUMB = 1 << 5, PSR_I = 1 << 7, PSR_MODE = 32, MODE_IRQ = 0x12, MODE_SUPERVISOR = 0x13 };
/* The least urgent one of 32 priorities: what a controller with as many, or more, reads back when it holds
 * off nothing. */
enum { OPEN = 0xf8 };

/* A8.3.1: the conditions, by the flags in the upper four bits of the status. */
static bool condition_holds(unsigned condition, uint32_t status)
{
    const bool n = status >> 31 & 1, z = status >> 30 & 1, c = status >> 29 & 1,
               v = status >> 28 & 1;
    bool holds = true;

    switch (condition / 2) {
    case 0:
        holds = z;
        break;
    case 1:
        holds = c;
        break;
    case 2:
        holds = n;
        break;
    case 3:
        holds = v;
        break;
    case 4:
        holds = c && !z;
        break;
    case 5:
        holds = n == v;
        break;
    case 6:
        holds = n == v && !z;
        break;
    default:
        return true;
    }
    return condition % 2 == 0 ? holds : !holds;
}

/* Base and offset of an access; false: the instruction is none that stores a word at such a place. */
struct store {
    unsigned source, base;
    uint32_t offset;
};

/* STR (immediate) T1, T3 and T4, STR (register) T1: A8.8.203 and A8.8.205. */
static bool decode_thumb(uint16_t first, uint16_t second, const uint32_t *registers,
                         struct store *store)
{
    if (first / 0x800u == 0x0cu) { /* 01100: imm5 Rn Rt */
        *store = (struct store){first % 8u, first / 8u % 8u, first / 64u % 32u * 4u};
        return true;
    }
    if (first / 0x200u == 0x28u) { /* 0101000: Rm Rn Rt */
        *store = (struct store){first % 8u, first / 8u % 8u, registers[first / 64u % 8u]};
        return true;
    }
    if (first / 16u == 0xf8cu) {
        *store = (struct store){second / 0x1000u, first % 16u, second % 0x1000u};
        return true;
    }
    if (first / 16u == 0xf84u && second / 0x800u % 2u == 1) {
        const uint32_t offset = second % 256u;
        const bool before = second / 0x400u % 2u, up = second / 0x200u % 2u;

        *store = (struct store){second / 0x1000u, first % 16u,
                                !before ? 0u : (up ? offset : 0u - offset)};
        return true;
    }
    return false;
}

/* STR (immediate) A1. */
static bool decode_arm(uint32_t code, struct store *store)
{
    const bool before = code >> 24 & 1, up = code >> 23 & 1;
    const uint32_t offset = code % 0x1000u;

    if ((code & 0x0e500000u) != 0x04000000u)
        return false;
    *store = (struct store){code >> 12 & 15, code >> 16 & 15,
                            !before ? 0u : (up ? offset : 0u - offset)};
    return true;
}

bool shown_store(const struct image *image, const struct step *step, uint32_t *address,
                 uint32_t *value)
{
    const uint16_t first = image_code(image, step->address);
    const uint16_t second = image_code(image, step->address + 2);
    /* ITSTATE: what an IT instruction has said of this one. */
    const unsigned block = (step->status >> 25 & 3) | (step->status >> 8 & 0xfc);
    struct store store;
    bool stores;

    if (step->status & PSR_THUMB)
        stores = decode_thumb(first, second, step->registers, &store) &&
                 (block % 16u == 0 || condition_holds(block / 16u, step->status));
    else
        stores = decode_arm(second * 0x10000u + first, &store) &&
                 condition_holds(second / 0x1000u, step->status);
    if (!stores)
        return false;
    *address = step->registers[store.base] + store.offset;
    *value = step->registers[store.source];
    return true;
}

/* Whether the step is the first one of an interrupt's or another exception's handler. */
static bool is_entry(const struct step *last, const struct step *step)
{
    const uint32_t mode = step->status % PSR_MODE;

    if (step->kind == STEP_RISCV)
        return step->address == step->vector - step->vector % (MTVEC_MODE + 1u) &&
               step->vector != 0;
    return mode != last->status % PSR_MODE && (mode == MODE_IRQ || mode == MODE_SUPERVISOR);
}

static bool flag_is_closed(const struct step *step)
{
    if (step->kind == STEP_RISCV)
        return (step->status & MSTATUS_MIE) == 0;
    return (step->status & PSR_I) != 0;
}

/* What the instruction before did to the priority mask. */
static void take_store(struct shown *shown, bool entered)
{
    if (shown->stores && !(entered && shown->stores_closed && !shown->closed))
        shown->closed = shown->stores_closed;
}

static void look_for_store(struct shown *shown, const struct image *image, const struct step *step)
{
    uint32_t address, value;

    shown->stores = shown->priority_at != 0 && step->kind == STEP_CORTEX_A &&
                    shown_store(image, step, &address, &value) && address == shown->priority_at;
    if (shown->stores)
        shown->stores_closed = value < OPEN;
}

bool shown_step(struct shown *shown, const struct image *image, const struct step *step,
                struct stretch *ended)
{
    const bool entered = shown->has_last && is_entry(&shown->last, step);
    bool was_masked = shown->masked, has_ended;

    take_store(shown, entered);
    shown->masked = flag_is_closed(step) || shown->closed;
    has_ended = was_masked && (!shown->masked || entered);
    if (has_ended) {
        shown->open.lowered_at = shown->last.address;
        *ended = shown->open;
    }
    if (shown->masked && (!was_masked || entered))
        shown->open = (struct stretch){.raised_at = entered ? step->address : shown->last.address,
                                       .taken = entered};
    if (shown->masked)
        shown->open.length++;
    look_for_store(shown, image, step);
    shown->last = *step;
    shown->has_last = true;
    return has_ended;
}
