/* SPDX-License-Identifier: MIT */
/*
 * What the compiler calls for where the CPU has no instruction: division and multiplication of 32 and 64
 * bits. Debian's libgcc for the LX106 leaves them to that chip's ROM. Division by zero gives all ones,
 * and the dividend as remainder.
 */
#include <stdbool.h>
#include <stdint.h>

/* The names are the compiler's. */
uint32_t __udivsi3(uint32_t dividend, uint32_t divisor);
uint32_t __umodsi3(uint32_t dividend, uint32_t divisor);
int32_t __divsi3(int32_t dividend, int32_t divisor);
int32_t __modsi3(int32_t dividend, int32_t divisor);
uint64_t __udivdi3(uint64_t dividend, uint64_t divisor);
uint64_t __umoddi3(uint64_t dividend, uint64_t divisor);
int64_t __divdi3(int64_t dividend, int64_t divisor);
int64_t __moddi3(int64_t dividend, int64_t divisor);
int64_t __muldi3(int64_t left, int64_t right);

/* --- 32 bits ------------------------------------------------------------------------------------ */

/* One bit of the quotient a step, from the highest that it can have. */
static inline __attribute__((always_inline)) uint32_t divide32(uint32_t dividend, uint32_t divisor,
                                                               uint32_t *remainder)
{
    uint32_t quotient = 0;

    if (divisor == 0) {
        *remainder = dividend;
        return UINT32_MAX;
    }
    if (dividend >= divisor) {
        int steps = __builtin_clz(divisor) - __builtin_clz(dividend);
        divisor <<= steps;
        for (; steps >= 0; steps--) {
            quotient <<= 1;
            if (dividend >= divisor) {
                dividend -= divisor;
                quotient |= 1;
            }
            divisor >>= 1;
        }
    }
    *remainder = dividend;
    return quotient;
}

static uint32_t magnitude32(int32_t value)
{
    return value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
}

uint32_t __udivsi3(uint32_t dividend, uint32_t divisor)
{
    uint32_t remainder;

    return divide32(dividend, divisor, &remainder);
}

uint32_t __umodsi3(uint32_t dividend, uint32_t divisor)
{
    uint32_t remainder;

    (void)divide32(dividend, divisor, &remainder);
    return remainder;
}

int32_t __divsi3(int32_t dividend, int32_t divisor)
{
    uint32_t quotient = __udivsi3(magnitude32(dividend), magnitude32(divisor));

    return (int32_t)((dividend < 0) != (divisor < 0) ? 0u - quotient : quotient);
}

int32_t __modsi3(int32_t dividend, int32_t divisor)
{
    uint32_t remainder = __umodsi3(magnitude32(dividend), magnitude32(divisor));

    return (int32_t)(dividend < 0 ? 0u - remainder : remainder);
}

/* --- 64 bits ------------------------------------------------------------------------------------ */

/* The full product, from products of halves. */
static uint64_t multiply32(uint32_t left, uint32_t right)
{
    const uint32_t left_low = left & 0xffffu, left_high = left >> 16;
    const uint32_t right_low = right & 0xffffu, right_high = right >> 16;
    const uint32_t low = left_low * right_low;
    const uint32_t middle = left_high * right_low + (low >> 16); /* cannot overflow */
    const uint32_t other = left_low * right_high + (middle & 0xffffu);
    const uint32_t high = left_high * right_high + (middle >> 16) + (other >> 16);

    return (uint64_t)high << 32 | (other << 16 | (low & 0xffffu));
}

int64_t __muldi3(int64_t left, int64_t right)
{
    const uint32_t left_low = (uint32_t)left, right_low = (uint32_t)right;
    const uint32_t left_high = (uint32_t)((uint64_t)left >> 32);
    const uint32_t right_high = (uint32_t)((uint64_t)right >> 32);
    uint64_t product = multiply32(left_low, right_low);

    product += (uint64_t)(left_low * right_high + left_high * right_low) << 32;
    return (int64_t)product;
}

static int leading_zeros64(uint64_t value)
{
    const uint32_t high = (uint32_t)(value >> 32);

    return high != 0 ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)value);
}

/* By a divisor of 16 bits: digits of 16 bits, as on paper. */
static uint64_t divide_by_short(uint64_t dividend, uint32_t divisor, uint64_t *remainder)
{
    const uint32_t high = (uint32_t)(dividend >> 32), low = (uint32_t)dividend;
    const uint32_t second = high % divisor << 16 | low >> 16;
    const uint32_t third = second % divisor << 16 | (low & 0xffffu);

    *remainder = third % divisor;
    return (uint64_t)(high / divisor) << 32 | (second / divisor << 16 | third / divisor);
}

static uint64_t divide64(uint64_t dividend, uint64_t divisor, uint64_t *remainder)
{
    uint64_t quotient = 0;

    if (divisor == 0) {
        *remainder = dividend;
        return UINT64_MAX;
    }
    if (divisor >> 16 == 0)
        return divide_by_short(dividend, (uint32_t)divisor, remainder);
    if ((dividend | divisor) >> 32 == 0) {
        uint32_t rest;
        quotient = divide32((uint32_t)dividend, (uint32_t)divisor, &rest);
        *remainder = rest;
        return quotient;
    }
    if (dividend >= divisor) {
        int steps = leading_zeros64(divisor) - leading_zeros64(dividend);
        divisor <<= steps;
        for (; steps >= 0; steps--) {
            quotient <<= 1;
            if (dividend >= divisor) {
                dividend -= divisor;
                quotient |= 1;
            }
            divisor >>= 1;
        }
    }
    *remainder = dividend;
    return quotient;
}

static uint64_t magnitude64(int64_t value)
{
    return value < 0 ? 0u - (uint64_t)value : (uint64_t)value;
}

uint64_t __udivdi3(uint64_t dividend, uint64_t divisor)
{
    uint64_t remainder;

    return divide64(dividend, divisor, &remainder);
}

uint64_t __umoddi3(uint64_t dividend, uint64_t divisor)
{
    uint64_t remainder;

    (void)divide64(dividend, divisor, &remainder);
    return remainder;
}

int64_t __divdi3(int64_t dividend, int64_t divisor)
{
    uint64_t quotient = __udivdi3(magnitude64(dividend), magnitude64(divisor));

    return (int64_t)((dividend < 0) != (divisor < 0) ? 0u - quotient : quotient);
}

int64_t __moddi3(int64_t dividend, int64_t divisor)
{
    uint64_t remainder = __umoddi3(magnitude64(dividend), magnitude64(divisor));

    return (int64_t)(dividend < 0 ? 0u - remainder : remainder);
}
