/* SPDX-License-Identifier: MIT */
/* A Mosquitto of the test's own on a free port of loopback. It dies with the test, come what may. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

struct broker {
    pid_t process;
    uint16_t port;
};

/* Starts it and waits until it answers. Ends the case as skipped if Mosquitto is not installed. */
struct broker broker_start(void);
void broker_stop(struct broker *broker);
