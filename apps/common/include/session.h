/* SPDX-License-Identifier: MIT */
/*
 * An MQTT session with a broker over mutual TLS that survives the loss of its connection: what an
 * application of the core libraries has to do around them, once. It keeps a copy of every message
 * until the broker has acknowledged it and sends it again after a reconnect, as the standard wants
 * (MQTT 3.1.1, 4.4), and subscribes again when the broker has forgotten the session.
 *
 *Steps and problems are told through report.h. A session belongs to one task.
 */
#pragma once

#include <backoff_algorithm.h>
#include <core_mqtt.h>
#include <core_mqtt_state.h>
#include <socket_transport.h>
#include <tls_transport.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__has_include)
#if __has_include("demo_config.h")
#include "demo_config.h"
#endif
#endif
#ifndef DEMO_OUTBOX
#define DEMO_OUTBOX 16 /* messages on their way at once */
#endif
#ifndef DEMO_BUFFER_SIZE
#define DEMO_BUFFER_SIZE 2048 /* of the longest packet */
#endif
_Static_assert(DEMO_OUTBOX >= 2 && DEMO_OUTBOX <= 64, "DEMO_OUTBOX: 2 to 64");
_Static_assert(DEMO_BUFFER_SIZE >= 640 && DEMO_BUFFER_SIZE <= 65536,
               "DEMO_BUFFER_SIZE: 640 to 65536");

#define SESSION_MESSAGE_SIZE 256 /* of the longest payload */
#define SESSION_PROBLEM_SIZE 480

struct session_settings {
    const char *host; /* looked up in the static host table, then by DNS */
    uint16_t port;
    const char *server_name; /* what the server's certificate must say */
    struct tls_bytes ca, certificate, key;
    const char *client_id;
    const char *topic; /* subscribed to and published to, at QoS 1 */
    const char *will;  /* the last will, published to will_topic at QoS 1 */
    const char *will_topic;
    uint16_t keep_alive_s;

    /* A message arrived on the topic. May publish nothing. */
    void (*message)(void *context, const void *payload, size_t size);
    void *context;
};

/* A message that the broker has not acknowledged. */
struct session_letter {
    uint16_t packet_id; /* 0: a free place */
    uint16_t size;
    char payload[SESSION_MESSAGE_SIZE];
};

struct session;

/* What the MQTT client's transport is given. */
struct NetworkContext {
    struct session *session;
};

/* How an attempt ended, or why the connection ended. */
enum session_result {
    SESSION_OK,
    SESSION_KEPT,    /* session_open: connected, and the broker still knew the session */
    SESSION_LOST,    /* trying again may help */
    SESSION_HOPELESS /* trying again will not: somebody has to change something */
};

struct session {
    const struct session_settings *settings;
    BackoffAlgorithmContext_t backoff;
    struct NetworkContext network;
    struct socket_transport socket;
    struct tls_connection *tls;
    struct tls_report tls_report;
    MQTTContext_t mqtt;
    bool is_initialised, is_open;
    uint16_t subscribe_id; /* of the SUBSCRIBE under way; 0: answered */
    uint8_t subscribe_code;
    MQTTPubAckInfo_t records[DEMO_OUTBOX];
    struct session_letter outbox[DEMO_OUTBOX];
    uint8_t buffer[DEMO_BUFFER_SIZE];
    char problem[SESSION_PROBLEM_SIZE]; /* what, why, what to do; "" when all is well */
};

/* Remembers the settings, which must stay. */
void session_init(struct session *session, const struct session_settings *settings);

/* Makes one attempt: name, TCP, TLS, MQTT, subscription, and what was on its way. Blocks for as
 * long as that takes: at most 30 s for the handshake, 5 s for each other step. */
enum session_result session_open(struct session *session);

/* The wait before the next attempt, in milliseconds: grows with each, with jitter; starts over
 * after a connection that worked. */
uint32_t session_backoff_ms(struct session *session);

/* Publishes at QoS 1. False: too many messages are on their way, or the connection is lost (the
 * next step tells); the message was not taken. */
bool session_publish(struct session *session, const char *payload, size_t size);

/* Receives, acknowledges, keeps alive: waits for at most a tenth of a second. */
enum session_result session_step(struct session *session);

/* Ends the connection; politely if it still stands. */
void session_close(struct session *session);
