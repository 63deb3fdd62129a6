/* SPDX-License-Identifier: MIT */
/*
 * A priority queue whose nodes lie in their owners: a leftist heap with parent links.
 *
 * First is the smallest key, counted from `base`, and among equal keys the earliest ticket. All
 * operations cost O(log n), in the worst case too: on every rightmost path lie at most
 * log2(n + 1) nodes. `base` makes keys that wrap comparable: with keys that are tick counts it is
 * the last tick whose sleepers were all removed; it may move forward while nodes are in the queue,
 * since taking the same amount off every key keeps their order. Wait lists use base 0.
 *
 * The caller masks interrupts around every call.
 */
#pragma once

#include "FreeRTOS.h"

#include <stdbool.h>

static inline bool rtos_pqueue_is_empty(const struct rtos_pqueue *queue)
{
    return queue->first == NULL;
}

/* The next ticket: numbers are handed out in turn and wrap after 2^24, compared by distance. */
uint32_t rtos_pqueue_ticket(void);

/* Adds a node whose key and ticket are set. */
void rtos_pqueue_insert(struct rtos_pqueue *queue, struct rtos_pnode *node, TickType_t base);

/* Takes out a node, wherever it is in the queue. */
void rtos_pqueue_remove(struct rtos_pqueue *queue, struct rtos_pnode *node, TickType_t base);
