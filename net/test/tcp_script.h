/* SPDX-License-Identifier: MIT */
/*
 * A packet script: one engine, and a peer that is played by the test. "Inject this segment, expect
 * that one by then", in virtual milliseconds and in sequence numbers that begin at 0 on both sides.
 * This is the player, with a notation in C; scripts/ has scripts in files (tcp_script_file.h).
 *
 *     struct script s;
 *     script_established(&s, 0);
 *     in(&s, "A", 1, 1, 100);      a segment arrives: flags, SEQ, ACK, bytes of payload
 *     out(&s, 100, "A", 1, 101, 0);  within 100 ms exactly this one leaves
 *     quiet(&s, 1000);             and then none for a second
 *
 * Flags are letters of "SFRPAU"; PSH is ignored when expected here. Payload byte number n of the
 * stream is (uint8_t)(n * 7), either way, and is checked.
 */
#pragma once

#include "linnet_test.h"
#include "tcp/tcp.h"

#define SCRIPT_LOCAL_PORT 80
#define SCRIPT_PEER_PORT  4000
#define SCRIPT_SENT       256

/* A segment of the engine. */
struct script_sent {
    struct tcpip_tcp_header header;
    struct tcpip_tcp_options options;
    uint32_t size, when;
};

/* A segment of the peer, in the script's own numbers. */
struct script_segment {
    uint8_t flags; /* of enum tcpip_tcp_flag */
    uint32_t sequence, acknowledgement, size;
    uint16_t window, urgent;
    bool other_bytes;                 /* the payload is not the stream's */
    struct tcpip_tcp_options options; /* as they are in the segment, no number is relative */
};

struct script {
    struct tcpip_tcp_environment environment;
    struct tcpip_deadline *timers;
    uint32_t refused[TCPIP_TCP_REFUSED_REASONS];
    struct tcpip_tcp_host host;
    struct tcpip_address local, peer;
    uint16_t peer_port;
    struct tcpip_tcp_connection *connection;
    struct tcpip_tcp_listener listener;
    unsigned events;
    uint32_t own_base, peer_base; /* initial sequence numbers */
    struct tcpip_tcp_settings settings;
    struct tcpip_tcp_owner owner;
    uint16_t route_mss;
    uint16_t window; /* that the peer advertises */
    uint16_t mss;    /* in its SYN; 0: no option */
    uint16_t urgent;
    struct script_sent sent[SCRIPT_SENT];
    unsigned sent_count, seen;
    unsigned transmit_fails, allocate_fails; /* the next so many fail */
    size_t allocated;
    struct test_random random;
};

void script_init(struct script *script, const struct tcpip_tcp_config *config);
void script_deinit(struct script *script); /* nothing may be left allocated */

void script_listen(struct script *script, uint16_t backlog);
void script_connect(struct script *script);
void script_open(struct script *script); /* connects and sees the SYN leave */
void script_accept(struct script *script);

/* The connection between the two addresses and ports, or NULL. */
struct tcpip_tcp_connection *script_current(const struct script *script);

void script_inject(struct script *script, const struct script_segment *segment);

/* Runs timers, one by one, until something left that was not yet looked at, or the time is over. */
void script_wait(struct script *script, uint32_t duration);

/* In each state of RFC 9293, after the shortest way there. */
void script_established(struct script *script, uint8_t options); /* by active open */
void script_reach(struct script *script, enum tcpip_tcp_state state);

uint8_t script_flags(const char *letters);

void in(struct script *script, const char *flags, uint32_t sequence, uint32_t acknowledgement,
        uint32_t size);
void out_at(struct script *script, uint32_t within, const char *flags, uint32_t sequence,
            uint32_t acknowledgement, uint32_t size, const char *file, int line);
void quiet_at(struct script *script, uint32_t duration, const char *file, int line);
void state_at(const struct script *script, enum tcpip_tcp_state state, const char *file, int line);

#define out(script, within, flags, sequence, acknowledgement, size)                                \
    out_at(script, within, flags, sequence, acknowledgement, size, __FILE__, __LINE__)
#define quiet(script, duration) quiet_at(script, duration, __FILE__, __LINE__)
#define state(script, wanted)   state_at(script, wanted, __FILE__, __LINE__)

/* The application: writes the next bytes of the pattern; reads and checks all there is. */
void app_write(struct script *script, uint32_t size);
uint32_t app_read(struct script *script);

/* Runs timers for so long without looking at what leaves. */
void pass_time(struct script *script, uint32_t duration);

/* What has left since the last look is forgotten; returns how many segments. */
unsigned forget_sent(struct script *script);
