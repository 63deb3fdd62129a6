/* SPDX-License-Identifier: MIT */
/* The sizes of control blocks, as objects whose size the image's symbols show. */
#include "rows.h"

#include "FreeRTOS.h"
#include "semphr.h"
#include "task.h"

/* Read by `nm -S`. */
__attribute__((used)) char bench_size_tcb[sizeof(StaticTask_t)];
__attribute__((used)) char bench_size_semaphore_block[sizeof(struct rtos_object)];
__attribute__((used)) char bench_size_mutex_block[sizeof(struct rtos_mutex)];
