/* SPDX-License-Identifier: MIT */
/*
 * A netif for each driver written for FreeRTOS+TCP. Its functions run in the stack's task.
 *
 * Such a driver has a network from the moment at which it was initialised until it says that it has
 * none; then it is initialised anew. It cannot be stopped.
 */
#include "driver/driver.h"

#include "FreeRTOS_IP_Private.h"
#include "NetworkInterface.h"
#include "api/api.h"
#include "core/container.h"
#include "core/drop.h"
#include "core/os.h"
#include "core/task.h"

enum { FILTER_MAX = 16 };

struct driver_interface {
    struct netif netif;
    NetworkInterface_t *interface;
    struct tcpip_request down;
    bool down_pending;        /* with interrupts masked */
    struct tcpip_timer check; /* of the link */
    uint8_t filter_count;
    uint8_t filter[FILTER_MAX][NETIF_MAC_SIZE]; /* what the driver was told to let through */
};

static struct driver_interface drivers[ipconfigMAX_INTERFACES];

static struct driver_interface *of_netif(struct netif *netif)
{
    return TCPIP_CONTAINER(netif, struct driver_interface, netif);
}

/* --- the netif ----------------------------------------------------------------------------------- */

static void lost(NetworkInterface_t *interface)
{
    iptraceNETWORK_DOWN();
    interface->bits.bInterfaceUp = 0;
    tcpip_stack_restart(&interface->core);
}

static void check_link(void *context)
{
    struct driver_interface *driver = context;
    NetworkInterface_t *interface = driver->interface;

    if (interface->bits.bInterfaceUp == 0)
        return; /* starts again with the driver */
    if (interface->pfGetPhyLinkStatus(interface) == pdFALSE)
        lost(interface);
    else
        tcpip_timer_start(&driver->check, ipconfigPHY_LS_LOW_CHECK_TIME_MS);
}

static bool start(struct netif *netif)
{
    struct driver_interface *driver = of_netif(netif);
    NetworkInterface_t *interface = driver->interface;
    bool up = interface->pfInitialise(interface) != pdFALSE;

    interface->bits.bInterfaceUp = up;
    if (ipconfigSUPPORT_NETWORK_DOWN_EVENT && up && interface->pfGetPhyLinkStatus != NULL) {
        tcpip_timer_init(&driver->check, check_link, driver);
        tcpip_timer_start(&driver->check, ipconfigPHY_LS_LOW_CHECK_TIME_MS);
    }
    return up;
}

static void stop(struct netif *netif)
{
    struct driver_interface *driver = of_netif(netif);

    driver->interface->bits.bInterfaceUp = 0;
    tcpip_timer_stop(&driver->check);
}

static enum netif_link link_state(struct netif *netif)
{
    return of_netif(netif)->interface->bits.bInterfaceUp != 0 ? NETIF_LINK_UP : NETIF_LINK_DOWN;
}

static void pad(struct netif_frame *frame)
{
    const size_t least = ipconfigETHERNET_MINIMUM_PACKET_BYTES;
    size_t length = frame->length;

    if (length >= least || least - length > tcpip_frame_room(frame))
        return;
    memset(frame->data + length, 0, least - length);
    frame->length = (uint16_t)least;
}

static bool transmit(struct netif *netif, struct netif_frame *frame)
{
    NetworkInterface_t *interface = of_netif(netif)->interface;
    NetworkBufferDescriptor_t *descriptor = tcpip_descriptor_take();

    if (descriptor == NULL) {
        netif->counters.tx_no_room++;
        return false;
    }
    pad(frame);
    tcpip_descriptor_lend(descriptor, frame);
    descriptor->pxInterface = interface;
    descriptor->pxEndPoint = interface->pxEndPoint;
    iptraceNETWORK_INTERFACE_OUTPUT(descriptor->xDataLength, descriptor->pucEthernetBuffer);
    uint16_t length = frame->length; /* the frame is the driver's from here on */
    if (interface->pfOutput(interface, descriptor, pdTRUE) == pdFALSE) {
        netif->counters.tx_errors++;
    } else {
        netif->counters.tx_frames++;
        netif->counters.tx_bytes += length;
    }
    return true;
}

static bool is_among(const uint8_t (*list)[NETIF_MAC_SIZE], size_t count, const uint8_t *mac)
{
    size_t i = 0;

    while (i < count && memcmp(list[i], mac, NETIF_MAC_SIZE) != 0)
        i++;
    return i < count;
}

static void tell_removed(struct driver_interface *driver, const struct netif_filter *filter)
{
    NetworkInterface_t *interface = driver->interface;

    for (size_t i = driver->filter_count; i > 0; i--) {
        uint8_t *mac = driver->filter[i - 1];

        if (is_among(filter->addresses, filter->count, mac))
            continue;
        interface->pfRemoveAllowedMAC(interface, mac);
        driver->filter_count--;
        memcpy(mac, driver->filter[driver->filter_count], NETIF_MAC_SIZE);
    }
}

