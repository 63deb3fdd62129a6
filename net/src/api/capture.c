/* SPDX-License-Identifier: MIT */
/*
 * The captures that run: a list that only the stack's task walks and changes, or whoever sets up
 * before it runs.
 */
#include "core/capture.h"

#include "FreeRTOS_Routing.h"
#include "core/frame.h"
#include "core/os.h"
#include "core/task.h"
#include "link/vlan.h"
#include "socket/socket.h"
#include "tcpip_capture.h"
#include "wire/pcap.h"

enum { LONGEST = 65535 };

static struct tcpip_capture *captures;
static uint64_t now_ms; /* as of the last frame; the stack's clock has 32 bits of it */

static uint64_t now_us(void)
{
    now_ms += (uint32_t)(tcpip_os_now() - (uint32_t)now_ms);
    return now_ms * 1000u;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool write_part(const struct tcpip_capture *capture, const void *bytes, uint32_t size)
{
    return size == 0 || capture->write(capture->context, bytes, size);
}

static bool write_frame(struct tcpip_capture *capture, const struct netif_frame *frame,
                        uint64_t time)
{
    uint8_t header[PCAP_FRAME_HEADER_SIZE];
    uint32_t length = (uint32_t)frame->length + frame->more_length;
    uint32_t kept = smaller(length, capture->longest == 0 ? LONGEST : capture->longest);
    uint32_t first = smaller(kept, frame->length);

    tcpip_pcap_frame_header(header, capture->epoch_us + time, kept, length);
    capture->frames++;
    return write_part(capture, header, sizeof header) && write_part(capture, frame->data, first) &&
           write_part(capture, frame->more, kept - first);
}

static void remove_from_list(struct tcpip_capture *capture)
{
    struct tcpip_capture **at = &captures;

    while (*at != NULL && *at != capture)
        at = &(*at)->next;
    if (*at != NULL)
        *at = capture->next;
    capture->running = false;
    if (captures == NULL)
        tcpip_frame_seen = NULL;
}

static void seen(const struct tcpip_interface *interface, const struct netif_frame *frame)
{
    uint64_t time = now_us();
    struct tcpip_capture *next;

    for (struct tcpip_capture *capture = captures; capture != NULL; capture = next) {
        next = capture->next;
        if (capture->interface == NULL ? tcpip_vlan_is(interface)
                                       : &capture->interface->core != interface)
            continue;
        if (!write_frame(capture, frame, time))
            remove_from_list(capture);
    }
}

static int32_t start(void *object, struct tcpip_call *call)
{
    struct tcpip_capture *capture = object;
    uint8_t header[PCAP_FILE_HEADER_SIZE];

    tcpip_pcap_file_header(header, capture->longest == 0 ? LONGEST : capture->longest);
    capture->frames = 0;
    capture->running = capture->write(capture->context, header, sizeof header);
    if (capture->running) {
        capture->next = captures;
        captures = capture;
        tcpip_frame_seen = seen;
    }
    return capture->running;
}

static int32_t stop(void *capture, struct tcpip_call *call)
{
    remove_from_list(capture);
    return 0;
}

/* In the stack's task, or here while there is none. */
static int32_t do_it(tcpip_attempt *what, struct tcpip_capture *capture)
{
    struct tcpip_call call;

    if (tcpip_task_handle() != NULL && xTaskGetCurrentTaskHandle() != tcpip_task_handle())
        return tcpip_call(&call, what, capture, NULL, 0);
    return what(capture, &call);
}

bool tcpip_capture_start(struct tcpip_capture *capture)
{
    return capture != NULL && capture->write != NULL && !capture->running &&
           do_it(start, capture) != 0;
}

void tcpip_capture_stop(struct tcpip_capture *capture)
{
    if (capture != NULL && capture->running)
        (void)do_it(stop, capture);
}
