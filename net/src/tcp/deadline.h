/* SPDX-License-Identifier: MIT */
/*
 * Which of many deadlines is the next: a pairing heap whose links lie in the members. Insertion is
 * constant, removal logarithmic on average; nothing is ever searched. Times are milliseconds that
 * wrap; all deadlines of one heap lie within 2^31 of each other.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct tcpip_deadline {
    struct tcpip_deadline *child, *sibling;
    struct tcpip_deadline **owner; /* the pointer that points here; NULL: in no heap */
    uint32_t when;
};

/* The heap is a pointer to its first deadline, NULL when empty. */
void tcpip_deadline_set(struct tcpip_deadline **heap, struct tcpip_deadline *deadline,
                        uint32_t when);

/* Harmless for one that is in no heap. */
void tcpip_deadline_clear(struct tcpip_deadline *deadline);
