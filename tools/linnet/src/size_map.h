/* SPDX-License-Identifier: MIT */
/* How an image's memory is divided among the components: the linker's map, read beside the image. */
#pragma once

#include "image.h"

enum component {
    COMPONENT_KERNEL,
    COMPONENT_PORT,
    COMPONENT_NET,
    COMPONENT_TLS,
    COMPONENT_LIBS,
    COMPONENT_C_LIBRARY,
    COMPONENT_BOARD,
    COMPONENT_APPLICATION,
    COMPONENT_HEAP,  /* the kernel's */
    COMPONENT_OTHER, /* what lies between the others: alignment, veneers */
    COMPONENT_COUNT
};

struct component_size {
    unsigned long program, ram;
};

const char *component_name(enum component component);

/* Fills a table of COMPONENT_COUNT sizes, whose sums are the image's. `program` is the path of image and map
 * without their endings, `objdump` the board's. False, with a message, if there is no map. */
bool size_map_read(const char *program, const struct image *image, const char *objdump,
                   struct component_size *sizes);
