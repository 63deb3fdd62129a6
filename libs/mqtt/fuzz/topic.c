/* SPDX-License-Identifier: MIT */
/* Arbitrary bytes, split at the first newline, as a topic name and a topic filter. */
#include <stdlib.h>
#include <string.h>

#include "core_mqtt.h"

static bool name_valid(const char *text, size_t size)
{
    MQTTPublishInfo_t info = {.pTopicName = text, .topicNameLength = (uint16_t)size};
    size_t remaining, packet;

    return MQTT_GetPublishPacketSize(&info, &remaining, &packet) == MQTTSuccess;
}

static bool filter_valid(const char *text, size_t size)
{
    MQTTSubscribeInfo_t info = {MQTTQoS0, text, (uint16_t)size};
    size_t remaining, packet;

    return MQTT_GetSubscribePacketSize(&info, 1, &remaining, &packet) == MQTTSuccess;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *name = (const char *)data;
    const uint8_t *newline = size > 0 && size < 60000 ? memchr(data, '\n', size) : NULL;
    bool match = false, all = false;

    if (newline == NULL)
        return 0;
    size_t name_size = (size_t)(newline - data);
    const char *filter = name + name_size + 1;
    size_t filter_size = size - name_size - 1;
    bool valid = name_valid(name, name_size);
    /* A valid name is a valid filter that matches itself, and `#` matches it unless it is a `$`. */
    if (valid && (!filter_valid(name, name_size) ||
                  MQTT_MatchTopic(name, (uint16_t)name_size, name, (uint16_t)name_size, &match) ||
                  MQTT_MatchTopic(name, (uint16_t)name_size, "#", 1, &all) || !match ||
                  all != (name[0] != '$')))
        abort();
    match = false;
    (void)MQTT_MatchTopic(name, (uint16_t)name_size, filter, (uint16_t)filter_size, &match);
    if (match && valid && !filter_valid(filter, filter_size))
        abort(); /* a filter that is not allowed matches no name that is */
    return 0;
}
