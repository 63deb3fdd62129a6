/* SPDX-License-Identifier: MIT */
/*
 * Options stand behind the magic number and, when option 52 says so, in the fields `file` and
 * `sname` (RFC 2131 4.1). Each of these is a reader of its own, so that an option never runs from
 * one into the other. Of an option that comes twice the first counts.
 */
#include "wire/dhcp.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_DHCP

enum { OP_REQUEST = 1, OP_REPLY = 2, HARDWARE_ETHERNET = 1, MAGIC = 0x63825363 };

enum { SNAME_SIZE = 64, FILE_SIZE = 128, IPV4_SIZE = 4 };

enum {
    XID_AT = 4,
    SECONDS_AT = 8,
    CLIENT_ADDRESS_AT = 12,
    YOUR_ADDRESS_AT = 16,
    CHADDR_AT = 28,
    SNAME_AT = 44,
    FILE_AT = 108,
    MAGIC_AT = 236,
    OPTIONS_AT = 240,
};

enum { WISHES = ipconfigDNS_LEARNT_DOMAINS > 0 ? 8 : 6 /* without the last two */ };

enum { OVERLOAD_FILE = 1, OVERLOAD_SNAME = 2, OVERLOAD_MOST = 3 };

enum option {
    OPTION_PAD = 0,
    OPTION_MASK = 1,
    OPTION_ROUTER = 3,
    OPTION_DNS = 6,
    OPTION_HOST_NAME = 12,
    OPTION_DOMAIN_NAME = 15,
    OPTION_REQUESTED = 50,
    OPTION_LEASE = 51,
    OPTION_OVERLOAD = 52,
    OPTION_TYPE = 53,
    OPTION_SERVER = 54,
    OPTION_PARAMETERS = 55,
    OPTION_RENEWAL = 58,
    OPTION_REBINDING = 59,
    OPTION_CLIENT_ID = 61,
    OPTION_SEARCH_LIST = 119,
    OPTION_END = 255,
};

/* Of the router and of DNS there may be several. */
static const uint8_t codes[] = {
    [DHCP_SERVER] = OPTION_SERVER,
    [DHCP_MASK] = OPTION_MASK,
    [DHCP_LEASE_TIME] = OPTION_LEASE,
    [DHCP_RENEWAL_TIME] = OPTION_RENEWAL,
    [DHCP_REBINDING_TIME] = OPTION_REBINDING,
    [DHCP_ROUTER] = OPTION_ROUTER,
    [DHCP_DNS] = OPTION_DNS,
};

/*@ requires \valid(byte) && tcpip_readable(at, size);
    assigns *byte; */
static bool read_byte(uint8_t *byte, const uint8_t *at, size_t size)
{
    if (size != 1 || *at == 0)
        return false;
    if (*byte == 0)
        *byte = *at;
    return true;
}

/*@ requires \valid(reply) && tcpip_readable(at, size) && field <= DHCP_DNS;
    requires \separated(reply, at + (0 .. size - 1));
    assigns reply->numbers[0 .. DHCP_NUMBERS - 1]; */
static bool read_numbers(struct dhcp_reply *reply, size_t field, const uint8_t *at, size_t size)
{
    if (size == 0 || size % IPV4_SIZE != 0 || (field < DHCP_ROUTER && size != IPV4_SIZE))
        return false;
    if (reply->numbers[field] != 0)
        return true;
    /*@ loop invariant field < DHCP_NUMBERS && 0 < size <= \at(size, Pre) && size % IPV4_SIZE == 0;
        loop invariant at == \at(at, Pre) + (\at(size, Pre) - size);
        loop assigns field, at, size, reply->numbers[0 .. DHCP_NUMBERS - 1];
        loop variant size; */
    do {
        reply->numbers[field] = tcpip_get_be32(at);
        at += IPV4_SIZE;
        size -= IPV4_SIZE;
    } while (size > 0 && field >= DHCP_DNS && ++field < DHCP_NUMBERS);
    return true;
}

