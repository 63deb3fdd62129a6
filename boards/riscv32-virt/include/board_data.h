/* SPDX-License-Identifier: MIT */
/* QEMU's virt machine for RISC-V: addresses and lines of its devices (the device tree that it makes). */
#pragma once

#define BOARD_RESET_AT     0x00100000u /* SiFive's test finisher */
#define BOARD_RTC_AT       0x00101000u
#define BOARD_SOFTWARE_AT  0x02000000u
#define BOARD_MTIME_AT     0x0200bff8u
#define BOARD_PLIC_AT      0x0c000000u
#define BOARD_UART_AT      0x10000000u
#define BOARD_UART_STRIDE  1u
#define BOARD_UART_DIVISOR 2u /* 115200 baud of the emulator's clock */

/* Places for virtio devices. */
#define BOARD_VIRTIO_AT    0x10001000u
#define BOARD_VIRTIO_SIZE  0x1000u
#define BOARD_VIRTIO_COUNT 8u

/* Counts of the machine timer. */
#define BOARD_TIMER_HZ 10000000u

/* Lines of the platform-level interrupt controller. */
enum board_line {
    BOARD_LINE_SPARE = 0,  /* RISCV_LINE_SOFTWARE */
    BOARD_LINE_VIRTIO = 1, /* the first of eight */
    BOARD_LINE_UART = 10,
    BOARD_LINE_TIMER = 11, /* the alarm of the real-time clock */
};
