/* SPDX-License-Identifier: MIT */
/*
 * Follows the interrupt mask of a Cortex-M through a run, instruction by instruction: BASEPRI, whose
 * new value is in the register that MSR names, and PRIMASK. A stretch begins behind the instruction
 * that raises the mask from nothing and ends with the one that lowers it to nothing; its length is
 * the number of instructions in it, that one included, and those of an exception taken meanwhile.
 *
 * QEMU writes an instruction down before it looks for an interrupt that came, which then is taken in
 * place of the instruction. One that raises the mask and is followed by an exception counts as not
 * executed, unless it turns out to have been when the exception is over.
 */
#pragma once

#include "image.h"
#include "log.h"

struct stretch {
    uint32_t length;
    uint32_t raised_at;
    uint32_t lowered_at;
    bool taken; /* the CPU raised it, when it took an interrupt */
};

/* What an instruction does to the mask. */
enum mask_change {
    MASK_KEPT,
    MASK_BASEPRI,
    MASK_BASEPRI_MAX,
    MASK_PRIMASK,
    MASK_CPSID,
    MASK_CPSIE
};

/* A change that raised the mask from nothing. */
struct raise {
    bool is_one;
    uint32_t address, exception;
    uint32_t basepri;
    bool primask;
};

struct mask {
    uint32_t basepri;
    bool primask;
    struct stretch open; /* `length` counts up while masked */
    struct raise last;   /* what the instruction before did */
    struct raise put_off;
};

/* Which register of the mask the two halfwords of an instruction write, and from which register. */
enum mask_change mask_decode(uint16_t first, uint16_t second, unsigned *source);

/* Takes one instruction; true when a stretch ended with it, which is then in *ended. */
bool mask_step(struct mask *mask, const struct image *image, const struct step *step,
               struct stretch *ended);
