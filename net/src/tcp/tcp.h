/* SPDX-License-Identifier: MIT */
/*
 * The TCP engine (RFC 9293): what the socket layer and the IP layer see of it.
 *
 * The engine knows no operating system. One task runs it: every function here is called from that
 * task alone, which sets the clock of the host before; segments leave through a callback. The only
 * things that another task may touch are a connection's two rings: it writes `send` and reads
 * `receive`, then has the engine's task call tcpip_tcp_service().
 *
 * Life of a connection: made by tcpip_tcp_open() or by a listener, owned by whoever holds it until
 * tcpip_tcp_close() or tcpip_tcp_abort(). A connection that failed stays, in state CLOSED with its
 * error and with what had been received, until its owner closes it. A closed one finishes its
 * exchange with the peer by itself and is then freed. Events come last in every call, when the
 * engine has let go of the connection: the handler may call anything here.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "FreeRTOSIPConfigDefaults.h"
#include "tcpip.h"

#include "core/address.h"
#include "core/deadline.h"
#include "core/route.h"
#include "core/timer.h"
#include "tcp/list.h"
#include "tcp/reassembly.h"
#include "tcp/ring.h"
#include "wire/tcp.h"

enum tcpip_tcp_state {
    TCPIP_TCP_CLOSED,
    TCPIP_TCP_LISTEN,
    TCPIP_TCP_SYN_SENT,
    TCPIP_TCP_SYN_RECEIVED,
    TCPIP_TCP_ESTABLISHED,
    TCPIP_TCP_FIN_WAIT_1,
    TCPIP_TCP_FIN_WAIT_2,
    TCPIP_TCP_CLOSE_WAIT,
    TCPIP_TCP_CLOSING,
    TCPIP_TCP_LAST_ACK,
    TCPIP_TCP_TIME_WAIT,
};

enum tcpip_tcp_error {
    TCPIP_TCP_OK,
    TCPIP_TCP_REFUSED,   /* the peer answered our SYN with RST */
    TCPIP_TCP_RESET,     /* the peer reset an established connection */
    TCPIP_TCP_TIMED_OUT, /* no answer: SYN, data, probe or keep-alive repeated too often */
    TCPIP_TCP_ABORTED,   /* ended from this side */
    TCPIP_TCP_NO_MEMORY,
};

/* What happened to a connection; several may come at once. */
enum tcpip_tcp_event {
    TCPIP_TCP_EVENT_CONNECTED = 1,
    TCPIP_TCP_EVENT_READABLE = 2,
    TCPIP_TCP_EVENT_WRITABLE = 4,    /* the peer acknowledged data: there is room */
    TCPIP_TCP_EVENT_PEER_CLOSED = 8, /* FIN: nothing follows what the ring holds */
    TCPIP_TCP_EVENT_ERROR = 16,      /* state is CLOSED, `error` says why */
    TCPIP_TCP_EVENT_CLOSED = 32,     /* both directions ended in order */
};

enum tcpip_tcp_option_flag {
    TCPIP_TCP_NO_DELAY = 1, /* Nagle's algorithm off */
    TCPIP_TCP_NO_DELAYED_ACK = 2,
    TCPIP_TCP_KEEP_ALIVE = 4,
    TCPIP_TCP_STOP_RECEIVE = 8, /* the window is opened no further */
    TCPIP_TCP_HOLD_SMALL = 16,  /* send full segments only, until the direction is shut down */
};

enum tcpip_tcp_timer {
    TCPIP_TCP_TIMER_RETRANSMIT,
    TCPIP_TCP_TIMER_PERSIST,
    TCPIP_TCP_TIMER_DELAYED_ACK,
    TCPIP_TCP_TIMER_KEEP_ALIVE,
    TCPIP_TCP_TIMER_LIFETIME, /* TIME-WAIT, and FIN-WAIT-2 of a closed connection */
#if ipconfigUSE_TCP_TIMESTAMPS
    TCPIP_TCP_TIMER_TIMESTAMPS, /* what the peer's clock last said is too old to compare with */
#endif
    TCPIP_TCP_TIMERS,
};

