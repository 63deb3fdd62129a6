/* SPDX-License-Identifier: MIT */
/* Neighbour discovery: a message and its options, each read as its kind says. */
#include <stdlib.h>

#include "wire/nd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void within(const uint8_t *data, size_t size, const uint8_t *at, size_t length)
{
    if (at < data || (size_t)(at - data) > size || length > size - (size_t)(at - data))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tcpip_reader options;
    struct nd_option option;
    struct nd_prefix prefix;
    struct nd_router router;
    const uint8_t *station;

    if (!tcpip_nd_check(data, size, &options))
        return 0;
    if (data[0] == ND_ROUTER_ADVERTISEMENT)
        tcpip_nd_router(data, &router);
    station = tcpip_nd_station(options, ND_OPTION_SOURCE);
    if (station != NULL)
        within(data, size, station, NETIF_MAC_SIZE);
    while (tcpip_nd_next_option(&options, &option)) {
        within(data, size, option.bytes, option.size);
        if (option.kind == ND_OPTION_PREFIX) {
            tcpip_nd_prefix(&option, &prefix);
            within(option.bytes, option.size, prefix.prefix, 16);
            if (prefix.length > 128)
                abort();
        }
        if (option.kind == ND_OPTION_DNS && (option.size < 24 || option.size % 16 != 8))
            abort();
    }
    if (options.left != 0)
        abort();
    return 0;
}
