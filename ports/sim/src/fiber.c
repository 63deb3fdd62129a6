/* SPDX-License-Identifier: MIT */
/*
 * Fibers above the CPU's own switch: descriptors, errno and strtok, and what the address sanitizer has
 * to be told so that it finds the bounds of the stack it is on.
 */
#define _GNU_SOURCE /* strtok_r, also where the application is compiled as strict C11 */
#include "fiber.h"

#include <errno.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIM_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define SIM_ASAN 1
#endif

#ifdef SIM_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

static void leaving(struct sim_fiber *from, const struct sim_fiber *to)
{
    __sanitizer_start_switch_fiber(&from->fake_stack, to->stack_low, to->stack_size);
}

/* The fiber that was left tells its bounds: that is how main's become known. */
static void arrived(struct sim_fiber *at, struct sim_fiber *from)
{
    const void *low = NULL;
    size_t size = 0;

    __sanitizer_finish_switch_fiber(at->fake_stack, &low, &size);
    if (from->stack_low == NULL) {
        from->stack_low = (void *)(uintptr_t)low;
        from->stack_size = size;
    }
}

static void unpoison(void *low, size_t size)
{
    __asan_unpoison_memory_region(low, size);
}
#else
static void leaving(struct sim_fiber *from, const struct sim_fiber *to)
{
    (void)from, (void)to;
}

static void arrived(struct sim_fiber *at, struct sim_fiber *from)
{
    (void)at, (void)from;
}

static void unpoison(void *low, size_t size)
{
    (void)low, (void)size;
}
#endif

static struct sim_fiber main_fiber;
static struct sim_fiber *current = &main_fiber;
static struct sim_fiber *previous = &main_fiber;
static uint64_t created;

struct sim_fiber *sim_fiber_current(void)
{
    return current;
}

struct sim_fiber *sim_fiber_place(void *high)
{
    struct sim_fiber *fiber = (struct sim_fiber *)(((uintptr_t)high - sizeof(struct sim_fiber)) /
                                                   16 * 16);

    memset(fiber, 0, sizeof *fiber);
    fiber->number = ++created;
    return fiber;
}

void *sim_fiber_start(struct sim_fiber *fiber, void *low, void (*entry)(void))
{
    fiber->stack_low = low;
    fiber->stack_size = (size_t)((char *)(fiber + 1) - (char *)low);
    return sim_frame_prepare(fiber, fiber, entry);
}

void sim_fiber_forget(const struct sim_fiber *fiber)
{
    unpoison(fiber->stack_low, fiber->stack_size);
}

void sim_fiber_entered(void)
{
    arrived(current, previous);
}

void sim_fiber_switch(void **save, void *load)
{
    struct sim_fiber *self = current;
    int own_errno = errno;

    previous = self;
    current = sim_fiber_at(load);
    leaving(self, current);
    sim_switch(save, load, self);
    arrived(self, previous);
    errno = own_errno;
}

/* The host's keeps its place for all threads in one. The linker's --wrap brings the calls here, so that
 * no name of the C library is defined. */
char *__wrap_strtok(char *restrict text, const char *restrict separators);
char *__wrap_strtok(char *restrict text, const char *restrict separators)
{
    return strtok_r(text, separators, &current->strtok_rest);
}
