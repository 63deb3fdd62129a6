/* SPDX-License-Identifier: MIT */
/*
 * Each packet is described once, as the pieces that it consists of, put into a sink. A sink over
 * memory makes the serializer; a sink over the transport makes the client, which copies no payload.
 * The arguments were checked by the size functions.
 */
#pragma once

#include "core_mqtt_serializer.h"

/* Takes the next bytes of a packet. They stay unchanged only until `put` returns, if `size` is at
 * most MQTT_SINK_COPIES; longer pieces stay until the packet is finished. */
struct mqtt_sink {
    void (*put)(struct mqtt_sink *sink, const void *bytes, size_t size);
};

#define MQTT_SINK_COPIES 16

/* The size of a packet, with its fixed header, from a remaining length that MQTT allows. */
size_t mqtt_packet_size(size_t remaining_length);

void mqtt_write_connect(struct mqtt_sink *sink, const MQTTConnectInfo_t *connect,
                        const MQTTPublishInfo_t *will, size_t remaining_length);

/* SUBSCRIBE or UNSUBSCRIBE, as `type` says. */
void mqtt_write_filters(struct mqtt_sink *sink, uint8_t type, const MQTTSubscribeInfo_t *list,
                        size_t count, uint16_t packet_id, size_t remaining_length);

/* All of a PUBLISH before its payload. */
void mqtt_write_publish_header(struct mqtt_sink *sink, const MQTTPublishInfo_t *publish,
                               uint16_t packet_id, size_t remaining_length);
