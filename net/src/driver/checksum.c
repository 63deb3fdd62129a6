/* SPDX-License-Identifier: MIT */
/*
 * Checksums as drivers ask for them.
 */
#include "FreeRTOS_IP_Private.h"
#include "core/checksum.h"
#include "wire/locate.h"

uint16_t usGenerateChecksum(uint16_t sum, const uint8_t *bytes, size_t count)
{
    return (uint16_t)(UINT16_MAX - tcpip_checksum_finish(tcpip_checksum_add(sum, bytes, count)));
}

struct checksum_place {
    uint8_t protocol;
    uint8_t offset; /* in the transport header */
    uint8_t least;  /* bytes of the header */
    bool pseudo;    /* covers the pseudo-header */
};

static const struct checksum_place *place_of(uint8_t protocol, bool ipv6)
{
    static const struct checksum_place places[] = {
        {ipPROTOCOL_TCP, 16, 20, true},     {ipPROTOCOL_UDP, 6, 8, true},
        {ipPROTOCOL_ICMP, 2, 4, false},     {ipPROTOCOL_IGMP, 2, 8, false},
        {ipPROTOCOL_ICMP_IPv6, 2, 4, true},
    };

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        bool of_other_family = ipv6 ? !places[i].pseudo : protocol == ipPROTOCOL_ICMP_IPv6;

        if (places[i].protocol == protocol && !of_other_family)
            return &places[i];
    }
    return NULL;
}

static uint16_t checksum_of(const uint8_t *frame, const struct located *located, bool pseudo)
{
    uint32_t sum = 0;

    if (pseudo)
        sum = tcpip_checksum_pseudo(&located->source, &located->destination, located->protocol,
                                    located->length);
    return tcpip_checksum_finish(tcpip_checksum_add(sum, frame + located->offset, located->length));
}

/* RFC 768: a computed checksum of zero is sent as all ones; RFC 8200 8.1 the same. */
static void insert(uint8_t *frame, const struct located *located,
                   const struct checksum_place *place)
{
    uint8_t *field = frame + located->offset + place->offset;

    tcpip_put_be16(field, 0);
    uint16_t checksum = checksum_of(frame, located, place->pseudo);
    if (checksum == 0 && located->protocol == ipPROTOCOL_UDP)
        checksum = UINT16_MAX;
    tcpip_put_be16(field, checksum);
}

/* Of IPv4, a UDP datagram may have none; whether that is accepted is an option. */
static bool is_right(const uint8_t *frame, const struct located *located,
                     const struct checksum_place *place)
{
    if (located->protocol == ipPROTOCOL_UDP &&
        tcpip_get_be16(frame + located->offset + place->offset) == 0)
        return ipconfigUDP_PASS_ZERO_CHECKSUM_PACKETS && located->source.family == TCPIP_IPV4;
    return checksum_of(frame, located, place->pseudo) == 0;
}

uint16_t usGenerateProtocolChecksum(uint8_t *ethernet_buffer, size_t length, BaseType_t outgoing)
{
    struct located located;

    switch (tcpip_locate(ethernet_buffer, length, &located)) {
    case LOCATE_OK:
        break;
    case LOCATE_SHORT:
        return ipINVALID_LENGTH;
    default:
        return ipUNHANDLED_PROTOCOL;
    }
    const struct checksum_place *place = place_of(located.protocol,
                                                  located.source.family == TCPIP_IPV6);
    if (place == NULL)
        return ipUNHANDLED_PROTOCOL;
    if (located.length < place->least)
        return ipINVALID_LENGTH;
    if (outgoing == pdFALSE)
        return is_right(ethernet_buffer, &located, place) ? ipCORRECT_CRC : ipWRONG_CRC;
    insert(ethernet_buffer, &located, place);
    return ipCORRECT_CRC;
}
