/* SPDX-License-Identifier: MIT */
#include "capture.h"

#include <stdio.h>
#include <string.h>

bool eth_capture_open(struct eth_capture *capture, const char *path, int64_t epoch_us)
{
    *capture = (struct eth_capture){.path = path, .epoch_us = epoch_us};
    if (path == NULL || eth_pcap_open(&capture->file, path))
        return true;
    capture->failed = true;
    fprintf(stderr, "pcap: cannot make %s: %s; give another file\n", path,
            strerror(capture->file.error));
    return false;
}

static void report(const struct eth_capture *capture)
{
    fprintf(stderr,
            "pcap: cannot write on to %s: %s. It ends after %llu frames; free some space, lift the "
            "limit, or give another file.\n",
            capture->path, strerror(capture->file.error), (unsigned long long)capture->file.frames);
}

void eth_capture_frame(struct eth_capture *capture, uint64_t time_us, const void *frame,
                       size_t size)
{
    uint64_t time = (uint64_t)(capture->epoch_us + (int64_t)time_us);

    if (capture->path == NULL || capture->failed ||
        eth_pcap_write(&capture->file, time, frame, size))
        return;
    capture->failed = true;
    report(capture);
}
