/* SPDX-License-Identifier: MIT */
/*
 * MQTT 3.1.1 packets as bytes: sizes, building, parsing. Everything here is a pure function of its
 * arguments (but for MQTT_GetIncomingPacketTypeAndLength, which reads from a transport), never
 * blocks, keeps no state and may be called from anywhere. A client that wants no more than this
 * needs no other header of the library.
 *
 * The size functions check what they are given (UTF-8, topics, wildcards, QoS, lengths); the
 * functions that build a packet trust a `remainingLength` that came from them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core_mqtt_config_defaults.h"
#include "transport_interface.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The first byte of each packet (section 2.2); PUBLISH adds flags to it. */
#define MQTT_PACKET_TYPE_CONNECT     ((uint8_t)0x10U)
#define MQTT_PACKET_TYPE_CONNACK     ((uint8_t)0x20U)
#define MQTT_PACKET_TYPE_PUBLISH     ((uint8_t)0x30U)
#define MQTT_PACKET_TYPE_PUBACK      ((uint8_t)0x40U)
#define MQTT_PACKET_TYPE_PUBREC      ((uint8_t)0x50U)
#define MQTT_PACKET_TYPE_PUBREL      ((uint8_t)0x62U)
#define MQTT_PACKET_TYPE_PUBCOMP     ((uint8_t)0x70U)
#define MQTT_PACKET_TYPE_SUBSCRIBE   ((uint8_t)0x82U)
#define MQTT_PACKET_TYPE_SUBACK      ((uint8_t)0x90U)
#define MQTT_PACKET_TYPE_UNSUBSCRIBE ((uint8_t)0xA2U)
#define MQTT_PACKET_TYPE_UNSUBACK    ((uint8_t)0xB0U)
#define MQTT_PACKET_TYPE_PINGREQ     ((uint8_t)0xC0U)
#define MQTT_PACKET_TYPE_PINGRESP    ((uint8_t)0xD0U)
#define MQTT_PACKET_TYPE_DISCONNECT  ((uint8_t)0xE0U)

/* Bytes of a PUBACK, PUBREC, PUBREL or PUBCOMP. */
#define MQTT_PUBLISH_ACK_PACKET_SIZE (4UL)

typedef enum MQTTStatus {
    MQTTSuccess = 0,
    MQTTBadParameter,     /* an argument is not allowed */
    MQTTNoMemory,         /* a buffer or the table of publish records is too small */
    MQTTSendFailed,       /* the transport failed or took too long; the connection is over */
    MQTTRecvFailed,       /* the transport failed; the connection is over */
    MQTTBadResponse,      /* the peer sent what the standard does not allow */
    MQTTServerRefused,    /* CONNACK or SUBACK says no */
    MQTTNoDataAvailable,  /* nothing arrived in time */
    MQTTIllegalState,     /* not possible in the state of this message or connection */
    MQTTStateCollision,   /* the packet identifier is in use */
    MQTTKeepAliveTimeout, /* no PINGRESP in time: the peer is silent */
    MQTTNeedMoreBytes     /* a packet has not arrived entirely */
} MQTTStatus_t;

typedef enum MQTTQoS {
    MQTTQoS0 = 0, /* at most once */
    MQTTQoS1 = 1, /* at least once */
    MQTTQoS2 = 2  /* exactly once */
} MQTTQoS_t;

typedef struct MQTTFixedBuffer {
    uint8_t *pBuffer;
    size_t size;
} MQTTFixedBuffer_t;

/* Strings are not terminated; they belong to the caller and are only read. */
typedef struct MQTTConnectInfo {
    bool cleanSession;
    uint16_t keepAliveSeconds; /* 0: no keep-alive */
    const char *pClientIdentifier;
    uint16_t clientIdentifierLength; /* 0 only with cleanSession */
    const char *pUserName;           /* NULL: none */
    uint16_t userNameLength;
    const char *pPassword; /* NULL: none; only with a user name */
    uint16_t passwordLength;
} MQTTConnectInfo_t;

typedef struct MQTTSubscribeInfo {
    MQTTQoS_t qos; /* not read by UNSUBSCRIBE */
    const char *pTopicFilter;
    uint16_t topicFilterLength;
} MQTTSubscribeInfo_t;

/* A message; also the last will of a CONNECT, whose `dup` is not read. */
typedef struct MQTTPublishInfo {
    MQTTQoS_t qos;
    bool retain;
    bool dup;
    const char *pTopicName;
    uint16_t topicNameLength;
    const void *pPayload;
    size_t payloadLength;
} MQTTPublishInfo_t;

/* A received packet: the first byte, and what follows the fixed header. */
typedef struct MQTTPacketInfo {
    uint8_t type;
    uint8_t *pRemainingData;
    size_t remainingLength;
    size_t headerLength; /* bytes of the fixed header, 2 to 5 */
} MQTTPacketInfo_t;

/* Sizes. Each sets the remaining length and the size of the whole packet. MQTTBadParameter: a NULL
 * pointer, a string that is not valid UTF-8 or holds U+0000, an empty topic, a topic name with
 * wildcards, a misplaced wildcard, a QoS above 2, a last will or packet that is too long. */
MQTTStatus_t MQTT_GetConnectPacketSize(const MQTTConnectInfo_t *connect,
                                       const MQTTPublishInfo_t *will, size_t *remaining_length,
                                       size_t *packet_size);
MQTTStatus_t MQTT_GetSubscribePacketSize(const MQTTSubscribeInfo_t *list, size_t count,
                                         size_t *remaining_length, size_t *packet_size);
MQTTStatus_t MQTT_GetUnsubscribePacketSize(const MQTTSubscribeInfo_t *list, size_t count,
                                           size_t *remaining_length, size_t *packet_size);
