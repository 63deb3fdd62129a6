/* SPDX-License-Identifier: MIT */
/*
 * Headers as structs, for drivers written for FreeRTOS+TCP that look into frames. Numbers are in
 * network order. The stack itself reads and writes byte by byte and uses none of them.
 */
#pragma once

#include "FreeRTOS_IP.h"

#define TCPIP_PACKED __attribute__((packed))

typedef struct TCPIP_PACKED xETH_HEADER {
    MACAddress_t xDestinationAddress;
    MACAddress_t xSourceAddress;
    uint16_t usFrameType;
} EthernetHeader_t;

typedef struct TCPIP_PACKED xARP_HEADER {
    uint16_t usHardwareType;
    uint16_t usProtocolType;
    uint8_t ucHardwareAddressLength;
    uint8_t ucProtocolAddressLength;
    uint16_t usOperation;
    MACAddress_t xSenderHardwareAddress;
    uint8_t ucSenderProtocolAddress[4];
    MACAddress_t xTargetHardwareAddress;
    uint32_t ulTargetProtocolAddress;
} ARPHeader_t;

typedef struct TCPIP_PACKED xIP_HEADER {
    uint8_t ucVersionHeaderLength;
    uint8_t ucDifferentiatedServicesCode;
    uint16_t usLength;
    uint16_t usIdentification;
    uint16_t usFragmentOffset;
    uint8_t ucTimeToLive;
    uint8_t ucProtocol;
    uint16_t usHeaderChecksum;
    uint32_t ulSourceIPAddress;
    uint32_t ulDestinationIPAddress;
} IPHeader_t;

typedef struct TCPIP_PACKED xICMP_HEADER {
    uint8_t ucTypeOfMessage;
    uint8_t ucTypeOfService;
    uint16_t usChecksum;
    uint16_t usIdentifier;
    uint16_t usSequenceNumber;
} ICMPHeader_t;

typedef struct TCPIP_PACKED xUDP_HEADER {
    uint16_t usSourcePort;
    uint16_t usDestinationPort;
    uint16_t usLength;
    uint16_t usChecksum;
} UDPHeader_t;

typedef struct TCPIP_PACKED xTCP_HEADER {
    uint16_t usSourcePort;
    uint16_t usDestinationPort;
    uint32_t ulSequenceNumber;
    uint32_t ulAckNr;
    uint8_t ucTCPOffset;
    uint8_t ucTCPFlags;
    uint16_t usWindow;
    uint16_t usChecksum;
    uint16_t usUrgent;
    uint8_t ucOptdata[40];
} TCPHeader_t;

typedef struct TCPIP_PACKED xARP_PACKET {
    EthernetHeader_t xEthernetHeader;
    ARPHeader_t xARPHeader;
} ARPPacket_t;

typedef struct TCPIP_PACKED xIP_PACKET {
    EthernetHeader_t xEthernetHeader;
    IPHeader_t xIPHeader;
} IPPacket_t;

typedef struct TCPIP_PACKED xICMP_PACKET {
    EthernetHeader_t xEthernetHeader;
    IPHeader_t xIPHeader;
    ICMPHeader_t xICMPHeader;
} ICMPPacket_t;

typedef struct TCPIP_PACKED xUDP_PACKET {
    EthernetHeader_t xEthernetHeader;
    IPHeader_t xIPHeader;
    UDPHeader_t xUDPHeader;
} UDPPacket_t;

typedef struct TCPIP_PACKED xTCP_PACKET {
    EthernetHeader_t xEthernetHeader;
    IPHeader_t xIPHeader;
    TCPHeader_t xTCPHeader;
} TCPPacket_t;

typedef union XPROT_PACKET {
    ARPPacket_t xARPPacket;
    TCPPacket_t xTCPPacket;
    UDPPacket_t xUDPPacket;
    ICMPPacket_t xICMPPacket;
} ProtocolPacket_t;

#ifndef __cplusplus
_Static_assert(sizeof(EthernetHeader_t) == 14 && sizeof(ARPHeader_t) == 28 &&
                   sizeof(IPHeader_t) == 20 && sizeof(ICMPHeader_t) == 8 &&
                   sizeof(UDPHeader_t) == 8 && sizeof(TCPHeader_t) == 60,
               "as on the wire");
#endif

/* Types of frames, and protocols, as they stand in these structs. */
#define ipARP_FRAME_TYPE  FreeRTOS_htons(0x0806U)
#define ipIPv4_FRAME_TYPE FreeRTOS_htons(0x0800U)
#define ipIPv6_FRAME_TYPE FreeRTOS_htons(0x86ddU)