/* What both SYNs had. */
enum tcpip_tcp_agreement {
    TCPIP_TCP_AGREED_SCALING = 1,
    TCPIP_TCP_AGREED_TIMESTAMPS = 2,
    TCPIP_TCP_AGREED_SACK = 4,
};

struct tcpip_tcp_host;
struct tcpip_tcp_listener;
struct tcpip_tcp_connection;

/* Whoever holds a connection or a listener is told through it. */
struct tcpip_tcp_owner {
    void (*event)(struct tcpip_tcp_owner *owner, struct tcpip_tcp_connection *connection,
                  unsigned events);

    /* A connection waits at a listener: take it with tcpip_tcp_accept(). */
    void (*incoming)(struct tcpip_tcp_owner *owner, struct tcpip_tcp_listener *listener);
};

/* The two ends of a connection. */
struct tcpip_tcp_endpoints {
    struct tcpip_address local, remote;
    uint16_t local_port, remote_port;
};

/* The surroundings': how a connection's segments leave. */
struct tcpip_tcp_way {
    struct tcpip_route route;
    uint32_t as_of; /* core/route.h says when it is outdated; 0: not known */
    uint32_t sum;   /* of the pseudo header, without a length */
};

struct tcpip_tcp_rtt {
    uint32_t timeout;
    uint32_t sequence, since;      /* the segment being timed */
    uint32_t smoothed8, variance4; /* RFC 6298's SRTT * 8 and RTTVAR * 4 */
};

struct tcpip_tcp_congestion {
    uint32_t window, threshold, recover;
};

#if ipconfigUSE_TCP_TIMESTAMPS
struct tcpip_tcp_timestamps {
    uint32_t offset;       /* of what we send to the clock */
    uint32_t recent;       /* RFC 7323's TS.Recent */
    uint32_t acknowledged; /* and Last.ACK.sent */
    bool recent_counts;    /* it is not too old */
};
#endif

#if ipconfigUSE_TCP_SACK
/* RFC 6675, as the sender; which segments came last (RFC 2018 section 4), as the receiver. */
struct tcpip_tcp_sack {
    struct tcpip_ranges peer_has; /* of what is in flight */
    uint32_t high_retransmitted;  /* HighRxt: the end of what this recovery has repeated */
    uint32_t rescue;              /* RescueRxt */
    uint32_t latest[TCPIP_TCP_SACK_BLOCKS_MAX];
};
#endif

/* The small members and those that every segment needs come first, where Thumb's short instructions
 * reach them. */
struct tcpip_tcp_connection {
    uint8_t state;
    uint8_t error;
    uint8_t options; /* of enum tcpip_tcp_option_flag; the owner may change them */
    uint8_t events;  /* not yet delivered */
    uint8_t armed;   /* bit per timer */
    uint8_t agreed;  /* of enum tcpip_tcp_agreement */
    uint8_t send_shift, receive_shift; /* of the window field, both ways */
    uint8_t retries;                   /* of the oldest unacknowledged segment */
    uint8_t probes;                    /* exponent of the persist timer's back-off */
    uint8_t unanswered;                /* probes sent since the peer was last heard */
    uint8_t unacked_segments;
    uint8_t challenges; /* RFC 5961 section 7: so many in the current second */
    bool ack_now;
    bool fin_queued, peer_finished;
    bool fin_sent; /* it stands before `highest`: nothing follows it */
    bool closed_by_owner;
    bool passive; /* came from a listener */
    bool syn_repeated;
    bool held; /* below the low mark, not yet above the high one */
    bool rtt_timing, rtt_measured;
    bool rtt_repeated;  /* the segment being timed, or one before it: `rtt.since` is when */
    uint8_t duplicates; /* of the last acknowledgement */
    bool recovering;
    bool progressed;       /* the peer acknowledged something since recovery began */
    uint16_t mss, own_mss; /* most payload per segment to this peer, and what we told it */

    struct tcpip_tcp_host *host;
    struct tcpip_tcp_listener *listener; /* until accepted */
    struct tcpip_tcp_owner *owner;       /* NULL: events go nowhere */

