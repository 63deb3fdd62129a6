/* SPDX-License-Identifier: MIT */
/* The timers of a host that has a heap for them alone. */
#include "tcp/internal.h"

void tcpip_tcp_run_timers(struct tcpip_tcp_host *host)
{
    struct tcpip_deadline *const *heap = host->environment->timers;

    while (*heap != NULL && tcpip_sequence_at_most((*heap)->when, host->now)) {
        struct tcpip_tcp_connection *connection = TCPIP_CONTAINER(
            *heap, struct tcpip_tcp_connection, timer.deadline);

        tcpip_deadline_clear(*heap);
        tcpip_tcp_due(connection);
    }
}
