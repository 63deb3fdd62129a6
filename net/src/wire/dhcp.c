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

static const uint8_t reply_to_ethernet[3] = {OP_REPLY, HARDWARE_ETHERNET, NETIF_MAC_SIZE};

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

struct parse {
    struct dhcp_reply *reply;
    uint8_t overload;
    uint8_t type;
};

/* Where an option that is one number of 32 bits goes; NULL: it is none. */
static uint32_t *number_of(struct dhcp_reply *reply, uint8_t code)
{
    switch (code) {
    case OPTION_MASK:
        return &reply->mask;
    case OPTION_LEASE:
        return &reply->lease;
    case OPTION_SERVER:
        return &reply->server;
    case OPTION_RENEWAL:
        return &reply->renewal;
    case OPTION_REBINDING:
        return &reply->rebinding;
    default:
        return NULL;
    }
}

/* An option that is one or more addresses; the first that comes counts. */
static bool read_addresses(struct tcpip_reader *value, uint32_t *addresses, size_t most,
                           uint8_t *count)
{
    if (value->left == 0 || value->left % IPV4_SIZE != 0)
        return false;
    if (*count > 0)
        return true;
    while (*count < most && tcpip_read_be32(value, &addresses[*count]))
        *count = (uint8_t)(*count + 1);
    return true;
}

static bool read_byte(struct tcpip_reader *value, uint8_t most, uint8_t *byte)
{
    if (value->left != 1 || value->at[0] == 0 || value->at[0] > most)
        return false;
    if (*byte == 0)
        *byte = value->at[0];
    return true;
}

static bool read_option(struct parse *parse, uint8_t code, struct tcpip_reader *value)
{
    struct dhcp_reply *reply = parse->reply;
    uint32_t *number = number_of(reply, code);
    uint8_t routers = reply->router != 0;

    if (number != NULL) {
        if (value->left != 4)
            return false;
        if (*number == 0)
            *number = tcpip_get_be32(value->at);
        return true;
    }
    switch (code) {
    case OPTION_ROUTER:
        return read_addresses(value, &reply->router, 1, &routers);
    case OPTION_DNS:
        return read_addresses(value, reply->dns, DHCP_DNS_MAX, &reply->dns_count);
    case OPTION_OVERLOAD:
        return read_byte(value, OVERLOAD_MOST, &parse->overload);
    case OPTION_TYPE:
        return read_byte(value, DHCP_RELEASE, &parse->type);
    default:
        return true;
    }
}

static bool read_options(struct parse *parse, struct tcpip_reader options)
{
    uint8_t code;
    uint8_t size;
    struct tcpip_reader value;

    while (tcpip_read_u8(&options, &code) && code != OPTION_END) {
        if (code == OPTION_PAD)
            continue;
        if (!tcpip_read_u8(&options, &size) || !tcpip_read_part(&options, size, &value) ||
            !read_option(parse, code, &value))
            return false;
    }
    return true;
}

bool tcpip_dhcp_parse(const uint8_t *bytes, size_t size, struct dhcp_reply *reply)
{
    struct parse parse = {.reply = reply};

    *reply = (struct dhcp_reply){0};
    if (size < OPTIONS_AT || memcmp(bytes, reply_to_ethernet, sizeof reply_to_ethernet) != 0 ||
        tcpip_get_be32(bytes + MAGIC_AT) != MAGIC)
        return false;
    reply->xid = tcpip_get_be32(bytes + XID_AT);
    reply->your_address = tcpip_get_be32(bytes + YOUR_ADDRESS_AT);
    memcpy(reply->mac, bytes + CHADDR_AT, NETIF_MAC_SIZE);
    if (!read_options(&parse, tcpip_reader_of(bytes + OPTIONS_AT, size - OPTIONS_AT)))
        return false;
    uint8_t overload = parse.overload; /* what stands in the fields cannot extend itself */
    if (overload % 2u == OVERLOAD_FILE &&
        !read_options(&parse, tcpip_reader_of(bytes + FILE_AT, FILE_SIZE)))
        return false;
    if (overload >= OVERLOAD_SNAME &&
        !read_options(&parse, tcpip_reader_of(bytes + SNAME_AT, SNAME_SIZE)))
        return false;
    reply->type = (enum dhcp_type)parse.type;
    return parse.type != 0;
}

static uint8_t *put_bytes(uint8_t *at, uint8_t code, const void *bytes, size_t size)
{
    at[0] = code;
    at[1] = (uint8_t)size;
    memcpy(at + 2, bytes, size);
    return at + 2 + size;
}

static uint8_t *put_number(uint8_t *at, uint8_t code, uint32_t number)
{
    uint8_t bytes[IPV4_SIZE];

    tcpip_put_be32(bytes, number);
    return number != 0 ? put_bytes(at, code, bytes, sizeof bytes) : at;
}

static const uint8_t wishes[] = {OPTION_MASK,        OPTION_ROUTER,     OPTION_DNS,
                                 OPTION_LEASE,       OPTION_RENEWAL,    OPTION_REBINDING,
                                 OPTION_DOMAIN_NAME, OPTION_SEARCH_LIST};

enum { WISHES = sizeof wishes - (ipconfigDNS_LEARNT_DOMAINS > 0 ? 0 : 2) /* without the last */ };

_Static_assert(OPTIONS_AT + (2 + 1) + (2 + 1 + NETIF_MAC_SIZE) + 2 * (2 + IPV4_SIZE) +
                       (2 + DHCP_NAME_MAX) + (2 + sizeof wishes) + 1 <=
                   DHCP_MESSAGE_SIZE,
               "every option fits");

static uint8_t *put_name(uint8_t *at, const char *name)
{
    size_t size = 0;

    while (ipconfigDHCP_REGISTER_HOSTNAME && name != NULL && size < DHCP_NAME_MAX &&
           name[size] != '\0')
        size++;
    return size > 0 ? put_bytes(at, OPTION_HOST_NAME, name, size) : at;
}

static void put_options(uint8_t *at, const struct dhcp_request *request)
{
    uint8_t id[1 + NETIF_MAC_SIZE] = {HARDWARE_ETHERNET}, type = (uint8_t)request->type;

    memcpy(id + 1, request->mac, NETIF_MAC_SIZE);
    at = put_bytes(at, OPTION_TYPE, &type, 1);
    at = put_bytes(at, OPTION_CLIENT_ID, id, sizeof id);
    at = put_number(at, OPTION_REQUESTED, request->requested);
    at = put_number(at, OPTION_SERVER, request->server);
    if (request->type == DHCP_DISCOVER || request->type == DHCP_REQUEST) {
        at = put_name(at, request->host_name);
        at = put_bytes(at, OPTION_PARAMETERS, wishes, WISHES);
    }
    *at = OPTION_END;
}

bool tcpip_dhcp_build(uint8_t *bytes, size_t size, const struct dhcp_request *request)
{
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
    tcpip_put_be32(bytes + MAGIC_AT, MAGIC);
    put_options(bytes + OPTIONS_AT, request);
    return true;
}

#endif
