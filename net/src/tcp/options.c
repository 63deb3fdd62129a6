/* SPDX-License-Identifier: MIT */
/*
 * What the two ends agree on in their SYNs: the segment size (RFC 9293 section 3.7.1), window
 * scaling and time stamps (RFC 7323), selective acknowledgements (RFC 2018). An option is used when
 * both SYNs had it; the one that answers has it only if the other had.
 */
#include "tcp/internal.h"

#define DEFAULT_MSS_IPV4 536
#define DEFAULT_MSS_IPV6 1220
#define LARGEST_SHIFT    14 /* RFC 7323 section 2.3 */
#define STAMP_SIZE       12 /* time stamps with what aligns them */

/* The shift with which the field can say as much as the buffer takes. */
static uint8_t needed_shift(const struct tcpip_tcp_connection *connection)
{
    uint8_t shift = 0;

    while (shift < LARGEST_SHIFT && connection->receive.size >> shift > UINT16_MAX)
        shift++;
    return shift;
}

void tcpip_tcp_syn_options(const struct tcpip_tcp_connection *connection,
                           struct tcpip_tcp_options *options)
{
    bool asks = connection->state == TCPIP_TCP_SYN_SENT;

    options->has_mss = true;
    options->mss = connection->own_mss;
    if (ipconfigUSE_TCP_WINDOW_SCALING && (asks || TCPIP_TCP_AGREED(connection, SCALING))) {
        options->has_window_scale = true;
        options->window_scale = needed_shift(connection);
    }
    if (ipconfigUSE_TCP_SACK && (asks || TCPIP_TCP_AGREED(connection, SACK)))
        options->has_sack_permitted = true;
    if (ipconfigUSE_TCP_TIMESTAMPS && (asks || TCPIP_TCP_AGREED(connection, TIMESTAMPS)))
        tcpip_tcp_timestamps_put(connection, options);
}

unsigned tcpip_tcp_options_size(const struct tcpip_tcp_connection *connection)
{
    return TCPIP_TCP_AGREED(connection, TIMESTAMPS) ? STAMP_SIZE : 0;
}

/* MUST-15, MUST-16: without the option 536 or 1220; never more than the route carries. A size
 * below the configured minimum (CVE-2018-16524 divided by it) is raised. What the options of a
 * segment take is not there for its payload (RFC 9293 section 3.7.1). */
static void agree_on_mss(struct tcpip_tcp_connection *connection,
                         const struct tcpip_tcp_options *options)
{
    uint16_t mss = ipconfigUSE_IPv6 && connection->ends.remote.family == TCPIP_IPV6
                       ? DEFAULT_MSS_IPV6
                       : DEFAULT_MSS_IPV4;

    if (options->has_mss)
        mss = options->mss;
    if (mss < connection->host->config->minimum_mss)
        mss = connection->host->config->minimum_mss;
    if (mss > connection->own_mss)
        mss = connection->own_mss;
    connection->mss = (uint16_t)(mss - tcpip_tcp_options_size(connection));
}

static void accept_options(struct tcpip_tcp_connection *connection,
                           const struct tcpip_tcp_options *options)
{
    if (ipconfigUSE_TCP_WINDOW_SCALING && options->has_window_scale) {
        connection->agreed |= TCPIP_TCP_AGREED_SCALING;
        connection->receive_shift = needed_shift(connection);
        connection->send_shift = options->window_scale < LARGEST_SHIFT ? options->window_scale
                                                                       : LARGEST_SHIFT;
    }
    if (ipconfigUSE_TCP_SACK && options->has_sack_permitted)
        connection->agreed |= TCPIP_TCP_AGREED_SACK;
    if (ipconfigUSE_TCP_TIMESTAMPS)
        tcpip_tcp_timestamps_agree(connection, options);
    agree_on_mss(connection, options);
}

/* The window that our SYN offered, if there was one, stays as wide. */
void tcpip_tcp_learn_syn(struct tcpip_tcp_connection *connection,
                         const struct tcpip_tcp_segment *segment)
{
    uint32_t sequence = segment->header.sequence;

    connection->advertised += sequence + 1 - connection->expected;
    connection->expected = sequence + 1;
    connection->window_sequence = sequence;
    connection->window = connection->largest_window = segment->header.window;
    connection->window_acknowledgement = connection->unacknowledged;
    accept_options(connection, &segment->options);
}
