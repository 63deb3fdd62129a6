/* SPDX-License-Identifier: MIT */
/* What the echo is told on its command line, checked. */
#pragma once

#include <session.h>

#include <stdbool.h>
#include <stdint.h>

struct options {
    struct session_settings session; /* all but the message function */
    uint32_t messages;
    uint32_t interval_ms;
    bool keep; /* stay connected when all is done */
    char host[256], topic[256], will_topic[256];
};

/* Reads the board's settings. False: one is missing or wrong, told through report.h. */
bool options_read(struct options *options);
