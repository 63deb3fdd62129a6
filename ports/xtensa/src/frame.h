/* SPDX-License-Identifier: MIT */
/* Where an interrupt or exception leaves what registers, in bytes above the stack pointer: struct
 * xt_exception_frame, for the assembler. */
#pragma once

#define FRAME_PC       0
#define FRAME_PS       4
#define FRAME_SAR      8
#define FRAME_A0       12
#define FRAME_A2       16
#define FRAME_A12      56
#define FRAME_EXCCAUSE 72
#define FRAME_EXCVADDR 76
#define FRAME_SIZE     80

#define PS_UM          0x20
#define PS_EXCM        0x10
