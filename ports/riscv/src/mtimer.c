/* SPDX-License-Identifier: MIT */
/*
 * The tick: the machine timer of the privileged architecture, a counter of 64 bits that never stops,
 * and a register for each hart with which it is compared. Every moment of a tick is computed from the
 * one before, so that no tick is lost by being late, with ticks or sleeping without them.
 */
#include "../../../kernel/src/port.h"

#include "switch.h"

#ifndef configMTIME_BASE_ADDRESS
#error "FreeRTOSConfig.h must define configMTIME_BASE_ADDRESS: see ports/riscv/Kconfig"
#endif
#ifndef configMTIMECMP_BASE_ADDRESS
#error "FreeRTOSConfig.h must define configMTIMECMP_BASE_ADDRESS: see ports/riscv/Kconfig"
#endif

#define MIE_TIMER (1u << 7)

/* Counts of a tick, and the moment of the next one. */
static uint32_t period;
static uint64_t next;

static volatile uint32_t *compare;

/* The upper half may change between the two looks at the lower one. */
static uint64_t now(void)
{
    const volatile uint32_t *time = (const volatile uint32_t *)(uintptr_t)configMTIME_BASE_ADDRESS;
    uint32_t upper, lower;

    do {
        upper = time[1];
        lower = time[0];
    } while (upper != time[1]);
    return upper * 0x100000000u + lower;
}

/* At no moment is the register less than both the old value and the new one. */
static void set_next(uint64_t moment)
{
    next = moment;
    compare[1] = UINT32_MAX;
    compare[0] = (uint32_t)moment;
    compare[1] = (uint32_t)(moment >> 32);
}

/* Without a machine timer (both addresses 0) the application's own function goes before this one. */
__attribute__((weak)) void vPortSetupTimerInterrupt(void)
{
    uint32_t hart;

    configASSERT(configMTIME_BASE_ADDRESS != 0 && configMTIMECMP_BASE_ADDRESS != 0);
    __asm volatile("csrr %0, mhartid" : "=r"(hart));
    compare = (volatile uint32_t *)((uintptr_t)configMTIMECMP_BASE_ADDRESS + 8 * hart);
    period = (uint32_t)(configCPU_CLOCK_HZ) / (uint32_t)configTICK_RATE_HZ;
    configASSERT(period > 0);
    set_next(now() + period);
    __asm volatile("csrs mie, %0" ::"r"(MIE_TIMER) : "memory");
}

void rtos_port_stop_tick(void)
{
    __asm volatile("csrc mie, %0" ::"r"(MIE_TIMER) : "memory");
}

/* The kernel opens the mask between the tasks that it wakes, and nothing else there needs it closed: so
 * other interrupts come in, and only the next tick waits. */
void rtos_port_tick(void)
{
    BaseType_t due;

    traceISR_ENTER();
    set_next(next + period);
    __asm volatile("csrc mie, %0" ::"r"(MIE_TIMER) : "memory");
    __asm volatile("csrsi mstatus, %0" ::"i"(portRISCV_MIE) : "memory");
    due = xTaskIncrementTick();
    __asm volatile("csrci mstatus, %0" ::"i"(portRISCV_MIE) : "memory");
    __asm volatile("csrs mie, %0" ::"r"(MIE_TIMER) : "memory");
    portYIELD_FROM_ISR(due);
}

void rtos_port_repeat_tick(void)
{
    UBaseType_t state = portSET_INTERRUPT_MASK_FROM_ISR();

    set_next(next - period);
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
}

#if configUSE_TICKLESS_IDLE == 1

/* WFI ends when an interrupt is pending, though it is masked. */
static void sleep(TickType_t ticks)
{
    TickType_t modifiable = ticks; /* the application may sleep in its own way, and say 0 */

    configPRE_SLEEP_PROCESSING(modifiable);
    if (modifiable > 0)
        __asm volatile("wfi" ::: "memory");
    configPOST_SLEEP_PROCESSING(ticks);
}

/* After the sleep: counts the ticks that passed since `last`. The last of `ticks` is left to the
 * interrupt, which is pending then. */
static void account(TickType_t ticks, uint64_t last)
{
    TickType_t passed = (TickType_t)((uint32_t)(now() - last) / period);

    if (passed >= ticks) {
        vTaskStepTick(ticks - 1);
        return;
    }
    set_next(last + (uint64_t)(passed + 1) * period);
    vTaskStepTick(passed);
}

void vPortSuppressTicksAndSleep(TickType_t ticks)
{
    /* Half of 32 bits: what is slept too long is still told from what was not slept. */
    const uint32_t most = UINT32_MAX / 2 / period;

    if (ticks > most)
        ticks = (TickType_t)most;
    portDISABLE_INTERRUPTS();
    if (ticks > 1 && eTaskConfirmSleepModeStatus() != eAbortSleep) {
        uint64_t last = next - period;

        set_next(last + (uint64_t)ticks * period);
        sleep(ticks);
        account(ticks, last);
    }
    portENABLE_INTERRUPTS();
}

#endif
