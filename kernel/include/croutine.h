/* SPDX-License-Identifier: MIT */
/*
 * Co-routines: many small jobs on one stack. A co-routine is a function that returns to the
 * scheduler of co-routines whenever it waits, and goes on behind that place when it is called again;
 * local variables that must live across a wait are therefore static, and the macros that wait may
 * stand only in the co-routine's own function, not within a switch statement of its own.
 *
 * vCoRoutineSchedule, called again and again by one task (often by the idle hook), runs the ready
 * co-routine of the highest priority. Queues between co-routines and interrupts use the macros
 * below; a queue used with them is not shared with tasks.
 */
#pragma once

#include "FreeRTOS.h"
#include "queue.h"

#if configUSE_CO_ROUTINES == 1

typedef struct corCoRoutineControlBlock *CoRoutineHandle_t;

/* `index` is what xCoRoutineCreate was given: it tells apart co-routines of one function. */
typedef void (*crCOROUTINE_CODE)(CoRoutineHandle_t handle, UBaseType_t index);

/* Private by convention, apart from what the macros touch. */
typedef struct corCoRoutineControlBlock {
    crCOROUTINE_CODE code;
    UBaseType_t uxPriority;
    UBaseType_t uxIndex;
    unsigned resume_at;             /* where the function goes on; 0: at its start */
    struct rtos_ring ready;         /* while nothing is waited for */
    struct rtos_pnode delay;        /* while `delayed` */
    struct rtos_pnode waiting;      /* while waiting_on is not NULL */
    struct rtos_pqueue *waiting_on; /* co-routines that wait for the same queue */
    uint8_t delayed;
} CRCB_t;

#ifdef __cplusplus
extern "C" {
#endif

/* Makes a co-routine ready, in memory from the heap. A priority of configMAX_CO_ROUTINE_PRIORITIES
 * or more is lowered to the highest. There is no way to end one: its function must not return but
 * through the macros. Returns pdPASS or errCOULD_NOT_ALLOCATE_REQUIRED_MEMORY. From a task, or
 * before the scheduler starts. */
BaseType_t xCoRoutineCreate(crCOROUTINE_CODE code, UBaseType_t priority, UBaseType_t index);

/* Runs one co-routine until it waits; returns at once when none is ready. Those of equal priority
 * take turns. Always from the same task. */
void vCoRoutineSchedule(void);

/* Forgets every co-routine, without freeing any, so that the scheduler can be started anew. */
void vCoRoutineResetState(void);

/* For the macros: blocks the running co-routine for `ticks` and, unless `waiters` is NULL, also
 * until xCoRoutineRemoveFromEventList picks it. */
void vCoRoutineAddToDelayedList(TickType_t ticks, struct rtos_pqueue *waiters);

/* Makes the first of the co-routines that wait ready. pdTRUE when its priority is that of the
 * running one or above. Under the kernel's lock. */
BaseType_t xCoRoutineRemoveFromEventList(struct rtos_pqueue *waiters);

#ifdef __cplusplus
}
#endif

/* First and last in a co-routine's function. */
#define crSTART(handle)                                                                            \
    switch ((handle)->resume_at) {                                                                 \
    case 0:
#define crEND() }

/* Returns to the scheduler and goes on here. Two kinds, so that two fit into one line. */
#define crSET_STATE0(handle)                                                                       \
    (handle)->resume_at = 2u * __LINE__;                                                           \
    return;                                                                                        \
    case 2u * __LINE__:
#define crSET_STATE1(handle)                                                                       \
    (handle)->resume_at = 2u * __LINE__ + 1u;                                                      \
    return;                                                                                        \
    case 2u * __LINE__ + 1u:

/* Lets `ticks` pass; 0 only lets others run. */
#define crDELAY(handle, ticks)                                                                     \
    do {                                                                                           \
        if ((ticks) > 0)                                                                           \
            vCoRoutineAddToDelayedList((ticks), NULL);                                             \
        crSET_STATE0(handle);                                                                      \
    } while (0)

/* The operation, once more after a wait, and a turn for others if one of them should run. */
#define rtosCR_TRANSFER(handle, operation, queue, item, ticks_to_wait, result)                     \
    do {                                                                                           \
        *(result) = operation((queue), (item), (ticks_to_wait));                                   \
        if (*(result) == errQUEUE_BLOCKED) {                                                       \
            crSET_STATE0(handle);                                                                  \
            *(result) = operation((queue), (item), 0);                                             \
        }                                                                                          \
        if (*(result) == errQUEUE_YIELD) {                                                         \
            *(result) = pdPASS;                                                                    \
            crSET_STATE1(handle);                                                                  \
        }                                                                                          \
    } while (0)

/* Sends a copy of *item, or receives into *item, waiting at most `ticks_to_wait` ticks. *result
 * becomes pdPASS, or errQUEUE_FULL or errQUEUE_EMPTY when the time was up. `item` and `result` must
 * point at what lives across the wait. */
#define crQUEUE_SEND(handle, queue, item, ticks_to_wait, result)                                   \
    rtosCR_TRANSFER(handle, xQueueCRSend, queue, item, ticks_to_wait, result)
#define crQUEUE_RECEIVE(handle, queue, item, ticks_to_wait, result)                                \
    rtosCR_TRANSFER(handle, xQueueCRReceive, queue, item, ticks_to_wait, result)

/* From an interrupt. Sending returns pdTRUE when a co-routine was woken, else `woken_before`: pdFALSE
 * in the first call of an interrupt, then what the call before returned. Nothing is sent to a full
 * queue. Receiving returns pdPASS or pdFAIL and sets *woken to pdTRUE when a sender was woken. */
#define crQUEUE_SEND_FROM_ISR(queue, item, woken_before)                                           \
    xQueueCRSendFromISR((queue), (item), (woken_before))
#define crQUEUE_RECEIVE_FROM_ISR(queue, item, woken)                                               \
    xQueueCRReceiveFromISR((queue), (item), (woken))

#endif
