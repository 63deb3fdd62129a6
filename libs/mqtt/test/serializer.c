/* SPDX-License-Identifier: MIT */
/* Building packets: the bytes of the standard, the announced size, every buffer that is too small.
 */
#include "core_mqtt_serializer.h"

#include <string.h>

#include "linnet_test.h"

static uint8_t bytes[512];

static MQTTFixedBuffer_t room(size_t size)
{
    memset(bytes, 0xA5, sizeof bytes);
    return (MQTTFixedBuffer_t){bytes, size};
}

/* That many bytes were written and none behind them. */
static void check_written(const void *expected, size_t size)
{
    CHECK_BYTES(expected, bytes, size);
    for (size_t i = size; i < sizeof bytes; i++)
        CHECK_EQUAL(0xA5, bytes[i]);
}

static const MQTTConnectInfo_t full_connect = {true, 0x1234, "dev", 3, "usr", 3, "pw", 2};
static const MQTTPublishInfo_t will = {MQTTQoS1, true, false, "w/t", 3, "bye", 3};

TEST(connect_has_the_bytes_of_the_standard)
{
    static const char expected[] =
        "\x10\x22\0\4MQTT\4\xEE\x12\x34\0\3dev\0\3w/t\0\3bye\0\3usr\0\2pw";
    size_t remaining, size;

    CHECK_EQUAL(MQTTSuccess, MQTT_GetConnectPacketSize(&full_connect, &will, &remaining, &size));
    CHECK_EQUAL(sizeof expected - 1, size);
    MQTTFixedBuffer_t buffer = room(size);
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializeConnect(&full_connect, &will, remaining, &buffer));
    check_written(expected, size);
}

TEST(every_connect_is_as_long_as_announced)
{
    size_t remaining, size;

    for (unsigned variant = 0; variant < 16; variant++) {
        MQTTConnectInfo_t info = full_connect;
        if ((variant & 1) == 0)
            info.pPassword = NULL;
        if ((variant & 2) == 0)
            info.pUserName = info.pPassword = NULL;
        info.clientIdentifierLength = (variant & 4) ? 3 : 0;
        const MQTTPublishInfo_t *last = (variant & 8) ? &will : NULL;
        CHECK_EQUAL(MQTTSuccess, MQTT_GetConnectPacketSize(&info, last, &remaining, &size));
        for (size_t less = 1; less <= size; less++) {
            MQTTFixedBuffer_t small = room(size - less);
            CHECK_EQUAL(MQTTNoMemory, MQTT_SerializeConnect(&info, last, remaining, &small));
            check_written("", 0);
        }
        MQTTFixedBuffer_t buffer = room(size);
        CHECK_EQUAL(MQTTSuccess, MQTT_SerializeConnect(&info, last, remaining, &buffer));
        check_written(bytes, size);
        CHECK_EQUAL(size, remaining + 2);
    }
}

TEST(connect_refuses_what_the_standard_refuses)
{
    size_t remaining, size;
    MQTTConnectInfo_t info = full_connect;
    MQTTPublishInfo_t last = will;

    CHECK_EQUAL(MQTTBadParameter, MQTT_GetConnectPacketSize(NULL, NULL, &remaining, &size));
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetConnectPacketSize(&info, NULL, NULL, &size));
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetConnectPacketSize(&info, NULL, &remaining, NULL));
    info.cleanSession = false;
    info.clientIdentifierLength = 0;
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetConnectPacketSize(&info, NULL, &remaining, &size));
    info = full_connect;
    info.pUserName = NULL; /* a password without a user name */
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetConnectPacketSize(&info, NULL, &remaining, &size));
    info = full_connect;
    info.pClientIdentifier = NULL;
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetConnectPacketSize(&info, NULL, &remaining, &size));
    info.pClientIdentifier = "a\xC0\x80";
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetConnectPacketSize(&info, NULL, &remaining, &size));
    last.payloadLength = 65536;
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_GetConnectPacketSize(&full_connect, &last, &remaining, &size));
    last = will;
    last.pTopicName = "a/#";
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_GetConnectPacketSize(&full_connect, &last, &remaining, &size));
    last = will;
    last.qos = (MQTTQoS_t)3;
    CHECK_EQUAL(MQTTBadParameter,
                MQTT_GetConnectPacketSize(&full_connect, &last, &remaining, &size));
}

