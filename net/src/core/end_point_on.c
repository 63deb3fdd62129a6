/* SPDX-License-Identifier: MIT */
#include "core/end_point.h"

struct tcpip_end_point *tcpip_end_point_on(const struct tcpip_interface *interface, uint8_t family)
{
    struct tcpip_end_point *end_point = interface->end_points;

    while (end_point != NULL &&
           (end_point->state != TCPIP_END_POINT_UP || end_point->active.address.family != family))
        end_point = end_point->next;
    return end_point;
}
