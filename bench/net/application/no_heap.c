/* SPDX-License-Identifier: MIT */
/* The C library asks for memory through this; an application that is only linked has none to give. */
#include <stddef.h>

void *_sbrk(ptrdiff_t step);

void *_sbrk(ptrdiff_t step)
{
    (void)step;
    return (void *)-1;
}