TEST(subscribe_and_unsubscribe_have_the_bytes_of_the_standard)
{
    static const MQTTSubscribeInfo_t list[] = {{MQTTQoS1, "a/b", 3}, {MQTTQoS2, "#", 1}};
    static const uint8_t subscribe[] = {0x82, 12, 0x12, 0x34, 0, 3, 'a', '/', 'b', 1, 0, 1, '#', 2};
    static const uint8_t unsubscribe[] = {0xA2, 10, 0x12, 0x34, 0, 3, 'a', '/', 'b', 0, 1, '#'};
    size_t remaining, size;

    CHECK_EQUAL(MQTTSuccess, MQTT_GetSubscribePacketSize(list, 2, &remaining, &size));
    CHECK_EQUAL(sizeof subscribe, size);
    MQTTFixedBuffer_t buffer = room(size);
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializeSubscribe(list, 2, 0x1234, remaining, &buffer));
    check_written(subscribe, size);

    CHECK_EQUAL(MQTTSuccess, MQTT_GetUnsubscribePacketSize(list, 2, &remaining, &size));
    CHECK_EQUAL(sizeof unsubscribe, size);
    buffer = room(size);
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializeUnsubscribe(list, 2, 0x1234, remaining, &buffer));
    check_written(unsubscribe, size);

    for (size_t less = 1; less <= size; less++) {
        buffer = room(size - less);
        CHECK_EQUAL(MQTTNoMemory, MQTT_SerializeUnsubscribe(list, 2, 1, remaining, &buffer));
        check_written("", 0);
    }
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializeSubscribe(list, 2, 0, remaining, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializeSubscribe(NULL, 2, 1, remaining, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializeSubscribe(list, 0, 1, remaining, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetSubscribePacketSize(list, 0, &remaining, &size));
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetSubscribePacketSize(NULL, 1, &remaining, &size));
}

TEST(publish_has_the_bytes_of_the_standard)
{
    MQTTPublishInfo_t publish = {MQTTQoS2, true, true, "a/b", 3, "hello", 5};
    static const uint8_t expected[] = {0x3D, 12,   0,   3,   'a', '/', 'b',
                                       0x12, 0x34, 'h', 'e', 'l', 'l', 'o'};
    size_t remaining, size, header;

    CHECK_EQUAL(MQTTSuccess, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
    CHECK_EQUAL(sizeof expected, size);
    MQTTFixedBuffer_t buffer = room(size);
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializePublish(&publish, 0x1234, remaining, &buffer));
    check_written(expected, size);

    buffer = room(size - 5);
    CHECK_EQUAL(MQTTSuccess,
                MQTT_SerializePublishHeader(&publish, 0x1234, remaining, &buffer, &header));
    CHECK_EQUAL(size - 5, header);
    check_written(expected, header);

    (void)room(0);
    CHECK_EQUAL(MQTTSuccess,
                MQTT_SerializePublishHeaderWithoutTopic(&publish, remaining, bytes, &header));
    CHECK_EQUAL(4, header);
    check_written(expected, 4);

    publish.qos = MQTTQoS0;
    publish.retain = publish.dup = false;
    CHECK_EQUAL(MQTTSuccess, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
    buffer = room(size);
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializePublish(&publish, 0, remaining, &buffer));
    check_written((const uint8_t[]){0x30, 10, 0, 3, 'a', '/', 'b', 'h', 'e', 'l', 'l', 'o'}, 12);
}

