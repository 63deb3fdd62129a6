/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a packet read and written by arithmetic, most significant byte first. Callers have
 * checked that the bytes are there.
 */
#pragma once

#include <stdint.h>

#define MQTT_FIXED_HEADER_MAX     5
#define MQTT_REMAINING_LENGTH_MAX 268435455u /* 128^4 - 1, section 2.2.3 */

static inline uint16_t read_be16(const uint8_t *from)
{
    return (uint16_t)(from[0] * 256u + from[1]);
}

static inline uint8_t *write_be16(uint8_t *to, unsigned value)
{
    to[0] = (uint8_t)(value / 256u % 256u);
    to[1] = (uint8_t)(value % 256u);
    return to + 2;
}
