/* SPDX-License-Identifier: MIT */
/* Statuses and states by name, and the codes of a SUBACK. */
#include "core_mqtt.h"
#include "core_mqtt_state.h"

#define NAME(value) [value] = #value

static const char invalid[] = "invalid";

const char *MQTT_Status_strerror(MQTTStatus_t status)
{
    static const char *const names[] = {
        NAME(MQTTSuccess),        NAME(MQTTBadParameter),     NAME(MQTTNoMemory),
        NAME(MQTTSendFailed),     NAME(MQTTRecvFailed),       NAME(MQTTBadResponse),
        NAME(MQTTServerRefused),  NAME(MQTTNoDataAvailable),  NAME(MQTTIllegalState),
        NAME(MQTTStateCollision), NAME(MQTTKeepAliveTimeout), NAME(MQTTNeedMoreBytes),
    };

    return (size_t)status < sizeof names / sizeof names[0] ? names[status] : invalid;
}

const char *MQTT_State_strerror(MQTTPublishState_t state)
{
    static const char *const names[] = {
        NAME(MQTTStateNull),      NAME(MQTTPublishSend),   NAME(MQTTPubAckSend),
        NAME(MQTTPubRecSend),     NAME(MQTTPubRelSend),    NAME(MQTTPubCompSend),
        NAME(MQTTPubAckPending),  NAME(MQTTPubRecPending), NAME(MQTTPubRelPending),
        NAME(MQTTPubCompPending), NAME(MQTTPublishDone),
    };

    return (size_t)state < sizeof names / sizeof names[0] ? names[state] : invalid;
}

MQTTStatus_t MQTT_GetSubAckStatusCodes(const MQTTPacketInfo_t *suback, uint8_t **payload_start,
                                       size_t *payload_size)
{
    if (suback == NULL || payload_start == NULL || payload_size == NULL ||
        suback->type != MQTT_PACKET_TYPE_SUBACK || suback->pRemainingData == NULL ||
        suback->remainingLength < 3)
        return MQTTBadParameter;
    *payload_start = suback->pRemainingData + 2;
    *payload_size = suback->remainingLength - 2;
    return MQTTSuccess;
}
