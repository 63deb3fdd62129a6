/* SPDX-License-Identifier: MIT */
/*
 * IPv4 addresses as text.
 */
#pragma once

#include <stdbool.h>

#include "core/address.h"

/*@ // The text goes on to `at` at least.
    predicate tcpip_is_text_beyond{L}(char *text, integer at) =
        \exists integer end; 0 <= at <= end && text[end] == 0 && \valid_read(text + (0 .. end)); */

/* "10.0.2.15": four decimal numbers without leading zeros. False: something else. Any context. */
/*@ requires tcpip_is_text_beyond(text, 0) && \valid(address) && \separated(address, text + (0 ..));
    assigns *address; */
bool tcpip_ipv4_from_text(const char *text, struct tcpip_address *address);

/* The same of what follows in a text from `at` on. */
/*@ requires at <= 64 && tcpip_is_text_beyond(text, at);
    requires \valid(address) && \separated(address, text + (0 ..));
    assigns *address; */
bool tcpip_ipv4_from_text_at(const char *text, size_t at, struct tcpip_address *address);
