/* SPDX-License-Identifier: MIT */
/* A start-up file in the manner of a vendor's: a vector table of weak handlers under the names of CMSIS,
 * start of the C program, and an output over semihosting in the place of a UART. Without
 * HANDLERS_RENAMED the table names the kernel's handlers by their own names. */
#include <stdint.h>

extern uint32_t _estack, _sidata, _sdata, _edata, _sbss, _ebss;

uint32_t SystemCoreClock = 25000000u;

int main(void);
void Reset_Handler(void);
void Default_Handler(void);

#define WEAK __attribute__((weak, alias("Default_Handler")))
void NMI_Handler(void) WEAK;
void HardFault_Handler(void) WEAK;
void SVC_Handler(void) WEAK;
void PendSV_Handler(void) WEAK;
void SysTick_Handler(void) WEAK;
void UART0_Handler(void) WEAK;
void TIMER0_Handler(void) WEAK;

#ifndef HANDLERS_RENAMED
void vPortSVCHandler(void);
void xPortPendSVHandler(void);
void xPortSysTickHandler(void);
#define SVC_Handler     vPortSVCHandler
#define PendSV_Handler  xPortPendSVHandler
#define SysTick_Handler xPortSysTickHandler
#endif
#ifdef SVC_INDIRECT
static void ForwardSVC(void)
{
    __asm volatile("b SVC_Handler_Real");
}
void SVC_Handler_Real(void) __attribute__((weak, alias("Default_Handler")));
#undef SVC_Handler
#define SVC_Handler ForwardSVC
#endif

__attribute__((section(".isr_vector"), used)) static void (*const g_pfnVectors[])(void) = {
    (void (*)(void))(uintptr_t)&_estack,
    Reset_Handler,
    NMI_Handler,
    HardFault_Handler,
    Default_Handler,
    Default_Handler,
    Default_Handler,
    0,
    0,
    0,
    0,
    SVC_Handler,
    Default_Handler,
    0,
    PendSV_Handler,
    SysTick_Handler,
    UART0_Handler,
    UART0_Handler,
    UART0_Handler,
    UART0_Handler,
    UART0_Handler,
    UART0_Handler,
    UART0_Handler,
    UART0_Handler,
    TIMER0_Handler,
};

void Default_Handler(void)
{
    for (;;) {
    }
}

void Reset_Handler(void)
{
    uint32_t *pulFrom = &_sidata, *pulTo;

    for (pulTo = &_sdata; pulTo < &_edata;)
        *pulTo++ = *pulFrom++;
    for (pulTo = &_sbss; pulTo < &_ebss;)
        *pulTo++ = 0;
    main();
    for (;;) {
    }
}

static void semihosting(uint32_t operation, const void *argument)
{
    register uint32_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = argument;

    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void board_print(const char *text)
{
    semihosting(0x04, text);
}

void board_exit(int code)
{
    const uint32_t block[2] = {0x20026, (uint32_t)code};

    semihosting(0x20, block);
}
