/* SPDX-License-Identifier: MIT */
/* The peer's transport functions and the bench around a client. */
#include "peer.h"

#include <string.h>

#include "linnet_test.h"

uint32_t peer_now;
static struct bench the_bench;

static uint32_t peer_time(void)
{
    return peer_now;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int32_t peer_recv(NetworkContext_t *peer, void *buffer, size_t size)
{
    size_t end = least(peer->to_client_size, peer->recv_stop);
    size_t count = least(least(size, peer->recv_most), end - peer->to_client_at);

    if (count == 0) {
        if (peer->recv_broken && peer->to_client_at >= peer->recv_stop)
            return -1;
        if (peer->cut_once)
            peer->recv_stop = SIZE_MAX;
        peer_now += peer->silence_ms;
        return 0;
    }
    memcpy(buffer, peer->to_client + peer->to_client_at, count);
    peer->to_client_at += count;
    return (int32_t)count;
}

static int32_t peer_take(NetworkContext_t *peer, const void *buffer, size_t size)
{
    size_t room = least(
        PEER_BYTES - peer->from_client_size,
        peer->send_stop > peer->from_client_size ? peer->send_stop - peer->from_client_size : 0);
    size_t count = least(least(size, peer->send_most), room);

    if (count == 0) {
        if (peer->send_broken)
            return -1;
        peer_now += peer->silence_ms;
        return 0;
    }
    memcpy(peer->from_client + peer->from_client_size, buffer, count);
    peer->from_client_size += count;
    return (int32_t)count;
}

static int32_t peer_send(NetworkContext_t *peer, const void *buffer, size_t size)
{
    peer->sends++;
    CHECK(size > 0);
    return peer_take(peer, buffer, size);
}

static int32_t peer_writev(NetworkContext_t *peer, TransportOutVector_t *vectors, size_t count)
{
    size_t left = peer->send_most;
    int32_t taken = 0;

    peer->writevs++;
    for (size_t i = 0; i < count && left > 0; i++) {
        size_t size = least(vectors[i].iov_len, left);
        if (size == 0)
            continue;
        int32_t part = peer_take(peer, vectors[i].iov_base, size);
        if (part <= 0)
            return taken > 0 ? taken : part;
        taken += part;
        left -= (size_t)part;
        if ((size_t)part < vectors[i].iov_len)
            break;
    }
    return taken;
}

static void note_event(MQTTContext_t *context, MQTTPacketInfo_t *packet,
                       MQTTDeserializedInfo_t *info)
{
    struct bench *bench = &the_bench;
    struct peer_event event = {.type = packet->type,
                               .packet_id = info->packetIdentifier,
                               .result = info->deserializationResult};

    CHECK(context == &bench->client);
    if (info->pPublishInfo != NULL) {
        const MQTTPublishInfo_t *publish = info->pPublishInfo;
        event.qos = publish->qos;
        event.dup = publish->dup;
        event.retain = publish->retain;
        event.payload_length = publish->payloadLength;
        memcpy(event.topic, publish->pTopicName, least(publish->topicNameLength, 63));
        if (publish->payloadLength > 0)
            memcpy(event.payload, publish->pPayload, least(publish->payloadLength, 255));
    }
    CHECK(bench->event_count < PEER_EVENTS);
    bench->events[bench->event_count++] = event;
    if (bench->in_callback != NULL)
        bench->in_callback(bench);
}

struct bench *bench_open(bool with_writev)
{
    struct bench *bench = &the_bench;

    memset(bench, 0, sizeof *bench);
    peer_now = 1000;
    bench->peer.recv_most = bench->peer.send_most = SIZE_MAX;
    bench->peer.recv_stop = bench->peer.send_stop = SIZE_MAX;
    bench->peer.silence_ms = 1;
    TransportInterface_t transport = {peer_recv, peer_send, with_writev ? peer_writev : NULL,
                                      &bench->peer};
    MQTTFixedBuffer_t buffer = {bench->buffer, sizeof bench->buffer};
    CHECK_EQUAL(MQTTSuccess, MQTT_Init(&bench->client, &transport, peer_time, note_event, &buffer));
    CHECK_EQUAL(MQTTSuccess,
                MQTT_InitStatefulQoS(&bench->client, bench->outgoing, 4, bench->incoming, 4));
    return bench;
}

static MQTTStatus_t connect_with(struct bench *bench, bool clean, bool server_has_session,
                                 uint16_t keep_alive_seconds)
{
    MQTTConnectInfo_t info = {.cleanSession = clean,
                              .keepAliveSeconds = keep_alive_seconds,
                              .pClientIdentifier = "c",
                              .clientIdentifierLength = 1};
    bool session_present;

    bench->peer.to_client_at = bench->peer.to_client_size = 0;
    bench->peer.from_client_size = 0;
    PEER_SAYS(bench, 0x20, 2, server_has_session, 0);
    return MQTT_Connect(&bench->client, &info, NULL, 100, &session_present);
}

MQTTStatus_t bench_connect(struct bench *bench, bool clean, bool server_has_session)
{
    return connect_with(bench, clean, server_has_session, 0);
}

struct bench *bench_connected(bool with_writev, uint16_t keep_alive_seconds)
{
    struct bench *bench = bench_open(with_writev);

    CHECK_EQUAL(MQTTSuccess, connect_with(bench, true, false, keep_alive_seconds));
    bench->peer.from_client_size = 0;
    bench->peer.sends = bench->peer.writevs = 0;
    return bench;
}

void peer_says(struct bench *bench, const void *bytes, size_t size)
{
    struct NetworkContext *peer = &bench->peer;

    if (peer->to_client_at == peer->to_client_size)
        peer->to_client_at = peer->to_client_size = 0;
    CHECK(peer->to_client_size + size <= PEER_BYTES);
    memcpy(peer->to_client + peer->to_client_size, bytes, size);
    peer->to_client_size += size;
}

void peer_heard(struct bench *bench, const void *bytes, size_t size, const char *file, int line)
{
    test_check_equal((intmax_t)size, (intmax_t)bench->peer.from_client_size, "bytes sent", file,
                     line);
    test_check_bytes(bytes, bench->peer.from_client, size, "bytes sent", file, line);
    bench->peer.from_client_size = 0;
}

MQTTStatus_t bench_run(struct bench *bench, unsigned calls)
{
    MQTTStatus_t status = MQTTSuccess;

    for (unsigned i = 0; i < calls; i++) {
        status = MQTT_ProcessLoop(&bench->client);
        if (status != MQTTSuccess && status != MQTTNeedMoreBytes)
            break;
        if (status == MQTTSuccess && bench->peer.to_client_at == bench->peer.to_client_size)
            break;
    }
    return status;
}

MQTTPublishInfo_t bench_message(MQTTQoS_t qos, const char *topic, const char *payload)
{
    return (MQTTPublishInfo_t){.qos = qos,
                               .pTopicName = topic,
                               .topicNameLength = (uint16_t)strlen(topic),
                               .pPayload = payload,
                               .payloadLength = strlen(payload)};
}
