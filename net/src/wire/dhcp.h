/* SPDX-License-Identifier: MIT */
/*
 * DHCP messages (RFC 2131, RFC 2132): the fixed part and the options that a client uses. Addresses
 * are in host order.
 */
#pragma once

#include "netif.h"
#include "wire/bytes.h"

enum dhcp_type {
    DHCP_DISCOVER = 1,
    DHCP_OFFER = 2,
    DHCP_REQUEST = 3,
    DHCP_DECLINE = 4,
    DHCP_ACK = 5,
    DHCP_NAK = 6,
    DHCP_RELEASE = 7,
};

enum {
    DHCP_SERVER_PORT = 67,
    DHCP_CLIENT_PORT = 68,
    DHCP_MESSAGE_SIZE = 340, /* every option, the longest name; RFC 1542 2.1: not below 300 */
    DHCP_DNS_MAX = 16,
    DHCP_NAME_MAX = 63,
};

/* Numbers of a reply. */
enum dhcp_number {
    DHCP_SERVER,
    DHCP_MASK,
    DHCP_LEASE_TIME, /* in seconds; so are the next two */
    DHCP_RENEWAL_TIME,
    DHCP_REBINDING_TIME,
    DHCP_ROUTER,
    DHCP_DNS, /* and behind it, up to the first 0 */
    DHCP_NUMBERS = DHCP_DNS + DHCP_DNS_MAX,
};

#define DHCP_LEASE_FOREVER UINT32_MAX

/* A server's message. What was not there is 0. */
struct dhcp_reply {
    uint8_t type; /* of enum dhcp_type */
    uint8_t overload;
    uint8_t mac[NETIF_MAC_SIZE];
    uint32_t xid;
    uint32_t your_address;
    uint32_t numbers[DHCP_NUMBERS]; /* by enum dhcp_number */
};

/* A client's message. What is 0 or NULL is left out. */
struct dhcp_request {
    enum dhcp_type type;
    uint32_t xid;
    uint16_t seconds;
    uint32_t client_address; /* the one in use */
    uint8_t mac[NETIF_MAC_SIZE];
    uint32_t requested;
    uint32_t server;
    const char *host_name; /* cut to DHCP_NAME_MAX */
};

/* False: not a reply to an Ethernet client, no message type, or an option that is cut off, has a
 * wrong size, or stands where it must not. */
/*@ requires tcpip_readable(bytes, size) && \valid(reply);
    requires \separated(reply, bytes + (0 .. size - 1));
    assigns *reply;
    ensures \result ==> 1 <= reply->type <= DHCP_RELEASE; */
bool tcpip_dhcp_parse(const uint8_t *bytes, size_t size, struct dhcp_reply *reply);

/* Writes DHCP_MESSAGE_SIZE bytes. False: no room. */
/*@ requires tcpip_writable(bytes, size) && \valid_read(request);
    requires request->host_name != \null ==> tcpip_is_text(request->host_name);
    requires \separated(bytes + (0 .. size - 1), request);
    assigns bytes[0 .. size - 1];
    ensures \result <==> size >= DHCP_MESSAGE_SIZE; */
bool tcpip_dhcp_build(uint8_t *bytes, size_t size, const struct dhcp_request *request);
