/* SPDX-License-Identifier: MIT */
/*
 * The server here is written from section 4.3 of the standard alone. A lost packet ends the
 * connection, as on TCP; what was sent behind it is lost too. A failed send may still have arrived.
 */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "linnet_test.h"
#include "peer.h"

enum { WINDOW = 5, IDS = 7, ID_SPACE = 65536 }; /* one more in flight than the client has records */

enum waiting { WAIT_PUBACK, WAIT_PUBREC, WAIT_PUBCOMP };

struct server_message {
    uint16_t id;
    unsigned number;
    enum waiting waiting;
};

static struct model {
    struct bench *bench;
    struct test_random random;
    MQTTQoS_t qos;
    bool faults;
    bool line_up;
    unsigned reconnects;
    /* the server's session */
    bool unreleased[ID_SPACE];
    struct server_message pending[WINDOW];
    size_t pending_count;
    uint16_t last_id;
    unsigned server_sent, server_received;
    /* the application's */
    unsigned number_of[ID_SPACE];
    unsigned client_sent, client_received;
} model;

static bool chance(unsigned per_thousand)
{
    return model.faults && test_random_below(&model.random, 1000) < per_thousand;
}

/* From now on nothing arrives on either side; the client's sends fail, or seem to succeed. */
static void line_cut(void)
{
    struct NetworkContext *peer = &model.bench->peer;

    model.line_up = false;
    peer->recv_stop = peer->to_client_size;
    peer->recv_broken = true;
    if (test_random_below(&model.random, 2) == 0) {
        peer->send_stop = peer->from_client_size;
        peer->send_broken = true;
    }
}

static void server_says(const uint8_t *packet, size_t size)
{
    if (!model.line_up)
        return;
    if (chance(20)) {
        line_cut();
    } else if (chance(20)) {
        peer_says(model.bench, packet, size - 1);
        line_cut();
    } else {
        peer_says(model.bench, packet, size);
        if (chance(40))
            peer_says(model.bench, packet, size);
    }
}

static void server_ack(uint8_t type, uint16_t id)
{
    server_says((const uint8_t[]){type, 2, (uint8_t)(id / 256), (uint8_t)(id % 256)}, 4);
}

static size_t write_text(uint8_t *to, unsigned number)
{
    return (size_t)snprintf((char *)to, 12, "%u", number);
}

static void server_publish(const struct server_message *message, bool dup)
{
    uint8_t packet[32] = {(uint8_t)(0x30 + 2 * model.qos + (dup ? 8 : 0)),
                          0,
                          0,
                          1,
                          't',
                          (uint8_t)(message->id / 256),
                          (uint8_t)(message->id % 256)};
    size_t size = 7 + write_text(packet + 7, message->number);

    packet[1] = (uint8_t)(size - 2);
    server_says(packet, size);
}

static bool id_pending(uint16_t id)
{
    for (size_t i = 0; i < model.pending_count; i++)
        if (model.pending[i].id == id)
            return true;
    return false;
}

static void server_publish_new(void)
{
    if (model.pending_count == WINDOW)
        return;
    do
        model.last_id = (uint16_t)(model.last_id % IDS + 1);
    while (id_pending(model.last_id));
    struct server_message *message = &model.pending[model.pending_count++];
    *message = (struct server_message){model.last_id, model.server_sent++,
                                       model.qos == MQTTQoS1 ? WAIT_PUBACK : WAIT_PUBREC};
    server_publish(message, false);
}

static void server_resend(void)
{
    for (size_t i = 0; i < model.pending_count; i++) {
        if (model.pending[i].waiting == WAIT_PUBCOMP)
            server_ack(0x62, model.pending[i].id);
        else
            server_publish(&model.pending[i], true);
    }
}

/* `number` must be the next one; at QoS 1 it may also be one that was there before. */
static void arrived(unsigned number, unsigned *received)
{
    if (model.qos == MQTTQoS1 && number < *received)
        return;
    CHECK_EQUAL(*received, number);
    ++*received;
}

static void server_got_publish(const uint8_t *packet, size_t size)
{
    char text[12] = {0};
    uint16_t id = (uint16_t)(packet[5] * 256 + packet[6]);

    memcpy(text, packet + 7, size - 7);
    if (model.qos == MQTTQoS1 || !model.unreleased[id])
        arrived((unsigned)atoi(text), &model.server_received);
    model.unreleased[id] = model.qos == MQTTQoS2;
    server_ack(model.qos == MQTTQoS1 ? 0x40 : 0x50, id);
}

static void server_got_ack(uint8_t type, uint16_t id)
{
    size_t at = 0;

    while (at < model.pending_count && model.pending[at].id != id)
        at++;
    if (at == model.pending_count)
        return;
    if (type == 0x50) {
        model.pending[at].waiting = WAIT_PUBCOMP;
        server_ack(0x62, id);
        return;
    }
    model.pending_count--;
    memmove(model.pending + at, model.pending + at + 1,
            (model.pending_count - at) * sizeof model.pending[0]);
}

static void server_got(const uint8_t *packet, size_t size)
{
    if (packet[0] / 16 == 3) {
        server_got_publish(packet, size);
        return;
    }
    uint16_t id = (uint16_t)(packet[2] * 256 + packet[3]);
    if (packet[0] == 0x62) {
        model.unreleased[id] = false;
        server_ack(0x70, id);
    } else {
        server_got_ack(packet[0], id);
    }
}

