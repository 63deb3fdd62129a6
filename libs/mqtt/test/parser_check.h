/* SPDX-License-Identifier: MIT */
/* One input into every parser, against what a second, independent reading of it says. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* At most 3 bytes. The parsers see them at the very end of a page that none may read past. */
void parser_check(const uint8_t *input, size_t size);
