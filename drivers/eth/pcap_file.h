/* SPDX-License-Identifier: MIT */
/*
 * A packet capture in the classic pcap format: Ethernet frames with microseconds.
 *
 * Each frame is written at once, so that the capture is whole up to the last frame however the
 * process ends. The first write that fails ends the capture: the file is cut back to its last whole
 * frame, the reason is kept, and what follows is not written.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct eth_pcap {
    int descriptor; /* -1: closed */
    int error;      /* the errno that ended the capture; 0: none */
    uint64_t size;  /* bytes of whole frames and the header */
    uint64_t frames;
};

/* Makes or empties the file and writes its header. False: `error` says why. A process that limits
 * its file sizes must ignore SIGXFSZ. */
bool eth_pcap_open(struct eth_pcap *file, const char *path);

/* Appends one frame, seen at `time_us` since 1970. False: the capture has just ended or had ended
 * before. */
bool eth_pcap_write(struct eth_pcap *file, uint64_t time_us, const void *frame, size_t size);

/* Closes the file; a late error of the file system is kept in `error`. */
void eth_pcap_close(struct eth_pcap *file);