    /* RFC 9293 section 3.3.1. */
    uint32_t unacknowledged, next, highest; /* SND.UNA, SND.NXT, its max */
    uint32_t expected, advertised;          /* RCV.NXT, right edge of the window */
    uint32_t window, window_sequence, window_acknowledgement; /* SND.WND, SND.WL1, SND.WL2 */
    uint32_t largest_window;
    uint32_t initial_sequence; /* ISS */
    struct tcpip_tcp_congestion congestion;
    struct tcpip_tcp_rtt rtt;

    uint32_t last_heard; /* time */
    struct tcpip_tcp_connection *bucket_next;
    const struct tcpip_keep_alive *keep_alive; /* the host's, or the owner's */

    uint32_t last_sent;        /* time; of data */
    uint32_t challenge_window; /* start of that second */

    struct tcpip_ring send; /* begins at the first unacknowledged byte */
    struct tcpip_ring receive;
    struct tcpip_reassembly reassembly;
#if ipconfigUSE_TCP_TIMESTAMPS
    struct tcpip_tcp_timestamps timestamps;
#endif
#if ipconfigUSE_TCP_SACK
    struct tcpip_tcp_sack sack;
#endif
#if ipconfigUSE_TCP_STATISTICS
    struct tcpip_tcp_traffic traffic;
#endif
    struct tcpip_tcp_endpoints ends;
    struct tcpip_tcp_way way;
    struct tcpip_timer timer; /* the earliest armed one of these */
    uint32_t timers[TCPIP_TCP_TIMERS];
    struct tcpip_link link; /* half-open, unaccepted or TIME-WAIT */

    /* Of ipconfigUSE_TCP_MORE_OPTIONS. */
    uint32_t stalled;                  /* when the oldest unacknowledged data became the oldest */
    uint32_t little_room, enough_room; /* low and high mark; 0: none; the owner may change them */
    uint32_t user_timeout; /* how long data may stay unacknowledged; 0: data_retries say */
};

/* What a connection is made with. */
struct tcpip_tcp_settings {
    uint32_t send_size, receive_size; /* of its rings */
    uint8_t options;
};

struct tcpip_tcp_listener {
    struct tcpip_tcp_listener *next; /* in its bucket */
    struct tcpip_tcp_host *host;     /* NULL: it does not listen */
    struct tcpip_address address;    /* of no family: any */
    uint16_t port;
    uint16_t backlog;
    uint16_t half_open, waiting;
    struct tcpip_link half_open_list, waiting_list; /* oldest first */
    const struct tcpip_tcp_settings *settings;      /* of its children */
    struct tcpip_tcp_owner *owner;
};

/* A segment on its way out; all pointers are valid during the callback only. */
struct tcpip_tcp_outgoing {
    const struct tcpip_tcp_endpoints *ends;
    struct tcpip_tcp_way *way; /* NULL: it is no connection's */
    struct tcpip_tcp_header header;
    struct tcpip_tcp_options options;
    struct tcpip_span payload[2]; /* the second may be empty */
};

/* Why a segment was refused; counted in every configuration. */
enum tcpip_tcp_refused {
    TCPIP_TCP_REFUSED_SEQUENCE,   /* old, outside the window, or about what was never sent */
    TCPIP_TCP_REFUSED_CONNECTION, /* of none, or of one that is no more */
    TCPIP_TCP_REFUSED_LIMIT,      /* no room for another connection */
    TCPIP_TCP_REFUSED_REASONS,
};

/* What the engine needs from its surroundings. */
struct tcpip_tcp_environment {
    void *context; /* first argument of each */

    /* False: no frame to spare. Control segments are then as good as lost, data is tried again. */
    bool (*transmit)(void *context, const struct tcpip_tcp_outgoing *segment);

    /* Most payload bytes in a segment from or to this address: the route's MTU less headers. */
    uint16_t (*route_mss)(void *context, const struct tcpip_address *remote);

    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *memory);
    uint32_t (*random)(void *context); /* unpredictable */

    /* The heap in which the timers of connections wait. Where nothing else waits in it,
     * tcpip_tcp_run_timers() fires them. */
    struct tcpip_deadline **timers;

    uint32_t *refused; /* counters, one for each reason */
};

