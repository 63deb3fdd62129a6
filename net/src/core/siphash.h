/* SPDX-License-Identifier: MIT */
/*
 * SipHash-2-4 (Aumasson, Bernstein): a keyed hash for short inputs. Whoever does not know the key
 * can neither predict an output nor choose inputs that collide.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

uint64_t tcpip_siphash(const uint8_t key[16], const void *bytes, size_t size);
