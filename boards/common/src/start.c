/* SPDX-License-Identifier: MIT */
/* From C to main: what every board does in the same order. */
#include "board_common.h"

#include <board_start.h>
#include <stdlib.h>

extern void __libc_init_array(void);
extern int main(int argc, char **argv);

_Noreturn void board_start(void)
{
    board_memory_paint();
    board_devices_start();
    board_crash_report_last();
    __libc_init_array();
    board_settings_read();
    exit(main(board_argument_count, board_arguments));
}
