/* SPDX-License-Identifier: MIT */
/*
 * What differs from one Xtensa core to the next, since each is configured by its maker: which
 * interrupt has which level, and which are a timer's and software's. The numbers are those of the
 * core's documentation (in its core-isa.h XCHAL_INTLEVELn_MASK, XCHAL_TIMERn_INTERRUPT …); the defaults
 * are those of most cores, the ESP32's and the ESP8266's among them.
 */
#pragma once

#include <FreeRTOSConfig.h>

/* The timer that ticks, an index of the CCOMPARE registers, and its interrupt. */
#ifndef configXT_TIMER_INDEX
#define configXT_TIMER_INDEX 0
#endif
#ifndef configXT_TIMER_INTERRUPT
#define configXT_TIMER_INTERRUPT 6
#endif

/* A software interrupt of level 1, for switching tasks. The application may share it: its handler
 * (xt_set_interrupt_handler) runs before each switch. */
#ifndef configXT_SOFTWARE_INTERRUPT
#define configXT_SOFTWARE_INTERRUPT 7
#endif

/* Whether the CPU's clock is to be asked of the board: uint32_t xtbsp_clock_freq_hz(void). */
#ifndef configXT_BOARD
#define configXT_BOARD 0
#endif

/* Whether the program runs on a simulator, so that there is no board to ask whatever configXT_BOARD says. */
#ifndef configXT_SIMULATOR
#define configXT_SIMULATOR 0
#endif

/* Whether xt_set_intexc_hook() is there. */
#ifndef configXT_INTEXC_HOOKS
#define configXT_INTEXC_HOOKS 0
#endif

/* The highest level whose interrupts may call the kernel. Those above are never masked. */
#ifndef configMAX_SYSCALL_INTERRUPT_PRIORITY
#ifdef configMAX_API_CALL_INTERRUPT_PRIORITY
#define configMAX_SYSCALL_INTERRUPT_PRIORITY configMAX_API_CALL_INTERRUPT_PRIORITY
#else
#define configMAX_SYSCALL_INTERRUPT_PRIORITY 3
#endif
#endif

/* The interrupt stack, in words. */
#ifndef configISR_STACK_SIZE
#define configISR_STACK_SIZE 512
#endif

#define portYIELD_INTERRUPT (1u << configXT_SOFTWARE_INTERRUPT)
