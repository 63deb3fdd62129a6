/* SPDX-License-Identifier: MIT */
/* Values from layers: our part is the order of the layers and the messages, kconfig-conf's the
 * defaults, dependencies and selections. */
#pragma once

#include "layer.h"

struct evaluation {
    const struct options *options;
    const char *kconfig;      /* root Kconfig file */
    const char *kconfig_conf; /* the program */
    const char *config;       /* file that receives the result */
};

/* Applies the layers one after another, the last one being the strongest. Each must get what it
 * asks for at its turn; a later one may take it away again. On success *asked holds what they ask
 * for together and *result the values. False when something was reported. Free both in either
 * case. */
bool evaluate(const struct evaluation *evaluation, char *const layers[], size_t layer_count,
              struct layer *asked, struct layer *result);

/* The values if this is asked for, whether they honour it or not. Free the result in any case. */
bool evaluate_once(const struct evaluation *evaluation, const struct layer *asked,
                   struct layer *result);

/* The same with one more layer on top. */
bool evaluate_on_top(const struct evaluation *evaluation, const struct layer *asked,
                     const struct layer *top, struct layer *result);
