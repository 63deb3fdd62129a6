/* SPDX-License-Identifier: MIT */
/* What a chip vendor's header would offer; the example is compiled against it and not run. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct controller;
struct netif;

bool controller_reset(struct controller *registers, const uint8_t mac[6]);
void controller_enable(struct controller *registers);
void controller_disable(struct controller *registers);
void controller_clear_interrupt(struct controller *registers);
bool controller_has_link(const struct controller *registers);
void controller_receive_into(struct controller *registers, unsigned i, uint8_t *bytes);
bool controller_has_received(const struct controller *registers, unsigned i);
uint16_t controller_received_length(const struct controller *registers, unsigned i);
void controller_send(struct controller *registers, unsigned i, const uint8_t *bytes, unsigned size);
bool controller_has_sent(const struct controller *registers, unsigned i);

bool driver_interrupt(struct netif *netif);
struct netif *driver_create(struct controller *registers);
