/* SPDX-License-Identifier: MIT */
/*
 * The public lists: a ring through the end marker, so that no operation has a special case for the
 * first or the last item.
 */
#include "list.h"

static ListItem_t *end_of(List_t *list)
{
    return (ListItem_t *)(void *)&list->xListEnd;
}

static void link_before(List_t *list, ListItem_t *place, ListItem_t *item)
{
    item->pxNext = place;
    item->pxPrevious = place->pxPrevious;
    place->pxPrevious->pxNext = item;
    place->pxPrevious = item;
    item->pxContainer = list;
    list->uxNumberOfItems++;
}

void vListInitialise(List_t *list)
{
    list->uxNumberOfItems = 0;
    list->pxIndex = end_of(list);
    listSET_FIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE(&list->xListEnd);
    list->xListEnd.xItemValue = portMAX_DELAY;
    list->xListEnd.pxNext = end_of(list);
    list->xListEnd.pxPrevious = end_of(list);
#if configUSE_MINI_LIST_ITEM == 0
    list->xListEnd.pvOwner = NULL;
    list->xListEnd.pxContainer = NULL;
    listSET_SECOND_LIST_ITEM_INTEGRITY_CHECK_VALUE(&list->xListEnd);
#endif
    listSET_LIST_INTEGRITY_CHECK_1_VALUE(list);
    listSET_LIST_INTEGRITY_CHECK_2_VALUE(list);
}

void vListInitialiseItem(ListItem_t *item)
{
    item->pxContainer = NULL;
    listSET_FIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE(item);
    listSET_SECOND_LIST_ITEM_INTEGRITY_CHECK_VALUE(item);
}

void vListInsert(List_t *list, ListItem_t *item)
{
    const TickType_t value = item->xItemValue;
    ListItem_t *place = list->xListEnd.pxNext;

    listTEST_LIST_INTEGRITY(list);
    listTEST_LIST_ITEM_INTEGRITY(item);
    /* The end marker is compared by address: an item may have its value. */
    while (place != end_of(list) && place->xItemValue <= value)
        place = place->pxNext;
    link_before(list, place, item);
}

void vListInsertEnd(List_t *list, ListItem_t *item)
{
    listTEST_LIST_INTEGRITY(list);
    listTEST_LIST_ITEM_INTEGRITY(item);
    link_before(list, list->pxIndex, item);
}

UBaseType_t uxListRemove(ListItem_t *item)
{
    List_t *list = item->pxContainer;

    item->pxNext->pxPrevious = item->pxPrevious;
    item->pxPrevious->pxNext = item->pxNext;
    if (list->pxIndex == item)
        list->pxIndex = item->pxPrevious;
    item->pxContainer = NULL;
    list->uxNumberOfItems--;
    return list->uxNumberOfItems;
}
