/* SPDX-License-Identifier: MIT */
/* Captures: whole frames both ways, several at once, cut, ended by their writer. */
#include "linnet_test.h"

#include <string.h>

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Routing.h"
#include "FreeRTOS_Sockets.h"
#include "tcp_mirror.h"
#include "tcpip_capture.h"

struct memory {
    uint8_t bytes[20000];
    size_t used, room;
};

static bool write(void *context, const void *bytes, size_t size)
{
    struct memory *memory = context;

    if (size > memory->room - memory->used)
        return false;
    memcpy(memory->bytes + memory->used, bytes, size);
    memory->used += size;
    return true;
}

static struct memory one, other;

static uint32_t le32(const uint8_t *at)
{
    return at[0] + at[1] * 256u + at[2] * 65536u + at[3] * 16777216u;
}

static void clear(struct memory *memory, size_t room)
{
    memory->used = 0;
    memory->room = room;
}

/* Sends a datagram to itself, through ARP the first time. */
static void exchange(void)
{
    struct freertos_sockaddr address = {.sin_family = FREERTOS_AF_INET,
                                        .sin_port = FreeRTOS_htons(9)};
    Socket_t socket = FreeRTOS_socket(FREERTOS_AF_INET, FREERTOS_SOCK_DGRAM, FREERTOS_IPPROTO_UDP);
    char buffer[8];

    CHECK_EQUAL(0, FreeRTOS_bind(socket, &address, sizeof address));
    address.sin_addr = FreeRTOS_inet_addr("10.0.0.2");
    CHECK_EQUAL(4, FreeRTOS_sendto(socket, "data", 4, 0, &address, sizeof address));
    CHECK_EQUAL(4, FreeRTOS_recvfrom(socket, buffer, 8, 0, NULL, NULL));
    FreeRTOS_closesocket(socket);
}

/* Reads the capture; returns the number of frames. */
static unsigned check_whole(const struct memory *memory, size_t longest)
{
    const uint8_t *at = memory->bytes, *end = at + memory->used;
    unsigned frames = 0;
    uint64_t last = 0;

    CHECK(memory->used >= 24);
    CHECK_EQUAL(0xa1b2c3d4, le32(at));
    CHECK_EQUAL(0x00040002, le32(at + 4));
    CHECK_EQUAL(longest, le32(at + 16));
    CHECK_EQUAL(1, le32(at + 20));
    for (at += 24; at < end; frames++) {
        uint64_t time = le32(at) * UINT64_C(1000000) + le32(at + 4);
        uint32_t kept = le32(at + 8), length = le32(at + 12);

        CHECK(time >= last && le32(at + 4) < 1000000);
        CHECK(length >= 42 && kept == (length < longest ? length : longest));
        at += 16 + kept;
        last = time;
    }
    CHECK(at == end);
    return frames;
}

TEST(every_frame_is_kept_whole)
{
    struct tcpip_capture capture = {
        .write = write, .context = &one, .epoch_us = UINT64_C(1700000000000000)};

    clear(&one, sizeof one.bytes);
    mirror_start();
    CHECK(tcpip_capture_start(&capture));
    CHECK(!tcpip_capture_start(&capture)); /* it runs */
    exchange();
    tcpip_capture_stop(&capture);
    CHECK(!capture.running);
    size_t used = one.used;
    exchange();
    CHECK_EQUAL(used, one.used);
    CHECK_EQUAL(4, capture.frames); /* question, answer, datagram, datagram */
    CHECK_EQUAL(4, check_whole(&one, 65535));
    CHECK(le32(one.bytes + 24) >= 1700000000);
    CHECK_BYTES("data", one.bytes + used - 4, 4);
    tcpip_capture_stop(&capture); /* once more does nothing */
    mirror_stop();
}

TEST(captures_run_side_by_side_and_may_cut)
{
    struct tcpip_capture whole = {.write = write, .context = &one};
    struct tcpip_capture heads = {.write = write, .context = &other, .longest = 30};

    clear(&one, sizeof one.bytes);
    clear(&other, sizeof other.bytes);
    CHECK(tcpip_capture_start(&heads)); /* before the stack runs: from its first frame on */
    mirror_start();
    vTaskDelay(10);
    CHECK(tcpip_capture_start(&whole));
    exchange();
    tcpip_capture_stop(&whole);
    tcpip_capture_stop(&heads);
    CHECK_EQUAL(4, check_whole(&one, 65535));
    CHECK(check_whole(&other, 30) > 4);
    mirror_stop();
}

TEST(a_capture_of_one_interface_leaves_others_out)
{
    static NetworkInterface_t elsewhere;
    struct tcpip_capture here = {.write = write, .context = &one};
    struct tcpip_capture there = {.write = write, .context = &other, .interface = &elsewhere};

    clear(&one, sizeof one.bytes);
    clear(&other, sizeof other.bytes);
    mirror_start();
    here.interface = FreeRTOS_FirstNetworkInterface();
    CHECK(tcpip_capture_start(&here) && tcpip_capture_start(&there));
    exchange();
    tcpip_capture_stop(&here);
    tcpip_capture_stop(&there);
    CHECK_EQUAL(4, here.frames);
    CHECK_EQUAL(0, there.frames);
    mirror_stop();
}

TEST(a_writer_that_refuses_ends_its_capture_alone)
{
    struct tcpip_capture full = {.write = write, .context = &one};
    struct tcpip_capture on = {.write = write, .context = &other};

    clear(&one, 24 + 16 + 42 + 20);
    clear(&other, sizeof other.bytes);
    mirror_start();
    CHECK(tcpip_capture_start(&on) && tcpip_capture_start(&full));
    exchange();
    CHECK(!full.running && on.running);
    CHECK_EQUAL(4, on.frames);
    tcpip_capture_stop(&full);
    tcpip_capture_stop(&on);
    clear(&one, 10);
    CHECK(!tcpip_capture_start(&full)); /* no room for the header */
    mirror_stop();
}