/* Times in milliseconds. */
struct tcpip_tcp_config {
    uint16_t connections_max; /* all states together */
    uint16_t time_wait_max;   /* the oldest gives way */
    uint16_t minimum_mss;     /* a peer's smaller MSS is raised to it */
    uint8_t syn_retries, data_retries;
    uint8_t challenge_limit; /* answers to what does not fit, per connection and second */
    uint32_t rto_initial, rto_minimum, rto_maximum;
    uint32_t persist_maximum;
    uint32_t delayed_ack;
    struct tcpip_keep_alive keep_alive; /* unless the connection's owner has another */
    uint32_t time_wait;
    uint32_t fin_wait; /* how long a closed connection waits for the peer's FIN */
    bool silent;       /* segments that belong to no connection get no RST */
};

/* What is the same in every configuration, and the one that is used where nothing else is said. */
#define TCPIP_TCP_CONFIG_COMMON                                                                    \
    .time_wait_max = 8, .minimum_mss = 64, .challenge_limit = 10, .rto_initial = 1000,             \
    .rto_maximum = 60000, .persist_maximum = 60000, .delayed_ack = 100, .time_wait = 60000

extern const struct tcpip_tcp_config tcpip_tcp_config_default;

struct tcpip_tcp_counters {
    uint32_t segments_in, segments_out, bytes_in, bytes_out;
    uint32_t opened, accepted, reset_in, reset_out;
    uint32_t retransmitted, fast_retransmitted, timeouts, probes;
    uint32_t challenges;
    uint32_t transmit_failed;
};

/* As many as connections, so that the way to one, or to a listener, is no longer the more there are. A
 * handful are a list. */
#define TCPIP_TCP_BUCKETS (ipconfigTCP_MAX_CONNECTIONS > 8 ? ipconfigTCP_MAX_CONNECTIONS : 1)

struct tcpip_tcp_host {
    uint32_t now; /* in ms that wrap; whoever runs the engine sets it */
    bool has_secret;
    uint16_t connections, time_waits;
    const struct tcpip_tcp_config *config;
    const struct tcpip_tcp_environment *environment;
#if ipconfigUSE_TCP_STATISTICS
    struct tcpip_tcp_counters counters;
#endif
    uint8_t secret[16]; /* drawn once per boot, with the first connection; of sequence numbers */
    uint32_t keys[TCPIP_ADDRESS_SIZE / 4 + 1]; /* likewise, of the table */
    struct tcpip_tcp_connection *recent;       /* the one that was found last, or NULL */
    struct tcpip_tcp_connection *buckets[TCPIP_TCP_BUCKETS];
    struct tcpip_tcp_listener *listeners[TCPIP_TCP_BUCKETS]; /* by port */
    struct tcpip_link time_wait_list;
};

/* Environment and configuration stay. The clock is 0 until it is set. */
void tcpip_tcp_init(struct tcpip_tcp_host *host, const struct tcpip_tcp_environment *environment,
                    const struct tcpip_tcp_config *config);

/* Frees every connection without a word to the peers; for tests and for shutting a stack down. */
void tcpip_tcp_deinit(struct tcpip_tcp_host *host);

/* Opens actively: sends a SYN. For a local port of 0 one is drawn and put in its place (RFC 6056).
 * NULL: no memory, too many connections, or the four addresses are in use. */
struct tcpip_tcp_connection *tcpip_tcp_open(struct tcpip_tcp_host *host,
                                            struct tcpip_tcp_endpoints *endpoints,
                                            const struct tcpip_tcp_settings *settings,
                                            struct tcpip_tcp_owner *owner);

/* Opens passively. The caller fills address, port, backlog (at least 1), settings and owner, and keeps
 * the listener and the settings in place until unlisten. False: the port has a listener. */
bool tcpip_tcp_listen(struct tcpip_tcp_host *host, struct tcpip_tcp_listener *listener);

/* Ends listening; what waits there unaccepted is reset. */
void tcpip_tcp_unlisten(struct tcpip_tcp_listener *listener);

/* Who listens for segments to this address and port; an exact address goes before any. Or NULL. */
struct tcpip_tcp_listener *tcpip_tcp_find_listener(struct tcpip_tcp_host *host,
                                                   const struct tcpip_address *address,
                                                   uint16_t port);

