/* SPDX-License-Identifier: MIT */
/*
 * DHCPv6 messages (RFC 8415) and the options that a client uses: one address (IA_NA), and what it can
 * ask for without one.
 */
#pragma once

#include "netif.h"
#include "wire/bytes.h"

enum dhcp6_type {
    DHCP6_SOLICIT = 1,
    DHCP6_ADVERTISE = 2,
    DHCP6_REQUEST = 3,
    DHCP6_CONFIRM = 4,
    DHCP6_RENEW = 5,
    DHCP6_REBIND = 6,
    DHCP6_REPLY = 7,
    DHCP6_RELEASE = 8,
    DHCP6_DECLINE = 9,
    DHCP6_INFORMATION_REQUEST = 11,
};

enum dhcp6_status {
    DHCP6_SUCCESS = 0,
    DHCP6_UNSPECIFIED = 1,
    DHCP6_NO_ADDRESSES = 2,
    DHCP6_NO_BINDING = 3,
    DHCP6_NOT_ON_LINK = 4,
};

enum {
    DHCP6_CLIENT_PORT = 546,
    DHCP6_SERVER_PORT = 547,
    DHCP6_DUID_MOST = 130,    /* RFC 8415 11.1 */
    DHCP6_CLIENT_DUID = 10,   /* of type 3: the station's address */
    DHCP6_MESSAGE_MOST = 256, /* bytes of what we send */
    DHCP6_DNS_MOST = 16,
};

#define DHCP6_FOREVER UINT32_MAX

struct dhcp6_duid {
    uint8_t size; /* 0: none */
    uint8_t bytes[DHCP6_DUID_MOST];
};

/* An address, for which a client is known by `id`. */
struct dhcp6_lease {
    uint32_t id;
    uint32_t renew; /* T1 and T2 in seconds; 0: as the client likes */
    uint32_t rebind;
    bool has_address;
    uint8_t address[16];
    uint32_t preferred; /* seconds */
    uint32_t valid;
};

/* A server's message for this client. What was not there is 0. */
struct dhcp6_reply {
    enum dhcp6_type type;
    uint32_t xid; /* 24 bits */
    struct dhcp6_duid server;
    uint8_t preference;
    uint16_t status;       /* of the message; of enum dhcp6_status or another failure */
    uint16_t lease_status; /* of the lease or its address, the worse of them */
    struct dhcp6_lease lease;
    uint32_t refresh; /* seconds until to ask for information again */
    uint8_t dns_count;
    uint8_t dns[DHCP6_DNS_MOST][16];
};

struct dhcp6_request {
    enum dhcp6_type type;
    uint32_t xid;
    uint16_t elapsed; /* hundredths of a second */
    uint8_t mac[NETIF_MAC_SIZE];
    const struct dhcp6_duid *server; /* NULL: any */
    bool with_lease;
    struct dhcp6_lease lease; /* its id and, if it has one, its address */
};

/* False: not a server's message, not for the client with this station, without a server's name, or an
 * option that is cut off, has a wrong size or stands where it must not. A lease for which the client
 * goes by another id than `lease_id` is left out. */
/*@ requires tcpip_readable(bytes, size) && tcpip_readable(mac, NETIF_MAC_SIZE) && \valid(reply);
    requires \separated(reply, bytes + (0 .. size - 1));
    assigns *reply;
    ensures reply->dns_count <= DHCP6_DNS_MOST; */
bool tcpip_dhcp6_parse(const uint8_t *bytes, size_t size, const uint8_t mac[NETIF_MAC_SIZE],
                       uint32_t lease_id, struct dhcp6_reply *reply);

/* Returns the size, at most DHCP6_MESSAGE_MOST; 0: it does not fit. */
/*@ requires tcpip_writable(bytes, size) && \valid_read(request);
    requires request->server != \null ==>
             \valid_read(request->server) && request->server->size <= DHCP6_DUID_MOST;
    requires \separated(bytes + (0 .. size - 1), request, request->server);
    assigns bytes[0 .. size - 1];
    ensures \result <= size; */
size_t tcpip_dhcp6_build(uint8_t *bytes, size_t size, const struct dhcp6_request *request);
