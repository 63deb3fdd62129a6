/* SPDX-License-Identifier: MIT */
/*
 * The types of list.h: visible to whoever includes FreeRTOS.h, so that applications can hold lists
 * and items in structures of their own. FreeRTOS.h includes this last: pxContainer is a name of
 * earlier versions that it may have renamed.
 */
#pragma once

#include "portable.h"

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
