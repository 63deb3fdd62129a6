/* SPDX-License-Identifier: MIT */
/* The arithmetic that the compiler calls functions for, on a CPU whose image has those of ports/common: the
 * operands are volatile, so that the compiler does not do it itself. */
#include "linnet_test.h"

/* Values near every power of two and its negative, where carries and shifts go wrong. */
static uint64_t edge(unsigned i)
{
    const uint64_t power = (uint64_t)1 << (i / 6 % 64);
    const uint64_t value = power + i % 3 - 1;

    return i / 3 % 2 == 0 ? value : 0u - value;
}

enum { EDGES = 6 * 64 };

static void check_unsigned64(uint64_t dividend, uint64_t divisor)
{
    volatile uint64_t left = dividend, right = divisor;
    const uint64_t quotient = left / right, remainder = left % right;

    CHECK(remainder < divisor);
    CHECK(quotient <= dividend);
    CHECK(quotient * divisor + remainder == dividend);
    CHECK(quotient == 0 || UINT64_MAX / quotient >= divisor || quotient * divisor >= divisor);
}

static void check_signed64(int64_t dividend, int64_t divisor)
{
    volatile int64_t left = dividend, right = divisor;

    if (dividend == INT64_MIN && divisor == -1)
        return;
    const int64_t quotient = left / right, remainder = left % right;
    CHECK(quotient * divisor + remainder == dividend);
    CHECK(remainder == 0 || (remainder < 0) == (dividend < 0));
    CHECK((remainder < 0 ? 0u - (uint64_t)remainder : (uint64_t)remainder) <
          (divisor < 0 ? 0u - (uint64_t)divisor : (uint64_t)divisor));
}

TEST(division_of_64_bits_leaves_the_right_remainder)
{
    for (unsigned i = 0; i < EDGES; i++)
        for (unsigned j = 0; j < EDGES; j++) {
            if (edge(j) == 0)
                continue;
            check_unsigned64(edge(i), edge(j));
            check_signed64((int64_t)edge(i), (int64_t)edge(j));
        }
}

TEST(division_of_32_bits_leaves_the_right_remainder)
{
    for (unsigned i = 0; i < EDGES / 2; i++)
        for (unsigned j = 0; j < EDGES / 2; j++) {
            volatile uint32_t left = (uint32_t)edge(i), right = (uint32_t)edge(j);
            volatile int32_t signed_left = (int32_t)left, signed_right = (int32_t)right;
            if (right == 0)
                continue;
            CHECK(left % right < right);
            CHECK(left / right * right + left % right == left);
            if (signed_left == INT32_MIN && signed_right == -1)
                continue;
            const int32_t remainder = signed_left % signed_right;
            CHECK_EQUAL(signed_left, signed_left / signed_right * signed_right + remainder);
            CHECK(remainder == 0 || (remainder < 0) == (signed_left < 0));
        }
}

/* By adding up, bit by bit. */
static uint64_t product(uint64_t left, uint64_t right)
{
    uint64_t sum = 0;

    for (; right != 0; right >>= 1, left <<= 1)
        if (right & 1)
            sum += left;
    return sum;
}

TEST(products_of_64_bits_are_right)
{
    for (unsigned i = 0; i < EDGES; i++)
        for (unsigned j = 0; j < EDGES; j++) {
            volatile uint64_t left = edge(i), right = edge(j);
            CHECK(left * right == product(left, right));
        }
}
