/* SPDX-License-Identifier: MIT */
/* Plays a parsed packet script against the engine, and notes what it met there. */
#pragma once

#include "tcp_script.h"
#include "tcp_script_file.h"

/* What can happen to a connection: the columns of the table of states and events. */
enum script_event {
    SCRIPT_ON_SYN,
    SCRIPT_ON_SYN_ACK,
    SCRIPT_ON_NO_ACK,      /* neither SYN, ACK nor RST */
    SCRIPT_ON_ACK_NEW,     /* of something outstanding */
    SCRIPT_ON_ACK_AGAIN,   /* of nothing new */
    SCRIPT_ON_ACK_FUTURE,  /* of what was never sent */
    SCRIPT_ON_ACK_ANCIENT, /* of what was acknowledged more than a window ago */
    SCRIPT_ON_DATA,        /* the next in order */
    SCRIPT_ON_DATA_EARLY,  /* further on in the window */
    SCRIPT_ON_OUTSIDE,     /* nothing of it is in the window */
    SCRIPT_ON_FIN,
    SCRIPT_ON_RESET_EXACT,
    SCRIPT_ON_RESET_INEXACT, /* in the window */
    SCRIPT_ON_RESET_OUTSIDE,
    SCRIPT_ON_URGENT,
    SCRIPT_ON_OPEN,
    SCRIPT_ON_WRITE,
    SCRIPT_ON_READ,
    SCRIPT_ON_SHUTDOWN,
    SCRIPT_ON_CLOSE,
    SCRIPT_ON_ABORT,
    SCRIPT_ON_TIMER,
    SCRIPT_ON_UNREACHABLE,
    SCRIPT_ON_TOO_BIG,
    SCRIPT_ON_ADDRESS_LOST,
    SCRIPT_ON_EVENTS,
};

extern const char *const script_event_names[SCRIPT_ON_EVENTS];

struct script_outcome {
    bool passed;
    unsigned step; /* at which it failed */
    char message[SCRIPT_MESSAGE];
    uint32_t left[SCRIPT_STEPS];           /* when a segment left, in ms after the step before */
    uint32_t met[TCPIP_TCP_TIME_WAIT + 1]; /* by state, a bit per event */
};

/* Whether this engine was built with what the script needs. */
bool script_is_possible(const struct script_file *file);

void script_run(const struct script_file *file, struct script_outcome *outcome);
