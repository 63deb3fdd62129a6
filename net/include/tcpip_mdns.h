/* SPDX-License-Identifier: MIT */
/*
 * Names and services on the link without a server: Multicast DNS (RFC 6762) and DNS-based service
 * discovery (RFC 6763). With ipconfigUSE_MDNS.
 *
 * Once a host name is claimed, this host answers to "name.local" on every interface. Services are
 * found by their type, "_http._tcp", and known by their instance, "Lamp in the hall": together they
 * lead to a host, a port and a few attributes. Names of others are looked up by the functions of
 * FreeRTOS_DNS.h: whatever ends in ".local" is asked for on the link.
 *
 * All functions but the callbacks are called from tasks while the stack runs, and wait for the
 * stack's task only. Callbacks run in the stack's task and must not wait for the stack; they may call
 * nothing here. When the stack ends everything here ends with it, with a goodbye.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"

#ifdef __cplusplus
extern "C" {
#endif

#define TCPIP_MDNS_LABEL_SIZE 64   /* a host's or an instance's name with its final zero */
#define TCPIP_MDNS_TXT_MAX    1000 /* bytes of a service's attributes */

/* How far a name is ours; the stack's own. */
struct tcpip_mdns_claim {
    uint8_t phase;
    uint8_t sent;    /* messages in this phase */
    uint16_t number; /* behind the name, when it was taken without; 0: none */
    uint32_t due;    /* ms */
};

/* Claims `host`, up to 63 bytes without a dot, on every interface, now and whenever one comes up; a
 * taken name gets a number: "lamp-2". `claimed`, if not NULL, is told the name that became ours. The
 * text must stay. What was there before ends. False: not such a name, or the stack does not run. */
bool tcpip_mdns_start(const char *host, void (*claimed)(const char *host));

/* Says goodbye for the host and all its services, and forgets them. */
void tcpip_mdns_stop(void);

/* A service of this host. The application stores it, fills the first part, and leaves it and what it
 * points to unchanged while it is registered. */
struct tcpip_mdns_service {
    const char *instance; /* up to 63 bytes of UTF-8, any but zero; NULL: the name of the host */
    const char *type;     /* "_http._tcp" */
    const char *subtype;  /* "_printer" to be found by it as well (RFC 6763 7.1); NULL: none */
    uint16_t port;        /* host order */
    uint16_t txt_size;
    const uint8_t *txt; /* "\x06" "path=/" and so on: strings behind their lengths; may be NULL */

    /* Told the instance that became ours: as wished, or "Lamp (2)" when it was taken. May be NULL. */
    void (*claimed)(struct tcpip_mdns_service *service, const char *instance);

    struct tcpip_mdns_claim claim; /* the stack's own */
};

/* Offers a service. False: tcpip_mdns_start was not called, there are ipconfigMDNS_SERVICES already,
 * or it is not sound: names too long, or more than TCPIP_MDNS_TXT_MAX bytes of attributes. */
bool tcpip_mdns_add_service(struct tcpip_mdns_service *service);

/* Takes other attributes, which are announced. False: not registered, or not sound. */
bool tcpip_mdns_set_txt(struct tcpip_mdns_service *service, const uint8_t *txt, size_t size);

/* Says goodbye. The struct is the application's again. Harmless when it is not registered. */
void tcpip_mdns_remove_service(struct tcpip_mdns_service *service);

/* Watching for services of a type. The application stores it and fills the first part. */
struct tcpip_mdns_browse {
    const char *type; /* "_http._tcp", or "_printer._sub._http._tcp" */

    /* A service has come, or has gone. */
    void (*changed)(struct tcpip_mdns_browse *browse, const char *instance, bool there);
    void *context; /* the application's */

    struct tcpip_mdns_browse *next; /* the stack's own from here */
    uint32_t asked, due;
    uint32_t pause; /* ms between questions */
};

/* Tells of what is found until it is ended. At most ipconfigMDNS_INSTANCES services are remembered
 * over all; more are not told of. False: not sound, or the stack does not run. */
bool tcpip_mdns_browse(struct tcpip_mdns_browse *browse);

/* The struct is the application's again. Harmless when it was not begun. */
void tcpip_mdns_end_browse(struct tcpip_mdns_browse *browse);

/* What an instance leads to. The caller provides room for the attributes, or none. */
struct tcpip_mdns_target {
    char host[ipconfigDNS_CACHE_NAME_LENGTH]; /* for FreeRTOS_getaddrinfo: "lamp.local" */
    uint16_t port;                            /* host order */
    uint8_t *txt;
    size_t txt_room;
    size_t txt_size; /* of all attributes; more than txt_room: those that fit were copied */
};

/* Asks for an instance of a service, up to `wait_ms`. False: nobody answered. */
bool tcpip_mdns_resolve(const char *instance, const char *type, struct tcpip_mdns_target *target,
                        uint32_t wait_ms);

/* Steps through the strings of attributes: "key=value", or "key" alone; `*at` begins with 0 and is
 * moved on. The string has no final zero. NULL: the end. */
const char *tcpip_mdns_next_txt(const uint8_t *txt, size_t size, size_t *at, size_t *length);

#ifdef __cplusplus
}
#endif
