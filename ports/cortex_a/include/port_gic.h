/* SPDX-License-Identifier: MIT */
/*
 * Arm's generic interrupt controller (GIC architecture 1.0 and 2.0) as the port sees it: which of a
 * priority's eight bits there are, and the registers by which the CPU masks and acknowledges. A smaller
 * priority is more urgent.
 */
#pragma once

#include <FreeRTOSConfig.h>
#include <stdint.h>

#ifndef configINTERRUPT_CONTROLLER_BASE_ADDRESS
#error                                                                                             \
    "FreeRTOSConfig.h must define configINTERRUPT_CONTROLLER_BASE_ADDRESS: see ports/cortex_a/Kconfig"
#endif
#ifndef configINTERRUPT_CONTROLLER_CPU_INTERFACE_OFFSET
#error "FreeRTOSConfig.h must define configINTERRUPT_CONTROLLER_CPU_INTERFACE_OFFSET"
#endif
#ifndef configUNIQUE_INTERRUPT_PRIORITIES
#error "FreeRTOSConfig.h must define configUNIQUE_INTERRUPT_PRIORITIES: see ports/cortex_a/Kconfig"
#endif
#ifndef configMAX_API_CALL_INTERRUPT_PRIORITY
#ifndef configMAX_SYSCALL_INTERRUPT_PRIORITY
#error                                                                                             \
    "FreeRTOSConfig.h must define configMAX_API_CALL_INTERRUPT_PRIORITY: see ports/cortex_a/Kconfig"
#endif
#define configMAX_API_CALL_INTERRUPT_PRIORITY configMAX_SYSCALL_INTERRUPT_PRIORITY
#endif

#if configUNIQUE_INTERRUPT_PRIORITIES == 16
#define portPRIORITY_SHIFT 4
#elif configUNIQUE_INTERRUPT_PRIORITIES == 32
#define portPRIORITY_SHIFT 3
#elif configUNIQUE_INTERRUPT_PRIORITIES == 64
#define portPRIORITY_SHIFT 2
#elif configUNIQUE_INTERRUPT_PRIORITIES == 128
#define portPRIORITY_SHIFT 1
#elif configUNIQUE_INTERRUPT_PRIORITIES == 256
#define portPRIORITY_SHIFT 0
#else
#error "configUNIQUE_INTERRUPT_PRIORITIES must be 16, 32, 64, 128 or 256: what the controller has"
#endif

/* In configMAX_API_CALL_INTERRUPT_PRIORITY's counting; the last one can never be signalled. */
#define portLOWEST_INTERRUPT_PRIORITY        (configUNIQUE_INTERRUPT_PRIORITIES - 1)
#define portLOWEST_USABLE_INTERRUPT_PRIORITY (portLOWEST_INTERRUPT_PRIORITY - 1)

#if configMAX_API_CALL_INTERRUPT_PRIORITY <= configUNIQUE_INTERRUPT_PRIORITIES / 2 ||              \
    configMAX_API_CALL_INTERRUPT_PRIORITY > portLOWEST_USABLE_INTERRUPT_PRIORITY
#error "configMAX_API_CALL_INTERRUPT_PRIORITY must lie in the upper half, below the last priority"
#endif

#define portGIC_CPU_AT                                                                             \
    ((uintptr_t)configINTERRUPT_CONTROLLER_BASE_ADDRESS +                                          \
     (uintptr_t)(configINTERRUPT_CONTROLLER_CPU_INTERFACE_OFFSET))
#define portGIC_CPU(offset) (*(volatile uint32_t *)(portGIC_CPU_AT + (offset)))
#define portGIC_DIST(offset)                                                                       \
    (*(volatile uint32_t *)((uintptr_t)configINTERRUPT_CONTROLLER_BASE_ADDRESS + (offset)))

#define portICCPMR   portGIC_CPU(0x04) /* interrupts of this priority and less are held off */
#define portICCBPR   portGIC_CPU(0x08)
#define portICCRPR   portGIC_CPU(0x14) /* the priority of the interrupt that runs */

#define portMASKED   ((uint32_t)(configMAX_API_CALL_INTERRUPT_PRIORITY) << portPRIORITY_SHIFT)
#define portUNMASKED 0xffu
