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

enum { HEADER_SIZE = 4, ADDRESS_SIZE = 16, ADDRESS_HEAD = 24, LEASE_HEAD = 12 };

struct parse {
    const uint8_t *mac;
    uint32_t lease_id;
    bool for_us;
};

/*@ requires tcpip_writable(duid, DHCP6_CLIENT_DUID) && tcpip_readable(mac, NETIF_MAC_SIZE);
    requires \separated(duid + (0 .. DHCP6_CLIENT_DUID - 1), mac + (0 .. NETIF_MAC_SIZE - 1));
    assigns duid[0 .. DHCP6_CLIENT_DUID - 1]; */
static void make_duid(uint8_t duid[DHCP6_CLIENT_DUID], const uint8_t mac[NETIF_MAC_SIZE])
{
    tcpip_put_be16(duid, DUID_OF_STATION);
    tcpip_put_be16(duid + 2, HARDWARE_ETHERNET);
    memcpy(duid + 4, mac, NETIF_MAC_SIZE);
}

/* The next option of a list. False: none, or cut off; then something is left. */
/*@ requires tcpip_can_read(list) && \valid(code) && \valid(value);
    requires \separated(list, code, value);
    requires \separated(code, list->at + (0 .. list->left - 1));
    requires \separated(value, list->at + (0 .. list->left - 1));
    assigns *list, *code, *value;
    ensures tcpip_read_on{Pre, Post}(list);
    ensures \result ==> list->left + HEADER_SIZE + value->left == \old(list->left);
    ensures \result ==> value->at == \old(list->at) + HEADER_SIZE; */
static bool next(struct tcpip_reader *list, uint16_t *code, struct tcpip_reader *value)
{
    if (list->left < HEADER_SIZE)
        return false;
    *code = tcpip_get_be16(list->at);
    value->at = list->at + HEADER_SIZE;
    value->left = tcpip_get_be16(list->at + 2);
    return tcpip_read_skip(list, HEADER_SIZE + value->left);
}

/*@ requires tcpip_readable(bytes, size) && \valid(worst);
    requires \separated(worst, bytes + (0 .. size - 1));
    assigns *worst; */
static bool read_status(const uint8_t *bytes, size_t size, uint16_t *worst)
{
    if (size < 2)
        return false;
    uint16_t status = tcpip_get_be16(bytes);
    if (status != DHCP6_SUCCESS)
        *worst = status;
    return true;
}

/* Of a list of options. */
/*@ requires tcpip_readable(bytes, size) && \valid(worst);
    requires \separated(worst, bytes + (0 .. size - 1));
    assigns *worst; */
static bool read_statuses(const uint8_t *bytes, size_t size, uint16_t *worst)
{
    struct tcpip_reader list = {bytes, size};
    struct tcpip_reader value;
    uint16_t code;

    /*@ loop invariant list.left <= size && list.at == bytes + (size - list.left);
        loop assigns list, code, value, *worst;
        loop variant list.left; */
    while (next(&list, &code, &value))
        if (code == OPTION_STATUS && !read_status(value.at, value.left, worst))
            return false;
    return list.left == 0;
}

/* RFC 8415 21.6. Of several addresses the first counts. */
/*@ requires tcpip_readable(bytes, size) && \valid(reply);
    requires \separated(reply, bytes + (0 .. size - 1));
    assigns reply->lease, reply->lease_status; */
static bool read_address(struct dhcp6_reply *reply, const uint8_t *bytes, size_t size)
{
    struct dhcp6_lease *lease = &reply->lease;

    if (size < ADDRESS_HEAD ||
        !read_statuses(bytes + ADDRESS_HEAD, size - ADDRESS_HEAD, &reply->lease_status))
        return false;
    uint32_t preferred = tcpip_get_be32(bytes + ADDRESS_SIZE);
    uint32_t valid = tcpip_get_be32(bytes + ADDRESS_SIZE + 4);
    if (!lease->has_address && preferred <= valid) {
        lease->has_address = true;
        memcpy(lease->address, bytes, ADDRESS_SIZE);
        lease->preferred = preferred;
        lease->valid = valid;
    }
    return true;
}

