/* SPDX-License-Identifier: MIT */
/*
 * Chaskey-12 (Mouha, Mennink, Van Herrewege, Watanabe, Preneel, Verbauwhede; ISO/IEC 29192-6): a keyed
 * hash made for machines of 32 bits. Whoever does not know the key can neither predict an output nor
 * choose inputs that collide.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The first 64 of its 128 bits. */
uint64_t tcpip_chaskey(const uint8_t key[16], const void *bytes, size_t size);
