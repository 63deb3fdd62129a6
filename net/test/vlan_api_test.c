/* SPDX-License-Identifier: MIT */
/* Tagged networks as an application has them: an echo behind a tag, captures, and what is refused. */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "tcpip.h"
#include "tcpip_capture.h"
#include "wire.h"
#include "wire/vlan.h"

enum { IP = VLAN_HEADER_SIZE, PCAP_FILE = 24, PCAP_FRAME = 16, ECHO_PORT = 7 };

static struct wire wire;
static NetworkInterface_t *plain, *tagged;
static NetworkEndPoint_t plain_end, tagged_end;
static struct test_random random_state;

static bool entropy(void *buffer, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)buffer)[i] = (uint8_t)test_random_next(&random_state);
    return true;
}

static void swap(uint8_t *one, uint8_t *other, size_t size)
{
    while (size-- > 0) {
        uint8_t byte = one[size];

        one[size] = other[size];
        other[size] = byte;
    }
}

/* Whoever is asked for in network 5 is there and sends back what comes. */
static bool echo(struct wire *link, const uint8_t *bytes, size_t length)
{
    uint8_t back[WIRE_FRAME_SIZE];

    if (tcpip_get_be32(bytes + 12) != 0x81004005) /* priority 2 */
        return true;
    memcpy(back, bytes, length);
    memcpy(back, bytes + 6, NETIF_MAC_SIZE);
    memcpy(back + 6, link->peer_mac, NETIF_MAC_SIZE);
    if (tcpip_get_be16(bytes + 16) == ETHERNET_IPV4) {
        swap(back + IP + 12, back + IP + 16, 4); /* every checksum stays right */
        swap(back + IP + 20, back + IP + 22, 2);
    } else if (tcpip_get_be32(bytes + IP + 14) != tcpip_get_be32(bytes + IP + 24)) {
        back[IP + 7] = 2; /* the answer to a question of ARP */
        swap(back + IP + 8, back + IP + 18, 10);
        memcpy(back + IP + 8, link->peer_mac, NETIF_MAC_SIZE);
    } else {
        return true; /* an announcement */
    }
    wire_send(link, back, length);
    return true;
}

static void add_interfaces(void)
{
    random_state.state = 4711;
    wire_init(&wire, 1);
    wire.peer = echo;
    tcpip_set_entropy(entropy);
    plain = tcpip_add_interface(&wire.netif, NULL);
    tagged = tcpip_add_vlan(plain, 5, 2);
    CHECK(plain != NULL && tagged != NULL);
}

static void start(void)
{
    static const uint8_t own[4] = {10, 0, 0, 1}, own5[4] = {10, 5, 0, 1};
    static const uint8_t mask[4] = {255, 255, 255, 0}, none[4] = {0}, mac[6] = {2, 9, 9, 9, 9, 9};

    FreeRTOS_FillEndPoint(plain, &plain_end, own, mask, none, none, mac);
    FreeRTOS_FillEndPoint(tagged, &tagged_end, own5, mask, none, none, NULL);
    CHECK_EQUAL(pdPASS, FreeRTOS_IPInit_Multi());
    for (unsigned i = 0; FreeRTOS_IsNetworkUp() == pdFALSE || tagged_end.bits.bEndPointUp == 0;
         i++) {
        CHECK(i < 10000);
        vTaskDelay(1);
    }
}

static void begin(void)
{
    add_interfaces();
    start();
}

static void end(void)
{
    tcpip_stop();
    CHECK(tcpip_nothing_left());
}

/* A datagram of so many bytes goes to 10.5.0.9 and comes back. */
static void exchange(size_t size)
{
    static uint8_t out[1472], in[1472];
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET};
    TickType_t patience = pdMS_TO_TICKS(1000);
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);

    CHECK_EQUAL(0,
                FreeRTOS_setsockopt(socket, 0, FREERTOS_SO_RCVTIMEO, &patience, sizeof patience));
    address.sin_port = FreeRTOS_htons(ECHO_PORT);
    address.sin_addr = FreeRTOS_inet_addr_quick(10, 5, 0, 9);
    memset(out, (int)size % 256, size);
    CHECK_EQUAL(size, FreeRTOS_sendto(socket, out, size, 0, &address, sizeof address));
    CHECK_EQUAL(size, FreeRTOS_recvfrom(socket, in, sizeof in, 0, &address, NULL));
    CHECK_BYTES(out, in, size);
    CHECK_EQUAL(FreeRTOS_htons(ECHO_PORT), address.sin_port);
    FreeRTOS_closesocket(socket);
}

