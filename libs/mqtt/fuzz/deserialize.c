/* SPDX-License-Identifier: MIT */
/* The first byte as the type, the rest as the body, into both deserializers whatever the type. */
#include <stdlib.h>

#include "core_mqtt.h"

static void require(bool claim)
{
    if (!claim)
        abort();
}

static void check_suback(const MQTTPacketInfo_t *packet, MQTTStatus_t status)
{
    uint8_t *codes;
    size_t count;
    bool refused = false;

    if (MQTT_GetSubAckStatusCodes(packet, &codes, &count) != MQTTSuccess)
        return;
    require(codes == packet->pRemainingData + 2 && count == packet->remainingLength - 2);
    for (size_t i = 0; i < count; i++)
        refused = refused || codes[i] == MQTTSubAckFailure;
    require(status == MQTTBadResponse || (status == MQTTServerRefused) == refused);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MQTTPublishInfo_t publish;
    uint16_t id = 0;
    bool session = false;

    if (size == 0)
        return 0;
    /* The parsers only read: the input itself serves, and its end is guarded. */
    MQTTPacketInfo_t packet = {data[0], (uint8_t *)(uintptr_t)(data + 1), size - 1, 2};
    MQTTStatus_t status = MQTT_DeserializePublish(&packet, &id, &publish);
    require(status == MQTTSuccess || status == MQTTBadResponse || packet.type / 16 != 3);
    status = MQTT_DeserializeAck(&packet, &id, &session);
    require(status == MQTTSuccess || status == MQTTBadResponse || status == MQTTServerRefused);
    check_suback(&packet, status);
    return 0;
}