/* False: it has no such size. None may be empty. */
/*@ requires \valid(reply) && tcpip_readable(at, size);
    requires \separated(reply, at + (0 .. size - 1));
    assigns reply->type, reply->overload, reply->numbers[0 .. DHCP_NUMBERS - 1]; */
static bool read_option(struct dhcp_reply *reply, uint8_t code, const uint8_t *at, size_t size)
{
    size_t field = 0;

    if (code == OPTION_TYPE || code == OPTION_OVERLOAD)
        return read_byte(code == OPTION_TYPE ? &reply->type : &reply->overload, at, size);
    /*@ loop invariant field <= DHCP_DNS;
        loop assigns field;
        loop variant DHCP_DNS - field; */
    while (codes[field] != code)
        if (++field == sizeof codes)
            return true;
    return read_numbers(reply, field, at, size);
}

/*@ requires \valid(reply) && tcpip_readable(at, left);
    requires \separated(reply, at + (0 .. left - 1));
    assigns reply->type, reply->overload, reply->numbers[0 .. DHCP_NUMBERS - 1]; */
static bool read_options(struct dhcp_reply *reply, const uint8_t *at, size_t left)
{
    /*@ loop invariant left <= \at(left, Pre) && at == \at(at, Pre) + (\at(left, Pre) - left);
        loop assigns at, left, reply->type, reply->overload, reply->numbers[0 .. DHCP_NUMBERS - 1];
        loop variant left; */
    while (left > 0 && at[0] != OPTION_END) {
        size_t size = 0;

        if (at[0] != OPTION_PAD) {
            if (left < 2 || left - 2 < at[1] || !read_option(reply, at[0], at + 2, at[1]))
                return false;
            size = 1u + at[1];
        }
        at += 1 + size;
        left -= 1 + size;
    }
    return true;
}

bool tcpip_dhcp_parse(const uint8_t *bytes, size_t size, struct dhcp_reply *reply)
{
    reply->type = reply->overload = 0;
    /*@ loop invariant i <= DHCP_NUMBERS;
        loop assigns i, reply->numbers[0 .. DHCP_NUMBERS - 1];
        loop variant DHCP_NUMBERS - i; */
    for (size_t i = 0; i < DHCP_NUMBERS; i++)
        reply->numbers[i] = 0;
    if (size < OPTIONS_AT || bytes[0] != OP_REPLY || bytes[1] != HARDWARE_ETHERNET ||
        bytes[2] != NETIF_MAC_SIZE || tcpip_get_be32(bytes + MAGIC_AT) != MAGIC)
        return false;
    reply->xid = tcpip_get_be32(bytes + XID_AT);
    reply->your_address = tcpip_get_be32(bytes + YOUR_ADDRESS_AT);
    memcpy(reply->mac, bytes + CHADDR_AT, NETIF_MAC_SIZE);
    if (!read_options(reply, bytes + OPTIONS_AT, size - OPTIONS_AT))
        return false;
    uint8_t overload = reply->overload; /* what stands in the fields cannot extend itself */
    return overload <= OVERLOAD_MOST &&
           (overload % 2u != OVERLOAD_FILE || read_options(reply, bytes + FILE_AT, FILE_SIZE)) &&
           (overload < OVERLOAD_SNAME || read_options(reply, bytes + SNAME_AT, SNAME_SIZE)) &&
           reply->type != 0 && reply->type <= DHCP_RELEASE;
}

/* What every message has in front of its options, and the first two of them. */
static const uint8_t head[] = {MAGIC / 0x1000000u,  MAGIC / 0x10000u % 256u,
                               MAGIC / 256u % 256u, MAGIC % 256u,
                               OPTION_TYPE,         1,
                               0 /* the type */,    OPTION_CLIENT_ID,
                               1 + NETIF_MAC_SIZE,  HARDWARE_ETHERNET /* and the station */};

