/* SPDX-License-Identifier: MIT */
/* The engine's usual configuration, for those who have no options to go by. */
#include "tcp/tcp.h"

const struct tcpip_tcp_config tcpip_tcp_config_default = {
    TCPIP_TCP_CONFIG_COMMON,
    .connections_max = 32,
    .syn_retries = 7, /* three minutes, MUST-23 */
    .data_retries = 10,
    .rto_minimum = 300,
    .keep_alive = {.idle = 7200000, .interval = 75000, .probes = 5},
    .fin_wait = 60000,
};
