/* SPDX-License-Identifier: MIT */
/*
 * A sink over the transport. Pieces of a packet are gathered in a few vectors: short ones are
 * copied together, long ones (topics, payloads) are referred to. A full set of vectors goes out at
 * once through writev, or one after the other through send. The transport may take any part; the
 * rest is offered again until MQTT_SEND_TIMEOUT_MS have passed for the whole packet.
 */
#include "connection.h"

#include <string.h>

#include "wire/bytes.h"
#include "wire/packet_write.h"

_Static_assert(MQTT_SUB_UNSUB_MAX_VECTORS >= 2, "a packet needs a header and a topic filter");

enum {
    VECTORS = MQTT_SUB_UNSUB_MAX_VECTORS > 8 ? MQTT_SUB_UNSUB_MAX_VECTORS : 8,
    SCRATCH = 3 * MQTT_SINK_COPIES,
};

struct transport_sink {
    struct mqtt_sink sink;
    MQTTContext_t *context;
    uint32_t started;
    bool failed;
    size_t limit; /* of `count` */
    size_t count;
    size_t copied; /* bytes in `scratch` */
    TransportOutVector_t vectors[VECTORS];
    uint8_t scratch[SCRATCH];
};

static int32_t offer(const TransportInterface_t *transport, TransportOutVector_t *vectors,
                     size_t count)
{
    if (transport->writev != NULL && count > 1)
        return transport->writev(transport->pNetworkContext, vectors, count);
    return transport->send(transport->pNetworkContext, vectors->iov_base, vectors->iov_len);
}

/* Takes `sent` bytes off the front; returns how many vectors are done. More bytes than there were
 * leave `*sent` above 0. */
static size_t advance(TransportOutVector_t *vectors, size_t count, size_t *sent)
{
    size_t done = 0;

    while (done < count && *sent >= vectors[done].iov_len)
        *sent -= vectors[done++].iov_len;
    if (done < count) {
        vectors[done].iov_base = (const uint8_t *)vectors[done].iov_base + *sent;
        vectors[done].iov_len -= *sent;
        *sent = 0;
    }
    return done;
}

static bool send_vectors(MQTTContext_t *context, TransportOutVector_t *vectors, size_t count,
                         uint32_t started)
{
    const uint32_t limit = MQTT_SEND_TIMEOUT_MS;

    while (count > 0) {
        int32_t taken = offer(&context->transportInterface, vectors, count);
        if (taken < 0)
            return false;
        size_t excess = (size_t)taken;
        size_t done = advance(vectors, count, &excess);
        if (excess > 0)
            return false; /* a transport that claims more than it was given */
        vectors += done;
        count -= done;
        uint32_t elapsed = context->getTime() - started;
        bool late = taken == 0 ? elapsed >= limit : limit > 0 && elapsed > limit;
        if (count > 0 && late)
            return false;
    }
    return true;
}

static void flush(struct transport_sink *to)
{
    if (!to->failed)
        to->failed = !send_vectors(to->context, to->vectors, to->count, to->started);
    to->count = 0;
    to->copied = 0;
}

static void put_vector(struct transport_sink *to, const void *bytes, size_t size)
{
    if (to->count == to->limit)
        flush(to);
    to->vectors[to->count++] = (TransportOutVector_t){bytes, size};
}

static void put_copy(struct transport_sink *to, const void *bytes, size_t size)
{
    bool joins = to->count > 0 && to->copied > 0 &&
                 (const uint8_t *)to->vectors[to->count - 1].iov_base +
                         to->vectors[to->count - 1].iov_len ==
                     to->scratch + to->copied;

    if (to->copied + size > SCRATCH || (!joins && to->count == to->limit)) {
        flush(to);
        joins = false;
    }
    uint8_t *copy = to->scratch + to->copied;
    memcpy(copy, bytes, size);
    to->copied += size;
    if (joins)
        to->vectors[to->count - 1].iov_len += size;
    else
        put_vector(to, copy, size);
}

static void put_into_transport(struct mqtt_sink *sink, const void *bytes, size_t size)
{
    struct transport_sink *to = (struct transport_sink *)sink;

    if (size > MQTT_SINK_COPIES)
        put_vector(to, bytes, size);
    else if (size > 0)
        put_copy(to, bytes, size);
}

static void open_transport(struct transport_sink *to, MQTTContext_t *context, size_t limit)
{
    to->sink.put = put_into_transport;
    to->context = context;
    to->started = context->getTime();
    to->failed = false;
    to->limit = limit;
    to->count = 0;
    to->copied = 0;
}

static MQTTStatus_t close_transport(struct transport_sink *to)
{
    MQTTContext_t *context = to->context;

    flush(to);
    if (to->failed) {
        LogError(("A packet could not be sent."));
        return mqtt_connection_over(context, MQTTSendFailed);
    }
    context->lastPacketTxTime = context->getTime();
    context->controlPacketSent = true;
    return MQTTSuccess;
}

MQTTStatus_t mqtt_send(MQTTContext_t *context, const uint8_t *packet, size_t size)
{
    struct transport_sink to;

    open_transport(&to, context, VECTORS);
    put_vector(&to, packet, size);
    return close_transport(&to);
}

MQTTStatus_t mqtt_send_ack(MQTTContext_t *context, uint8_t packet_type, uint16_t packet_id)
{
    uint8_t packet[MQTT_PUBLISH_ACK_PACKET_SIZE] = {packet_type, 2};

    write_be16(packet + 2, packet_id);
    return mqtt_send(context, packet, sizeof packet);
}

MQTTStatus_t mqtt_send_ping(MQTTContext_t *context)
{
    static const uint8_t packet[] = {MQTT_PACKET_TYPE_PINGREQ, 0};
    MQTTStatus_t status = mqtt_send(context, packet, sizeof packet);

    if (status == MQTTSuccess) {
        context->pingReqSendTimeMs = context->lastPacketTxTime;
        context->waitingForPingResp = true;
    }
    return status;
}

MQTTStatus_t mqtt_send_connect(MQTTContext_t *context, const MQTTConnectInfo_t *connect,
                               const MQTTPublishInfo_t *will, size_t remaining_length)
{
    struct transport_sink to;

    open_transport(&to, context, VECTORS);
    mqtt_write_connect(&to.sink, connect, will, remaining_length);
    return close_transport(&to);
}

MQTTStatus_t mqtt_send_filters(MQTTContext_t *context, uint8_t type,
                               const MQTTSubscribeInfo_t *list, size_t count, uint16_t packet_id,
                               size_t remaining_length)
{
    struct transport_sink to;

    open_transport(&to, context, MQTT_SUB_UNSUB_MAX_VECTORS);
    mqtt_write_filters(&to.sink, type, list, count, packet_id, remaining_length);
    return close_transport(&to);
}

MQTTStatus_t mqtt_send_publish(MQTTContext_t *context, const MQTTPublishInfo_t *publish,
                               uint16_t packet_id, size_t remaining_length)
{
    struct transport_sink to;

    open_transport(&to, context, VECTORS);
    mqtt_write_publish_header(&to.sink, publish, packet_id, remaining_length);
    put_into_transport(&to.sink, publish->pPayload, publish->payloadLength);
    return close_transport(&to);
}
