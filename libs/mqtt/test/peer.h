/* SPDX-License-Identifier: MIT */
/*
 * The other end of a connection, in the same program: what the client sends is kept, what the test
 * wrote is given to the client. Reads and writes can be cut into short ones, delayed, or fail. Time
 * is virtual: it passes while the client waits for bytes that do not come.
 */
#pragma once

#include "core_mqtt.h"
#include "core_mqtt_state.h"

#define PEER_BYTES  4096
#define PEER_EVENTS 64

struct NetworkContext {
    uint8_t to_client[PEER_BYTES];
    size_t to_client_size, to_client_at;
    uint8_t from_client[PEER_BYTES];
    size_t from_client_size;
    size_t recv_most, send_most;   /* bytes that one call moves at most */
    size_t recv_stop;              /* position in to_client from which nothing arrives */
    size_t send_stop;              /* as many bytes are taken, then none */
    bool recv_broken, send_broken; /* at the stop: an error instead of silence */
    bool cut_once;                 /* the stop at recv_stop lasts for one empty read */
    uint32_t silence_ms;           /* how long an empty read or write waits */
    unsigned sends, writevs;
};

/* What the callback saw. */
struct peer_event {
    uint8_t type;
    uint16_t packet_id;
    MQTTStatus_t result;
    MQTTQoS_t qos;
    bool dup, retain;
    char topic[64];
    char payload[256];
    size_t payload_length;
};

/* A client with everything that it needs, connected to a peer. */
struct bench {
    struct NetworkContext peer;
    MQTTContext_t client;
    uint8_t buffer[256];
    MQTTPubAckInfo_t outgoing[4], incoming[4];
    struct peer_event events[PEER_EVENTS];
    size_t event_count;
    void (*in_callback)(struct bench *bench);
};

extern uint32_t peer_now;

/* There is one bench per test case. Initialized but not connected; the clock at 1000. */
struct bench *bench_open(bool with_writev);

/* Also connected, with this keep-alive; what was sent up to then is forgotten. */
struct bench *bench_connected(bool with_writev, uint16_t keep_alive_seconds);

/* CONNECT and a CONNACK from the peer. */
MQTTStatus_t bench_connect(struct bench *bench, bool clean, bool server_has_session);

/* Lets the peer send bytes; all that it has sent is delivered from now on. */
void peer_says(struct bench *bench, const void *bytes, size_t size);
#define PEER_SAYS(bench, ...)                                                                      \
    peer_says((bench), (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

/* Checks that the client sent exactly these bytes since the last time, and forgets them. */
#define PEER_HEARD(bench, ...)                                                                     \
    peer_heard((bench), (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}),    \
               __FILE__, __LINE__)
#define PEER_HEARD_NOTHING(bench) peer_heard((bench), "", 0, __FILE__, __LINE__)
void peer_heard(struct bench *bench, const void *bytes, size_t size, const char *file, int line);

/* Calls the process loop until everything that the peer said is read, at most `calls` times. */
MQTTStatus_t bench_run(struct bench *bench, unsigned calls);

MQTTPublishInfo_t bench_message(MQTTQoS_t qos, const char *topic, const char *payload);
