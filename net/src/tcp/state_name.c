/* SPDX-License-Identifier: MIT */
/* The states by name, for listings. */
#include "tcp/tcp.h"

const char *tcpip_tcp_state_name(enum tcpip_tcp_state state)
{
    static const char *const names[] = {
        "CLOSED",     "LISTEN",     "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
        "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK",     "TIME-WAIT",
    };

    return (size_t)state < sizeof names / sizeof names[0] ? names[state] : "?";
}
