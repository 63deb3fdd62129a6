/* SPDX-License-Identifier: MIT */
/*
 * From the application's interfaces and end-points to a running stack and back, and the events that
 * the application is told of.
 *
 * The public structs mirror the stack's own for reading: the stack's task writes them, one word at a
 * time, when an end-point changes.
 */
#include "api/api.h"

#include "FreeRTOS_DHCP.h"
#include "FreeRTOS_DNS.h"
#include "FreeRTOS_Sockets.h"
#include "client/dhcp.h"
#include "client/dhcp_machine.h"
#include "client/names.h"
#include "core/drop.h"
#include "core/end_point.h"
#include "core/frame.h"
#include "core/stack.h"
#include "core/task.h"
#include "core/timer.h"
#include "ip/icmp.h"
#include "ip/router.h"
#include "link/loop.h"
#include "socket/socket.h"
#include "tcpip.h"

struct tcpip_api_interfaces tcpip_api_interfaces;

static uint32_t number_of(const uint8_t bytes[4])
{
    uint32_t number = 0;

    if (bytes != NULL)
        memcpy(&number, bytes, sizeof number);
    return number;
}

uint32_t tcpip_api_number(const struct tcpip_address *address)
{
    return tcpip_address_is_ipv4(address) ? number_of(address->bytes) : 0;
}

static uint32_t mask_of(uint8_t prefix)
{
    return prefix == 0 ? 0 : FreeRTOS_htonl(UINT32_MAX << (32 - prefix));
}

void tcpip_api_mirror(const struct tcpip_configuration *from, IPV4Parameters_t *to)
{
    to->ulIPAddress = tcpip_api_number(&from->address);
    to->ulNetMask = mask_of(from->prefix);
    to->ulGatewayAddress = tcpip_api_number(&from->gateway);
    to->ulBroadcastAddress = to->ulIPAddress | ~to->ulNetMask;
    for (size_t i = 0; i < ipconfigENDPOINT_DNS_ADDRESS_COUNT; i++)
        to->ulDNSServerAddresses[i] = i < from->dns_count ? tcpip_api_number(&from->dns[i]) : 0;
}

static void take_ipv4(uint32_t number, struct tcpip_address *to)
{
    to->family = TCPIP_IPV4;
    memcpy(to->bytes, &number, sizeof number);
}

void tcpip_api_configuration(const IPV4Parameters_t *from, struct tcpip_configuration *to)
{
    int prefix = tcpip_mask_bits(FreeRTOS_ntohl(from->ulNetMask));

    memset(to, 0, sizeof *to);
    take_ipv4(from->ulIPAddress, &to->address);
    take_ipv4(from->ulGatewayAddress, &to->gateway);
    to->prefix = (uint8_t)(prefix < 0 ? 24 : prefix);
    for (size_t i = 0; i < ipconfigENDPOINT_DNS_ADDRESS_COUNT; i++)
        if (from->ulDNSServerAddresses[i] != 0)
            take_ipv4(from->ulDNSServerAddresses[i], &to->dns[to->dns_count++]);
}

#if ipconfigUSE_IPv6

static void put_ipv6(const struct tcpip_address *from, IPv6_Address_t *to)
{
    memcpy(to->ucBytes, from->bytes, sizeof to->ucBytes);
}

static void take_ipv6(const IPv6_Address_t *from, struct tcpip_address *to)
{
    tcpip_address_set_ipv6(to, from->ucBytes);
}

static void put_prefix(const struct tcpip_configuration *from, IPV6Parameters_t *to)
{
    unsigned left = from->prefix;

    to->uxPrefixLength = left;
    for (size_t i = 0; i < sizeof to->xPrefix.ucBytes; i++) {
        unsigned bits = left < 8 ? left : 8;

        to->xPrefix.ucBytes[i] = (uint8_t)(from->address.bytes[i] & 0xff00u >> bits);
        left -= bits;
    }
}

