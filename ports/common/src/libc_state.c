/* SPDX-License-Identifier: MIT */
/*
 * What the C library keeps for a task (errno, where strtok is, the buffer of asctime), where it has been
 * compiled without thread-local variables because the CPU has no register for them. The linker script
 * gathers such variables between rtos_libc_state_begin and _end; a task that does not run has its values
 * in a block on its stack, and the switch exchanges them. To the kernel it is picolibc's block of a
 * task: the script sets __tls_size, and these are the functions.
 */
#include "../../../kernel/src/port.h"

#include <FreeRTOS.h>
#include <task.h>

#if configUSE_PICOLIBC_TLS == 1

#include <picotls.h>
#include <string.h>

/* The linker script's. */
extern char rtos_libc_state_begin[];

/* The block of the task whose values are in place; NULL: they are main's. */
static void *owner;

void _init_tls(void *block)
{
    if (xTaskGetSchedulerState() == taskSCHEDULER_NOT_STARTED)
        owner = NULL; /* whoever ran when the scheduler ended never comes back */
    memset(block, 0, _tls_size());
}

void _set_tls(void *block)
{
    if (block == owner)
        return;
    if (owner != NULL)
        memcpy(owner, rtos_libc_state_begin, _tls_size());
    memcpy(rtos_libc_state_begin, block, _tls_size());
    owner = block;
}

#endif
