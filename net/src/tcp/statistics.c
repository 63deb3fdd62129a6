/* SPDX-License-Identifier: MIT */
/* What a connection tells of itself. */
#include "tcp/internal.h"

#if ipconfigUSE_TCP_STATISTICS

void tcpip_tcp_statistics_of(const struct tcpip_tcp_connection *connection,
                             struct tcpip_tcp_statistics *statistics)
{
    *statistics = (struct tcpip_tcp_statistics){
        .traffic = connection->traffic,
        .rtt_ms = connection->rtt.smoothed8 / 8,
        .rtt_variation_ms = connection->rtt.variance4 / 4,
        .retransmission_timeout_ms = connection->rtt.timeout,
        .congestion_window = connection->congestion.window,
        .slow_start_threshold = connection->congestion.threshold,
        .send_window = connection->window,
        .receive_window = connection->advertised - connection->expected,
        .in_flight = connection->highest - connection->unacknowledged,
        .segment_size = connection->mss,
    };
}

#endif
