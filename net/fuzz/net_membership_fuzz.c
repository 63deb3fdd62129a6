/* SPDX-License-Identifier: MIT */
/*
 * IGMP and MLD: the first byte chooses the family, the rest is the message. What is a query has a
 * time that its code can say; what is built is read back.
 */
#include <stdlib.h>
#include <string.h>

#include "wire/membership.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The longest: a mantissa of four or twelve bits and an exponent. */
enum { IGMP_MOST_MS = 3174400, MLD_MOST_MS = 8387584 };

static void build_and_read(const struct tcpip_address *group, unsigned kind)
{
    uint8_t bytes[MEMBERSHIP_REPORT_MOST];
    struct membership_message back;
    size_t size = tcpip_membership_build(bytes, group, (enum membership_kind)(2 + kind % 3),
                                         kind % 2 == 0);

    if (size == 0 || size > sizeof bytes)
        abort();
    if (tcpip_membership_parse(bytes, size, group->family, &back) == MEMBERSHIP_REPORT &&
        memcmp(back.group.bytes, group->bytes, group->family == TCPIP_IPV6 ? 16 : 4) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct membership_message message;

    if (size == 0)
        return 0;
    uint8_t family = data[0] % 2 == 0 ? TCPIP_IPV4 : TCPIP_IPV6;
    enum membership_type type = tcpip_membership_parse(data + 1, size - 1, family, &message);
    if (type == MEMBERSHIP_NONE)
        return 0;
    if (message.group.family != family)
        abort();
    if (type == MEMBERSHIP_QUERY &&
        message.most_ms > (family == TCPIP_IPV6 ? MLD_MOST_MS : IGMP_MOST_MS))
        abort();
    build_and_read(&message.group, data[0] / 2u);
    return 0;
}
