/* SPDX-License-Identifier: MIT */
/*
 * Which of many deadlines is the next: a pairing heap whose links lie in the members. Insertion is
 * constant, removal logarithmic on average; nothing is ever searched. Times are milliseconds that
 * wrap; all deadlines of one heap lie within 2^31 of each other.
 */
#pragma once

#include <stdint.h>

#include "tcpip_deadline.h"

/* The heap is a pointer to its first deadline, NULL when empty. Sets a deadline, or moves it. One
 * that is in another heap must be cleared first. */
void tcpip_deadline_set(struct tcpip_deadline **heap, struct tcpip_deadline *deadline,
                        uint32_t when);

/* Harmless for one that is in no heap. */
void tcpip_deadline_clear(struct tcpip_deadline *deadline);
