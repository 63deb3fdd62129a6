/* SPDX-License-Identifier: MIT */
#include "mask.h"

/* ARMv7-M ARM, B5.2.3 (MSR) and B5.2.1 (CPS). */
enum {
    MSR_FIRST = 0xf380, /* the low four bits are the source register */
    MSR_PRIMASK = 0x8810,
    MSR_BASEPRI = 0x8811,
    MSR_BASEPRI_MAX = 0x8812,
    CPSIE_I = 0xb662,
    CPSID_I = 0xb672
};

enum mask_change mask_decode(uint16_t first, uint16_t second, unsigned *source)
{
    *source = first % 16u;
    if (first == CPSIE_I)
        return MASK_CPSIE;
    if (first == CPSID_I)
        return MASK_CPSID;
    if (first - *source != MSR_FIRST)
        return MASK_KEPT;
    switch (second) {
    case MSR_PRIMASK:
        return MASK_PRIMASK;
    case MSR_BASEPRI:
        return MASK_BASEPRI;
    case MSR_BASEPRI_MAX:
        return MASK_BASEPRI_MAX;
    default:
        return MASK_KEPT;
    }
}

static bool is_masked(const struct mask *mask)
{
    return mask->basepri != 0 || mask->primask;
}

static void apply(struct mask *mask, enum mask_change change, uint32_t value)
{
    uint32_t level = value % 256u;

    switch (change) {
    case MASK_BASEPRI:
        mask->basepri = level;
        break;
    case MASK_BASEPRI_MAX:
        if (level != 0 && (mask->basepri == 0 || level < mask->basepri))
            mask->basepri = level;
        break;
    case MASK_PRIMASK:
        mask->primask = value % 2u != 0;
        break;
    case MASK_CPSID:
        mask->primask = true;
        break;
    case MASK_CPSIE:
        mask->primask = false;
        break;
    case MASK_KEPT:
        break;
    }
}

/* The instruction before gave way to an exception, so the mask is as it was. */
static void put_off(struct mask *mask)
{
    mask->put_off = mask->last;
    mask->basepri = 0;
    mask->primask = false;
}

/* The exception is over: if the thread goes on behind the instruction, it was executed after all. */
static void make_up(struct mask *mask, uint32_t address)
{
    mask->put_off.is_one = false;
    if (address == mask->put_off.address)
        return;
    mask->basepri = mask->put_off.basepri;
    mask->primask = mask->put_off.primask;
    mask->open = (struct stretch){.raised_at = mask->put_off.address};
}

static void follow_exceptions(struct mask *mask, const struct step *step)
{
    if (mask->last.is_one && step->exception != mask->last.exception && step->exception != 0)
        put_off(mask);
    else if (mask->put_off.is_one && step->exception == mask->put_off.exception)
        make_up(mask, step->address);
    mask->last.is_one = false;
}

bool mask_step(struct mask *mask, const struct image *image, const struct step *step,
               struct stretch *ended)
{
    follow_exceptions(mask, step);
    bool was_masked = is_masked(mask);
    unsigned source;
    enum mask_change change = mask_decode(image_code(image, step->address),
                                          image_code(image, step->address + 2), &source);

    if (was_masked)
        mask->open.length++;
    if (change == MASK_KEPT)
        return false;
    apply(mask, change, step->registers[source]);
    if (!was_masked && is_masked(mask)) {
        mask->open = (struct stretch){.raised_at = step->address};
        mask->last = (struct raise){true, step->address, step->exception, mask->basepri,
                                    mask->primask};
    }
    if (!was_masked || is_masked(mask))
        return false;
    mask->open.lowered_at = step->address;
    *ended = mask->open;
    return true;
}
