/* SPDX-License-Identifier: MIT */
/* The rules for strings in packets (1.5.3), topic names and topic filters (4.7). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum mqtt_text {
    MQTT_TEXT,         /* any UTF-8 without U+0000 and surrogates; may be empty */
    MQTT_TOPIC_NAME,   /* not empty, no wildcard */
    MQTT_TOPIC_FILTER, /* not empty, `+` alone in its level, `#` alone in the last one */
};

/* Whether the `size` bytes at `text` are a string of that kind. NULL is only an empty MQTT_TEXT. */
bool mqtt_text_valid(enum mqtt_text kind, const char *text, size_t size);
