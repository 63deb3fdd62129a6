/* SPDX-License-Identifier: MIT */
/* The options of public lists: whole items as end marks, and guard values. */
#include "scenario.h"

#include <list.h>

TEST(an_end_mark_is_a_whole_item_without_the_option)
{
    CHECK_EQUAL(sizeof(ListItem_t), sizeof(MiniListItem_t));
}

TEST(guard_values_are_set_and_compared)
{
    List_t list;
    ListItem_t item;

    vListInitialise(&list);
    vListInitialiseItem(&item);
    listSET_LIST_ITEM_VALUE(&item, 3);
    vListInsert(&list, &item);
    CHECK_EQUAL((TickType_t)pdINTEGRITY_CHECK_VALUE, item.xListItemIntegrityValue1);
    CHECK_EQUAL((TickType_t)pdINTEGRITY_CHECK_VALUE, item.xListItemIntegrityValue2);
    CHECK_EQUAL((TickType_t)pdINTEGRITY_CHECK_VALUE, list.xListIntegrityValue1);
    CHECK_EQUAL((TickType_t)pdINTEGRITY_CHECK_VALUE, list.xListIntegrityValue2);
    CHECK_EQUAL(0, uxListRemove(&item));
}
