/* SPDX-License-Identifier: MIT */
/*
 * What stands before the address of the group has 8 bytes in MLD and 4 in IGMP; the rest is alike.
 */
#include "wire/membership.h"

#include "FreeRTOSIPConfigDefaults.h"

enum { TENTHS_MS = 100, IGMP_RESPONSE_MS = 10000 };

/* In a build with one of the two it is that one. */
/*@ assigns \nothing;
    ensures \result == (family == TCPIP_IPV6); */
static bool is_mld(uint8_t family)
{
    return ipconfigUSE_IPv6 && (!ipconfigUSE_IGMP || family == TCPIP_IPV6);
}

/*@ assigns \nothing;
    ensures \result == (family == TCPIP_IPV6 ? 16 : 4); */
static size_t address_size(uint8_t family)
{
    return is_mld(family) ? 16 : 4;
}

/*@ assigns \nothing;
    ensures \result == (family == TCPIP_IPV6 ? 8 : 4); */
static size_t fixed_size(uint8_t family)
{
    return is_mld(family) ? 8 : 4;
}

/* RFC 3376 4.1.1, RFC 3810 5.1.3: with its highest bit a code is a mantissa and an exponent. */
/*@ requires mantissas == 0x10 || mantissas == 0x1000;
    assigns \nothing;
    ensures \result <= 2 * mantissas * 1024; */
static uint32_t decode(uint32_t code, uint32_t mantissas)
{
    static const uint16_t powers[] = {8, 16, 32, 64, 128, 256, 512, 1024};

    if (code < 8 * mantissas)
        return code;
    return (code % mantissas + mantissas) * powers[code / mantissas % 8u];
}

/*@ requires tcpip_readable(bytes, 8);
    assigns \nothing; */
static uint32_t response_ms(const uint8_t *bytes, uint8_t family, bool newest)
{
    if (is_mld(family))
        return newest ? decode(tcpip_get_be16(bytes + 4), 0x1000) : tcpip_get_be16(bytes + 4);
    if (bytes[1] == 0) /* IGMPv1 does not say */
        return IGMP_RESPONSE_MS;
    return (newest ? decode(bytes[1], 0x10) : bytes[1]) * TENTHS_MS;
}

enum membership_type tcpip_membership_parse(const uint8_t *bytes, size_t size, uint8_t family,
                                            struct membership_message *message)
{
    size_t address = address_size(family);
    size_t older = fixed_size(family) + address;

    if (size < older)
        return MEMBERSHIP_NONE;
    *message = (struct membership_message){.group.family = family, .newest = size > older};
    memcpy(message->group.bytes, bytes + older - address, address);
    if (bytes[0] == (is_mld(family) ? MLD_REPORT : IGMP_REPORT))
        return MEMBERSHIP_REPORT;
    if (bytes[0] != (is_mld(family) ? MLD_QUERY : IGMP_QUERY) ||
        (message->newest &&
         (size < older + 4 || (size - older - 4) / address < tcpip_get_be16(bytes + older + 2))))
        return MEMBERSHIP_NONE;
    message->most_ms = response_ms(bytes, family, message->newest);
    return MEMBERSHIP_QUERY;
}

size_t tcpip_membership_build(uint8_t *bytes, const struct tcpip_address *group,
                              enum membership_kind kind, bool newest)
{
    bool is_ipv6 = is_mld(group->family);
    bool left = kind == MEMBERSHIP_LEFT;
    size_t at = newest ? 12 : fixed_size(group->family);

    memset(bytes, 0, MEMBERSHIP_REPORT_MOST);
    if (newest) {
        bytes[0] = is_ipv6 ? MLD_REPORT_V2 : IGMP_REPORT_V3;
        bytes[7] = 1; /* record */
        bytes[8] = (uint8_t)kind;
    } else if (is_ipv6) {
        bytes[0] = left ? MLD_DONE : MLD_REPORT;
    } else {
        bytes[0] = left ? IGMP_LEAVE : IGMP_REPORT;
    }
    memcpy(bytes + at, group->bytes, address_size(group->family));
    return at + address_size(group->family);
}
