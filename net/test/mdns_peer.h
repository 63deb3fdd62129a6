/* SPDX-License-Identifier: MIT */
/*
 * Other hosts on the link of a host test that speak Multicast DNS and the like: what the stack sends
 * is kept with its time, what they say is written record by record.
 */
#pragma once

#include "world.h"

#include "wire/dns_writer.h"
#include "wire/mdns.h"

#define PEER_ADDRESS 0x0a000007u /* 10.0.0.7 */

enum { PEER_HEARD_MAX = 256 };

struct peer_heard {
    uint32_t at;
    struct tcpip_address destination;
    uint16_t source_port, destination_port;
    uint8_t time_to_live;
    struct dns_message message;
    struct dns_header header;
    uint8_t bytes[1500];
};

extern struct peer_heard peer_heard[PEER_HEARD_MAX];
extern size_t peer_count; /* messages of UDP that the stack sent */

/* Begins a world whose wire leads here, and forgets what was heard. */
void peer_begin(void);
void peer_forget(void);

/* The record in a section of what was heard; `owner` as text without the dot at its end, NULL: any.
 * False: there is none. */
bool peer_find(size_t index, enum dns_section section, const char *owner, uint16_t type,
               struct dns_record *record);
bool peer_has(size_t index, enum dns_section section, const char *owner, uint16_t type);

/* Compares a name in what was heard with a text. */
bool peer_is_name(size_t index, size_t at, const char *text);

/* Writing: begins a message, adds to it, sends it from an address and port to the group or to the
 * stack's own address. */
extern struct dns_writer peer_writer;
void peer_say(uint16_t id, uint16_t flags);
void peer_question(const char *name, uint16_t type, uint16_t class);
void peer_record(enum dns_section section, const char *name, uint16_t type, uint16_t class,
                 uint32_t ttl, const void *data, size_t size);
void peer_address(enum dns_section section, const char *name, uint16_t class, uint32_t ttl,
                  uint32_t address);
void peer_pointer(enum dns_section section, const char *name, uint32_t ttl, const char *to);
void peer_srv(enum dns_section section, const char *name, uint16_t class, uint32_t ttl,
              uint16_t port, const char *host);
void peer_send(void);
void peer_send_from(uint32_t address, uint16_t port, uint32_t destination);
void peer_send_to(uint32_t address, uint16_t port, uint32_t destination, uint16_t destination_port);

/* Fills every frame of the pool with a byte that no configuration and no query has. */
enum { PEER_TAINT = 0xa5 };
void peer_taint(void);

/* Nothing that was heard has that byte. */
void peer_check_clean(void);