/* Takes the connection that has waited longest, or NULL. */
struct tcpip_tcp_connection *tcpip_tcp_accept(struct tcpip_tcp_listener *listener,
                                              struct tcpip_tcp_owner *owner);

/* The ends that a segment between these addresses is about. */
static inline struct tcpip_tcp_endpoints tcpip_tcp_ends_of(const struct tcpip_address *local,
                                                           const struct tcpip_address *remote,
                                                           const struct tcpip_tcp_segment *segment)
{
    return (struct tcpip_tcp_endpoints){*local, *remote, segment->header.destination_port,
                                        segment->header.source_port};
}

/* One segment that arrived, its checksum verified, unicast to unicast. It shrinks as parts of it are
 * taken. */
void tcpip_tcp_input(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *ends,
                     struct tcpip_tcp_segment *segment);

/* Where the payload would go: when it is the next in order and all of it fits into one piece of the
 * ring. Else NULL. Who verifies the checksum may copy the bytes there in the same pass and hand the
 * segment over with this payload; until then they do not count. */
uint8_t *tcpip_tcp_place(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *ends,
                         const struct tcpip_tcp_segment *segment);

/* To be called after a ring was written or read: sends data and window updates that are due. */
void tcpip_tcp_service(struct tcpip_tcp_connection *connection);

/* Nothing more will be written: FIN follows the ring's content. Reading goes on. */
void tcpip_tcp_shutdown(struct tcpip_tcp_connection *connection);

/* The owner lets go: shutdown, and data that arrives from now on (or was not read) resets the
 * connection. Not valid afterwards. */
void tcpip_tcp_close(struct tcpip_tcp_connection *connection);

/* The owner lets go and the peer gets an RST. Not valid afterwards. */
void tcpip_tcp_abort(struct tcpip_tcp_connection *connection);

/* Does what is due, where nothing else is in the heap of timers. */
void tcpip_tcp_run_timers(struct tcpip_tcp_host *host);

/* When the next timer is due; false: none is armed. */
static inline bool tcpip_tcp_next_deadline(const struct tcpip_tcp_host *host, uint32_t *when)
{
    const struct tcpip_deadline *first = *host->environment->timers;

    if (first == NULL)
        return false;
    *when = first->when;
    return true;
}

/* Every connection in turn, beginning with NULL; for listings and for changed addresses. */
struct tcpip_tcp_connection *tcpip_tcp_each(const struct tcpip_tcp_host *host,
                                            struct tcpip_tcp_connection *previous);

/* An address of this host is gone: its connections fail, without a word to the peers. */
void tcpip_tcp_address_lost(struct tcpip_tcp_host *host, const struct tcpip_address *address);

/* What ICMP says about a segment of ours that began with `sequence`; ignored unless it is in
 * flight (RFC 5927 section 4.1). With an MSS: that is all that the path takes; segments become smaller
 * and are sent again (RFC 1191). With 0: unreachable, which ends an attempt to connect and nothing
 * else (RFC 5461). */
void tcpip_tcp_icmp(struct tcpip_tcp_host *host, const struct tcpip_tcp_endpoints *endpoints,
                    uint32_t sequence, uint16_t mss);

/* Sets the local port to one above 49151 that no listener and no connection to this peer uses.
 * False: none is free. */
bool tcpip_tcp_pick_port(struct tcpip_tcp_host *host, struct tcpip_tcp_endpoints *endpoints);

/* RFC 6528: the initial sequence number of a connection made at `now`. */
uint32_t tcpip_tcp_initial_sequence(const uint8_t secret[16],
                                    const struct tcpip_tcp_endpoints *endpoints, uint32_t now);

#if ipconfigUSE_TCP_STATISTICS
void tcpip_tcp_statistics_of(const struct tcpip_tcp_connection *connection,
                             struct tcpip_tcp_statistics *statistics);
#endif

/* What a connection's time stamps begin with: the same for the same ends. */
uint32_t tcpip_tcp_timestamp_offset(const uint8_t secret[16],
                                    const struct tcpip_tcp_endpoints *endpoints);

/* "ESTABLISHED" and so on, as RFC 9293 spells the states. */
const char *tcpip_tcp_state_name(enum tcpip_tcp_state state);
