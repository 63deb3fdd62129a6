/* SPDX-License-Identifier: MIT */
/*
 * The device's side of the tests against Linux: an application on the simulated board, whose setting
 * --role says what it does with the network.
 *
 *     open     --peer A --port N --kind K --size N --count N --parallel N
 *              --again N                 opens connections, again N times if one fails
 *     accept   --port N                  takes connections until it is stopped
 *     echo     --port N                  sends datagrams back until it is stopped
 *     ask      --peer A --port N --count N
 *     ping     --peer A --count N
 *     look-up  --names A,B --family 4|6  prints the addresses of names
 *     wait                               prints its addresses as they change until it is stopped
 *     browse   --type T                  prints the services of the link that come and go
 *
 * --mdns HOST has `wait` and `browse` claim that name, and offer a web page as the service --instance.
 *
 * --address A gives it an address in a network of 24 bits whose host .1 is the gateway and the DNS
 * server; `none` gives it no IPv4; without it asks by DHCP. --six A is the same for IPv6, with 64 bits and
 * host ::1; `router` and `dhcp` have it get an address from these; without it there is no IPv6.
 * --vlan N puts all of these into the tagged network N, with the priority 4.
 * --family 6 has what serves listen there. --patience S is how long
 * nothing may happen, --buffer N the size of a connection's buffers. `open` prints its verdict
 * and goes on until it is stopped, since its last segments may have to be sent again. At the end it
 * prints what the stack has dropped and what the cable did; code 0: all went as it must, and
 * nothing was left behind.
 */
#pragma once

#include "FreeRTOS_IP.h"
#include "FreeRTOS_Sockets.h"

#include <stdbool.h>
#include <stdint.h>

enum { DEVICE_STACK = configMINIMAL_STACK_SIZE, DEVICE_PRIORITY = 3 };

uint32_t device_number(const char *name, uint32_t fallback);
const char *device_text(const char *name, const char *fallback);
TickType_t device_patience(void);

/* --peer and --port. False, with a message: no address. */
bool device_peer(struct freertos_sockaddr *address);

/* A socket of --peer's family, or of IPv4, with the patience as its time-outs; NULL with a message. */
Socket_t device_socket(BaseType_t type);

/* The same, bound to --port. */
Socket_t device_bound_socket(BaseType_t type);

/* The roles. False: something did not go as it must; it was told. */
bool device_open(void);
bool device_accept(void);
bool device_echo(void);
bool device_ask(void);
bool device_ping(void);
bool device_look_up(void);
bool device_wait(void);
bool device_browse(void);

/* With --mdns: claims the name of the host and offers a service. */
void device_offer(void);
