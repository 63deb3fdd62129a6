/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 is checked by the table of well-formed sequences of the Unicode standard (3-7): only the
 * second byte has a range that depends on the first, which rules out overlong forms, surrogates and
 * code points past U+10FFFF without decoding them.
 */
#include "text.h"

#include <stdint.h>

/* Bytes of the sequence that starts at `bytes`, of which `left` are there; 0 if it is malformed. */
static size_t sequence_size(const uint8_t *bytes, size_t left)
{
    uint8_t lead = bytes[0];

    if (lead < 0x80)
        return lead != 0;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (left < size)
        return 0;
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (size_t i = 1; i < size; i++) {
        if (bytes[i] < low || bytes[i] > high)
            return 0;
        low = 0x80;
        high = 0xBF;
    }
    return size;
}

static bool wildcard_fills_level(const uint8_t *bytes, size_t size, size_t at)
{
    if (at > 0 && bytes[at - 1] != '/')
        return false;
    return at + 1 == size || (bytes[at] == '+' && bytes[at + 1] == '/');
}

bool mqtt_text_valid(enum mqtt_text kind, const char *text, size_t size)
{
    const uint8_t *bytes = (const uint8_t *)text;
    size_t step;

    if (size == 0)
        return kind == MQTT_TEXT;
    if (text == NULL)
        return false;
    for (size_t at = 0; at < size; at += step) {
        step = sequence_size(bytes + at, size - at);
        if (step == 0)
            return false;
        if (kind == MQTT_TEXT || (bytes[at] != '+' && bytes[at] != '#'))
            continue;
        if (kind == MQTT_TOPIC_NAME || !wildcard_fills_level(bytes, size, at))
            return false;
    }
    return true;
}