/*@ requires tcpip_readable(bytes, size) && \valid(reply);
    requires \separated(reply, bytes + (0 .. size - 1));
    assigns reply->lease, reply->lease_status; */
static bool read_addresses(struct dhcp6_reply *reply, const uint8_t *bytes, size_t size)
{
    struct tcpip_reader list = {bytes, size};
    struct tcpip_reader value;
    uint16_t code;

    /*@ loop invariant list.left <= size && list.at == bytes + (size - list.left);
        loop assigns list, code, value, reply->lease, reply->lease_status;
        loop variant list.left; */
    while (next(&list, &code, &value)) {
        if (code == OPTION_STATUS && !read_status(value.at, value.left, &reply->lease_status))
            return false;
        if (code == OPTION_ADDRESS && reply->lease.id != 0 &&
            !read_address(reply, value.at, value.left))
            return false;
    }
    return list.left == 0;
}

/* RFC 8415 21.4. */
/*@ requires tcpip_readable(bytes, size) && \valid(reply);
    requires \separated(reply, bytes + (0 .. size - 1));
    assigns reply->lease, reply->lease_status; */
static bool read_lease(struct dhcp6_reply *reply, uint32_t lease_id, const uint8_t *bytes,
                       size_t size)
{
    struct dhcp6_lease *lease = &reply->lease;

    if (size < LEASE_HEAD)
        return false;
    uint32_t id = tcpip_get_be32(bytes), renew = tcpip_get_be32(bytes + 4);
    uint32_t rebind = tcpip_get_be32(bytes + 8);
    if (id != lease_id || lease->id != 0)
        return true;
    if (renew <= rebind || rebind == 0) { /* else it is to be ignored */
        lease->id = id;
        lease->renew = renew;
        lease->rebind = rebind;
    }
    return read_addresses(reply, bytes + LEASE_HEAD, size - LEASE_HEAD);
}

/*@ requires tcpip_readable(bytes, size) && \valid(reply);
    requires reply->dns_count <= DHCP6_DNS_MOST;
    requires \separated(reply, bytes + (0 .. size - 1));
    assigns reply->dns_count, reply->dns[0 .. DHCP6_DNS_MOST - 1][0 .. ADDRESS_SIZE - 1];
    ensures reply->dns_count <= DHCP6_DNS_MOST; */
static bool read_dns(struct dhcp6_reply *reply, const uint8_t *bytes, size_t size)
{
    uint8_t count = reply->dns_count;

    if (size == 0 || size % ADDRESS_SIZE != 0)
        return false;
    /*@ loop invariant at <= size && at % ADDRESS_SIZE == 0 && count <= DHCP6_DNS_MOST;
        loop assigns at, count, reply->dns[0 .. DHCP6_DNS_MOST - 1][0 .. ADDRESS_SIZE - 1];
        loop variant size - at; */
    for (size_t at = 0; at < size && count < DHCP6_DNS_MOST; at += ADDRESS_SIZE) {
        memcpy(reply->dns[count], bytes + at, ADDRESS_SIZE);
        count++;
    }
    reply->dns_count = count;
    return true;
}

/*@ requires \valid(parse) && tcpip_readable(parse->mac, NETIF_MAC_SIZE);
    requires tcpip_readable(bytes, size);
    assigns parse->for_us; */
static bool read_client(struct parse *parse, const uint8_t *bytes, size_t size)
{
    uint8_t duid[DHCP6_CLIENT_DUID];

    make_duid(duid, parse->mac);
    parse->for_us = size == sizeof duid && memcmp(bytes, duid, sizeof duid) == 0;
    return parse->for_us;
}

/*@ requires tcpip_readable(bytes, size) && \valid(server);
    requires \separated(server, bytes + (0 .. size - 1));
    assigns *server; */
static bool read_server(struct dhcp6_duid *server, const uint8_t *bytes, size_t size)
{
    if (size < 3 || size > DHCP6_DUID_MOST || server->size != 0)
        return false;
    server->size = (uint8_t)size;
    memcpy(server->bytes, bytes, size);
    return true;
}

