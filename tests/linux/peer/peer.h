/* SPDX-License-Identifier: MIT */
/*
 * The Linux side of the tests against Linux: one program, `linux_peer COMMAND NAME=VALUE …`, whose
 * commands use ordinary sockets.
 *
 *     open    address= port= kind= size= count= parallel= again=     opens connections, again if one fails
 *     accept  port= alive=                                           takes them until it is stopped
 *     echo    port=                                                  sends datagrams back
 *     ask     address= port= count=                                  sends some, wants them back
 *     ping    address= count=
 *     trunk   wire= tap= id=                                         moves one network between a wire with
 *                                                                    tags and a TAP that it makes
 *
 * `patience=` is how many seconds nothing may happen. A command that serves prints "ready" first.
 * Exit code 0: all went as it must.
 */
#pragma once

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

enum { PATIENCE_S = 20 };

/* The value of NAME=VALUE, or `fallback`. A number that is none ends the program. */
const char *peer_text(const char *name, const char *fallback);
uint32_t peer_number(const char *name, uint32_t fallback);

/* An address of either family, with the port; ends the program if `address=` is none. */
struct sockaddr_storage peer_address(socklen_t *size);

/* A socket of the family with the patience as its time-outs; ends the program if there is none. */
int peer_socket(int family, int type, int protocol);

/* A socket bound to `port=` of every address of both families. */
int peer_bound_socket(int type);

_Noreturn void peer_fail(const char *what);

/* Tells the script that this end is listening. */
void peer_say_ready(void);

int peer_open(void);
int peer_accept(void);
int peer_echo(void);
int peer_ask(void);
int peer_ping(void);
int peer_trunk(void);
