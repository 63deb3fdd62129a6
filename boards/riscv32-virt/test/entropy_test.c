/* SPDX-License-Identifier: MIT */
/* The board's entropy, from QEMU's virtio device. */
#include <linnet_test.h>

#include <board.h>
#include <string.h>

TEST(entropy_of_every_size_comes_and_is_not_the_same_twice)
{
    static uint8_t first[300], second[300];

    for (size_t size = 1; size <= 299; size += 13) {
        memset(first, 0, sizeof first);
        CHECK(board_entropy(first, size));
        CHECK(board_entropy(second, size));
        CHECK_EQUAL(0, first[size]); /* nothing behind it */
        CHECK(size < 8 || memcmp(first, second, size) != 0);
    }
}

/* Half of the bits are set, within six standard deviations. */
TEST(half_of_the_bits_of_entropy_are_set)
{
    static uint8_t bytes[4096];
    int set = 0;

    CHECK(board_entropy(bytes, sizeof bytes));
    for (size_t i = 0; i < sizeof bytes; i++)
        set += __builtin_popcount(bytes[i]);
    CHECK(set > 16384 - 6 * 91 && set < 16384 + 6 * 91);
}