enum { TYPE_AT = MAGIC_AT + 6, STATION_AT = MAGIC_AT + sizeof head };

static const uint8_t wishes[] = {
    OPTION_PARAMETERS, WISHES,         OPTION_MASK,      OPTION_ROUTER,      OPTION_DNS,
    OPTION_LEASE,      OPTION_RENEWAL, OPTION_REBINDING, OPTION_DOMAIN_NAME, OPTION_SEARCH_LIST};

_Static_assert(STATION_AT + NETIF_MAC_SIZE + 2 * (2 + IPV4_SIZE) + (2 + DHCP_NAME_MAX) +
                       sizeof wishes + 1 <=
                   DHCP_MESSAGE_SIZE,
               "every option fits");

/*@ requires tcpip_writable(at, 2 + IPV4_SIZE);
    assigns at[0 .. 1 + IPV4_SIZE];
    ensures \result == at || \result == at + 2 + IPV4_SIZE; */
static uint8_t *put_number(uint8_t *at, uint8_t code, uint32_t number)
{
    if (number == 0)
        return at;
    at[0] = code;
    at[1] = IPV4_SIZE;
    tcpip_put_be32(at + 2, number);
    return at + 2 + IPV4_SIZE;
}

/*@ requires tcpip_writable(at, 2 + DHCP_NAME_MAX);
    requires name != \null ==> tcpip_is_text(name);
    assigns at[0 .. 1 + DHCP_NAME_MAX];
    ensures \result == at + (\result - at) && 0 <= \result - at <= 2 + DHCP_NAME_MAX; */
static uint8_t *put_name(uint8_t *at, const char *name)
{
    uint8_t size = 0;

    if (!ipconfigDHCP_REGISTER_HOSTNAME || name == NULL)
        return at;
    /*@ loop invariant size <= DHCP_NAME_MAX;
        loop invariant \forall integer i; 0 <= i < size ==> name[i] != 0;
        loop assigns size, at[2 .. 1 + DHCP_NAME_MAX];
        loop variant DHCP_NAME_MAX - size; */
    for (; size < DHCP_NAME_MAX && name[size] != '\0'; size++)
        at[2 + size] = (uint8_t)name[size];
    at[0] = OPTION_HOST_NAME;
    at[1] = size;
    return size == 0 ? at : at + 2 + size;
}

bool tcpip_dhcp_build(uint8_t *bytes, size_t size, const struct dhcp_request *request)
{
    uint8_t *at = bytes + STATION_AT + NETIF_MAC_SIZE;

    if (size < DHCP_MESSAGE_SIZE)
        return false;
    memset(bytes, 0, DHCP_MESSAGE_SIZE);
    bytes[0] = OP_REQUEST;
    bytes[1] = HARDWARE_ETHERNET;
    bytes[2] = NETIF_MAC_SIZE;
    tcpip_put_be32(bytes + XID_AT, request->xid);
    tcpip_put_be16(bytes + SECONDS_AT, request->seconds);
    tcpip_put_be32(bytes + CLIENT_ADDRESS_AT, request->client_address);
    memcpy(bytes + CHADDR_AT, request->mac, NETIF_MAC_SIZE);
    memcpy(bytes + MAGIC_AT, head, sizeof head);
    bytes[TYPE_AT] = (uint8_t)request->type;
    memcpy(bytes + STATION_AT, request->mac, NETIF_MAC_SIZE);
    at = put_number(at, OPTION_REQUESTED, request->requested);
    at = put_number(at, OPTION_SERVER, request->server);
    if (request->type == DHCP_DISCOVER || request->type == DHCP_REQUEST) {
        at = put_name(at, request->host_name);
        memcpy(at, wishes, 2 + WISHES);
        at += 2 + WISHES;
    }
    *at = OPTION_END;
    return true;
}

#endif
