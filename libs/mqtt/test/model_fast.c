/* SPDX-License-Identifier: MIT */
/* 100,000 exchanges in each direction over a line that loses and repeats packets. */
#include "linnet_test.h"
#include "model.h"

TEST(ledger_22_qos_2_delivers_exactly_once)
{
    for (uint64_t seed = 1; seed <= 100; seed++)
        model_run(MQTTQoS2, 1000, seed);
}

TEST(qos_1_delivers_at_least_once)
{
    for (uint64_t seed = 1; seed <= 100; seed++)
        model_run(MQTTQoS1, 1000, seed);
}
