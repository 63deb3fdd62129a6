/* SPDX-License-Identifier: MIT */
#include <semihosting_trap.h>

intptr_t semihosting_trap(uintptr_t operation, const void *block)
{
    register uintptr_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = block;

    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return (intptr_t)r0;
}
