/* SPDX-License-Identifier: MIT */
/* Arbitrary bytes as a stream of packets: fixed header, then the body by its type. */
#include <stdlib.h>
#include <string.h>

#include "core_mqtt.h"

static void require(bool claim)
{
    if (!claim)
        abort();
}

static void check_publish(const MQTTPacketInfo_t *packet)
{
    const char *begin = (const char *)packet->pRemainingData;
    MQTTPublishInfo_t publish;
    uint16_t id;

    if (MQTT_DeserializePublish(packet, &id, &publish) != MQTTSuccess)
        return;
    require(publish.qos <= MQTTQoS2 && (id != 0) == (publish.qos != MQTTQoS0));
    require(publish.topicNameLength > 0 && publish.pTopicName == begin + 2);
    require(memchr(publish.pTopicName, 0, publish.topicNameLength) == NULL);
    require(2u + publish.topicNameLength + (id != 0 ? 2 : 0) + publish.payloadLength ==
            packet->remainingLength);
    require((publish.pPayload == NULL) == (publish.payloadLength == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MQTTPacketInfo_t packet;
    uint16_t id;
    bool session;

    while (MQTT_ProcessIncomingPacketTypeAndLength(data, &size, &packet) == MQTTSuccess) {
        require(packet.headerLength >= 2 && packet.headerLength <= 5 &&
                packet.headerLength <= size);
        if (packet.remainingLength > size - packet.headerLength)
            break;
        /* A copy of its own size: a read past the packet is a read past the copy. */
        uint8_t *exact = malloc(packet.remainingLength > 0 ? packet.remainingLength : 1);
        require(exact != NULL);
        memcpy(exact, data + packet.headerLength, packet.remainingLength);
        packet.pRemainingData = exact;
        if (packet.type / 16 == 3)
            check_publish(&packet);
        else
            (void)MQTT_DeserializeAck(&packet, &id, &session);
        free(exact);
        data += packet.headerLength + packet.remainingLength;
        size -= packet.headerLength + packet.remainingLength;
    }
    return 0;
}