static void mirror_ra(NetworkEndPoint_t *end_point, bool by_router)
{
    const struct tcpip_end_point *core = &end_point->core;
    bool up = core->state == TCPIP_END_POINT_UP;
    RAData_t *to = &end_point->xRAData;

    to->bits.bRouterReplied = by_router;
    to->uxRetryCount = core->collision;
    to->eRAState = core->advertised ? (up ? eRAStateLease : eRAStateIPTest)
                                    : (up ? eRAStateFailed : eRAStateWait);
    if (core->advertised)
        to->ulPreferredLifeTime = core->lifetimes.preferred_until - tcpip_seconds();
}

static void mirror_ipv6(NetworkEndPoint_t *end_point)
{
    const struct tcpip_end_point *core = &end_point->core;
    const struct tcpip_configuration *from = &core->active;
    IPV6Parameters_t *to = &end_point->ipv6_settings;
    const struct tcpip_address *router = core->wants_ra ? tcpip_router_pick(core->interface) : NULL;

    put_ipv6(&from->address, &to->xIPAddress);
    put_prefix(from, to);
    put_ipv6(router != NULL ? router : &from->gateway, &to->xGatewayAddress);
    memset(to->xDNSServerAddresses, 0, sizeof to->xDNSServerAddresses);
    for (size_t i = 0; i < from->dns_count; i++)
        put_ipv6(&from->dns[i], &to->xDNSServerAddresses[i]);
    mirror_ra(end_point, router != NULL);
}

static void configuration_ipv6(const IPV6Parameters_t *from, struct tcpip_configuration *to)
{
    memset(to, 0, sizeof *to);
    take_ipv6(&from->xIPAddress, &to->address);
    take_ipv6(&from->xGatewayAddress, &to->gateway);
    to->prefix = (uint8_t)(from->uxPrefixLength <= 128 ? from->uxPrefixLength : 128);
    for (size_t i = 0; i < ipconfigENDPOINT_DNS_ADDRESS_COUNT; i++) {
        take_ipv6(&from->xDNSServerAddresses[i], &to->dns[to->dns_count]);
        to->dns_count = (uint8_t)(to->dns_count + !tcpip_address_is_any(&to->dns[to->dns_count]));
    }
}

#endif

static void mirror(NetworkEndPoint_t *end_point)
{
#if ipconfigUSE_IPv6
    if (ENDPOINT_IS_IPv6(end_point)) {
        mirror_ipv6(end_point);
        return;
    }
#endif
    tcpip_api_mirror(&end_point->core.active, &end_point->ipv4_settings);
}

static void defaults_of(NetworkEndPoint_t *end_point, struct tcpip_configuration *to)
{
#if ipconfigUSE_IPv6
    if (ENDPOINT_IS_IPv6(end_point)) {
        configuration_ipv6(&end_point->ipv6_defaults, to);
        return;
    }
#endif
    tcpip_api_configuration(&end_point->ipv4_defaults, to);
}

static void call_event_hook(eIPCallbackEvent_t event, NetworkEndPoint_t *end_point)
{
    if (!ipconfigUSE_NETWORK_EVENT_HOOK)
        return;
    if (ipconfigIPv4_BACKWARD_COMPATIBLE)
        vApplicationIPNetworkEventHook(event);
    else
        vApplicationIPNetworkEventHook_Multi(event, end_point);
}

static void tell_developer(const NetworkEndPoint_t *end_point, enum tcpip_end_point_event event)
{
    static const char *const texts[] = {
        [TCPIP_END_POINT_WENT_UP] = "up",
        [TCPIP_END_POINT_WENT_DOWN] = "down",
        [TCPIP_END_POINT_RECONFIGURED] = "has another configuration",
        [TCPIP_END_POINT_CONFLICT] = "another host claims its address",
    };

    FreeRTOS_debug_printf(
        ("end-point of %s: %s\n", end_point->pxNetworkInterface->pcName, texts[event]));
    (void)texts; /* where printing is off */
}

static void end_point_changed(struct tcpip_end_point *core, enum tcpip_end_point_event event)
{
    NetworkEndPoint_t *end_point = core->context;

    tell_developer(end_point, event);
    if (event == TCPIP_END_POINT_CONFLICT)
        return;
    mirror(end_point);
    end_point->bits.bEndPointUp = event != TCPIP_END_POINT_WENT_DOWN;
    end_point->pxNetworkInterface->bits.bInterfaceUp = core->interface->link_up;
    if (event == TCPIP_END_POINT_WENT_DOWN)
        call_event_hook(eNetworkDown, end_point);
    else if (event == TCPIP_END_POINT_WENT_UP)
        call_event_hook(eNetworkUp, end_point);
}

