/* SPDX-License-Identifier: MIT */
/*
 * A pairing heap of timers. Each node's children form a list through `next`; `link` is the place
 * that points to the node, so that a node is cut out without knowing its parent. Merging never
 * recurses: a list of siblings is paired from left to right and then folded from right to left.
 */
#include "core/timer.h"

#include "core/os.h"

static struct tcpip_timer *root;

static bool earlier(const struct tcpip_timer *a, const struct tcpip_timer *b)
{
    return b->due - a->due <= INT32_MAX;
}

static struct tcpip_timer *merge(struct tcpip_timer *a, struct tcpip_timer *b)
{
    if (a == NULL || b == NULL)
        return a == NULL ? b : a;
    if (!earlier(a, b)) {
        struct tcpip_timer *swap = a;

        a = b;
        b = swap;
    }
    b->next = a->child;
    if (b->next != NULL)
        b->next->link = &b->next;
    a->child = b;
    b->link = &a->child;
    a->next = NULL;
    return a;
}

/* Makes one heap of a list of siblings. */
static struct tcpip_timer *merge_list(struct tcpip_timer *list)
{
    struct tcpip_timer *pairs = NULL;
    struct tcpip_timer *heap = NULL;

    while (list != NULL) {
        struct tcpip_timer *first = list;
        struct tcpip_timer *second = first->next;

        list = second == NULL ? NULL : second->next;
        first->next = NULL;
        if (second != NULL)
            second->next = NULL;
        first = merge(first, second);
        first->next = pairs;
        pairs = first;
    }
    while (pairs != NULL) {
        struct tcpip_timer *next = pairs->next;

        pairs->next = NULL;
        heap = merge(heap, pairs);
        pairs = next;
    }
    return heap;
}

static void set_root(struct tcpip_timer *heap)
{
    root = heap;
    if (root != NULL)
        root->link = &root;
}

void tcpip_timer_init(struct tcpip_timer *timer, void (*fire)(void *context), void *context)
{
    *timer = (struct tcpip_timer){.fire = fire, .context = context};
}

void tcpip_timer_stop(struct tcpip_timer *timer)
{
    if (!timer->armed)
        return;
    timer->armed = false;
    *timer->link = timer->next;
    if (timer->next != NULL)
        timer->next->link = timer->link;
    struct tcpip_timer *orphans = merge_list(timer->child);
    timer->child = NULL;
    timer->next = NULL;
    set_root(merge(root, orphans));
}

void tcpip_timer_start(struct tcpip_timer *timer, uint32_t delay)
{
    tcpip_timer_stop(timer);
    timer->due = tcpip_os_now() + (delay < TCPIP_TIMER_MAX ? delay : TCPIP_TIMER_MAX);
    timer->armed = true;
    timer->child = NULL;
    timer->next = NULL;
    set_root(merge(root, timer));
}

uint32_t tcpip_timers_run(void)
{
    uint32_t now = tcpip_os_now();
    struct tcpip_timer *due = NULL;
    struct tcpip_timer **last = &due;

    /* First taken out, then fired: what they start waits for the next time. A timer that another
     * one stops meanwhile is no longer armed and only leaves the list. */
    while (root != NULL && tcpip_time_reached(now, root->due)) {
        struct tcpip_timer *timer = root;

        tcpip_timer_stop(timer);
        *last = timer;
        timer->link = last;
        timer->armed = true;
        last = &timer->next;
    }
    while (due != NULL) {
        struct tcpip_timer *timer = due;

        due = timer->next;
        if (due != NULL)
            due->link = &due;
        timer->next = NULL;
        timer->armed = false;
        timer->fire(timer->context);
    }
    return root == NULL                                    ? TCPIP_TIMER_FOREVER
           : tcpip_time_reached(tcpip_os_now(), root->due) ? 0
                                                           : root->due - tcpip_os_now();
}

bool tcpip_timers_idle(void)
{
    return root == NULL;
}