TEST(publish_refuses_what_cannot_be_sent)
{
    MQTTPublishInfo_t publish = {MQTTQoS1, false, false, "a", 1, "x", 1};
    size_t remaining, size;

    CHECK_EQUAL(MQTTSuccess, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
    MQTTFixedBuffer_t buffer = room(size);
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializePublish(&publish, 0, remaining, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializePublish(NULL, 1, remaining, &buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializePublish(&publish, 1, remaining, NULL));
    publish.pPayload = NULL;
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
    publish.pPayload = "x";
    publish.pTopicName = "a+";
    publish.topicNameLength = 2;
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
    publish.topicNameLength = 0;
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
}

TEST(lengths_around_every_step_of_the_remaining_length)
{
    static const size_t steps[] = {127, 128, 16383, 16384, 2097151, 2097152, 268435455};
    MQTTPublishInfo_t publish = {MQTTQoS0, false, false, "t", 1, "x", 0};
    size_t remaining, size;

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        publish.payloadLength = steps[i] - 3;
        CHECK_EQUAL(MQTTSuccess, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
        CHECK_EQUAL(steps[i], remaining);
        CHECK_EQUAL(steps[i] + 2 + (i + 1) / 2, size);
        MQTTPacketInfo_t packet;
        size_t header;
        (void)room(0);
        CHECK_EQUAL(MQTTSuccess,
                    MQTT_SerializePublishHeaderWithoutTopic(&publish, remaining, bytes, &header));
        CHECK_EQUAL(MQTTSuccess, MQTT_ProcessIncomingPacketTypeAndLength(bytes, &header, &packet));
        CHECK_EQUAL(remaining, packet.remainingLength);
        CHECK_EQUAL(header - 2, packet.headerLength);
    }
    static const size_t too_long[] = {268435455 - 2, 268435456, SIZE_MAX / 2, SIZE_MAX - 1,
                                      SIZE_MAX};
    for (size_t i = 0; i < sizeof too_long / sizeof too_long[0]; i++) {
        publish.payloadLength = too_long[i];
        CHECK_EQUAL(MQTTBadParameter, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
    }
}

TEST(a_remaining_length_of_other_arguments_never_runs_over)
{
    MQTTPublishInfo_t publish = {MQTTQoS1, false, false, "topic", 5, "payload", 7};
    size_t remaining, size;

    CHECK_EQUAL(MQTTSuccess, MQTT_GetPublishPacketSize(&publish, &remaining, &size));
    for (size_t wrong = 0; wrong < 40; wrong++) {
        MQTTFixedBuffer_t buffer = room(wrong + 2);
        MQTTStatus_t status = MQTT_SerializePublish(&publish, 1, wrong, &buffer);
        CHECK_EQUAL(wrong == remaining ? MQTTSuccess : MQTTBadParameter, status);
        for (size_t i = wrong + 2; i < sizeof bytes; i++)
            CHECK_EQUAL(0xA5, bytes[i]);
    }
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializePublish(&publish, 1, SIZE_MAX,
                                                        &(MQTTFixedBuffer_t){bytes, SIZE_MAX}));
}

TEST(short_packets_have_the_bytes_of_the_standard)
{
    static const uint8_t types[] = {0x40, 0x50, 0x62, 0x70};
    MQTTFixedBuffer_t buffer;
    size_t size;

    for (size_t i = 0; i < sizeof types; i++) {
        buffer = room(4);
        CHECK_EQUAL(MQTTSuccess, MQTT_SerializeAck(&buffer, types[i], 0xFFFE));
        check_written((const uint8_t[]){types[i], 2, 0xFF, 0xFE}, 4);
        CHECK_EQUAL(MQTTBadParameter, MQTT_SerializeAck(&buffer, types[i], 0));
        buffer = room(3);
        CHECK_EQUAL(MQTTNoMemory, MQTT_SerializeAck(&buffer, types[i], 1));
        check_written("", 0);
    }
    for (unsigned type = 0; type < 256; type++)
        if (memchr(types, (int)type, sizeof types) == NULL)
            CHECK_EQUAL(MQTTBadParameter, MQTT_SerializeAck(&buffer, (uint8_t)type, 1));
    CHECK_EQUAL(MQTTSuccess, MQTT_GetPingreqPacketSize(&size));
    CHECK_EQUAL(2, size);
    CHECK_EQUAL(MQTTSuccess, MQTT_GetDisconnectPacketSize(&size));
    CHECK_EQUAL(2, size);
    buffer = room(2);
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializePingreq(&buffer));
    check_written((const uint8_t[]){0xC0, 0}, 2);
    buffer = room(2);
    CHECK_EQUAL(MQTTSuccess, MQTT_SerializeDisconnect(&buffer));
    check_written((const uint8_t[]){0xE0, 0}, 2);
    buffer = room(1);
    CHECK_EQUAL(MQTTNoMemory, MQTT_SerializePingreq(&buffer));
    CHECK_EQUAL(MQTTNoMemory, MQTT_SerializeDisconnect(&buffer));
    CHECK_EQUAL(MQTTBadParameter, MQTT_SerializePingreq(NULL));
    CHECK_EQUAL(MQTTBadParameter, MQTT_GetPingreqPacketSize(NULL));
}
