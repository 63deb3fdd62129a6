/* SPDX-License-Identifier: MIT */
/* For tests of the Berkeley names: a connection through the mirror, and calls that fail. */
#pragma once

#include "linnet_test.h"
#include "tcp_mirror.h"

#include "tcpip_berkeley.h"

#define ADDRESS(of) (const struct sockaddr *)&(of), sizeof(of)

/* Both ends of a connection, and the listener. */
struct pair {
    int listener, near, far;
};

static inline void end(struct pair pair)
{
    closesocket(pair.near);
    closesocket(pair.far);
    closesocket(pair.listener);
    vTaskDelay(pdMS_TO_TICKS(70000)); /* TIME_WAIT */
    mirror_stop();
}

#define CHECK_FAILS(expected, call)                                                                \
    do {                                                                                           \
        errno = 0;                                                                                 \
        CHECK_EQUAL(-1, call);                                                                     \
        CHECK_EQUAL(expected, errno);                                                              \
    } while (0)
