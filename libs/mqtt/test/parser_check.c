/* SPDX-License-Identifier: MIT */
/* The second reading uses shifts and masks where the parser uses arithmetic. */
#include "parser_check.h"

#include <string.h>
#include <sys/mman.h>

#include "core_mqtt_serializer.h"
#include "linnet_test.h"

enum { PAGE = 4096 };

/* Ends where a page begins that cannot be read. */
static uint8_t *page_end(void)
{
    static uint8_t *end;

    if (end == NULL) {
        uint8_t *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                              -1, 0);
        CHECK(pages != MAP_FAILED && mprotect(pages + PAGE, PAGE, PROT_NONE) == 0);
        end = pages + PAGE;
    }
    return end;
}

static bool known_type(uint8_t first)
{
    static const char types[] = "\x20\x40\x50\x62\x70\x90\xB0\xD0";

    return (first >> 4) == 3 || (first != 0 && strchr(types, first) != NULL);
}

static void check_header(const uint8_t *bytes, size_t size)
{
    MQTTPacketInfo_t packet = {0};
    MQTTStatus_t status = MQTT_ProcessIncomingPacketTypeAndLength(bytes, &size, &packet);

    if (size == 0)
        CHECK_EQUAL(MQTTNoDataAvailable, status);
    else if (!known_type(bytes[0]) || (size == 3 && (bytes[1] & 0x80) && bytes[2] == 0))
        CHECK_EQUAL(MQTTBadResponse, status);
    else if (size == 1 || ((bytes[1] & 0x80) && (size == 2 || (bytes[2] & 0x80))))
        CHECK_EQUAL(MQTTNeedMoreBytes, status);
    else {
        bool two = bytes[1] & 0x80;
        CHECK_EQUAL(MQTTSuccess, status);
        CHECK_EQUAL(bytes[0], packet.type);
        CHECK_EQUAL(two ? 3 : 2, packet.headerLength);
        CHECK_EQUAL(two ? (bytes[1] & 0x7F) | (bytes[2] << 7) : bytes[1], packet.remainingLength);
    }
}

/* A body of at most two bytes has no room for a topic of one byte and its length. */
static void check_publish(MQTTPacketInfo_t packet)
{
    MQTTPublishInfo_t publish;
    uint16_t id;

    CHECK_EQUAL((packet.type >> 4) == 3 ? MQTTBadResponse : MQTTBadParameter,
                MQTT_DeserializePublish(&packet, &id, &publish));
}

static MQTTStatus_t expected_ack(MQTTPacketInfo_t packet)
{
    const uint8_t *body = packet.pRemainingData;

    if (!known_type(packet.type) || (packet.type >> 4) == 3 || packet.type == 0x90)
        return MQTTBadResponse;
    if (packet.type == 0xD0)
        return packet.remainingLength == 0 ? MQTTSuccess : MQTTBadResponse;
    if (packet.remainingLength != 2)
        return MQTTBadResponse;
    if (packet.type != 0x20)
        return (body[0] | body[1]) != 0 ? MQTTSuccess : MQTTBadResponse;
    if (body[0] > 1 || (body[0] == 1 && body[1] != 0))
        return MQTTBadResponse;
    return body[1] == 0 ? MQTTSuccess : MQTTServerRefused;
}

static void check_ack(MQTTPacketInfo_t packet)
{
    uint16_t id = 0;
    bool session = false;
    MQTTStatus_t status = MQTT_DeserializeAck(&packet, &id, &session);
    const uint8_t *body = packet.pRemainingData;

    CHECK_EQUAL(expected_ack(packet), status);
    if (status != MQTTSuccess || packet.type == 0xD0)
        return;
    if (packet.type == 0x20)
        CHECK_EQUAL(body[0], session);
    else
        CHECK_EQUAL((body[0] << 8) | body[1], id);
}

void parser_check(const uint8_t *input, size_t size)
{
    uint8_t *bytes = page_end() - size;

    if (size > 0)
        memcpy(bytes, input, size);
    check_header(bytes, size);
    if (size == 0)
        return;
    MQTTPacketInfo_t packet = {bytes[0], bytes + 1, size - 1, 2};
    check_publish(packet);
    check_ack(packet);
}
