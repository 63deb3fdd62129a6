/* SPDX-License-Identifier: MIT */
/*
 * Event groups: a word of bits that tasks wait for, any of them or all of them. One call that sets
 * bits wakes every task whose condition it fulfils.
 *
 * A group has 8, 24 or 56 usable bits with a tick type of 16, 32 or 64 bits; the top byte is the
 * kernel's. Functions are called from tasks unless they are named …FromISR.
 */
#pragma once

#include "FreeRTOS.h"
#include "timers.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef TickType_t EventBits_t;
typedef struct rtos_event_group *EventGroupHandle_t;

#define eventEVENT_BITS_CONTROL_BYTES                                                              \
    ((EventBits_t)((EventBits_t)0xff << (sizeof(EventBits_t) * 8 - 8)))
#define eventCLEAR_EVENTS_ON_EXIT_BIT                                                              \
    ((EventBits_t)((EventBits_t)1 << (sizeof(EventBits_t) * 8 - 8)))
#define eventUNBLOCKED_DUE_TO_BIT_SET                                                              \
    ((EventBits_t)((EventBits_t)2 << (sizeof(EventBits_t) * 8 - 8)))
#define eventWAIT_FOR_ALL_BITS ((EventBits_t)((EventBits_t)4 << (sizeof(EventBits_t) * 8 - 8)))

/* A group with all bits clear, from the heap (NULL: no memory) or in the caller's `memory`, which
 * stays the caller's. Before the scheduler starts too; does not block. */
EventGroupHandle_t xEventGroupCreate(void);
EventGroupHandle_t xEventGroupCreateStatic(StaticEventGroup_t *memory);

/* The memory of a group that was created statically. pdFALSE: it came from the heap. */
BaseType_t xEventGroupGetStaticBuffer(EventGroupHandle_t group, StaticEventGroup_t **memory);

/* Waits until any (`wait_for_all` false) or all of `bits` (not 0) are set, for ticks_to_wait ticks
 * at most; portMAX_DELAY waits without end. With `clear_on_exit` the bits waited for are cleared
 * in the same step that fulfils the wait, never after a time-out. Returns the group's bits as they
 * were at that step, before clearing, or as they are at the time-out: test them to know which. 0
 * when the group was deleted meanwhile. */
EventBits_t xEventGroupWaitBits(EventGroupHandle_t group, const EventBits_t bits,
                                const BaseType_t clear_on_exit, const BaseType_t wait_for_all,
                                TickType_t ticks_to_wait);

/* A rendezvous: sets `bits_to_set` and waits, in one step, until all of `bits_to_wait_for` are
 * set; then clears those. Time and result as for xEventGroupWaitBits. */
EventBits_t xEventGroupSync(EventGroupHandle_t group, const EventBits_t bits_to_set,
                            const EventBits_t bits_to_wait_for, TickType_t ticks_to_wait);

/* Sets bits and wakes every task whose condition is fulfilled now; the time depends on the tasks
 * that wait for this group. Returns the bits after that: a bit may be clear again because a woken
 * task asked for it, or because a task of higher priority ran. Does not block. */
EventBits_t xEventGroupSetBits(EventGroupHandle_t group, const EventBits_t bits);

/* Clears bits. Returns the bits as they were before. Does not block. */
EventBits_t xEventGroupClearBits(EventGroupHandle_t group, const EventBits_t bits);

/* The bits now. */
#define xEventGroupGetBits(group) xEventGroupClearBits((group), 0)
EventBits_t xEventGroupGetBitsFromISR(EventGroupHandle_t group);

#if configUSE_TIMERS == 1 && INCLUDE_xTimerPendFunctionCall == 1
/* From an interrupt: the timer task sets or clears the bits, since the time depends on who waits.
 * pdFAIL: the timer task's command queue is full. *switch_needed is set to pdTRUE when the timer
 * task should run at once. */
BaseType_t xEventGroupSetBitsFromISR(EventGroupHandle_t group, const EventBits_t bits,
                                     BaseType_t *switch_needed);
BaseType_t xEventGroupClearBitsFromISR(EventGroupHandle_t group, const EventBits_t bits);
#endif

/* Wakes every task that waits for the group, with 0 as their result, and ends the group. */
void vEventGroupDelete(EventGroupHandle_t group);

/* What the timer task is asked to call by the two functions above. */
void vEventGroupSetBitsCallback(void *group, const uint32_t bits);
void vEventGroupClearBitsCallback(void *group, const uint32_t bits);

#if configUSE_TRACE_FACILITY == 1
/* A number for trace tools; the kernel does not use it. */
UBaseType_t uxEventGroupGetNumber(void *group);
void vEventGroupSetNumber(void *group, UBaseType_t number);
#endif

#ifdef __cplusplus
}
#endif
