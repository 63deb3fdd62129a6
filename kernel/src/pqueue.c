/* SPDX-License-Identifier: MIT */
/*
 * The leftist heap behind delays and wait lists. Invariants: no node comes before its parent; the
 * rank of a node is one more than its right child's (0 when it has none), and no right child has a
 * higher rank than the left one.
 */
#include "pqueue.h"

uint32_t rtos_last_arrival;

static bool comes_before(const struct rtos_pnode *a, const struct rtos_pnode *b, TickType_t base)
{
    TickType_t key_a = (TickType_t)(a->key - base), key_b = (TickType_t)(b->key - base);

    if (key_a != key_b)
        return key_a < key_b;
    return (int32_t)(a->order - b->order) < 0; /* ranks are too small to matter */
}

static unsigned rank_of(const struct rtos_pnode *node)
{
    return node->order % RTOS_ARRIVAL;
}

/* The rank that a missing child counts with is one below that of a leaf. */
static unsigned rank_above(const struct rtos_pnode *child)
{
    return child == NULL ? 0u : rank_of(child) + 1u;
}

/* Makes `node` a correct heap again whose children are; false when its rank was right already. */
static bool restore(struct rtos_pnode *node)
{
    unsigned left = rank_above(node->left), right = rank_above(node->right);

    if (left < right) {
        struct rtos_pnode *child = node->left;
        node->left = node->right;
        node->right = child;
        right = left;
    }
    if (rank_of(node) == right)
        return false;
    node->order = node->order - rank_of(node) + right;
    return true;
}

/* Merges two heaps and hangs the result into *link below `parent`. Walks down the rightmost paths,
 * then up again to put the ranks right. */
static void merge(struct rtos_pnode *a, struct rtos_pnode *b, struct rtos_pnode **link,
                  struct rtos_pnode *parent, TickType_t base)
{
    struct rtos_pnode *above = parent;

    while (a != NULL && b != NULL) {
        if (comes_before(b, a, base)) {
            struct rtos_pnode *other = a;
            a = b;
            b = other;
        }
        *link = a;
        a->parent = parent;
        parent = a;
        link = &a->right;
        a = a->right;
    }
    *link = a != NULL ? a : b;
    if (*link != NULL)
        (*link)->parent = parent;
    for (; parent != above; parent = parent->parent)
        restore(parent);
}

void rtos_pqueue_merge(struct rtos_pqueue *queue, struct rtos_pnode *node, TickType_t base)
{
    merge(queue->first, node, &queue->first, NULL, base);
}

void rtos_pqueue_cut(struct rtos_pqueue *queue, struct rtos_pnode *node, TickType_t base)
{
    struct rtos_pnode *parent = node->parent;
    struct rtos_pnode **link = parent == NULL         ? &queue->first
                               : parent->left == node ? &parent->left
                                                      : &parent->right;

    merge(node->left, node->right, link, parent, base);
    while (parent != NULL && restore(parent))
        parent = parent->parent;
}
