/* SPDX-License-Identifier: MIT */
/*
 * Options stand inside options: each list is a reader of its own that ends where the option says.
 */
#include "wire/dhcp6.h"

#include "FreeRTOSIPConfigDefaults.h"

#if ipconfigUSE_IPv6 && ipconfigUSE_DHCPv6

enum option {
    OPTION_CLIENT = 1,
    OPTION_SERVER = 2,
    OPTION_LEASE = 3, /* IA_NA */
    OPTION_ADDRESS = 5,
    OPTION_WISHES = 6,
    OPTION_PREFERENCE = 7,
    OPTION_ELAPSED = 8,
    OPTION_STATUS = 13,
    OPTION_DNS = 23,
    OPTION_DOMAINS = 24,
    OPTION_REFRESH = 32,
};

enum { DUID_OF_STATION = 3, HARDWARE_ETHERNET = 1, ADDRESS_SIZE = 16, HEADER_SIZE = 4 };

struct parse {
    struct dhcp6_reply *reply;
    const uint8_t *mac;
    uint32_t lease_id;
    bool for_us;
};

static void make_duid(uint8_t duid[DHCP6_CLIENT_DUID], const uint8_t mac[NETIF_MAC_SIZE])
{
    tcpip_put_be16(duid, DUID_OF_STATION);
    tcpip_put_be16(duid + 2, HARDWARE_ETHERNET);
    memcpy(duid + 4, mac, NETIF_MAC_SIZE);
}

/* The next option of a list. False: none, or cut off; then something is left. */
static bool next(struct tcpip_reader *list, uint16_t *code, struct tcpip_reader *value)
{
    struct tcpip_reader at = *list;
    uint16_t size;

    if (!tcpip_read_be16(&at, code) || !tcpip_read_be16(&at, &size) ||
        !tcpip_read_part(&at, size, value))
        return false;
    *list = at;
    return true;
}

static bool read_status(struct tcpip_reader value, uint16_t *worst)
{
    uint16_t status;

    if (!tcpip_read_be16(&value, &status))
        return false;
    if (status != DHCP6_SUCCESS)
        *worst = status;
    return true;
}

/* RFC 8415 21.6. Of several addresses the first counts. */
static bool read_address(struct parse *parse, struct tcpip_reader value)
{
    struct dhcp6_lease *lease = &parse->reply->lease;
    struct dhcp6_lease read = *lease;
    struct tcpip_reader inner;
    uint16_t code;

    if (!tcpip_read_bytes(&value, read.address, ADDRESS_SIZE) ||
        !tcpip_read_be32(&value, &read.preferred) || !tcpip_read_be32(&value, &read.valid))
        return false;
    while (next(&value, &code, &inner))
        if (code == OPTION_STATUS && !read_status(inner, &parse->reply->lease_status))
            return false;
    read.has_address = true;
    if (!lease->has_address && read.preferred <= read.valid)
        *lease = read;
    return value.left == 0;
}

/* RFC 8415 21.4. */
static bool read_lease(struct parse *parse, struct tcpip_reader value)
{
    struct dhcp6_lease *lease = &parse->reply->lease;
    struct dhcp6_lease read = {0};
    struct tcpip_reader inner;
    uint16_t code;

    if (!tcpip_read_be32(&value, &read.id) || !tcpip_read_be32(&value, &read.renew) ||
        !tcpip_read_be32(&value, &read.rebind))
        return false;
    if (read.id != parse->lease_id || lease->id != 0)
        return true;
    if (read.renew <= read.rebind || read.rebind == 0) /* else it is to be ignored */
        *lease = read;
    while (next(&value, &code, &inner)) {
        if (code == OPTION_STATUS && !read_status(inner, &parse->reply->lease_status))
            return false;
        if (code == OPTION_ADDRESS && lease->id != 0 && !read_address(parse, inner))
            return false;
    }
    return value.left == 0;
}

static bool read_dns(struct dhcp6_reply *reply, struct tcpip_reader value)
{
    if (value.left == 0 || value.left % ADDRESS_SIZE != 0)
        return false;
    while (reply->dns_count < DHCP6_DNS_MOST &&
           tcpip_read_bytes(&value, reply->dns[reply->dns_count], ADDRESS_SIZE))
        reply->dns_count++;
    return true;
}

static bool read_client(struct parse *parse, struct tcpip_reader value)
{
    uint8_t duid[DHCP6_CLIENT_DUID];

    make_duid(duid, parse->mac);
    parse->for_us = value.left == sizeof duid && memcmp(value.at, duid, sizeof duid) == 0;
    return parse->for_us;
}

static bool read_server(struct dhcp6_duid *server, struct tcpip_reader value)
{
    if (value.left < 3 || value.left > DHCP6_DUID_MOST || server->size != 0)
        return false;
    server->size = (uint8_t)value.left;
    memcpy(server->bytes, value.at, value.left);
    return true;
}

