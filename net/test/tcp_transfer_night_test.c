/* SPDX-License-Identifier: MIT */
/* The night's share of tcp_transfer_test.c: the same cases' machine, ten thousand seeds. */
#include "tcp_transfer_test.c"

TEST(ten_thousand_transfers_are_byte_exact_over_a_bad_wire)
{
    for (uint64_t seed = 1000; seed < 11000; seed++)
        transfer(seed, bad_weather, 2048 + (uint32_t)(seed % 7) * 2048, 0);
}
