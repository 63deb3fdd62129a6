/* SPDX-License-Identifier: MIT */
/* Received packets: what is accepted, what is refused, and no byte read that is not there. */
#include "core_mqtt.h"

#include <string.h>

#include "linnet_test.h"
#include "parser_check.h"

static MQTTPacketInfo_t packet_of(uint8_t type, const void *body, size_t size)
{
    static uint8_t bytes[65600];

    CHECK(size <= sizeof bytes);
    memcpy(bytes, body, size);
    return (MQTTPacketInfo_t){type, bytes, size, 2};
}

static MQTTStatus_t read_publish(uint8_t type, const void *body, size_t size)
{
    MQTTPacketInfo_t packet = packet_of(type, body, size);
    MQTTPublishInfo_t publish;
    uint16_t id;

    return MQTT_DeserializePublish(&packet, &id, &publish);
}
#define READ_PUBLISH(type, text) read_publish((type), (text), sizeof(text) - 1)

static MQTTStatus_t read_ack(uint8_t type, const void *body, size_t size)
{
    MQTTPacketInfo_t packet = packet_of(type, body, size);
    bool session;
    uint16_t id;

    return MQTT_DeserializeAck(&packet, &id, &session);
}
#define READ_ACK(type, text) read_ack((type), (text), sizeof(text) - 1)

TEST(every_input_of_up_to_two_bytes)
{
    parser_check(NULL, 0);
    for (unsigned value = 0; value < 1u << 16; value++) {
        uint8_t input[2] = {(uint8_t)(value >> 8), (uint8_t)value};
        parser_check(input, 2);
        if (value < 256)
            parser_check(input + 1, 1);
    }
}

TEST(ledger_19_every_input_of_three_bytes)
{
    for (uint32_t value = 0; value < 1u << 24; value++) {
        uint8_t input[3] = {(uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
        parser_check(input, 3);
    }
}

TEST(publish_is_read_as_it_was_written)
{
    MQTTPacketInfo_t packet = packet_of(0x3D, "\0\3a/b\x12\x34xyz", 10);
    MQTTPublishInfo_t publish;
    uint16_t id;

    CHECK_EQUAL(MQTTSuccess, MQTT_DeserializePublish(&packet, &id, &publish));
    CHECK_EQUAL(0x1234, id);
    CHECK_EQUAL(MQTTQoS2, publish.qos);
    CHECK(publish.dup && publish.retain);
    CHECK_EQUAL(3, publish.topicNameLength);
    CHECK_BYTES("a/b", publish.pTopicName, 3);
    CHECK_EQUAL(3, publish.payloadLength);
    CHECK_BYTES("xyz", publish.pPayload, 3);

    packet = packet_of(0x30, "\0\1a", 3);
    CHECK_EQUAL(MQTTSuccess, MQTT_DeserializePublish(&packet, &id, &publish));
    CHECK_EQUAL(0, id);
    CHECK_EQUAL(0, publish.payloadLength);
    CHECK(publish.pPayload == NULL);
}

TEST(publish_that_the_standard_forbids_is_refused)
{
    CHECK_EQUAL(MQTTSuccess, READ_PUBLISH(0x32, "\0\1a\0\1"));
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x36, "\0\1a\0\1"));   /* QoS 3 */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x3E, "\0\1a\0\1"));   /* QoS 3 */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x38, "\0\1a"));       /* DUP at QoS 0 */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\0"));        /* no topic */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\0payload")); /* no topic */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\2a"));       /* past the end */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\xFF\xFF"
                                                    "a"));         /* past the end */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x32, "\0\1a\0"));   /* half an identifier */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x32, "\0\1a"));     /* no identifier */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x32, "\0\1a\0\0")); /* identifier 0 */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\1+"));     /* wildcards */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\3a/#"));
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\3a\0b"));         /* U+0000 */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\3\xED\xA0\x80")); /* surrogate */
    CHECK_EQUAL(MQTTBadResponse, READ_PUBLISH(0x30, "\0\1\xC3\xA4"));     /* cut by the length */
    CHECK_EQUAL(MQTTSuccess, READ_PUBLISH(0x30, "\0\2\xC3\xA4"));
}