/* Takes the packets that the client has sent over the line. */
static void server_listens(void)
{
    struct NetworkContext *peer = &model.bench->peer;
    uint8_t bytes[PEER_BYTES];
    size_t size = peer->from_client_size, at = 0;

    memcpy(bytes, peer->from_client, size);
    peer->from_client_size = 0;
    while (model.line_up && at + 2 <= size && at + 2 + bytes[at + 1] <= size) {
        size_t packet = 2u + bytes[at + 1];
        if (chance(20)) {
            line_cut();
            return;
        }
        server_got(bytes + at, packet);
        if (model.line_up && chance(40))
            server_got(bytes + at, packet);
        at += packet;
    }
}

static void client_event(struct bench *bench)
{
    const struct peer_event *event = &bench->events[bench->event_count - 1];

    if (event->type / 16 == 3)
        arrived((unsigned)atoi(event->payload), &model.client_received);
    bench->event_count = 0;
}

static MQTTStatus_t client_publish(uint16_t id, bool dup)
{
    char text[12] = {0};

    write_text((uint8_t *)text, model.number_of[id]);
    MQTTPublishInfo_t message = bench_message(model.qos, "t", text);
    message.dup = dup;
    return MQTT_Publish(&model.bench->client, &message, id);
}

static MQTTStatus_t client_publish_new(void)
{
    MQTTContext_t *client = &model.bench->client;

    if (chance(300))
        client->nextPacketId = (uint16_t)(1 + test_random_below(&model.random, IDS));
    uint16_t id = MQTT_GetPacketId(client);
    unsigned before = model.number_of[id];
    model.number_of[id] = model.client_sent;
    MQTTStatus_t status = client_publish(id, false);
    if (status == MQTTNoMemory)
        model.number_of[id] = before;
    else
        model.client_sent++;
    return status == MQTTNoMemory ? MQTTSuccess : status;
}

static MQTTStatus_t client_resend(void)
{
    MQTTStateCursor_t cursor = MQTT_STATE_CURSOR_INITIALIZER;
    MQTTStatus_t status = MQTTSuccess;
    uint16_t id;

    while (status == MQTTSuccess &&
           (id = MQTT_PublishToResend(&model.bench->client, &cursor)) != MQTT_PACKET_ID_INVALID)
        status = client_publish(id, true);
    return status;
}

static void reconnect(void)
{
    struct NetworkContext *peer = &model.bench->peer;
    MQTTStatus_t status;

    do {
        server_listens(); /* what a failed send has brought across all the same */
        model.reconnects++;
        peer->recv_stop = peer->send_stop = SIZE_MAX;
        peer->recv_broken = peer->send_broken = false;
        peer->to_client_size = peer->to_client_at = peer->from_client_size = 0;
        if (chance(100)) {
            peer->send_stop = 15 + test_random_below(&model.random, 30);
            peer->send_broken = true;
        }
        status = bench_connect(model.bench, false, true);
        model.line_up = true;
        if (peer->from_client_size > 15) /* behind the CONNECT */
            memmove(peer->from_client, peer->from_client + 15, peer->from_client_size - 15);
        peer->from_client_size -= peer->from_client_size > 15 ? 15 : peer->from_client_size;
        server_resend();
        if (status == MQTTSuccess)
            status = client_resend();
    } while (status != MQTTSuccess);
}

static void step(bool new_messages)
{
    struct NetworkContext *peer = &model.bench->peer;
    MQTTStatus_t status = MQTTSuccess;

    if (model.line_up && chance(10)) {
        peer->send_stop = peer->from_client_size + test_random_below(&model.random, 20);
        peer->send_broken = true;
    }
    if (new_messages && test_random_below(&model.random, 2) == 0)
        status = client_publish_new();
    if (new_messages && test_random_below(&model.random, 2) == 0)
        server_publish_new();
    if (status == MQTTSuccess)
        status = MQTT_ProcessLoop(&model.bench->client);
    server_listens();
    if (status != MQTTSuccess && status != MQTTNeedMoreBytes)
        reconnect();
}

static bool anything_pending(void)
{
    for (size_t i = 0; i < 4; i++)
        if (model.bench->outgoing[i].packetId != 0 || model.bench->incoming[i].packetId != 0)
            return true;
    return model.pending_count > 0;
}

void model_run(MQTTQoS_t qos, unsigned messages, uint64_t seed)
{
    model = (struct model){.bench = bench_open(seed % 2 == 0), .random = {seed}, .qos = qos};
    model.bench->in_callback = client_event;
    CHECK_EQUAL(MQTTSuccess, bench_connect(model.bench, false, false));
    model.bench->peer.from_client_size = 0;
    model.line_up = model.faults = true;
    while (model.server_received < messages || model.client_received < messages)
        step(true);
    model.faults = false;
    for (unsigned i = 0; anything_pending(); i++) {
        CHECK(i < 1000);
        step(false);
    }
    CHECK_EQUAL(model.client_sent, model.server_received);
    CHECK_EQUAL(model.server_sent, model.client_received);
    CHECK(model.reconnects > messages / 100);
}
