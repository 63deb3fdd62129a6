/* SPDX-License-Identifier: MIT */
/*
 * A priority queue whose nodes lie in their owners: a leftist heap with parent links.
 *
 * First is the smallest key, counted from `base`, and among equal keys the earliest arrival. All
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

/* Counts arrivals, in steps of RTOS_ARRIVAL: the low bits of a node's order are its rank. Wraps after
 * 2^24 arrivals; orders are compared by distance. */
#define RTOS_ARRIVAL 256u
extern uint32_t rtos_last_arrival;

/* Merges a node whose key and order are set into a queue that is not empty. */
void rtos_pqueue_merge(struct rtos_pqueue *queue, struct rtos_pnode *node, TickType_t base);

/* Takes out a node that is not alone. */
void rtos_pqueue_cut(struct rtos_pqueue *queue, struct rtos_pnode *node, TickType_t base);

/* Adds a node with `key`, behind all that have the same. */
static inline void rtos_pqueue_insert(struct rtos_pqueue *queue, struct rtos_pnode *node,
                                      TickType_t key, TickType_t base)
{
    node->key = key;
    node->order = rtos_last_arrival += RTOS_ARRIVAL;
    node->left = NULL;
    node->right = NULL;
    if (queue->first != NULL) {
        rtos_pqueue_merge(queue, node, base);
        return;
    }
    node->parent = NULL;
    queue->first = node;
}

/* Takes out a node, wherever it is in the queue. */
static inline void rtos_pqueue_remove(struct rtos_pqueue *queue, struct rtos_pnode *node,
                                      TickType_t base)
{
    if (node->parent == NULL && node->left == NULL)
        queue->first = NULL;
    else
        rtos_pqueue_cut(queue, node, base);
}
