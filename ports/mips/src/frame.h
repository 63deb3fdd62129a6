/* SPDX-License-Identifier: MIT */
/* Where an interrupt or exception leaves what registers, in bytes above the stack pointer: struct
 * mips_exception_frame, for the assembler. */
#pragma once

#define FRAME_EPC      0
#define FRAME_STATUS   4
#define FRAME_CAUSE    8
#define FRAME_BADVADDR 12
#define FRAME_HI       16
#define FRAME_LO       20
#define FRAME_AT       24
#define FRAME_V0       28
#define FRAME_A0       36
#define FRAME_T0       52
#define FRAME_T8       84
#define FRAME_S0       92
#define FRAME_FP       124
#define FRAME_GP       128
#define FRAME_RA       132
#define FRAME_SIZE     136
