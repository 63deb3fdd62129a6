/* SPDX-License-Identifier: MIT */
/*
 * A server in miniature over a line that loses, repeats and cuts packets. Both sides send numbered
 * messages; after each loss the connection is made anew and the session goes on.
 */
#pragma once

#include <stdint.h>

#include "core_mqtt.h"

/* Runs until `messages` have arrived in each direction, then without faults until nothing is
 * pending. At QoS 2 each number must arrive exactly once and in order, at QoS 1 at least once. */
void model_run(MQTTQoS_t qos, unsigned messages, uint64_t seed);