static bool read_option(struct parse *parse, uint16_t code, struct tcpip_reader value)
{
    struct dhcp6_reply *reply = parse->reply;

    switch (code) {
    case OPTION_CLIENT:
        return read_client(parse, value);
    case OPTION_SERVER:
        return read_server(&reply->server, value);
    case OPTION_LEASE:
        return read_lease(parse, value);
    case OPTION_PREFERENCE:
        return value.left == 1 && tcpip_read_u8(&value, &reply->preference);
    case OPTION_STATUS:
        return read_status(value, &reply->status);
    case OPTION_DNS:
        return read_dns(reply, value);
    case OPTION_REFRESH:
        return value.left == 4 && tcpip_read_be32(&value, &reply->refresh);
    default:
        return true;
    }
}

bool tcpip_dhcp6_parse(const uint8_t *bytes, size_t size, const uint8_t mac[NETIF_MAC_SIZE],
                       uint32_t lease_id, struct dhcp6_reply *reply)
{
    struct parse parse = {.reply = reply, .mac = mac, .lease_id = lease_id};
    struct tcpip_reader list;
    struct tcpip_reader value;
    uint16_t code;

    memset(reply, 0, sizeof *reply);
    if (size < HEADER_SIZE || (bytes[0] != DHCP6_ADVERTISE && bytes[0] != DHCP6_REPLY))
        return false;
    reply->type = (enum dhcp6_type)bytes[0];
    reply->xid = tcpip_get_be32(bytes) % 0x1000000u;
    list = tcpip_reader_of(bytes + HEADER_SIZE, size - HEADER_SIZE);
    while (next(&list, &code, &value))
        if (!read_option(&parse, code, value))
            return false;
    return list.left == 0 && parse.for_us && reply->server.size != 0;
}

static bool put_option(struct tcpip_writer *writer, uint16_t code, const void *bytes, size_t size)
{
    return tcpip_write_be16(writer, code) && tcpip_write_be16(writer, (uint16_t)size) &&
           tcpip_write_bytes(writer, bytes, size);
}

static bool put_lease(struct tcpip_writer *writer, const struct dhcp6_lease *lease)
{
    size_t size = 12u + (lease->has_address ? HEADER_SIZE + ADDRESS_SIZE + 8u : 0);

    if (!tcpip_write_be16(writer, OPTION_LEASE) || !tcpip_write_be16(writer, (uint16_t)size) ||
        !tcpip_write_be32(writer, lease->id) || !tcpip_write_zeros(writer, 8))
        return false;
    return !lease->has_address || (tcpip_write_be16(writer, OPTION_ADDRESS) &&
                                   tcpip_write_be16(writer, ADDRESS_SIZE + 8) &&
                                   tcpip_write_bytes(writer, lease->address, ADDRESS_SIZE) &&
                                   tcpip_write_zeros(writer, 8));
}

/* RFC 8415 21.7: not where an address is only given back or looked after. */
static bool put_wishes(struct tcpip_writer *writer, enum dhcp6_type type)
{
    static const uint8_t wishes[] = {0, OPTION_DNS, 0, OPTION_DOMAINS, 0, OPTION_REFRESH};
    static const uint8_t without[] = {0, OPTION_DNS, 0, OPTION_REFRESH};
    bool domains = ipconfigDNS_LEARNT_DOMAINS > 0;
    size_t size = domains ? sizeof wishes : sizeof without;
    bool wants_refresh = type == DHCP6_INFORMATION_REQUEST;

    if (type == DHCP6_CONFIRM || type == DHCP6_RELEASE || type == DHCP6_DECLINE)
        return true;
    return put_option(writer, OPTION_WISHES, domains ? wishes : without,
                      wants_refresh ? size : size - 2);
}

size_t tcpip_dhcp6_build(uint8_t *bytes, size_t size, const struct dhcp6_request *request)
{
    struct tcpip_writer writer = tcpip_writer_of(bytes, size);
    uint8_t duid[DHCP6_CLIENT_DUID];
    uint8_t elapsed[2];

    make_duid(duid, request->mac);
    tcpip_put_be16(elapsed, request->elapsed);
    bool fits =
        tcpip_write_be32(&writer,
                         (uint32_t)request->type * 0x1000000u + request->xid % 0x1000000u) &&
        put_option(&writer, OPTION_CLIENT, duid, sizeof duid) &&
        put_option(&writer, OPTION_ELAPSED, elapsed, sizeof elapsed) &&
        (request->server == NULL ||
         put_option(&writer, OPTION_SERVER, request->server->bytes, request->server->size)) &&
        (!request->with_lease || put_lease(&writer, &request->lease)) &&
        put_wishes(&writer, request->type);
    return fits ? size - writer.left : 0;
}

#endif
