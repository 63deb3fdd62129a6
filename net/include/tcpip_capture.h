/* SPDX-License-Identifier: MIT */
/*
 * Packet captures of any interface, whatever its driver: every frame that comes in, also those that
 * are then dropped, and every frame that is handed to a driver. What is written is a file in the pcap
 * format, piece by piece, to wherever the application sends it: a file, a serial line, a ring in
 * memory. Several captures may run at once; while none does, they cost one comparison a frame.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xNetworkInterface;

#ifdef __cplusplus
extern "C" {
#endif

struct tcpip_capture {
    /* Takes the next bytes, in the stack's task; must not wait for the stack, and what it sends
     * through the stack is captured as well. False: the capture ends here. */
    bool (*write)(void *context, const void *bytes, size_t size);
    void *context;
    /* NULL: every device. Of a tagged network: its frames, without their tags, which its device's
     * capture has. */
    const struct xNetworkInterface *interface;
    uint16_t longest;  /* bytes kept of a frame; 0: all */
    uint64_t epoch_us; /* microseconds since 1970 when the scheduler started; 0: not known */

    /* The stack's; to be read. */
    uint32_t frames;
    bool running;
    struct tcpip_capture *next;
};

/* Writes the file's header and captures from now on. The struct stays until the capture is stopped. From
 * a task; waits for the stack's task if it runs. False: the header could not be written, or it runs
 * already. */
bool tcpip_capture_start(struct tcpip_capture *capture);

/* Nothing is written any more when it returns. Not from `write`. */
void tcpip_capture_stop(struct tcpip_capture *capture);

#ifdef __cplusplus
}
#endif