static enum tcpip_dhcp_answer ask_application(struct tcpip_end_point *core,
                                              enum tcpip_dhcp_phase phase,
                                              const struct tcpip_address *address)
{
    NetworkEndPoint_t *end_point = core->context;
    uint32_t number = tcpip_api_number(address);
    IP_Address_t multi = {.ulIP_IPv4 = number};

    if (ipconfigUSE_IPv6 && address->family == TCPIP_IPV6)
        memcpy(multi.xIP_IPv6.ucBytes, address->bytes, sizeof multi.xIP_IPv6.ucBytes);
    eDHCPCallbackPhase_t at = phase == TCPIP_DHCP_BEFORE_DISCOVER ? eDHCPPhasePreDiscover
                                                                  : eDHCPPhasePreRequest;
    eDHCPCallbackAnswer_t answer = ipconfigIPv4_BACKWARD_COMPATIBLE
                                       ? xApplicationDHCPHook(at, number)
                                       : xApplicationDHCPHook_Multi(at, end_point, &multi);

    return answer == eDHCPContinue      ? TCPIP_DHCP_CONTINUE
           : answer == eDHCPUseDefaults ? TCPIP_DHCP_USE_DEFAULTS
                                        : TCPIP_DHCP_STOP;
}

static void ping_answered(uint16_t sequence, bool sound)
{
    vApplicationPingReplyHook(sound ? eSuccess : eInvalidData, sequence);
}

static bool is_own_name(struct tcpip_end_point *core, const char *name)
{
    return (ipconfigIPv4_BACKWARD_COMPATIBLE
                ? xApplicationDNSQueryHook(name)
                : xApplicationDNSQueryHook_Multi(core->context, name)) != pdFALSE;
}

static void tell_drop(enum tcpip_drop reason, const struct netif_frame *frame)
{
    unsigned length = frame != NULL ? frame->length : 0;

    FreeRTOS_debug_printf(("dropped, %u bytes: %s\n", length, tcpip_drop_name(reason)));
    (void)length; /* where printing is off */
}

/* Hooks whose options are off are not referred to, so that they need not exist. */
static void set_hooks(void)
{
    if (ipconfigUSE_DHCP && ipconfigUSE_DHCP_HOOK)
        tcpip_dhcp_ask = ask_application;
    if (ipconfigUSE_DHCP && ipconfigDHCP_REGISTER_HOSTNAME)
        tcpip_dhcp_host_name = pcApplicationHostnameHook;
    if (ipconfigSUPPORT_OUTGOING_PINGS)
        tcpip_icmp_ping_answered = ping_answered;
    if (ipconfigUSE_MDNS || ipconfigUSE_LLMNR || ipconfigUSE_NBNS)
        tcpip_names_hook = is_own_name;
    if (ipconfigHAS_DEBUG_PRINTF)
        tcpip_drop_told = tell_drop;
    tcpip_api_watch_other_frames();
}

bool tcpip_api_attach(NetworkInterface_t *interface, struct netif *netif)
{
    NetworkInterface_t **last = &tcpip_api_interfaces.first;

    if (tcpip_api_interfaces.count ==
            (ipconfigCOMPATIBLE_WITH_SINGLE ? 1 : ipconfigMAX_INTERFACES) ||
        tcpip_task_handle() != NULL)
        return false;
    if (tcpip_api_interfaces.count == 0) {
        tcpip_stack_init();
        tcpip_sockets_start();
    }
    tcpip_stack_attach(&interface->core, netif);
    while (*last != NULL)
        last = &(*last)->pxNext;
    *last = interface;
    interface->pxNext = NULL;
    interface->pxEndPoint = NULL;
    tcpip_api_interfaces.count++;
    return true;
}

