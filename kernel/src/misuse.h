/* SPDX-License-Identifier: MIT */
/*
 * Misuse of the API that is caught at its edge, where configASSERT is defined: a call from the
 * wrong context, and a handle of something that was deleted. Each is a macro, so that the assertion
 * names the API function that was called.
 *
 * A deleted object is known by its last state. That is certain until its memory is used again, and
 * likely after. What succeeds at once only because an object exists is asked no further: a deleted one
 * never does.
 */
#pragma once

/* In the member `alive` of an object that exists; 0 once it was deleted. */
#define RTOS_ALIVE                0x5au

#define RTOS_ASSERT_EXISTS(thing) configASSERT((thing) != NULL && (thing)->alive == RTOS_ALIVE)

#define RTOS_ASSERT_QUEUE_EXISTS(queue)                                                            \
    configASSERT((queue) != NULL && rtos_object_exists(&(queue)->object))

#define RTOS_ASSERT_TASK_EXISTS(task)                                                              \
    configASSERT((task) != NULL && (task)->state != RTOS_TASK_DELETED)

/* The call is for tasks, and for main before the scheduler starts. */
#define RTOS_ASSERT_IN_TASK() portASSERT_IF_IN_ISR()

/* The call is for interrupts, of a priority that the lock masks. */
#define RTOS_ASSERT_IN_ISR() configASSERT(portMAY_CALL_FROM_ISR() || !rtos_kernel.running)

/* A task that is about to wait does so where waiting is possible. */
#define RTOS_ASSERT_MAY_WAIT(ticks_to_wait)                                                        \
    configASSERT((ticks_to_wait) == 0 || (rtos_kernel.held == 0 && rtos_kernel.running))
