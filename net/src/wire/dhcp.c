/* SPDX-License-Identifier: MIT */
/*
 * Options stand behind the magic number and, when option 52 says so, in the fields `file` and
 * `sname` (RFC 2131 4.1). Each of these is a reader of its own, so that an option never runs from
 * one into the other. Of an option that comes twice the first counts.
 */
#include "wire/dhcp.h"

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
    OPTION_REQUESTED = 50,
    OPTION_LEASE = 51,
    OPTION_OVERLOAD = 52,
    OPTION_TYPE = 53,
    OPTION_SERVER = 54,
    OPTION_PARAMETERS = 55,
    OPTION_RENEWAL = 58,
    OPTION_REBINDING = 59,
    OPTION_CLIENT_ID = 61,
    OPTION_END = 255,
};

struct parse {
    struct dhcp_reply *reply;
    uint8_t overload;
};

/* An option that is one number of 32 bits. */
static bool read_number(struct tcpip_reader *value, uint32_t *number)
{
    uint32_t read;

    if (value->left != 4 || !tcpip_read_be32(value, &read))
        return false;
    if (*number == 0)
        *number = read;
    return true;
}

/* An option that is one or more addresses. */
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

static bool read_byte(struct tcpip_reader *value, uint8_t least, uint8_t most, uint8_t *byte)
{
    return value->left == 1 && tcpip_read_u8(value, byte) && *byte >= least && *byte <= most;
}

static bool read_router(struct tcpip_reader *value, uint32_t *router)
{
    uint8_t count = *router != 0;

    return read_addresses(value, router, 1, &count);
}

static bool read_lease(struct tcpip_reader *value, struct dhcp_reply *reply)
{
    bool first = !reply->has_lease;

    reply->has_lease = true;
    return read_number(value, first ? &reply->lease : &(uint32_t){1});
}

static bool read_option(struct parse *parse, uint8_t code, struct tcpip_reader *value)
{
    struct dhcp_reply *reply = parse->reply;
    uint8_t type = 0;

    switch (code) {
    case OPTION_MASK:
        return read_number(value, &reply->mask);
    case OPTION_ROUTER:
        return read_router(value, &reply->router);
    case OPTION_DNS:
        return read_addresses(value, reply->dns, DHCP_DNS_MAX, &reply->dns_count);
    case OPTION_LEASE:
        return read_lease(value, reply);
    case OPTION_OVERLOAD:
        return read_byte(value, OVERLOAD_FILE, OVERLOAD_MOST, &parse->overload);
    case OPTION_TYPE:
        if (!read_byte(value, DHCP_DISCOVER, DHCP_RELEASE, &type))
            return false;
        reply->type = reply->type == 0 ? (enum dhcp_type)type : reply->type;
        return true;
    case OPTION_SERVER:
        return read_number(value, &reply->server);
    case OPTION_RENEWAL:
        return read_number(value, &reply->renewal);
    case OPTION_REBINDING:
        return read_number(value, &reply->rebinding);
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
    return reply->type != 0;
}

static bool write_number(struct tcpip_writer *writer, uint8_t code, uint32_t number)
{
    return number == 0 || (tcpip_write_u8(writer, code) && tcpip_write_u8(writer, 4) &&
                           tcpip_write_be32(writer, number));
}

static bool write_host_name(struct tcpip_writer *writer, const char *name)
{
    size_t size = 0;

    while (name != NULL && size < DHCP_NAME_MAX && name[size] != '\0')
        size++;
    return size == 0 ||
           (tcpip_write_u8(writer, OPTION_HOST_NAME) && tcpip_write_u8(writer, (uint8_t)size) &&
            tcpip_write_bytes(writer, name, size));
}

static bool write_client_id(struct tcpip_writer *writer, const uint8_t *mac)
{
    return tcpip_write_u8(writer, OPTION_CLIENT_ID) && tcpip_write_u8(writer, 1 + NETIF_MAC_SIZE) &&
           tcpip_write_u8(writer, HARDWARE_ETHERNET) &&
           tcpip_write_bytes(writer, mac, NETIF_MAC_SIZE);
}

static bool write_wishes(struct tcpip_writer *writer, const struct dhcp_request *request)
{
    static const uint8_t parameters[] = {
        OPTION_PARAMETERS, 6, OPTION_MASK, OPTION_ROUTER, OPTION_DNS, OPTION_LEASE, OPTION_RENEWAL,
        OPTION_REBINDING};

    if (request->type != DHCP_DISCOVER && request->type != DHCP_REQUEST)
        return true;
    return write_host_name(writer, request->host_name) &&
           tcpip_write_bytes(writer, parameters, sizeof parameters);
}

static bool write_options(struct tcpip_writer *writer, const struct dhcp_request *request)
{
    return tcpip_write_u8(writer, OPTION_TYPE) && tcpip_write_u8(writer, 1) &&
           tcpip_write_u8(writer, (uint8_t)request->type) &&
           write_client_id(writer, request->mac) &&
           write_number(writer, OPTION_REQUESTED, request->requested) &&
           write_number(writer, OPTION_SERVER, request->server) && write_wishes(writer, request) &&
           tcpip_write_u8(writer, OPTION_END);
}

bool tcpip_dhcp_build(uint8_t *bytes, size_t size, const struct dhcp_request *request)
{
    if (size < DHCP_MESSAGE_SIZE)
        return false;
    struct tcpip_writer writer = tcpip_writer_of(bytes + OPTIONS_AT,
                                                 DHCP_MESSAGE_SIZE - OPTIONS_AT);
    memset(bytes, 0, DHCP_MESSAGE_SIZE);
    bytes[0] = OP_REQUEST;
    bytes[1] = HARDWARE_ETHERNET;
    bytes[2] = NETIF_MAC_SIZE;
    tcpip_put_be32(bytes + XID_AT, request->xid);
    tcpip_put_be16(bytes + SECONDS_AT, request->seconds);
    tcpip_put_be32(bytes + CLIENT_ADDRESS_AT, request->client_address);
    memcpy(bytes + CHADDR_AT, request->mac, NETIF_MAC_SIZE);
    tcpip_put_be32(bytes + MAGIC_AT, MAGIC);
    return write_options(&writer, request);
}
