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

#ifndef configUSE_MINI_LIST_ITEM
#define configUSE_MINI_LIST_ITEM 1
#endif

#if configUSE_LIST_DATA_INTEGRITY_CHECK_BYTES == 1
#define listFIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE  TickType_t xListItemIntegrityValue1;
#define listSECOND_LIST_ITEM_INTEGRITY_CHECK_VALUE TickType_t xListItemIntegrityValue2;
#define listFIRST_LIST_INTEGRITY_CHECK_VALUE       TickType_t xListIntegrityValue1;
#define listSECOND_LIST_INTEGRITY_CHECK_VALUE      TickType_t xListIntegrityValue2;
#define listSET_FIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE(item)                                        \
    ((item)->xListItemIntegrityValue1 = pdINTEGRITY_CHECK_VALUE)
#define listSET_SECOND_LIST_ITEM_INTEGRITY_CHECK_VALUE(item)                                       \
    ((item)->xListItemIntegrityValue2 = pdINTEGRITY_CHECK_VALUE)
#define listSET_LIST_INTEGRITY_CHECK_1_VALUE(list)                                                 \
    ((list)->xListIntegrityValue1 = pdINTEGRITY_CHECK_VALUE)
#define listSET_LIST_INTEGRITY_CHECK_2_VALUE(list)                                                 \
    ((list)->xListIntegrityValue2 = pdINTEGRITY_CHECK_VALUE)
#define listTEST_LIST_ITEM_INTEGRITY(item)                                                         \
    configASSERT((item)->xListItemIntegrityValue1 == pdINTEGRITY_CHECK_VALUE &&                    \
                 (item)->xListItemIntegrityValue2 == pdINTEGRITY_CHECK_VALUE)
#define listTEST_LIST_INTEGRITY(list)                                                              \
    configASSERT((list)->xListIntegrityValue1 == pdINTEGRITY_CHECK_VALUE &&                        \
                 (list)->xListIntegrityValue2 == pdINTEGRITY_CHECK_VALUE)
#else
#define listFIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE
#define listSECOND_LIST_ITEM_INTEGRITY_CHECK_VALUE
#define listFIRST_LIST_INTEGRITY_CHECK_VALUE
#define listSECOND_LIST_INTEGRITY_CHECK_VALUE
#define listSET_FIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE(item)
#define listSET_SECOND_LIST_ITEM_INTEGRITY_CHECK_VALUE(item)
#define listSET_LIST_INTEGRITY_CHECK_1_VALUE(list)
#define listSET_LIST_INTEGRITY_CHECK_2_VALUE(list)
#define listTEST_LIST_ITEM_INTEGRITY(item)
#define listTEST_LIST_INTEGRITY(list)
#endif

struct xLIST;

struct xLIST_ITEM {
    listFIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE configLIST_VOLATILE TickType_t
        xItemValue; /* vListInsert sorts by it, ascending */
    struct xLIST_ITEM *configLIST_VOLATILE pxNext;
    struct xLIST_ITEM *configLIST_VOLATILE pxPrevious;
    void *pvOwner;                                 /* what the item stands for */
    struct xLIST *configLIST_VOLATILE pxContainer; /* NULL: in no list */
    listSECOND_LIST_ITEM_INTEGRITY_CHECK_VALUE
};
typedef struct xLIST_ITEM ListItem_t;

/* The first members of an item: all that the end marker of a list needs. */
#if configUSE_MINI_LIST_ITEM == 1
struct xMINI_LIST_ITEM {
    listFIRST_LIST_ITEM_INTEGRITY_CHECK_VALUE configLIST_VOLATILE TickType_t xItemValue;
    struct xLIST_ITEM *configLIST_VOLATILE pxNext;
    struct xLIST_ITEM *configLIST_VOLATILE pxPrevious;
};
typedef struct xMINI_LIST_ITEM MiniListItem_t;
#else
typedef struct xLIST_ITEM MiniListItem_t;
#endif

typedef struct xLIST {
    listFIRST_LIST_INTEGRITY_CHECK_VALUE configLIST_VOLATILE UBaseType_t uxNumberOfItems;
    ListItem_t *configLIST_VOLATILE pxIndex;
    MiniListItem_t xListEnd;
    listSECOND_LIST_INTEGRITY_CHECK_VALUE
} List_t;

typedef ListItem_t StaticListItem_t;
typedef MiniListItem_t StaticMiniListItem_t;
typedef List_t StaticList_t;

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
