/* SPDX-License-Identifier: MIT */
/* Rings of any kind: *head is NULL or one of the members. */
#pragma once

#include "kernel.h"

static inline void rtos_ring_append(struct rtos_ring **head, struct rtos_ring *node)
{
    struct rtos_ring *first = *head;

    if (first == NULL) {
        node->next = node;
        node->previous = node;
        *head = node;
        return;
    }
    struct rtos_ring *last = first->previous;
    node->next = first;
    node->previous = last;
    last->next = node;
    first->previous = node;
}

static inline void rtos_ring_remove(struct rtos_ring **head, struct rtos_ring *node)
{
    struct rtos_ring *next = node->next, *previous = node->previous;

    if (next == node) {
        *head = NULL;
        return;
    }
    previous->next = next;
    next->previous = previous;
    if (*head == node)
        *head = next;
}
