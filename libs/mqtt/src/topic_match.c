/* SPDX-License-Identifier: MIT */
/*
 * Matching of topic names against topic filters (section 4.7). Filter and name are walked in step;
 * a wildcard counts only where it fills its level, so a filter that the standard does not allow
 * matches no valid name. Levels are compared byte by byte (MQTT-4.7.3-4).
 */
#include "core_mqtt.h"

struct span {
    const char *bytes;
    size_t size;
};

static size_t level_end(struct span text, size_t at)
{
    while (at < text.size && text.bytes[at] != '/')
        at++;
    return at;
}

static bool is_wildcard(struct span filter, size_t at, size_t end, char wildcard)
{
    return end == at + 1 && filter.bytes[at] == wildcard;
}

static bool level_matches(struct span name, size_t name_at, size_t name_end, struct span filter,
                          size_t filter_at, size_t filter_end)
{
    if (is_wildcard(filter, filter_at, filter_end, '+'))
        return true;
    if (name_end - name_at != filter_end - filter_at)
        return false;
    for (size_t i = 0; name_at + i < name_end; i++)
        if (name.bytes[name_at + i] != filter.bytes[filter_at + i])
            return false;
    return true;
}

static bool matches(struct span name, struct span filter)
{
    size_t name_at = 0, filter_at = 0;

    /* MQTT-4.7.2-1 */
    if (name.bytes[0] == '$' && filter.bytes[0] != '$')
        return false;
    for (;;) {
        size_t name_end = level_end(name, name_at);
        size_t filter_end = level_end(filter, filter_at);
        if (filter_end == filter.size && is_wildcard(filter, filter_at, filter_end, '#'))
            return true;
        if (!level_matches(name, name_at, name_end, filter, filter_at, filter_end))
            return false;
        if (name_end == name.size) /* `a/#` matches `a` too */
            return filter_end == filter.size ||
                   (filter.size - filter_end == 2 && filter.bytes[filter_end + 1] == '#');
        if (filter_end == filter.size)
            return false;
        name_at = name_end + 1;
        filter_at = filter_end + 1;
    }
}

MQTTStatus_t MQTT_MatchTopic(const char *topic_name, const uint16_t topic_name_length,
                             const char *topic_filter, const uint16_t topic_filter_length,
                             bool *is_match)
{
    if (topic_name == NULL || topic_name_length == 0 || topic_filter == NULL ||
        topic_filter_length == 0 || is_match == NULL)
        return MQTTBadParameter;
    *is_match = matches((struct span){topic_name, topic_name_length},
                        (struct span){topic_filter, topic_filter_length});
    return MQTTSuccess;
}
