/* SPDX-License-Identifier: MIT */
/* Sleeps by looking for a pending interrupt instead of stopping the CPU: QEMU 7.2, counting
 * instructions, wakes a stopped one at the next timer event but one, and time would be judged wrongly. */
#pragma once

void sleep_by_polling(void);

#define configPRE_SLEEP_PROCESSING(ticks) (sleep_by_polling(), (void)((ticks) = 0))

/* Nor does the idle task stop it when it is not worth a sleep. */
#define portIDLE() __asm volatile("" ::: "memory")
