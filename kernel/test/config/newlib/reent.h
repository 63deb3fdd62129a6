/* SPDX-License-Identifier: MIT */
/* What newlib's header of that name offers, as far as the kernel uses it. */
#pragma once

struct _reent {
    int _errno;
    char fill[200];
};

extern struct _reent *_impure_ptr;
void _reclaim_reent(struct _reent *state);

#define _REENT_INIT_PTR(state) ((state)->_errno = 1000)
