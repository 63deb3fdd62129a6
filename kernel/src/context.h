/* SPDX-License-Identifier: MIT */
/*
 * What changes hands with the CPU besides its registers: the C library's state of a task, and the
 * errno of POSIX. Each costs nothing when its option is off.
 */
#pragma once

#include "kernel.h"

#if configUSE_C_RUNTIME_TLS_SUPPORT == 1
/* `top` is where the task's stack begins; the C library may take some of it. Returns what is left. */
static inline StackType_t *rtos_tls_make(struct rtos_task *task, StackType_t *top)
{
    configINIT_TLS_BLOCK(task->tls, top);
    return top;
}
static inline void rtos_tls_use(struct rtos_task *task)
{
    configSET_TLS_BLOCK(task->tls);
}
static inline void rtos_tls_end(struct rtos_task *task)
{
    configDEINIT_TLS_BLOCK(task->tls);
}
#else
static inline StackType_t *rtos_tls_make(struct rtos_task *task, StackType_t *top)
{
    (void)task;
    return top;
}
static inline void rtos_tls_use(struct rtos_task *task)
{
    (void)task;
}
static inline void rtos_tls_end(struct rtos_task *task)
{
    (void)task;
}
#endif

#if configUSE_POSIX_ERRNO == 1
static inline void rtos_errno_switch(struct rtos_task *from, struct rtos_task *to)
{
    from->posix_errno = FreeRTOS_errno;
    FreeRTOS_errno = to->posix_errno;
}
#else
static inline void rtos_errno_switch(struct rtos_task *from, struct rtos_task *to)
{
    (void)from, (void)to;
}
#endif
