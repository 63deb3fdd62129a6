/* SPDX-License-Identifier: MIT */
/*
 * Ready tasks: one ring per priority and a bitmap of the rings that are not empty. A ring's head is
 * the task that runs next; who becomes ready joins behind all others. All under the lock.
 */
#pragma once

#include "kernel.h"

/* Rings of any kind: *head is NULL or one of the members. */
void rtos_ring_append(struct rtos_ring **head, struct rtos_ring *node);
void rtos_ring_remove(struct rtos_ring **head, struct rtos_ring *node);

/* Makes a task ready; sets switch_due when it should run instead of the current one. */
void rtos_ready_add(struct rtos_task *task);
void rtos_ready_remove(struct rtos_task *task);

/* Gives a ready task another priority. The running task stays first in its new ring. */
void rtos_ready_move(struct rtos_task *task, unsigned priority);

/* The highest ready task. There always is one: the idle task never waits. */
struct rtos_task *rtos_ready_highest(void);

/* Sends the head of this priority's ring to its end; true when that changed the head. */
bool rtos_ready_rotate(unsigned priority);