MQTTStatus_t MQTT_GetPublishPacketSize(const MQTTPublishInfo_t *publish, size_t *remaining_length,
                                       size_t *packet_size);
MQTTStatus_t MQTT_GetDisconnectPacketSize(size_t *packet_size);
MQTTStatus_t MQTT_GetPingreqPacketSize(size_t *packet_size);

/* Building a whole packet into `buffer`, which belongs to the caller. `remaining_length` comes from
 * the size function for the same arguments. MQTTNoMemory: the buffer is too small; nothing was
 * written. MQTTBadParameter: a NULL pointer, packet identifier 0 where one is needed, a remaining
 * length that cannot be. */
MQTTStatus_t MQTT_SerializeConnect(const MQTTConnectInfo_t *connect, const MQTTPublishInfo_t *will,
                                   size_t remaining_length, const MQTTFixedBuffer_t *buffer);
MQTTStatus_t MQTT_SerializeSubscribe(const MQTTSubscribeInfo_t *list, size_t count,
                                     uint16_t packet_id, size_t remaining_length,
                                     const MQTTFixedBuffer_t *buffer);
MQTTStatus_t MQTT_SerializeUnsubscribe(const MQTTSubscribeInfo_t *list, size_t count,
                                       uint16_t packet_id, size_t remaining_length,
                                       const MQTTFixedBuffer_t *buffer);
MQTTStatus_t MQTT_SerializePublish(const MQTTPublishInfo_t *publish, uint16_t packet_id,
                                   size_t remaining_length, const MQTTFixedBuffer_t *buffer);
MQTTStatus_t MQTT_SerializeDisconnect(const MQTTFixedBuffer_t *buffer);
MQTTStatus_t MQTT_SerializePingreq(const MQTTFixedBuffer_t *buffer);

/* Builds the acknowledgement `packet_type`: PUBACK, PUBREC, PUBREL or PUBCOMP. */
MQTTStatus_t MQTT_SerializeAck(const MQTTFixedBuffer_t *buffer, uint8_t packet_type,
                               uint16_t packet_id);

/* Builds a PUBLISH up to, not including, the payload; `*header_size` says how many bytes. */
MQTTStatus_t MQTT_SerializePublishHeader(const MQTTPublishInfo_t *publish, uint16_t packet_id,
                                         size_t remaining_length, const MQTTFixedBuffer_t *buffer,
                                         size_t *header_size);

/* Builds a PUBLISH up to and including the length of the topic: at most 7 bytes, which the caller
 * has room for. Topic, packet identifier (QoS 1 and 2) and payload follow on the wire. */
MQTTStatus_t MQTT_SerializePublishHeaderWithoutTopic(const MQTTPublishInfo_t *publish,
                                                     size_t remaining_length, uint8_t *buffer,
                                                     size_t *header_size);

/* Build the fixed and the variable header of a CONNECT (at most 15 bytes), SUBSCRIBE or UNSUBSCRIBE
 * (at most 7) at `index`; the caller has room for it. Return the byte behind. The arguments are
 * not checked. */
uint8_t *MQTT_SerializeConnectFixedHeader(uint8_t *index, const MQTTConnectInfo_t *connect,
                                          const MQTTPublishInfo_t *will, size_t remaining_length);
uint8_t *MQTT_SerializeSubscribeHeader(size_t remaining_length, uint8_t *index, uint16_t packet_id);
uint8_t *MQTT_SerializeUnsubscribeHeader(size_t remaining_length, uint8_t *index,
                                         uint16_t packet_id);

/* Reads a fixed header byte by byte from a transport; sets type, remainingLength, headerLength.
 * MQTTNoDataAvailable: nothing arrived. MQTTRecvFailed: the transport failed or the header stopped
 * in the middle. MQTTBadResponse: not a packet that a server sends, or a bad remaining length. */
MQTTStatus_t MQTT_GetIncomingPacketTypeAndLength(TransportRecv_t read_function,
                                                 NetworkContext_t *network_context,
                                                 MQTTPacketInfo_t *packet);

/* The same from the `*available` bytes at `buffer`. MQTTNoDataAvailable: there are none.
 * MQTTNeedMoreBytes: the header goes on behind them. MQTTBadResponse: as above; a remaining length
 * of more than four bytes, or of more bytes than needed, is refused. */
MQTTStatus_t MQTT_ProcessIncomingPacketTypeAndLength(const uint8_t *buffer, const size_t *available,
                                                     MQTTPacketInfo_t *packet);

/* Parses a received PUBLISH (section 3.3). Topic and payload of `publish` point into the packet;
 * an empty payload is NULL. `*packet_id` is 0 at QoS 0. MQTTBadResponse: QoS 3, DUP at QoS 0, a
 * topic that is empty, longer than the packet, not UTF-8, or has wildcards; packet identifier 0. */
MQTTStatus_t MQTT_DeserializePublish(const MQTTPacketInfo_t *packet, uint16_t *packet_id,
                                     MQTTPublishInfo_t *publish);

/* Parses a received CONNACK (needs `session_present`; packet_id may be NULL), SUBACK, UNSUBACK,
 * PUBACK, PUBREC, PUBREL, PUBCOMP (need `packet_id`), or PINGRESP (needs neither). MQTTBadResponse:
 * wrong length or flags, packet identifier 0, a code that the standard does not know.
 * MQTTServerRefused: a well-formed CONNACK, or at least one code of a SUBACK, refuses. */
MQTTStatus_t MQTT_DeserializeAck(const MQTTPacketInfo_t *packet, uint16_t *packet_id,
                                 bool *session_present);

#ifdef __cplusplus
}
#endif
