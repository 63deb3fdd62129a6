/* SPDX-License-Identifier: MIT */
/*
 * All that the stack needs from an operating system. os.c gives it from the kernel; the host tests
 * and the fuzzers give their own, with a clock that they move.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Masks interrupts and task switches for a few instructions: in tasks and in interrupts. */
uint32_t tcpip_os_mask(void);
void tcpip_os_unmask(uint32_t state);

/* Milliseconds since some start; wraps. Only from the stack's task. */
uint32_t tcpip_os_now(void);

/* Makes the stack's task call tcpip_stack_step soon. The second from an interrupt: true when a task
 * of higher priority than the interrupted one became ready. */
void tcpip_os_wake(void);
bool tcpip_os_wake_from_isr(void);

/* Memory for what is created while running. Not from an interrupt. */
void *tcpip_os_allocate(size_t size);
void tcpip_os_free(void *memory);

/* An unpredictable number; false when the source of entropy failed. */
bool tcpip_os_random(uint32_t *value);

/* ipconfigMAXIMUM_DISCOVER_TX_PERIOD in milliseconds. */
uint32_t tcpip_os_longest_discover(void);

/* ipconfigDNS_RECEIVE_BLOCK_TIME_TICKS and ipconfigDNS_SEND_BLOCK_TIME_TICKS in milliseconds. */
uint32_t tcpip_os_dns_longest_wait(void);
uint32_t tcpip_os_dns_send_wait(void);
