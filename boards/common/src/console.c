/* SPDX-License-Identifier: MIT */
/* The console of an emulated board is the emulator's own. */
#include "board_common.h"

#include <semihosting.h>

size_t board_console_write(int descriptor, const char *bytes, size_t size)
{
    return semihosting_write(descriptor, bytes, size);
}
