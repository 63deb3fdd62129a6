/* SPDX-License-Identifier: MIT */
/* Clocks and timers of the LM3S6965: 50 MHz from the PLL and the board's crystal of 8 MHz. */
#include <board_data.h>

#include <board.h>
#include <board_interrupt.h>
#include <board_start.h>
#include <board_timer.h>
#include <stellaris_timer.h>

#define SYSTEM(offset) (*(volatile uint32_t *)(BOARD_SYSTEM_AT + (offset)))
#define RIS            SYSTEM(0x050) /* bit 6: the PLL has locked */
#define RCC            SYSTEM(0x060)
#define RCGC0          SYSTEM(0x100)
#define RCGC1          SYSTEM(0x104)
#define RCGC2          SYSTEM(0x108)

#define RCC_BYPASS     (1u << 11)
#define RCC_PLL_OFF    (1u << 13)
#define RCC_USE_DIV    (1u << 22)
#define RCC_DIV_MASK   (15u << 23)
#define RCC_DIV_4      (3u << 23) /* 200 MHz by 4 */
#define RCC_XTAL_MASK  (15u << 6)
#define RCC_XTAL_8MHZ  (14u << 6)
#define RCC_SOURCE     (3u << 4 | 1u) /* zero: the crystal, which is on */
#define RIS_PLL_LOCK   (1u << 6)
#define LOCK_PATIENCE  100000

static volatile uint32_t wraps;

/* The PLL starts beside the bypass, and is switched to once it has locked (SPMS034, 6.3). */
static void start_clocks(void)
{
    uint32_t rcc = (RCC | RCC_BYPASS) & ~RCC_USE_DIV;

    RCC = rcc;
    rcc = (rcc & ~(RCC_XTAL_MASK | RCC_SOURCE | RCC_PLL_OFF | RCC_DIV_MASK)) | RCC_XTAL_8MHZ |
          RCC_DIV_4 | RCC_USE_DIV;
    RCC = rcc;
    for (int i = 0; i < LOCK_PATIENCE && (RIS & RIS_PLL_LOCK) == 0; i++) {
    }
    RCC = rcc & ~RCC_BYPASS;
    RCGC0 |= 1u << 3;             /* the watchdog */
    RCGC1 |= 1u << 16;            /* TIMER0 */
    RCGC2 |= 1u << 30 | 1u << 28; /* PHY and MAC of Ethernet */
    (void)RCGC2;                  /* they need three cycles */
}

static void count_wrap(void)
{
    stellaris_clock_acknowledge(BOARD_WATCHDOG_AT);
    wraps++;
}

/* More urgent than the kernel: a masked section does not hide a wrap. */
void board_devices_start(void)
{
    start_clocks();
    board_interrupt_install(BOARD_LINE_CLOCK, count_wrap, 0);
    stellaris_clock_start(BOARD_WATCHDOG_AT);
}

void board_timer_once(uint32_t counts)
{
    stellaris_timer_once(BOARD_TIMER0_AT, counts);
}

void board_timer_acknowledge(void)
{
    stellaris_timer_stop(BOARD_TIMER0_AT);
}

uint32_t board_timer_counts(void)
{
    return stellaris_clock_counts(BOARD_WATCHDOG_AT);
}

/* A wrap between the two readings changes `wraps`. */
uint64_t board_uptime_us(void)
{
    uint32_t wraps_before, counts;

    do {
        wraps_before = wraps;
        counts = board_timer_counts();
    } while (wraps_before != wraps);
    return ((uint64_t)wraps_before * 0x100000000u + counts) / (BOARD_TIMER_HZ / 1000000u);
}
