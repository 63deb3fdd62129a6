/* SPDX-License-Identifier: MIT */
/* The night's share of tcp_parts_test.c: as many segmentations as one class of the ledger asks for. */
#include "tcp_parts_test.c"

TEST(ledger_16_a_million_segmentations_agree_with_an_array_of_bytes)
{
    segmentations(43, 1000000);
}
