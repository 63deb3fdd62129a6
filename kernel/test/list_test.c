/* SPDX-License-Identifier: MIT */
/* The public lists and the atomic operations. */
#include "linnet_test.h"

#include <FreeRTOS.h>
#include <atomic.h>
#include <list.h>

static List_t list;
static ListItem_t items[6];

static void begin(void)
{
    vListInitialise(&list);
    CHECK(listLIST_IS_INITIALISED(&list));
    for (size_t i = 0; i < 6; i++) {
        vListInitialiseItem(&items[i]);
        listSET_LIST_ITEM_OWNER(&items[i], &items[i]);
        CHECK(listLIST_ITEM_CONTAINER(&items[i]) == NULL);
    }
}

static void insert(size_t item, TickType_t value)
{
    listSET_LIST_ITEM_VALUE(&items[item], value);
    vListInsert(&list, &items[item]);
}

static void check_order(const size_t *order, size_t count)
{
    ListItem_t *item = listGET_HEAD_ENTRY(&list);

    CHECK_EQUAL(count, listCURRENT_LIST_LENGTH(&list));
    for (size_t i = 0; i < count; i++, item = listGET_NEXT(item)) {
        CHECK(item == &items[order[i]]);
        CHECK(listIS_CONTAINED_WITHIN(&list, item) == pdTRUE);
    }
    CHECK((const void *)item == (const void *)listGET_END_MARKER(&list));
}

TEST(a_new_list_is_empty)
{
    begin();
    CHECK_EQUAL(pdTRUE, listLIST_IS_EMPTY(&list));
    check_order(NULL, 0);
}

TEST(insertion_sorts_and_keeps_equals_in_order)
{
    begin();
    insert(0, 5);
    insert(1, 3);
    insert(2, portMAX_DELAY);
    insert(3, 5);
    insert(4, 0);
    insert(5, portMAX_DELAY);
    check_order((const size_t[]){4, 1, 0, 3, 2, 5}, 6);
    CHECK_EQUAL(0, listGET_ITEM_VALUE_OF_HEAD_ENTRY(&list));
    CHECK(listGET_OWNER_OF_HEAD_ENTRY(&list) == &items[4]);
}

TEST(removal_says_how_many_are_left)
{
    begin();
    for (size_t i = 0; i < 3; i++)
        insert(i, (TickType_t)i);
    CHECK_EQUAL(2, uxListRemove(&items[1]));
    CHECK(listLIST_ITEM_CONTAINER(&items[1]) == NULL);
    check_order((const size_t[]){0, 2}, 2);
    CHECK_EQUAL(1, uxListRemove(&items[0]));
    listREMOVE_ITEM(&items[2]);
    CHECK_EQUAL(pdTRUE, listLIST_IS_EMPTY(&list));
}

TEST(the_index_goes_round_and_insertions_come_last)
{
    void *owner = NULL;

    begin();
    for (size_t i = 0; i < 3; i++)
        vListInsertEnd(&list, &items[i]);
    for (size_t i = 0; i < 7; i++) {
        listGET_OWNER_OF_NEXT_ENTRY(owner, &list);
        CHECK(owner == &items[i % 3]);
    }
    listINSERT_END(&list, &items[3]); /* the index is at 0: 3 comes after 1 and 2 */
    (void)uxListRemove(&items[0]);    /* the index goes back */
    static const size_t expected[] = {3, 1, 2, 3, 1};
    listGET_OWNER_OF_NEXT_ENTRY(owner, &list);
    CHECK(owner == &items[1]);
    listGET_OWNER_OF_NEXT_ENTRY(owner, &list);
    CHECK(owner == &items[2]);
    for (size_t i = 0; i < 5; i++) {
        listGET_OWNER_OF_NEXT_ENTRY(owner, &list);
        CHECK(owner == &items[expected[i]]);
    }
}

TEST(atomic_operations_return_what_was_there)
{
    uint32_t word = 10;

    CHECK_EQUAL(10, Atomic_Add_u32(&word, 5));
    CHECK_EQUAL(15, Atomic_Subtract_u32(&word, 16));
    CHECK_EQUAL(UINT32_MAX, Atomic_Increment_u32(&word));
    CHECK_EQUAL(0, Atomic_Decrement_u32(&word));
    CHECK_EQUAL(UINT32_MAX, Atomic_AND_u32(&word, 0xf0f0));
    CHECK_EQUAL(0xf0f0, Atomic_OR_u32(&word, 0x000f));
    CHECK_EQUAL(0xf0ff, Atomic_XOR_u32(&word, 0x00ff));
    CHECK_EQUAL(0xf000, Atomic_NAND_u32(&word, 0x7000));
    CHECK_EQUAL(~UINT32_C(0x7000), word);
}

TEST(compare_and_swap_tells_whether_it_did)
{
    uint32_t word = 1;
    int a, b;
    void *volatile pointer = &a;

    CHECK_EQUAL(ATOMIC_COMPARE_AND_SWAP_FAILURE, Atomic_CompareAndSwap_u32(&word, 7, 2));
    CHECK_EQUAL(1, word);
    CHECK_EQUAL(ATOMIC_COMPARE_AND_SWAP_SUCCESS, Atomic_CompareAndSwap_u32(&word, 7, 1));
    CHECK_EQUAL(7, word);
    CHECK_EQUAL(ATOMIC_COMPARE_AND_SWAP_FAILURE,
                Atomic_CompareAndSwapPointers_p32(&pointer, &b, &b));
    CHECK_EQUAL(ATOMIC_COMPARE_AND_SWAP_SUCCESS,
                Atomic_CompareAndSwapPointers_p32(&pointer, &b, &a));
    CHECK(Atomic_SwapPointers_p32(&pointer, &a) == &b);
    CHECK(pointer == &a);
}
