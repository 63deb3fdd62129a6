/* SPDX-License-Identifier: MIT */
/*
 * Each address gets a mark, in which the rules stand from the most to the least significant part; the
 * highest wins, and the first of equals.
 */
#include "core/source.h"

#include "core/end_point.h"
#include "core/route.h"

#if ipconfigUSE_IPv6

/* How many bits both have in common from the first on. */
static unsigned common_prefix(const struct tcpip_address *a, const struct tcpip_address *b)
{
    unsigned bits = 8 * (unsigned)tcpip_address_size(a);

    while (!tcpip_address_same_prefix(a, b, bits))
        bits--;
    return bits;
}

static bool is_private(const struct tcpip_address *address)
{
    return address->bytes[0] / 2u == 0x7eu;
}

/* Rules 1, 2, 3, 5.5, 6 and 8. What reaches too far is the better the less it does; what does not
 * reach far enough, the more. */
static unsigned suits(const struct tcpip_end_point *end_point,
                      const struct tcpip_address *destination, const struct tcpip_end_point *way)
{
    const struct tcpip_address *address = &end_point->active.address;
    unsigned scope = tcpip_address_scope(address), wanted = tcpip_address_scope(destination);
    unsigned mark = scope >= wanted ? 31u - (scope - wanted) : scope;

    mark = 2 * mark + !tcpip_end_point_deprecated(end_point);
    mark = 2 * mark + (end_point == way && !tcpip_address_is_any(&way->active.gateway));
    mark = 2 * mark + (is_private(address) == is_private(destination));
    return 256 * mark + common_prefix(address, destination) + 1;
}

struct tcpip_end_point *tcpip_source_find(struct tcpip_end_point *way,
                                          const struct tcpip_address *destination)
{
    struct tcpip_end_point *end_point = way->interface->end_points;
    struct tcpip_end_point *source = way;
    unsigned best = 0;

    for (; end_point != NULL; end_point = end_point->next) {
        unsigned mark = tcpip_route_usable(end_point, destination)
                            ? suits(end_point, destination, way)
                            : 0;

        if (mark > best) {
            best = mark;
            source = end_point;
        }
    }
    return source;
}

#endif
