/* SPDX-License-Identifier: MIT */
/*
 * Time stamps (RFC 7323): every segment says what our clock shows and repeats what the peer's
 * showed. An echo measures the round trip, of repeated segments too; a segment whose stamp is older
 * than one already seen is an old duplicate (PAWS).
 *
 * Our clock has milliseconds. Each pair of ends has an offset of its own, so that the stamps tell
 * nobody how long this machine is up, and those of a pair's next connection continue.
 */
#include "tcp/internal.h"

#if ipconfigUSE_TCP_TIMESTAMPS

#define OUTDATED (24u * 24 * 3600 * 1000) /* section 5.5: 24 days, within half the clock's circle */

void tcpip_tcp_timestamps_init(struct tcpip_tcp_connection *connection,
                               const struct tcpip_tcp_endpoints *endpoints)
{
    connection->timestamps.offset = tcpip_tcp_timestamp_offset(connection->host->secret, endpoints);
}

/* What the peer's clock said is what we repeat, and the least that is let in. */
static void remember(struct tcpip_tcp_connection *connection, uint32_t stamp)
{
    connection->timestamps.recent = stamp;
    connection->timestamps.recent_counts = true;
    tcpip_tcp_arm(connection, TCPIP_TCP_TIMER_TIMESTAMPS, OUTDATED);
}

void tcpip_tcp_timestamps_agree(struct tcpip_tcp_connection *connection,
                                const struct tcpip_tcp_options *syn)
{
    if (!syn->has_timestamps)
        return;
    connection->agreed |= TCPIP_TCP_AGREED_TIMESTAMPS;
    connection->timestamps.acknowledged = connection->expected;
    remember(connection, syn->timestamp_value);
}

void tcpip_tcp_timestamps_put(const struct tcpip_tcp_connection *connection,
                              struct tcpip_tcp_options *options)
{
    const struct tcpip_tcp_timestamps *timestamps = &connection->timestamps;

    options->has_timestamps = true;
    options->timestamp_value = connection->host->now + timestamps->offset;
    options->timestamp_echo = timestamps->recent; /* 0 until the peer's SYN */
}

void tcpip_tcp_timestamps_sent(struct tcpip_tcp_connection *connection)
{
    connection->timestamps.acknowledged = connection->expected;
}

/* Section 5.3 R1, section 3.2: all but RST must have a stamp, and not an old one. */
bool tcpip_tcp_timestamps_pass(const struct tcpip_tcp_connection *connection,
                               const struct tcpip_tcp_options *options)
{
    const struct tcpip_tcp_timestamps *timestamps = &connection->timestamps;

    return !timestamps->recent_counts ||
           tcpip_sequence_at_least(options->timestamp_value, timestamps->recent);
}

bool tcpip_tcp_timestamps_newer(const struct tcpip_tcp_connection *connection,
                                const struct tcpip_tcp_options *options)
{
    return tcpip_sequence_after(options->timestamp_value, connection->timestamps.recent);
}

/* Section 4.3 (2), R3: the stamp of the segment that the next ACK answers. */
void tcpip_tcp_timestamps_learn(struct tcpip_tcp_connection *connection, uint32_t sequence,
                                const struct tcpip_tcp_options *options)
{
    if (options->has_timestamps &&
        tcpip_sequence_at_most(sequence, connection->timestamps.acknowledged))
        remember(connection, options->timestamp_value);
}

/* Section 4.1: how long ago the segment left that is echoed. False: no segment did. */
bool tcpip_tcp_timestamps_measure(const struct tcpip_tcp_connection *connection,
                                  const struct tcpip_tcp_options *options, uint32_t *sample)
{
    *sample = connection->host->now + connection->timestamps.offset - options->timestamp_echo;
    return options->has_timestamps && *sample <= INT32_MAX;
}

#endif
