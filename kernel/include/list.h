/* SPDX-License-Identifier: MIT */
/*
 * Doubly linked lists, as public API: for applications and libraries that use them. Nothing in the
 * kernel depends on this file.
 *
 * A list is a ring with an end marker whose value is the greatest there is. An item is in at most
 * one list, which it names as its container. pxIndex remembers the item that
 * listGET_OWNER_OF_NEXT_ENTRY returned last. No function here locks anything: the caller sees to
 * that. Reading the members is allowed; changing them is for these functions and macros alone.
 */
#pragma once

#include "FreeRTOS.h"

#ifdef __cplusplus
extern "C" {
#endif

#define listSET_LIST_ITEM_OWNER(item, owner)   ((item)->pvOwner = (void *)(owner))
#define listGET_LIST_ITEM_OWNER(item)          ((item)->pvOwner)
#define listSET_LIST_ITEM_VALUE(item, value)   ((item)->xItemValue = (value))
#define listGET_LIST_ITEM_VALUE(item)          ((item)->xItemValue)
#define listLIST_ITEM_CONTAINER(item)          ((item)->pxContainer)
#define listIS_CONTAINED_WITHIN(list, item)    ((item)->pxContainer == (list) ? pdTRUE : pdFALSE)

#define listGET_HEAD_ENTRY(list)               ((list)->xListEnd.pxNext)
#define listGET_NEXT(item)                     ((item)->pxNext)
#define listGET_END_MARKER(list)               ((ListItem_t const *)&(list)->xListEnd)
#define listGET_ITEM_VALUE_OF_HEAD_ENTRY(list) ((list)->xListEnd.pxNext->xItemValue)
#define listGET_OWNER_OF_HEAD_ENTRY(list)      ((list)->xListEnd.pxNext->pvOwner)
#define listLIST_IS_EMPTY(list)                ((list)->uxNumberOfItems == 0 ? pdTRUE : pdFALSE)
#define listCURRENT_LIST_LENGTH(list)          ((list)->uxNumberOfItems)
#define listLIST_IS_INITIALISED(list)          ((list)->xListEnd.xItemValue == portMAX_DELAY)

/* Advances the list's index by one item, over the end marker, and stores that item's owner in
 * `owner`. The list must not be empty. */
#define listGET_OWNER_OF_NEXT_ENTRY(owner, list)                                                   \
    do {                                                                                           \
        List_t *const rtos_list = (list);                                                          \
        rtos_list->pxIndex = rtos_list->pxIndex->pxNext;                                           \
        if ((void *)rtos_list->pxIndex == (void *)&rtos_list->xListEnd)                            \
            rtos_list->pxIndex = rtos_list->xListEnd.pxNext;                                       \
        (owner) = rtos_list->pxIndex->pvOwner;                                                     \
    } while (0)

/* The two frequent functions below under their macro names. */
#define listREMOVE_ITEM(item)      ((void)uxListRemove(item))
#define listINSERT_END(list, item) vListInsertEnd((list), (item))

/* Makes an empty list. To be called before the list is used. */
void vListInitialise(List_t *list);

/* Makes an item that is in no list; its value and owner are left as they are. */
void vListInitialiseItem(ListItem_t *item);

/* Inserts by ascending value, behind those of equal value. Walks the list. */
void vListInsert(List_t *list, ListItem_t *item);

/* Inserts where listGET_OWNER_OF_NEXT_ENTRY comes last: before the list's index. */
void vListInsertEnd(List_t *list, ListItem_t *item);

/* Removes the item from its list. Returns how many items that list has left. */
UBaseType_t uxListRemove(ListItem_t *item);

#ifdef __cplusplus
}
#endif
