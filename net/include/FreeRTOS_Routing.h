/* SPDX-License-Identifier: MIT */
/*
 * Interfaces and end-points: which addresses the stack has, and where.
 */
#pragma once

#include "FreeRTOS_IP.h"
#include "tcpip_end_point.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Configuration of an end-point; numbers in network order. */
typedef struct xIPV4Parameters {
    uint32_t ulIPAddress;
    uint32_t ulNetMask;
    uint32_t ulGatewayAddress;
    uint32_t ulDNSServerAddresses[ipconfigENDPOINT_DNS_ADDRESS_COUNT];
    uint32_t ulBroadcastAddress;
    uint8_t ucDNSIndex; /* of the server that answered last */
} IPV4Parameters_t;

/* The same of an end-point of IPv6. */
typedef struct xIPV6Parameters {
    IPv6_Address_t xIPAddress;
    size_t uxPrefixLength; /* bits */
    IPv6_Address_t xPrefix;
    IPv6_Address_t xGatewayAddress;
    IPv6_Address_t xDNSServerAddresses[ipconfigENDPOINT_DNS_ADDRESS_COUNT];
    uint8_t ucDNSIndex; /* of the server that answered last */
} IPV6Parameters_t;

/* How far an end-point with bits.bWantRA has come. */
typedef enum xRAState {
    eRAStateApply,    /* not begun */
    eRAStateWait,     /* for a router */
    eRAStateIPTest,   /* asking whether the address is taken */
    eRAStateIPWait,   /* an answer may come; not told apart from eRAStateIPTest */
    eRAStatePreLease, /* never told: the next state follows at once */
    eRAStateLease,    /* an address from a router's prefix is in use */
    eRAStateFailed,   /* the defaults are in use */
} eRAState_t;

typedef struct xRA_DATA {
    struct {
        uint32_t bRouterReplied : 1;
        uint32_t bIPAddressInUse : 1;
    } bits;
    uint32_t ulPreferredLifeTime; /* seconds, as of the last change */
    size_t uxRetryCount;          /* addresses that were found taken */
    eRAState_t eRAState;
} RAData_t;

typedef enum eIPv6_ADDRESS_TYPE {
    eIPv6_Global,
    eIPv6_LinkLocal,
    eIPv6_SiteLocal,
    eIPv6_Multicast,
    eIPv6_Loopback,
    eIPv6_Unknown,
} IPv6_Type_t;

/* Whether a station is known. */
typedef enum {
    eResolutionCacheMiss, /* it is being asked for */
    eResolutionCacheHit,
    eResolutionFailed, /* there is no way to it */
} eResolutionLookupResult_t;

struct xNetworkInterface;

/* What a driver written for FreeRTOS+TCP fills in: NetworkInterface.h. */
typedef BaseType_t (*NetworkInterfaceInitialiseFunction_t)(struct xNetworkInterface *interface);
typedef BaseType_t (*NetworkInterfaceOutputFunction_t)(struct xNetworkInterface *interface,
                                                       NetworkBufferDescriptor_t *const descriptor,
                                                       BaseType_t release_after_send);
typedef BaseType_t (*GetPhyLinkStatusFunction_t)(struct xNetworkInterface *interface);
typedef void (*NetworkInterfaceMACFilterFunction_t)(struct xNetworkInterface *interface,
                                                    const uint8_t *mac);

/* A network interface. Made by tcpip_add_interface and read-only for the application; or stored by
 * the application, filled by a driver and added by FreeRTOS_AddNetworkInterface. */
typedef struct xNetworkInterface {
    const char *pcName;
    void *pvArgument; /* the driver's own; of tcpip_add_interface the struct netif */
    NetworkInterfaceInitialiseFunction_t pfInitialise;
    NetworkInterfaceOutputFunction_t pfOutput;
    GetPhyLinkStatusFunction_t pfGetPhyLinkStatus; /* may be NULL */
    NetworkInterfaceMACFilterFunction_t
        pfAddAllowedMAC; /* NULL, both: the device filters nothing */
    NetworkInterfaceMACFilterFunction_t pfRemoveAllowedMAC;
    struct {
        uint32_t bInterfaceUp : 1;
        uint32_t bCallDownEvent : 1;
    } bits;
    struct xNetworkEndPoint *pxEndPoint; /* the first */
    struct xNetworkInterface *pxNext;
    struct tcpip_interface core; /* the stack's own */
} NetworkInterface_t;

/* An address of an interface. The application stores it, fills it with FreeRTOS_FillEndPoint or
 * FreeRTOS_FillEndPoint_IPv6, sets bits.bWantDHCP or bits.bWantRA before FreeRTOS_IPInit_Multi, and from
 * then on only reads it. An interface with an end-point of IPv6 has a link-local address in any case; an
 * end-point for it is needed only to see it. */
typedef struct xNetworkEndPoint {
    IPV4Parameters_t ipv4_settings; /* in use */
    IPV4Parameters_t ipv4_defaults; /* as filled in */
#if ipconfigUSE_IPv6
    IPV6Parameters_t ipv6_settings;
    IPV6Parameters_t ipv6_defaults;
    RAData_t xRAData;
#endif
    MACAddress_t xMACAddress;
    struct {
        uint32_t bIsDefault : 1;
        uint32_t bWantDHCP : 1;
        uint32_t bWantRA : 1;
        uint32_t bIPv6 : 1;
        uint32_t bCallDownHook : 1;
        uint32_t bEndPointUp : 1;
    } bits;
    NetworkInterface_t *pxNetworkInterface;
    struct xNetworkEndPoint *pxNext;
    struct tcpip_end_point core; /* the stack's own */
} NetworkEndPoint_t;

