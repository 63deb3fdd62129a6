/* SPDX-License-Identifier: MIT */
/* The model for longer: ten million exchanges in each direction. */
#include "linnet_test.h"
#include "model.h"

TEST(qos_2_delivers_exactly_once_ten_million_times)
{
    for (uint64_t seed = 1000; seed < 2000; seed++)
        model_run(MQTTQoS2, 10000, seed);
}

TEST(qos_1_delivers_at_least_once_ten_million_times)
{
    for (uint64_t seed = 1000; seed < 2000; seed++)
        model_run(MQTTQoS1, 10000, seed);
}
