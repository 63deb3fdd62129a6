/* SPDX-License-Identifier: MIT */
/*
 * What the two ends agree on in their SYNs. Today that is the segment size (RFC 9293 section
 * 3.7.1, RFC 6691); a further option adds its line to both functions and a file for what it does.
 */
#include "tcp/internal.h"

#define DEFAULT_MSS_IPV4 536
#define DEFAULT_MSS_IPV6 1220

static uint16_t route_mss(const struct tcpip_tcp_connection *connection)
{
    const struct tcpip_tcp_environment *environment = &connection->host->environment;

    return environment->route_mss(environment->context, &connection->remote);
}

void tcpip_tcp_syn_options(const struct tcpip_tcp_connection *connection,
                           struct tcpip_tcp_options *options)
{
    options->has_mss = true;
    options->mss = connection->own_mss;
}

/* MUST-15, MUST-16: without the option 536 or 1220; never more than the route carries. A size
 * below the configured minimum (CVE-2018-16524 divided by it) is raised. */
void tcpip_tcp_accept_options(struct tcpip_tcp_connection *connection,
                              const struct tcpip_tcp_options *options)
{
    uint16_t limit = route_mss(connection);
    uint16_t mss = connection->remote.family == TCPIP_IPV6 ? DEFAULT_MSS_IPV6 : DEFAULT_MSS_IPV4;

    if (options->has_mss)
        mss = options->mss;
    if (mss < connection->host->config.minimum_mss)
        mss = connection->host->config.minimum_mss;
    connection->mss = mss < limit ? mss : limit;
}