#define END_POINT_USES_DHCP(end_point) ((end_point)->bits.bWantDHCP != 0U)
#define END_POINT_USES_RA(end_point)   ((end_point)->bits.bWantRA != 0U)
#define ENDPOINT_IS_IPv4(end_point)    ((end_point)->bits.bIPv6 == 0U)
#define ENDPOINT_IS_IPv6(end_point)    ((end_point)->bits.bIPv6 != 0U)

/* Adds an interface whose pcName, pfInitialise and pfOutput are set; called by its driver's function
 * that fills it. It must stay. Returns it, or NULL: there are ipconfigMAX_INTERFACES already, a
 * function is missing, or the stack runs. */
NetworkInterface_t *FreeRTOS_AddNetworkInterface(NetworkInterface_t *interface);

/* Gives `interface` an end-point with this static configuration. `mac` may be NULL: the
 * interface's. Before FreeRTOS_IPInit_Multi. */
void FreeRTOS_FillEndPoint(NetworkInterface_t *interface, NetworkEndPoint_t *end_point,
                           const uint8_t address[4], const uint8_t mask[4],
                           const uint8_t gateway[4], const uint8_t dns[4], const uint8_t mac[6]);

/* The same for IPv6. `gateway` and `dns` may be NULL or ::. The address is asked for on the link before it
 * is used. With bits.bWantRA or bits.bWantDHCP it is what is used when no router or server answers; ::
 * is none. */
void FreeRTOS_FillEndPoint_IPv6(NetworkInterface_t *interface, NetworkEndPoint_t *end_point,
                                const IPv6_Address_t *address, const IPv6_Address_t *prefix,
                                size_t prefix_length, const IPv6_Address_t *gateway,
                                const IPv6_Address_t *dns, const uint8_t mac[6]);

NetworkInterface_t *FreeRTOS_FirstNetworkInterface(void);
NetworkInterface_t *FreeRTOS_NextNetworkInterface(const NetworkInterface_t *interface);

/* The first end-point of one interface, or of all with NULL; and the one after `end_point`. */
NetworkEndPoint_t *FreeRTOS_FirstEndPoint(const NetworkInterface_t *interface);
NetworkEndPoint_t *FreeRTOS_NextEndPoint(const NetworkInterface_t *interface,
                                         NetworkEndPoint_t *end_point);

/* By address, by station address, and by network (on one interface with the last). NULL: none. */
NetworkEndPoint_t *FreeRTOS_FindEndPointOnIP_IPv4(uint32_t address);
NetworkEndPoint_t *FreeRTOS_FindEndPointOnMAC(const MACAddress_t *mac,
                                              const NetworkInterface_t *interface);
NetworkEndPoint_t *FreeRTOS_FindEndPointOnNetMask(uint32_t address);
NetworkEndPoint_t *FreeRTOS_InterfaceEndPointOnNetMask(const NetworkInterface_t *interface,
                                                       uint32_t address);

NetworkEndPoint_t *FreeRTOS_FindEndPointOnIP_IPv6(const IPv6_Address_t *address);
NetworkEndPoint_t *FreeRTOS_FindEndPointOnNetMask_IPv6(const IPv6_Address_t *address);
NetworkEndPoint_t *FreeRTOS_InterfaceEPInSameSubnet_IPv6(const NetworkInterface_t *interface,
                                                         const IPv6_Address_t *address);

/* The first of IPv6, of one interface or of all with NULL. */
NetworkEndPoint_t *FreeRTOS_FirstEndPoint_IPv6(const NetworkInterface_t *interface);

/* The end-point that a received frame on `interface` is for: by its IPv4 destination or ARP target,
 * else, when its Ethernet destination is the interface's address or a group's, the first one. NULL:
 * for none. Task or interrupt. */
NetworkEndPoint_t *FreeRTOS_MatchingEndpoint(const NetworkInterface_t *interface,
                                             const uint8_t *ethernet_buffer);

/* pdTRUE when a received packet comes from a station of the link that is not known; it has been asked
 * for. Waits for the stack's task. */
BaseType_t xCheckRequiresResolution(const NetworkBufferDescriptor_t *descriptor);

/* The first end-point of the kind (ipTYPE_IPv4, ipTYPE_IPv6) with a gateway. */
NetworkEndPoint_t *FreeRTOS_FindGateWay(BaseType_t ip_type);

/* What kind of address it is. */
IPv6_Type_t xIPv6_GetIPType(const IPv6_Address_t *address);

struct tcpip_socket;

/* The end-point from which a socket sends: the one that was set, or that has its address; NULL: that
 * depends on the destination. One that is set counts where the socket is bound to no address; NULL unsets
 * it. Any task. */
NetworkEndPoint_t *pxGetSocketEndpoint(struct tcpip_socket const *socket);
void vSetSocketEndpoint(struct tcpip_socket *socket, NetworkEndPoint_t *end_point);

/* Its address as text in a buffer of `size` bytes; of IPv6 it takes 40. Empty when it does not fit. */
const char *pcEndpointName(const NetworkEndPoint_t *end_point, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif
