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

enum { DUID_OF_STATION = 3, HARDWARE_ETHERNET = 1 };

enum { HEADER_SIZE = 4, ADDRESS_SIZE = 16, LEASE_HEAD = 12 };

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
    if (list->left < HEADER_SIZE)
        return false;
    *code = tcpip_get_be16(list->at);
    value->at = list->at + HEADER_SIZE;
    value->left = tcpip_get_be16(list->at + 2);
    return tcpip_read_skip(list, HEADER_SIZE + value->left);
}

static bool read_status(const struct tcpip_reader *value, uint16_t *worst)
{
    if (value->left < 2)
        return false;
    uint16_t status = tcpip_get_be16(value->at);
    if (status != DHCP6_SUCCESS)
        *worst = status;
    return true;
}

/* RFC 8415 21.6. Of several addresses the first counts. */
static bool read_address(struct dhcp6_reply *reply, struct tcpip_reader *value)
{
    struct dhcp6_lease *lease = &reply->lease;
    const uint8_t *at = value->at;
    struct tcpip_reader inner;
    uint16_t code;

    if (!tcpip_read_skip(value, ADDRESS_SIZE + 8))
        return false;
    while (next(value, &code, &inner))
        if (code == OPTION_STATUS && !read_status(&inner, &reply->lease_status))
            return false;
    uint32_t preferred = tcpip_get_be32(at + ADDRESS_SIZE);
    uint32_t valid = tcpip_get_be32(at + ADDRESS_SIZE + 4);
    if (!lease->has_address && preferred <= valid) {
        lease->has_address = true;
        memcpy(lease->address, at, ADDRESS_SIZE);
        lease->preferred = preferred;
        lease->valid = valid;
    }
    return value->left == 0;
}

/* RFC 8415 21.4. */
static bool read_lease(struct dhcp6_reply *reply, uint32_t lease_id, struct tcpip_reader *value)
{
    struct dhcp6_lease *lease = &reply->lease;
    const uint8_t *at = value->at;
    struct tcpip_reader inner;
    uint16_t code;

    if (!tcpip_read_skip(value, LEASE_HEAD))
        return false;
    uint32_t id = tcpip_get_be32(at), renew = tcpip_get_be32(at + 4);
    uint32_t rebind = tcpip_get_be32(at + 8);
    if (id != lease_id || lease->id != 0)
        return true;
    if (renew <= rebind || rebind == 0) { /* else it is to be ignored */
        lease->id = id;
        lease->renew = renew;
        lease->rebind = rebind;
    }
    while (next(value, &code, &inner)) {
        if (code == OPTION_STATUS && !read_status(&inner, &reply->lease_status))
            return false;
        if (code == OPTION_ADDRESS && lease->id != 0 && !read_address(reply, &inner))
            return false;
    }
    return value->left == 0;
}

static bool read_dns(struct dhcp6_reply *reply, struct tcpip_reader *value)
{
    if (value->left == 0 || value->left % ADDRESS_SIZE != 0)
        return false;
    while (reply->dns_count < DHCP6_DNS_MOST &&
           tcpip_read_bytes(value, reply->dns[reply->dns_count], ADDRESS_SIZE))
        reply->dns_count++;
    return true;
}

static bool read_client(struct parse *parse, const struct tcpip_reader *value)
{
    uint8_t duid[DHCP6_CLIENT_DUID];

    make_duid(duid, parse->mac);
    parse->for_us = value->left == sizeof duid && memcmp(value->at, duid, sizeof duid) == 0;
    return parse->for_us;
}

static bool read_server(struct dhcp6_duid *server, const struct tcpip_reader *value)
{
    if (value->left < 3 || value->left > DHCP6_DUID_MOST || server->size != 0)
        return false;
    server->size = (uint8_t)value->left;
    memcpy(server->bytes, value->at, value->left);
    return true;
}

static bool read_option(struct parse *parse, uint16_t code, struct tcpip_reader *value)
{
    struct dhcp6_reply *reply = parse->reply;

    switch (code) {
    case OPTION_CLIENT:
        return read_client(parse, value);
    case OPTION_SERVER:
        return read_server(&reply->server, value);
    case OPTION_LEASE:
        return read_lease(reply, parse->lease_id, value);
    case OPTION_PREFERENCE:
        return value->left == 1 && tcpip_read_u8(value, &reply->preference);
    case OPTION_STATUS:
        return read_status(value, &reply->status);
    case OPTION_DNS:
        return read_dns(reply, value);
    case OPTION_REFRESH:
        return value->left == 4 && tcpip_read_be32(value, &reply->refresh);
    default:
        return true;
    }
}

static bool read_options(struct parse *parse, struct tcpip_reader *list)
{
    struct tcpip_reader value;
    uint16_t code;

    while (next(list, &code, &value))
        if (!read_option(parse, code, &value))
            return false;
    return list->left == 0;
}

bool tcpip_dhcp6_parse(const uint8_t *bytes, size_t size, const uint8_t mac[NETIF_MAC_SIZE],
                       uint32_t lease_id, struct dhcp6_reply *reply)
{
    struct parse parse = {.reply = reply, .mac = mac, .lease_id = lease_id};
    struct tcpip_reader list = tcpip_reader_of(bytes, size);

    memset(reply, 0, sizeof *reply);
    if (!tcpip_read_skip(&list, HEADER_SIZE) ||
        (bytes[0] != DHCP6_ADVERTISE && bytes[0] != DHCP6_REPLY))
        return false;
    reply->type = (enum dhcp6_type)bytes[0];
    reply->xid = tcpip_get_be32(bytes) % 0x1000000u;
    return read_options(&parse, &list) && parse.for_us && reply->server.size != 0;
}

static bool put_option(struct tcpip_writer *writer, uint16_t code, const void *bytes, size_t size)
{
    return tcpip_write_be16(writer, code) && tcpip_write_be16(writer, (uint16_t)size) &&
           tcpip_write_bytes(writer, bytes, size);
}

static bool put_lease(struct tcpip_writer *writer, const struct dhcp6_lease *lease)
{
    size_t size = LEASE_HEAD + (lease->has_address ? HEADER_SIZE + ADDRESS_SIZE + 8u : 0);

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
