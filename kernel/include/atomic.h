/* SPDX-License-Identifier: MIT */
/*
 * Atomic operations on 32-bit words and on pointers, for tasks and for interrupts that may call the
 * kernel. Each masks those interrupts for a few instructions, which is all that a single core needs
 * and works on a CPU without exclusive access too. Except for the compare-and-swaps, each returns
 * the value that was there before.
 */
#pragma once

#include "FreeRTOS.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef portFORCE_INLINE
#define portFORCE_INLINE inline
#endif

#define ATOMIC_COMPARE_AND_SWAP_SUCCESS 0x1U
#define ATOMIC_COMPARE_AND_SWAP_FAILURE 0x0U

/* A pair around one operation; the first declares a variable, so that both stand in one block. */
#define ATOMIC_ENTER_CRITICAL() const UBaseType_t rtos_atomic_state = rtos_atomic_enter()
#define ATOMIC_EXIT_CRITICAL()  rtos_atomic_exit(rtos_atomic_state)

static portFORCE_INLINE UBaseType_t rtos_atomic_enter(void)
{
    return (UBaseType_t)portSET_INTERRUPT_MASK_FROM_ISR();
}

static portFORCE_INLINE void rtos_atomic_exit(UBaseType_t state)
{
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    (void)state;
}

/* Stores `value` if the word equals `expected`. Returns ATOMIC_COMPARE_AND_SWAP_SUCCESS if it did,
 * else ATOMIC_COMPARE_AND_SWAP_FAILURE. */
static portFORCE_INLINE uint32_t Atomic_CompareAndSwap_u32(uint32_t volatile *word, uint32_t value,
                                                           uint32_t expected)
{
    uint32_t result = ATOMIC_COMPARE_AND_SWAP_FAILURE;

    ATOMIC_ENTER_CRITICAL();
    if (*word == expected) {
        *word = value;
        result = ATOMIC_COMPARE_AND_SWAP_SUCCESS;
    }
    ATOMIC_EXIT_CRITICAL();
    return result;
}

/* The same for a pointer. */
static portFORCE_INLINE uint32_t Atomic_CompareAndSwapPointers_p32(void *volatile *pointer,
                                                                   void *value, void *expected)
{
    uint32_t result = ATOMIC_COMPARE_AND_SWAP_FAILURE;

    ATOMIC_ENTER_CRITICAL();
    if (*pointer == expected) {
        *pointer = value;
        result = ATOMIC_COMPARE_AND_SWAP_SUCCESS;
    }
    ATOMIC_EXIT_CRITICAL();
    return result;
}

/* Stores `value`. Returns the pointer that was there. */
static portFORCE_INLINE void *Atomic_SwapPointers_p32(void *volatile *pointer, void *value)
{
    ATOMIC_ENTER_CRITICAL();
    void *before = *pointer;
    *pointer = value;
    ATOMIC_EXIT_CRITICAL();
    return before;
}

static portFORCE_INLINE uint32_t Atomic_Add_u32(uint32_t volatile *word, uint32_t count)
{
    ATOMIC_ENTER_CRITICAL();
    uint32_t before = *word;
    *word = before + count;
    ATOMIC_EXIT_CRITICAL();
    return before;
}

static portFORCE_INLINE uint32_t Atomic_Subtract_u32(uint32_t volatile *word, uint32_t count)
{
    return Atomic_Add_u32(word, 0u - count);
}

static portFORCE_INLINE uint32_t Atomic_Increment_u32(uint32_t volatile *word)
{
    return Atomic_Add_u32(word, 1u);
}

static portFORCE_INLINE uint32_t Atomic_Decrement_u32(uint32_t volatile *word)
{
    return Atomic_Add_u32(word, 0u - 1u);
}

static portFORCE_INLINE uint32_t Atomic_OR_u32(uint32_t volatile *word, uint32_t mask)
{
    ATOMIC_ENTER_CRITICAL();
    uint32_t before = *word;
    *word = before | mask;
    ATOMIC_EXIT_CRITICAL();
    return before;
}

static portFORCE_INLINE uint32_t Atomic_AND_u32(uint32_t volatile *word, uint32_t mask)
{
    ATOMIC_ENTER_CRITICAL();
    uint32_t before = *word;
    *word = before & mask;
    ATOMIC_EXIT_CRITICAL();
    return before;
}

static portFORCE_INLINE uint32_t Atomic_NAND_u32(uint32_t volatile *word, uint32_t mask)
{
    ATOMIC_ENTER_CRITICAL();
    uint32_t before = *word;
    *word = ~(before & mask);
    ATOMIC_EXIT_CRITICAL();
    return before;
}

static portFORCE_INLINE uint32_t Atomic_XOR_u32(uint32_t volatile *word, uint32_t mask)
{
    ATOMIC_ENTER_CRITICAL();
    uint32_t before = *word;
    *word = before ^ mask;
    ATOMIC_EXIT_CRITICAL();
    return before;
}

#ifdef __cplusplus
}
#endif