/*@ requires tcpip_readable(bytes, size) && \valid(reply) && \valid(parse);
    requires tcpip_readable(parse->mac, NETIF_MAC_SIZE);
    requires reply->dns_count <= DHCP6_DNS_MOST;
    requires \separated(reply, parse, bytes + (0 .. size - 1));
    assigns *reply, parse->for_us;
    ensures reply->dns_count <= DHCP6_DNS_MOST; */
static bool read_option(struct parse *parse, struct dhcp6_reply *reply, uint16_t code,
                        const uint8_t *bytes, size_t size)
{
    switch (code) {
    case OPTION_CLIENT:
        return read_client(parse, bytes, size);
    case OPTION_SERVER:
        return read_server(&reply->server, bytes, size);
    case OPTION_LEASE:
        return read_lease(reply, parse->lease_id, bytes, size);
    case OPTION_PREFERENCE:
        if (size == 1)
            reply->preference = bytes[0];
        return size == 1;
    case OPTION_STATUS:
        return read_status(bytes, size, &reply->status);
    case OPTION_DNS:
        return read_dns(reply, bytes, size);
    case OPTION_REFRESH:
        if (size == 4)
            reply->refresh = tcpip_get_be32(bytes);
        return size == 4;
    default:
        return true;
    }
}

/*@ requires tcpip_readable(bytes, size) && \valid(reply) && \valid(parse);
    requires tcpip_readable(parse->mac, NETIF_MAC_SIZE);
    requires reply->dns_count <= DHCP6_DNS_MOST;
    requires \separated(reply, parse, bytes + (0 .. size - 1));
    assigns *reply, parse->for_us;
    ensures reply->dns_count <= DHCP6_DNS_MOST; */
static bool read_options(struct parse *parse, struct dhcp6_reply *reply, const uint8_t *bytes,
                         size_t size)
{
    struct tcpip_reader list = {bytes, size};
    struct tcpip_reader value;
    uint16_t code;

    /*@ loop invariant list.left <= size && list.at == bytes + (size - list.left);
        loop invariant reply->dns_count <= DHCP6_DNS_MOST;
        loop invariant parse->mac == \at(parse->mac, Pre);
        loop assigns list, code, value, *reply, parse->for_us;
        loop variant list.left; */
    while (next(&list, &code, &value))
        if (!read_option(parse, reply, code, value.at, value.left))
            return false;
    return list.left == 0;
}

/*@ requires \valid(reply);
    assigns *reply;
    ensures reply->dns_count == 0; */
static void clear(struct dhcp6_reply *reply)
{
    *reply = (struct dhcp6_reply){0};
    reply->dns_count = 0; /* for provers, to whom a structure is one value */
}

bool tcpip_dhcp6_parse(const uint8_t *bytes, size_t size, const uint8_t mac[NETIF_MAC_SIZE],
                       uint32_t lease_id, struct dhcp6_reply *reply)
{
    struct parse parse = {.mac = mac, .lease_id = lease_id};

    clear(reply);
    if (size < HEADER_SIZE || (bytes[0] != DHCP6_ADVERTISE && bytes[0] != DHCP6_REPLY))
        return false;
    reply->type = (enum dhcp6_type)bytes[0];
    reply->xid = tcpip_get_be32(bytes) % 0x1000000u;
    return read_options(&parse, reply, bytes + HEADER_SIZE, size - HEADER_SIZE) && parse.for_us &&
           reply->server.size != 0;
}