NetworkInterface_t *tcpip_add_interface(struct netif *netif, const uint8_t mac[6])
{
    /* No place has been used that is behind as many as there are interfaces. */
    NetworkInterface_t *interface = tcpip_api_interfaces.own + tcpip_api_interfaces.count;

    if (!tcpip_api_attach(interface, netif))
        return NULL;
    interface->pcName = netif->name;
    interface->pvArgument = netif;
    if (mac != NULL)
        memcpy(netif->mac, mac, sizeof netif->mac);
    return interface;
}

/* Adds an end-point to an interface, which has one station address: what its first end-point says. */
static void add_end_point(NetworkInterface_t *interface, NetworkEndPoint_t *end_point,
                          const uint8_t mac[6])
{
    NetworkEndPoint_t **last = &interface->pxEndPoint;
    struct netif *netif = interface->core.netif;

    *end_point = (NetworkEndPoint_t){.pxNetworkInterface = interface};
    if (mac != NULL && interface->pxEndPoint == NULL)
        memcpy(netif->mac, mac, sizeof netif->mac);
    memcpy(end_point->xMACAddress.ucBytes, mac != NULL ? mac : netif->mac, sizeof netif->mac);
    while (*last != NULL)
        last = &(*last)->pxNext;
    *last = end_point;
}

void FreeRTOS_FillEndPoint(NetworkInterface_t *interface, NetworkEndPoint_t *end_point,
                           const uint8_t address[4], const uint8_t mask[4],
                           const uint8_t gateway[4], const uint8_t dns[4], const uint8_t mac[6])
{
    IPV4Parameters_t *defaults = &end_point->ipv4_defaults;

    add_end_point(interface, end_point, mac);
    defaults->ulIPAddress = number_of(address);
    defaults->ulNetMask = number_of(mask);
    defaults->ulGatewayAddress = number_of(gateway);
    defaults->ulDNSServerAddresses[0] = number_of(dns);
    defaults->ulBroadcastAddress = defaults->ulIPAddress | ~defaults->ulNetMask;
}

#if ipconfigUSE_IPv6
static void give_ipv6(IPv6_Address_t *to, const IPv6_Address_t *from)
{
    if (from != NULL)
        *to = *from;
}

void FreeRTOS_FillEndPoint_IPv6(NetworkInterface_t *interface, NetworkEndPoint_t *end_point,
                                const IPv6_Address_t *address, const IPv6_Address_t *prefix,
                                size_t prefix_length, const IPv6_Address_t *gateway,
                                const IPv6_Address_t *dns, const uint8_t mac[6])
{
    IPV6Parameters_t *defaults = &end_point->ipv6_defaults;

    add_end_point(interface, end_point, mac);
    end_point->bits.bIPv6 = 1;
    defaults->uxPrefixLength = prefix_length;
    give_ipv6(&defaults->xIPAddress, address);
    give_ipv6(&defaults->xPrefix, prefix);
    give_ipv6(&defaults->xGatewayAddress, gateway);
    give_ipv6(&defaults->xDNSServerAddresses[0], dns);
}
#endif

static void hand_over_end_points(NetworkInterface_t *interface)
{
    NetworkEndPoint_t *end_point = interface->pxEndPoint;

    for (; end_point != NULL; end_point = end_point->pxNext) {
        struct tcpip_end_point *core = &end_point->core; /* zero since it was filled */

        core->wants_dhcp = end_point->bits.bWantDHCP != 0 &&
                           (ENDPOINT_IS_IPv6(end_point) ? ipconfigUSE_DHCPv6 : ipconfigUSE_DHCP);
        core->wants_ra = end_point->bits.bWantRA != 0;
        core->changed = end_point_changed;
        core->context = end_point;
        defaults_of(end_point, &core->defaults);
        tcpip_end_point_link(&interface->core, core);
    }
}

BaseType_t FreeRTOS_IPInit_Multi(void)
{
    if (tcpip_api_interfaces.count == 0 || tcpip_task_handle() != NULL)
        return pdFAIL;
    set_hooks();
    tcpip_loop_attach();
    for (NetworkInterface_t *i = tcpip_api_interfaces.first; i != NULL; i = i->pxNext)
        hand_over_end_points(i);
    return tcpip_task_start() ? pdPASS : pdFAIL;
}
