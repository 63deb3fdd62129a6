/* SPDX-License-Identifier: MIT */
/*
 * The bare machine: vectors, reset, semihosting. The handlers bear the CMSIS names of a vendor's
 * vector table, which FreeRTOSConfig.h gives to the port's.
 */
#include "../host.h"

#include "FreeRTOS.h"

#include <stddef.h>

enum { SYS_WRITE0 = 0x04, SYS_GET_CMDLINE = 0x15, SYS_EXIT_EXTENDED = 0x20 };
enum { STOPPED_BY_APPLICATION = 0x20026, INTERRUPT_PRIORITY = 0x80 };

int main(int argc, char **argv);
void bench_reset(void);
void bench_fault(void);
void SVC_Handler(void);
void PendSV_Handler(void);
void SysTick_Handler(void);
extern uint8_t bench_stack_top[];

enum { VECTORS = 17 }; /* 16 exceptions and one interrupt */

static void (*const vectors[VECTORS])(void);

static int semihost(int operation, const void *argument)
{
    register int result __asm("r0") = operation;
    register const void *block __asm("r1") = argument;

    __asm volatile("bkpt 0xab" : "+r"(result) : "r"(block) : "memory");
    return result;
}

const char *host_argument(int count, char **words)
{
    static char line[128];
    uint32_t block[2] = {(uint32_t)line, sizeof line};
    const char *at = line;

    (void)count, (void)words; /* nobody has split it into words */
    if (semihost(SYS_GET_CMDLINE, block) != 0)
        return "";
    while (*at != '\0' && *at != ' ')
        at++;
    return *at == ' ' ? at + 1 : at;
}

void host_print(const char *text)
{
    semihost(SYS_WRITE0, text);
}

void *host_memory(size_t size)
{
    static uint64_t memory[64 * 1024];

    if (size > sizeof memory) {
        host_print("there is not enough memory\n");
        host_exit(1);
    }
    return memory;
}

bool host_floating_point(bool wanted)
{
    return !wanted;
}

void host_exit(int code)
{
    uint32_t block[2] = {STOPPED_BY_APPLICATION, (uint32_t)code};

    for (;;)
        semihost(SYS_EXIT_EXTENDED, block);
}

void host_clock_begin(void)
{
    volatile uint32_t *const timer = (volatile uint32_t *)0x40000000u;

    timer[2] = 0xffffffffu;
    timer[1] = 0xffffffffu;
    timer[0] = 1;
}

/* The vectors, copied to where the application's handler can be one of them. */
void host_interrupt_begin(void (*handler)(void))
{
    static void (*table[VECTORS])(void) __attribute__((aligned(128)));

    for (int i = 0; i < VECTORS - 1; i++)
        table[i] = vectors[i];
    table[VECTORS - 1] = handler;
    *(volatile uint32_t *)0xe000ed08u = (uint32_t)table;
    *(volatile uint8_t *)0xe000e400u = INTERRUPT_PRIORITY;
    *(volatile uint32_t *)0xe000e100u = 1;
}

void bench_fault(void)
{
    host_print("fault\n");
    host_exit(3);
}

void bench_reset(void)
{
    host_exit(main(0, NULL));
}

__attribute__((section(".vectors"), used)) static void (*const vectors[VECTORS])(void) = {
    (void (*)(void))bench_stack_top,
    bench_reset,
    bench_fault,
    bench_fault,
    bench_fault,
    bench_fault,
    bench_fault,
    NULL,
    NULL,
    NULL,
    NULL,
    SVC_Handler,
    bench_fault,
    NULL,
    PendSV_Handler,
    SysTick_Handler,
    bench_fault,
};