TEST(datagrams_go_through_a_tagged_network)
{
    begin();
    CHECK_STRING("wire0.5", tagged->pcName);
    CHECK(FreeRTOS_NextNetworkInterface(plain) == tagged);
    exchange(1);
    exchange(1472);
    CHECK_EQUAL(9, wire.last[11]); /* its station is that of the interface under it */
    end();
}

struct memory {
    uint8_t bytes[20000];
    size_t used;
};

static bool write(void *context, const void *bytes, size_t size)
{
    struct memory *memory = context;

    if (size > sizeof memory->bytes - memory->used)
        return false;
    memcpy(memory->bytes + memory->used, bytes, size);
    memory->used += size;
    return true;
}

/* How many of the captured frames have a tag. */
static unsigned tags_in(const struct memory *memory)
{
    unsigned count = 0;

    for (size_t at = PCAP_FILE; at < memory->used;) {
        const uint8_t *header = memory->bytes + at;

        count += tcpip_get_be16(header + PCAP_FRAME + 12) == ETHERNET_VLAN;
        at += PCAP_FRAME + header[8] + header[9] * 256u;
    }
    return count;
}

TEST(captures_show_tags_where_they_are)
{
    static struct memory memories[3];
    struct tcpip_capture captures[] = {{.write = write, .context = &memories[0]},
                                       {.write = write, .context = &memories[1]},
                                       {.write = write, .context = &memories[2]}};

    begin();
    vTaskDelay(pdMS_TO_TICKS(100));
    captures[1].interface = plain;
    captures[2].interface = tagged;
    for (unsigned i = 0; i < 3; i++)
        CHECK(tcpip_capture_start(&captures[i]));
    exchange(10);
    for (unsigned i = 0; i < 3; i++) {
        tcpip_capture_stop(&captures[i]);
        CHECK_EQUAL(4, captures[i].frames); /* question, answer, and the datagram both ways */
        CHECK_EQUAL(i < 2 ? 4 : 0, tags_in(&memories[i]));
    }
    end();
}

TEST(unknown_networks_are_counted_by_name)
{
    uint8_t frame[60] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 2, 0x81, 0, 0, 6};
    const char *name = "";
    uint32_t count = 0;

    begin();
    CHECK(wire_deliver(&wire, frame, sizeof frame));
    vTaskDelay(pdMS_TO_TICKS(10));
    for (size_t i = 0; strcmp(name, "unknown VLAN") != 0; i++)
        CHECK(tcpip_drop_count(i, &name, &count));
    CHECK_EQUAL(1, count);
    end();
}

TEST(refused_networks_leave_their_places_free)
{
    add_interfaces();
    CHECK(tcpip_add_vlan(NULL, 6, 0) == NULL);
    CHECK(tcpip_add_vlan(plain, 5, 0) == NULL);
    CHECK(tcpip_add_vlan(tagged, 6, 0) == NULL);
    CHECK(tcpip_add_vlan(plain, 0, 0) == NULL);
    CHECK(tcpip_add_vlan(plain, 4095, 0) == NULL);
    CHECK(tcpip_add_vlan(plain, 6, 8) == NULL);
    for (uint16_t i = 1; i < ipconfigVLANS; i++)
        CHECK(tcpip_add_vlan(plain, 100 + i, 7) != NULL);
    CHECK(tcpip_add_vlan(plain, 6, 0) == NULL);
    start();
    CHECK(tcpip_add_vlan(plain, 6, 0) == NULL); /* it runs */
    exchange(100);
    end();
    begin(); /* and once more */
    exchange(100);
    end();
}
