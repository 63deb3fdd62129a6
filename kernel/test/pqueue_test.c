/* SPDX-License-Identifier: MIT */
/* The priority queue against a sorted model: order, ties, wrap, removal anywhere, bounded depth. */
#include "linnet_test.h"

#include "pqueue.h"

#include <string.h>

#define NODES 300

static struct rtos_pnode nodes[NODES];
static bool inside[NODES];

static bool model_before(const struct rtos_pnode *a, const struct rtos_pnode *b, TickType_t base)
{
    TickType_t x = (TickType_t)(a->key - base), y = (TickType_t)(b->key - base);
    return x < y || (x == y && (int32_t)(a->order - b->order) < 0);
}

static struct rtos_pnode *model_first(TickType_t base)
{
    struct rtos_pnode *first = NULL;

    for (size_t i = 0; i < NODES; i++)
        if (inside[i] && (first == NULL || model_before(&nodes[i], first, base)))
            first = &nodes[i];
    return first;
}

static unsigned right_path(const struct rtos_pqueue *queue)
{
    unsigned length = 0;

    for (const struct rtos_pnode *node = queue->first; node != NULL; node = node->right)
        length++;
    return length;
}

static size_t count_and_check(const struct rtos_pnode *node, const struct rtos_pnode *parent)
{
    if (node == NULL)
        return 0;
    CHECK(node->parent == parent);
    return 1 + count_and_check(node->left, node) + count_and_check(node->right, node);
}

static void churn(TickType_t base, TickType_t range, uint64_t seed)
{
    struct rtos_pqueue queue = {NULL};
    struct test_random random = {seed};
    size_t count = 0;

    memset(inside, 0, sizeof inside);
    for (int round = 0; round < 4000; round++) {
        size_t i = test_random_below(&random, NODES);
        if (inside[i]) {
            rtos_pqueue_remove(&queue, &nodes[i], base);
            count--;
        } else {
            TickType_t key = (TickType_t)(base + 1 + test_random_below(&random, (uint32_t)range));
            rtos_pqueue_insert(&queue, &nodes[i], key, base);
            count++;
        }
        inside[i] = !inside[i];
        CHECK(queue.first == model_first(base));
        CHECK((1u << right_path(&queue)) <= 2 * (count + 1));
        if (round % 100 == 0)
            CHECK_EQUAL(count, count_and_check(queue.first, NULL));
    }
}

TEST(first_is_always_the_smallest)
{
    churn(0, 1000000, 1);
}

TEST(equal_keys_come_out_in_order_of_arrival)
{
    churn(0, 3, 2);
}

TEST(keys_wrap_with_the_clock)
{
    churn((TickType_t)-500, 1000, 3);
}

TEST(order_of_arrival_survives_its_wrap)
{
    rtos_last_arrival = UINT32_MAX - 1000 * RTOS_ARRIVAL + 1;
    churn(0, 3, 4);
}

TEST(base_moves_while_nodes_wait)
{
    struct rtos_pqueue queue = {NULL};
    TickType_t base = (TickType_t)-3;

    for (size_t i = 0; i < 8; i++) {
        rtos_pqueue_insert(&queue, &nodes[i], (TickType_t)(base + 1 + i), base);
    }
    for (size_t i = 0; i < 8; i++) {
        CHECK(queue.first == &nodes[i]);
        rtos_pqueue_remove(&queue, &nodes[i], base);
        base = nodes[i].key;
    }
    CHECK(rtos_pqueue_is_empty(&queue));
}