/* Tells the driver the differences. It has no way to say that all groups or all stations shall
 * pass. */
static bool set_filter(struct netif *netif, const struct netif_filter *filter)
{
    struct driver_interface *driver = of_netif(netif);
    NetworkInterface_t *interface = driver->interface;
    bool all = !filter->all_multicast && !filter->promiscuous;

    if (interface->pfAddAllowedMAC == NULL || interface->pfRemoveAllowedMAC == NULL)
        return true; /* filters nothing */
    tell_removed(driver, filter);
    for (size_t i = 0; i < filter->count; i++) {
        const uint8_t *mac = filter->addresses[i];

        if (is_among((const uint8_t(*)[NETIF_MAC_SIZE])driver->filter, driver->filter_count, mac))
            continue;
        if (driver->filter_count == FILTER_MAX) {
            all = false;
            continue;
        }
        memcpy(driver->filter[driver->filter_count++], mac, NETIF_MAC_SIZE);
        interface->pfAddAllowedMAC(interface, mac);
    }
    return all;
}

static const struct netif_driver driver_functions = {
    .name = "driver",
    .features = (ipconfigDRIVER_INCLUDED_RX_IP_CHECKSUM
                     ? (uint32_t)NETIF_RX_CHECKSUM_IP | (uint32_t)NETIF_RX_CHECKSUM_L4
                     : 0u) |
                (ipconfigDRIVER_INCLUDED_TX_IP_CHECKSUM
                     ? (uint32_t)NETIF_TX_CHECKSUM_IP | (uint32_t)NETIF_TX_CHECKSUM_L4
                     : 0u),
    .start = start,
    .stop = stop,
    .transmit = transmit,
    .set_filter = set_filter,
    .link = link_state,
};

/* --- adding ------------------------------------------------------------------------------------ */

static struct driver_interface *driver_of(const NetworkInterface_t *interface)
{
    struct driver_interface *driver = drivers;

    while (driver < drivers + ipconfigMAX_INTERFACES && driver->interface != interface)
        driver++;
    return driver < drivers + ipconfigMAX_INTERFACES ? driver : NULL;
}

NetworkInterface_t *FreeRTOS_AddNetworkInterface(NetworkInterface_t *interface)
{
    if (interface == NULL || interface->pfInitialise == NULL || interface->pfOutput == NULL)
        return NULL;
    if (FreeRTOS_FirstNetworkInterface() == NULL) /* the first since the start or a stop */
        memset(drivers, 0, sizeof drivers);
    else if (driver_of(interface) != NULL)
        return interface;
    struct driver_interface *driver = driver_of(NULL);
    if (driver == NULL)
        return NULL;
    driver->netif = (struct netif){
        .driver = &driver_functions, .name = interface->pcName, .mtu = ipconfigNETWORK_MTU};
    if (!tcpip_api_attach(interface, &driver->netif))
        return NULL;
    driver->interface = interface;
    return interface;
}

NetworkInterface_t *tcpip_driver_interface(NetworkInterface_t *interface)
{
    NetworkInterface_t *at = FreeRTOS_FirstNetworkInterface();

    if (interface == NULL)
        return at;
    while (at != NULL && at != interface)
        at = at->pxNext;
    return at;
}

/* --- a network that is lost ---------------------------------------------------------------------- */

static void went_down(struct tcpip_request *request)
{
    struct driver_interface *driver = TCPIP_CONTAINER(request, struct driver_interface, down);
    uint32_t state = tcpip_os_mask();

    driver->down_pending = false;
    tcpip_os_unmask(state);
    lost(driver->interface);
}

/* The request to be posted; NULL: one is on its way already, or there is no such driver. */
static struct tcpip_request *note_down(NetworkInterface_t *interface)
{
    struct driver_interface *driver = NULL;

    interface = tcpip_driver_interface(interface);
    if (interface != NULL && tcpip_task_handle() != NULL)
        driver = driver_of(interface);
    if (driver == NULL)
        return NULL;
    uint32_t state = tcpip_os_mask();
    bool first = !driver->down_pending;
    driver->down_pending = true;
    tcpip_os_unmask(state);
    driver->down.run = went_down;
    return first ? &driver->down : NULL;
}

void(FreeRTOS_NetworkDown)(struct xNetworkInterface *interface)
{
    struct tcpip_request *request = note_down(interface);

    if (request != NULL)
        tcpip_stack_post(request);
}

BaseType_t(FreeRTOS_NetworkDownFromISR)(struct xNetworkInterface *interface)
{
    struct tcpip_request *request = note_down(interface);

    return request != NULL && tcpip_stack_post_from_isr(request) ? pdTRUE : pdFALSE;
}

BaseType_t xIsNetworkDownEventPending(void)
{
    bool pending = false;

    for (size_t i = 0; i < ipconfigMAX_INTERFACES; i++)
        pending = pending || drivers[i].down_pending;
    return pending ? pdTRUE : pdFALSE;
}
