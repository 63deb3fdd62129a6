/* SPDX-License-Identifier: MIT */
/*
 * Follows the interrupt mask of a CPU whose state the log shows before each instruction: MIE of mstatus on
 * RISC-V, I of the CPSR on Cortex-A, where the priority mask of Arm's interrupt controller counts too: it is
 * followed by the stores to its register.
 *
 * A stretch is as in mask.h. One that an instruction raises is told from one that the CPU raises when it
 * takes an interrupt (mtvec's place, IRQ mode). An interrupt is taken only where the mask is open: it ends a
 * stretch, and what it is taken in place of is a store that was not executed, if that would have closed the
 * mask.
 */
#pragma once

#include "image.h"
#include "log.h"
#include "mask.h"

struct shown {
    uint32_t priority_at; /* address of the controller's priority mask; 0: there is none */
    bool closed;          /* by that register */
    bool masked;          /* before the instruction `last` */
    bool has_last;
    struct step last;
    bool stores;        /* `last` stores to the register … */
    bool stores_closed; /* … what closes the mask */
    struct stretch open;
};

/* Takes one instruction; true when a stretch ended before it, which is then in *ended. */
bool shown_step(struct shown *shown, const struct image *image, const struct step *step,
                struct stretch *ended);

/* Whether the instruction at step->address stores a word, and if so where and what. */
bool shown_store(const struct image *image, const struct step *step, uint32_t *address,
                 uint32_t *value);
