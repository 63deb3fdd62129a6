/* SPDX-License-Identifier: MIT */
/* The pairing heap of deadlines. Every node knows the pointer that holds it, so it can leave. */
#include "core/deadline.h"

#include <stdbool.h>
#include <stddef.h>

/* On a clock that wraps: the way from a to b is shorter than half the circle. */
static bool is_before(uint32_t a, uint32_t b)
{
    return a - b > INT32_MAX;
}

static struct tcpip_deadline *pair(struct tcpip_deadline *a, struct tcpip_deadline *b)
{
    if (a == NULL || b == NULL)
        return a != NULL ? a : b;
    if (is_before(b->when, a->when)) {
        struct tcpip_deadline *swap = a;
        a = b;
        b = swap;
    }
    b->sibling = a->child;
    if (b->sibling != NULL)
        b->sibling->owner = &b->sibling;
    a->child = b;
    b->owner = &a->child;
    return a;
}

/* Pairs neighbours from the left, then joins the pairs from the right: the classic two passes,
 * with the pairs kept in a chain instead of on the stack. */
static struct tcpip_deadline *pair_all(struct tcpip_deadline *first)
{
    struct tcpip_deadline *pairs = NULL, *joined = NULL;

    while (first != NULL) {
        struct tcpip_deadline *second = first->sibling;
        struct tcpip_deadline *rest = second != NULL ? second->sibling : NULL;
        first->sibling = NULL;
        if (second != NULL)
            second->sibling = NULL;
        first = pair(first, second);
        first->sibling = pairs;
        pairs = first;
        first = rest;
    }
    while (pairs != NULL) {
        struct tcpip_deadline *rest = pairs->sibling;
        pairs->sibling = NULL;
        joined = pair(joined, pairs);
        pairs = rest;
    }
    return joined;
}

void tcpip_deadline_clear(struct tcpip_deadline *deadline)
{
    if (deadline->owner == NULL)
        return;
    struct tcpip_deadline *children = pair_all(deadline->child);
    struct tcpip_deadline *successor = children != NULL ? children : deadline->sibling;

    if (children != NULL) {
        children->sibling = deadline->sibling;
        if (children->sibling != NULL)
            children->sibling->owner = &children->sibling;
    }
    *deadline->owner = successor;
    if (successor != NULL)
        successor->owner = deadline->owner;
    deadline->owner = NULL;
}

void tcpip_deadline_set(struct tcpip_deadline **heap, struct tcpip_deadline *deadline,
                        uint32_t when)
{
    if (deadline->owner != NULL && deadline->when == when)
        return;
    tcpip_deadline_clear(deadline);
    deadline->when = when;
    deadline->child = deadline->sibling = NULL;
    *heap = pair(*heap, deadline);
    (*heap)->owner = heap;
}