/*@ requires tcpip_can_write(writer);
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static bool put_header(struct tcpip_writer *writer, uint16_t code, size_t size)
{
    return tcpip_write_be16(writer, code) && tcpip_write_be16(writer, (uint16_t)size);
}

/*@ requires tcpip_can_write(writer) && tcpip_readable(bytes, size);
    requires \separated(bytes + (0 .. size - 1), writer, writer->at + (0 .. writer->left - 1));
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static bool put_option(struct tcpip_writer *writer, uint16_t code, const uint8_t *bytes,
                       size_t size)
{
    return put_header(writer, code, size) && tcpip_write_bytes(writer, bytes, size);
}

/*@ requires tcpip_can_write(writer) && tcpip_readable(address, ADDRESS_SIZE);
    requires \separated(address + (0 .. ADDRESS_SIZE - 1), writer,
                        writer->at + (0 .. writer->left - 1));
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static bool put_address(struct tcpip_writer *writer, const uint8_t *address)
{
    return put_header(writer, OPTION_ADDRESS, ADDRESS_HEAD) &&
           tcpip_write_bytes(writer, address, ADDRESS_SIZE) &&
           tcpip_write_zeros(writer, ADDRESS_HEAD - ADDRESS_SIZE);
}

/*@ requires tcpip_can_write(writer) && \valid_read(lease);
    requires \separated(lease, writer, writer->at + (0 .. writer->left - 1));
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static bool put_lease(struct tcpip_writer *writer, const struct dhcp6_lease *lease)
{
    bool has_address = lease->has_address;
    size_t size = LEASE_HEAD + (has_address ? HEADER_SIZE + (size_t)ADDRESS_HEAD : 0);

    return put_header(writer, OPTION_LEASE, size) && tcpip_write_be32(writer, lease->id) &&
           tcpip_write_zeros(writer, LEASE_HEAD - 4) &&
           (!has_address || put_address(writer, lease->address));
}

/* RFC 8415 21.7: not where an address is only given back or looked after. */
/*@ requires tcpip_can_write(writer);
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static bool put_wishes(struct tcpip_writer *writer, enum dhcp6_type type)
{
    bool domains = ipconfigDNS_LEARNT_DOMAINS > 0;
    bool refresh = type == DHCP6_INFORMATION_REQUEST;

    if (type == DHCP6_CONFIRM || type == DHCP6_RELEASE || type == DHCP6_DECLINE)
        return true;
    return put_header(writer, OPTION_WISHES, 2u + (domains ? 2u : 0) + (refresh ? 2u : 0)) &&
           tcpip_write_be16(writer, OPTION_DNS) &&
           (!domains || tcpip_write_be16(writer, OPTION_DOMAINS)) &&
           (!refresh || tcpip_write_be16(writer, OPTION_REFRESH));
}

/*@ requires tcpip_can_write(writer) && \valid_read(request);
    requires \separated(request, writer, writer->at + (0 .. writer->left - 1));
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static bool put_head(struct tcpip_writer *writer, const struct dhcp6_request *request)
{
    uint8_t duid[DHCP6_CLIENT_DUID];
    uint8_t elapsed[2];
    uint32_t type = (uint8_t)request->type;

    make_duid(duid, request->mac);
    tcpip_put_be16(elapsed, request->elapsed);
    return tcpip_write_be32(writer, type * 0x1000000u + request->xid % 0x1000000u) &&
           put_option(writer, OPTION_CLIENT, duid, sizeof duid) &&
           put_option(writer, OPTION_ELAPSED, elapsed, sizeof elapsed);
}

/*@ requires tcpip_can_write(writer);
    requires server != \null ==> \valid_read(server) && server->size <= DHCP6_DUID_MOST;
    requires \separated(server, writer, writer->at + (0 .. writer->left - 1));
    assigns *writer, writer->at[0 .. writer->left - 1];
    ensures tcpip_written_on{Pre, Post}(writer); */
static bool put_server(struct tcpip_writer *writer, const struct dhcp6_duid *server)
{
    return server == NULL || put_option(writer, OPTION_SERVER, server->bytes, server->size);
}

size_t tcpip_dhcp6_build(uint8_t *bytes, size_t size, const struct dhcp6_request *request)
{
    struct tcpip_writer writer = {bytes, size};
    const struct dhcp6_duid *server = request->server;

    if (!put_head(&writer, request) || !put_server(&writer, server) ||
        (request->with_lease && !put_lease(&writer, &request->lease)) ||
        !put_wishes(&writer, request->type))
        return 0;
    return size - writer.left;
}

#endif
