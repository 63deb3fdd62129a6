/* SPDX-License-Identifier: MIT */
/* The capture is what pcap readers expect, and ends cleanly when it cannot grow. */
#include <linnet_test.h>

#include "pcap_file.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char path[] = "/tmp/linnet-pcap-XXXXXX";

static void make_path(void)
{
    int descriptor = mkstemp(path);
    CHECK(descriptor >= 0);
    close(descriptor);
}

static size_t read_back(uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    size_t got = fread(bytes, 1, size, file);
    fclose(file);
    unlink(path);
    return got;
}

TEST(capture_has_the_known_format)
{
    static const uint8_t expected[] = {0xd4, 0xc3, 0xb2, 0xa1, 2, 0,    4,    0,    0,    0,  0,
                                       0,    0,    0,    0,    0, 0xff, 0xff, 0,    0,    1,  0,
                                       0,    0,    0x01, 0x02, 0, 0,    0x40, 0xe2, 0x01, 0,  3,
                                       0,    0,    0,    3,    0, 0,    0,    'a',  'b',  'c'};
    struct eth_pcap file;
    uint8_t bytes[200];

    make_path();
    CHECK(eth_pcap_open(&file, path));
    CHECK(eth_pcap_write(&file, 0x201 * 1000000ull + 123456, "abc", 3));
    eth_pcap_close(&file);
    CHECK_EQUAL(sizeof expected, read_back(bytes, sizeof bytes));
    CHECK_BYTES(expected, bytes, sizeof expected);
}

TEST(capture_that_cannot_be_made_says_why)
{
    struct eth_pcap file;

    CHECK(!eth_pcap_open(&file, "/nonexistent/capture.pcap"));
    CHECK_EQUAL(ENOENT, file.error);
    CHECK(!eth_pcap_write(&file, 0, "abc", 3));
}

TEST(full_capture_keeps_its_whole_frames)
{
    struct rlimit limit = {.rlim_cur = 1000, .rlim_max = RLIM_INFINITY};
    uint8_t frame[100] = {0}, bytes[2000];
    struct eth_pcap file;

    make_path();
    CHECK(eth_pcap_open(&file, path));
    signal(SIGXFSZ, SIG_IGN);
    CHECK(getrlimit(RLIMIT_FSIZE, &(struct rlimit){0}) == 0);
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    for (int i = 0; i < 8; i++) /* 24 + 8 * 116 = 952 */
        CHECK(eth_pcap_write(&file, 0, frame, sizeof frame));
    CHECK(!eth_pcap_write(&file, 0, frame, sizeof frame));
    CHECK_EQUAL(EFBIG, file.error);
    CHECK(!eth_pcap_write(&file, 0, frame, sizeof frame));
    CHECK_EQUAL(8, file.frames);
    CHECK_EQUAL(952, read_back(bytes, sizeof bytes));
}
