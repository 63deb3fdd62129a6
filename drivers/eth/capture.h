/* SPDX-License-Identifier: MIT */
/*
 * A driver's capture: a pcap file that may be absent, stamped with the simulator's time, whose
 * failure is told once and remembered.
 */
#pragma once

#include "pcap_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct eth_capture {
    const char *path; /* NULL: nothing is captured */
    int64_t epoch_us; /* what time 0 was since 1970 */
    struct eth_pcap file;
    bool failed; /* a frame was lost to it, or it could not be made */
};

/* Makes the file, if `path` is not NULL; the string stays valid. False: the reason is printed. */
bool eth_capture_open(struct eth_capture *capture, const char *path, int64_t epoch_us);

/* Appends a frame seen at `time_us`. One caller at a time. */
void eth_capture_frame(struct eth_capture *capture, uint64_t time_us, const void *frame,
                       size_t size);