TEST(publish_with_every_topic_length_and_every_body_size)
{
    static uint8_t body[64];

    memset(body, 'a', sizeof body);
    for (unsigned qos = 0; qos < 3; qos++)
        for (unsigned topic = 0; topic < 70; topic++)
            for (size_t size = 0; size <= sizeof body; size++) {
                body[0] = 0;
                body[1] = (uint8_t)topic;
                bool fits = topic > 0 && 2 + topic + (qos > 0 ? 2 : 0) <= size;
                CHECK_EQUAL(fits ? MQTTSuccess : MQTTBadResponse,
                            read_publish((uint8_t)(0x30 + 2 * qos), body, size));
            }
}

TEST(acknowledgements_that_the_standard_forbids_are_refused)
{
    static const uint8_t two_bytes[] = {0x40, 0x50, 0x62, 0x70, 0xB0};

    for (size_t i = 0; i < sizeof two_bytes; i++) {
        CHECK_EQUAL(MQTTSuccess, READ_ACK(two_bytes[i], "\0\1"));
        CHECK_EQUAL(MQTTBadResponse, READ_ACK(two_bytes[i], "\0\0"));
        CHECK_EQUAL(MQTTBadResponse, READ_ACK(two_bytes[i], "\1"));
        CHECK_EQUAL(MQTTBadResponse, READ_ACK(two_bytes[i], ""));
        CHECK_EQUAL(MQTTBadResponse, READ_ACK(two_bytes[i], "\0\1\0"));
        CHECK_EQUAL(MQTTBadResponse, READ_ACK((uint8_t)(two_bytes[i] ^ 1), "\0\1"));
    }
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x60, "\0\1"));
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x20, "\2\0"));
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x20, "\1\5"));
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x20, "\0"));
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x20, "\0\0\0"));
    CHECK_EQUAL(MQTTServerRefused, READ_ACK(0x20, "\0\5"));
    CHECK_EQUAL(MQTTServerRefused, READ_ACK(0x20, "\0\7")); /* what AWS IoT answers */
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0xD0, "\0"));
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x30, "\0\1"));
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x10, "\0\1"));
}

TEST(suback_codes)
{
    for (unsigned code = 0; code < 256; code++) {
        uint8_t body[] = {0, 1, 0, (uint8_t)code, 1};
        CHECK_EQUAL(code <= 2      ? MQTTSuccess
                    : code == 0x80 ? MQTTServerRefused
                                   : MQTTBadResponse,
                    read_ack(0x90, body, sizeof body));
    }
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x90, "\0\1"));
    CHECK_EQUAL(MQTTBadResponse, READ_ACK(0x90, "\0\0\1"));

    MQTTPacketInfo_t packet = packet_of(0x90, "\0\1\x80\2", 4);
    uint8_t *codes;
    size_t count;
    CHECK_EQUAL(MQTTSuccess, MQTT_GetSubAckStatusCodes(&packet, &codes, &count));
    CHECK_EQUAL(2, count);
    CHECK_EQUAL(MQTTSubAckFailure, codes[0]);
    CHECK_EQUAL(MQTTSubAckSuccessQos2, codes[1]);
    packet.remainingLength = 2;
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetSubAckStatusCodes(&packet, &codes, &count));
    packet = packet_of(0xB0, "\0\1\0", 3);
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetSubAckStatusCodes(&packet, &codes, &count));
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetSubAckStatusCodes(NULL, &codes, &count));
}

