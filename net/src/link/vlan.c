/* SPDX-License-Identifier: MIT */
/*
 * A device without hardware in front of another one: what is handed to it goes on with a tag. A place
 * is free until the stack has attached it. The help of the device under it with checksums is not used:
 * not every device looks behind a tag.
 */
#include "link/vlan.h"

#if ipconfigVLANS > 0

#include <string.h>

#include "core/capture.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "link/loop.h"
#include "wire/vlan.h"

_Static_assert(TCPIP_TAG_ROOM == VLAN_TAG_SIZE, "every frame has room for the tag");

enum { NAME_SIZE = 16, DIGITS_MOST = 4 };

static struct vlan {
    struct netif netif;
    struct tcpip_interface *under;
    uint16_t id;
    uint16_t tag;
    char name[NAME_SIZE];
} vlans[ipconfigVLANS];

static struct tcpip_interface *interface_of(const struct vlan *vlan)
{
    return vlan->netif.stack_context;
}

static bool start(struct netif *netif)
{
    return true;
}

static void stop(struct netif *netif)
{
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    struct vlan *vlan = netif->device;
    struct netif *device = vlan->under->netif;
    uint32_t length = (uint32_t)frame->length + frame->more_length;

    if (!tcpip_frame_push(frame, VLAN_TAG_SIZE)) {
        netif->counters.tx_errors++;
        return false;
    }
    vlan_insert(frame->data, vlan->tag);
    tcpip_capture_frame(vlan->under, frame);
    if (!device->driver->transmit(device, frame)) {
        vlan_remove(frame->data);
        (void)tcpip_frame_pull(frame, VLAN_TAG_SIZE); /* as it was */
        netif->counters.tx_no_room++;
        return false;
    }
    netif->counters.tx_frames++;
    netif->counters.tx_bytes += length;
    return true;
}

static enum netif_link link_state(struct netif *netif)
{
    const struct vlan *vlan = netif->device;

    return vlan->under->link_up ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

/* The filter of the device is the business of the interface under it: ip/group.c. */
#define DRIVER(gather)                                                                             \
    {                                                                                              \
        .name = "vlan", .features = (gather), .start = start, .stop = stop, .transmit = transmit,  \
        .link = link_state                                                                         \
    }

static const struct netif_driver drivers[] = {DRIVER(0), DRIVER(NETIF_GATHER)};

void tcpip_vlans_init(void)
{
    memset(vlans, 0, sizeof vlans);
}

static struct vlan *find(const struct tcpip_interface *under, uint16_t id)
{
    for (size_t i = 0; i < ipconfigVLANS; i++)
        if (interface_of(&vlans[i]) != NULL && vlans[i].under == under && vlans[i].id == id)
            return &vlans[i];
    return NULL;
}

static struct vlan *find_free(void)
{
    size_t i = 0;

    while (i < ipconfigVLANS && interface_of(&vlans[i]) != NULL)
        i++;
    return i < ipconfigVLANS ? &vlans[i] : NULL;
}

/* "eth0.5" */
static void put_name(char name[NAME_SIZE], const char *under, uint16_t id)
{
    char digits[DIGITS_MOST];
    size_t at = 0, count = 0;

    while (at < NAME_SIZE - DIGITS_MOST - 2u && under[at] != '\0') {
        name[at] = under[at];
        at++;
    }
    name[at++] = '.';
    for (unsigned left = id; left > 0; left /= 10)
        digits[count++] = (char)('0' + left % 10);
    while (count > 0)
        name[at++] = digits[--count];
    name[at] = '\0';
}

struct netif *tcpip_vlan_make(struct tcpip_interface *under, uint16_t id, uint8_t priority)
{
    struct vlan *vlan = find_free();

    if (vlan == NULL || id == VLAN_ID_NONE || id > VLAN_ID_MOST || priority > VLAN_PRIORITY_MOST ||
        under->netif == NULL || tcpip_vlan_is(under) || find(under, id) != NULL)
        return NULL;
    struct netif *device = under->netif;
    *vlan = (struct vlan){.under = under, .id = id, .tag = vlan_tag(id, priority)};
    put_name(vlan->name, device->name != NULL ? device->name : "", id);
    vlan->netif = (struct netif){.driver = &drivers[(device->driver->features & NETIF_GATHER) != 0],
                                 .device = vlan,
                                 .name = vlan->name,
                                 .mtu = device->mtu};
    memcpy(vlan->netif.mac, device->mac, NETIF_MAC_SIZE);
    return &vlan->netif;
}

void tcpip_vlan_attached(struct tcpip_interface *interface)
{
    interface->under = ((struct vlan *)interface->netif->device)->under;
}

void tcpip_vlans_follow(const struct tcpip_interface *under)
{
    for (size_t i = 0; i < ipconfigVLANS; i++) {
        if (interface_of(&vlans[i]) == NULL || vlans[i].under != under)
            continue;
        memcpy(vlans[i].netif.mac, under->netif->mac, NETIF_MAC_SIZE); /* known by now */
        tcpip_interface_set_link(interface_of(&vlans[i]), under->link_up);
    }
}

/* To which network it came; NULL: to none of ours, it was dropped. */
static struct vlan *receiver(const struct tcpip_interface *interface, struct netif_frame *frame)
{
    struct vlan *vlan = find(interface, vlan_id(frame->data));

    if (vlan == NULL) {
        tcpip_drop(frame, TCPIP_DROP_LINK_VLAN);
        return NULL;
    }
    vlan->netif.counters.rx_frames++;
    vlan->netif.counters.rx_bytes += frame->length - (uint32_t)VLAN_TAG_SIZE;
    return vlan;
}

bool tcpip_vlan_untag(struct tcpip_interface **interface, struct netif_frame *frame)
{
    struct vlan *vlan = NULL;

    if (!(*interface)->link_up || tcpip_loops(*interface) || frame->length < NETIF_HEADER_SIZE ||
        tcpip_get_be16(frame->data + ETHERNET_TYPE_AT) != ETHERNET_VLAN)
        return true;
    if (frame->length < VLAN_HEADER_SIZE) {
        tcpip_drop(frame, TCPIP_DROP_LINK_SHORT);
        return false;
    }
    if (vlan_id(frame->data) != VLAN_ID_NONE && (vlan = receiver(*interface, frame)) == NULL)
        return false;
    vlan_remove(frame->data);
    (void)tcpip_frame_pull(frame, VLAN_TAG_SIZE);
    if (vlan == NULL)
        return true;
    *interface = interface_of(vlan);
    frame->netif = &vlan->netif;
    tcpip_capture_frame(*interface, frame);
    return true;
}

#endif
