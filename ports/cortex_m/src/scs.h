/* SPDX-License-Identifier: MIT */
/* The registers of the system control space that the port uses (ARMv7-M Architecture Reference
 * Manual, B3.2 to B3.4). */
#pragma once

#include <stdint.h>

#define SCS_REGISTER(address) (*(volatile uint32_t *)(address))

#define SYST_CSR              SCS_REGISTER(0xe000e010u)
#define SYST_CSR_ENABLE       (1u << 0)
#define SYST_CSR_TICKINT      (1u << 1)
#define SYST_CSR_CPU_CLOCK    (1u << 2)
#define SYST_RVR              SCS_REGISTER(0xe000e014u)
#define SYST_CVR              SCS_REGISTER(0xe000e018u)
#define SYST_MAX              0xffffffu /* counts in 24 bits */

#define SCB_ICSR              SCS_REGISTER(0xe000ed04u)
#define SCB_ICSR_PENDSVSET    (1u << 28)
#define SCB_ICSR_PENDSVCLR    (1u << 27)
#define SCB_ICSR_PENDSTSET    (1u << 26)
#define SCB_ICSR_PENDSTCLR    (1u << 25)
#define SCB_ICSR_ISRPENDING   (1u << 22)
#define SCB_VTOR              SCS_REGISTER(0xe000ed08u)
#define SCB_AIRCR             SCS_REGISTER(0xe000ed0cu)
#define SCB_AIRCR_KEY         (0x05fau << 16)
#define SCB_AIRCR_SYSRESETREQ (1u << 2)
#define SCB_SHPR2             SCS_REGISTER(0xe000ed1cu) /* bits 24-31: SVC */
#define SCB_SHPR3             SCS_REGISTER(0xe000ed20u) /* 16-23: PendSV, 24-31: SysTick */

#define SCB_CPACR             SCS_REGISTER(0xe000ed88u)
#define SCB_CPACR_FULL        (0xfu << 20) /* coprocessors 10 and 11: floating point */

/* One byte of priority for each interrupt, four in a word. */
#define NVIC_IPR ((volatile uint32_t *)0xe000e400u)

enum exception {
    EXCEPTION_SVC = 11,
    EXCEPTION_PENDSV = 14,
    EXCEPTION_TICK = 15,
    EXCEPTION_FIRST_INTERRUPT = 16,
};