TEST(ledger_19_a_remaining_length_of_five_bytes_or_not_minimal_is_refused)
{
    static const struct {
        uint8_t bytes[6];
        size_t size;
        MQTTStatus_t status;
        size_t length;
    } table[] = {
        {{0x30, 0xFF, 0xFF, 0xFF, 0x7F}, 5, MQTTSuccess, 268435455},
        {{0x30, 0xFF, 0xFF, 0xFF, 0xFF}, 5, MQTTBadResponse, 0},
        {{0x30, 0x80, 0x80, 0x80, 0x80, 0x01}, 6, MQTTBadResponse, 0},
        {{0x30, 0x80, 0x80, 0x80, 0x00}, 5, MQTTBadResponse, 0},
        {{0x30, 0x80, 0x80, 0x00}, 4, MQTTBadResponse, 0},
        {{0x30, 0x80, 0x00}, 3, MQTTBadResponse, 0},
        {{0x30, 0x80, 0x80, 0x80, 0x01}, 5, MQTTSuccess, 2097152},
        {{0x30, 0x80, 0x80, 0x01}, 4, MQTTSuccess, 16384},
        {{0x30, 0x80, 0x01}, 3, MQTTSuccess, 128},
        {{0x30, 0x80, 0x80, 0x80}, 4, MQTTNeedMoreBytes, 0},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        MQTTPacketInfo_t packet;
        CHECK_EQUAL(table[i].status, MQTT_ProcessIncomingPacketTypeAndLength(
                                         table[i].bytes, &table[i].size, &packet));
        if (table[i].status == MQTTSuccess)
            CHECK_EQUAL(table[i].length, packet.remainingLength);
    }
}

/* A transport of a few bytes: then silence, or an error. */
struct NetworkContext {
    const uint8_t *bytes;
    size_t left;
    int32_t at_end;
};

static int32_t read_byte(NetworkContext_t *context, void *buffer, size_t size)
{
    CHECK_EQUAL(1, size);
    if (context->left == 0)
        return context->at_end;
    *(uint8_t *)buffer = *context->bytes++;
    context->left--;
    return 1;
}

static MQTTStatus_t read_header(const char *bytes, size_t size, int32_t at_end)
{
    NetworkContext_t context = {(const uint8_t *)bytes, size, at_end};
    MQTTPacketInfo_t packet;

    return MQTT_GetIncomingPacketTypeAndLength(read_byte, &context, &packet);
}

TEST(fixed_header_from_a_transport)
{
    CHECK_EQUAL(MQTTSuccess, read_header("\x30\x80\x01", 3, -1));
    CHECK_EQUAL(MQTTNoDataAvailable, read_header("", 0, 0));
    CHECK_EQUAL(MQTTRecvFailed, read_header("", 0, -1));
    CHECK_EQUAL(MQTTRecvFailed, read_header("\x30\x80", 2, 0));
    CHECK_EQUAL(MQTTRecvFailed, read_header("\x30\x80", 2, -1));
    CHECK_EQUAL(MQTTBadResponse, read_header("\x10", 1, -1));
    CHECK_EQUAL(MQTTBadResponse, read_header("\x30\xFF\xFF\xFF\xFF\x01", 6, -1));
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetIncomingPacketTypeAndLength(NULL, NULL, NULL));
}

TEST(null_arguments_are_refused)
{
    MQTTPacketInfo_t packet = packet_of(0x40, "\0\1", 2);
    MQTTPublishInfo_t publish;
    uint16_t id;
    size_t size = 2;

    CHECK_EQUAL(MQTTBadParameter, MQTT_DeserializeAck(NULL, &id, NULL));
    CHECK_EQUAL(MQTTBadParameter, MQTT_DeserializeAck(&packet, NULL, NULL));
    packet.type = 0x20;
    CHECK_EQUAL(MQTTBadParameter, MQTT_DeserializeAck(&packet, &id, NULL));
    packet.pRemainingData = NULL;
    CHECK_EQUAL(MQTTBadParameter, MQTT_DeserializeAck(&packet, &id, NULL));
    packet.type = 0x30;
    CHECK_EQUAL(MQTTBadParameter, MQTT_DeserializePublish(&packet, &id, &publish));
    CHECK_EQUAL(MQTTBadParameter, MQTT_DeserializePublish(NULL, &id, &publish));
    CHECK_EQUAL(MQTTBadParameter, MQTT_ProcessIncomingPacketTypeAndLength(NULL, &size, &packet));
}
