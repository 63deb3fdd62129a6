/* SPDX-License-Identifier: MIT */
/*
 * Exception priorities: setting those of the kernel's own exceptions, and finding the mistakes that
 * are common with them. A CPU implements only the upper bits of a priority; the lower ones read as
 * zero. A smaller value is more urgent.
 */
#include "../../../kernel/src/port.h"

#include "priority.h"
#include "scs.h"

#ifndef configKERNEL_INTERRUPT_PRIORITY
#define configKERNEL_INTERRUPT_PRIORITY 255
#endif
#ifndef configCHECK_HANDLER_INSTALLATION
#define configCHECK_HANDLER_INSTALLATION 1
#endif

/* The kernel's own exceptions give way to everything. SVC starts the first task from under the mask,
 * so it stays above that. */
static void set_priorities(void)
{
    const uint32_t lowest = configKERNEL_INTERRUPT_PRIORITY;

    SCB_SHPR2 &= 0x00ffffffu;
    SCB_SHPR3 = (SCB_SHPR3 & 0x0000ffffu) | lowest * 0x01010000u;
}

#if configASSERT_DEFINED == 1 && __ARM_ARCH_ISA_THUMB >= 2

/* The implemented bits of `priority`, read back from the register that masks by it. */
static uint32_t implemented(uint32_t priority)
{
    uint32_t before, read;

    __asm volatile("mrs %0, basepri\n\t"
                   "msr basepri, %2\n\t"
                   "mrs %1, basepri\n\t"
                   "msr basepri, %0"
                   : "=&r"(before), "=&r"(read)
                   : "r"(priority)
                   : "memory");
    return read;
}

static void check_priorities(void)
{
    const uint32_t bits = implemented(0xff);
    const uint32_t group = SCB_AIRCR / 0x100u % 8u;

    (void)bits, (void)group; /* without assertions */
    /* Zero masks nothing: the priority is not shifted into the upper bits, or there are too few. */
    configASSERT(implemented(configMAX_SYSCALL_INTERRUPT_PRIORITY) != 0);
#ifdef configPRIO_BITS
    configASSERT(bits >> (8 - configPRIO_BITS) == (1u << configPRIO_BITS) - 1u);
#endif
    /* All implemented bits must decide about preemption; with PRIGROUP 0 they do as far as they can.
     */
    configASSERT(group == 0 || (bits & ((2u << group) - 1u)) == 0);
}

#else

static void check_priorities(void)
{
}

#endif

#if configASSERT_DEFINED == 1

static void check_vector_table(void)
{
    void (*const *vectors)(void) = (void (*const *)(void))(uintptr_t)SCB_VTOR;

    (void)vectors; /* without assertions */
    if (!configCHECK_HANDLER_INSTALLATION)
        return;
    configASSERT(vectors[EXCEPTION_SVC] == vPortSVCHandler);
    configASSERT(vectors[EXCEPTION_PENDSV] == xPortPendSVHandler);
}

#else

static void check_vector_table(void)
{
}

#endif

/* Floating point is given to thread mode and handlers alike. The CPU leaves room for its registers in
 * a frame, and saves them only when somebody uses them meanwhile: after reset that is so. */
static void enable_floating_point(void)
{
#ifdef __ARM_FP
    SCB_CPACR |= SCB_CPACR_FULL;
    __asm volatile("dsb\n\tisb" ::: "memory");
#endif
}

void rtos_port_set_up_exceptions(void)
{
    enable_floating_point();
    check_priorities();
    check_vector_table();
    set_priorities();
}
