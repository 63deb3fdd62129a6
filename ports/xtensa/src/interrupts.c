/* SPDX-License-Identifier: MIT */
/*
 * Handlers of interrupts and exceptions. Of interrupts that are pending with the same level the one with
 * the lowest number is served first, the switch of tasks last.
 */
#include "../../../kernel/src/port.h"

#include "../../common/include/compare_tick.h"
#include "../include/xtensa_api.h"
#include "../include/xtensa_core.h"
#include "../include/xtensa_port.h"
#include "switch.h"

#define CAUSES 64
#define LEVELS 8

StackType_t rtos_isr_stack[configISR_STACK_SIZE] __attribute__((aligned(16)));

/* For the assembler, which does not read C headers. */
__attribute__((used)) static void name_interrupt_stack(void)
{
    __asm volatile(".globl rtos_isr_stack_size, rtos_isr_stack_top\n"
                   ".set rtos_isr_stack_size, %0\n"
                   ".set rtos_isr_stack_top, rtos_isr_stack + %0"
                   :
                   : "i"(sizeof rtos_isr_stack));
}

static struct interrupt {
    xt_handler handler;
    void *argument;
} interrupts[32];

static uint32_t level_mask[LEVELS];
static xt_exc_handler exception_handlers[CAUSES];
static xt_exc_handler default_handler;

/* --- hooks -------------------------------------------------------------------------------------- */

enum { EXCEPTIONS = 0 }; /* the hook of no level */

#if configXT_INTEXC_HOOKS
static xt_intexc_hook hooks[LEVELS];

static void call_hook(unsigned level, uint32_t cause_or_level)
{
    if (hooks[level] != NULL)
        hooks[level](cause_or_level);
}

xt_intexc_hook xt_set_intexc_hook(unsigned level, xt_intexc_hook hook)
{
    if (level >= LEVELS)
        return NULL;
    xt_intexc_hook before = hooks[level];
    hooks[level] = hook;
    return before;
}
#else
static inline void call_hook(unsigned level, uint32_t cause_or_level)
{
    (void)level;
    (void)cause_or_level;
}
#endif

/* --- serving ------------------------------------------------------------------------------------ */

static void report_unhandled(unsigned number)
{
    struct xt_exception_frame frame = {.exccause = XT_CAUSE_UNHANDLED, .excvaddr = number};

    (void)xt_ints_off(1u << number);
    rtos_xt_serve_exception(&frame);
}

void rtos_xt_call(unsigned number)
{
    const struct interrupt *interrupt = &interrupts[number];

    if (interrupt->handler != NULL)
        interrupt->handler(interrupt->argument);
    else
        report_unhandled(number);
}

/* What is cleared comes again if it has to: an edge, or software, may come while the handler runs. */
static void serve_lowest(uint32_t pending)
{
    const uint32_t lowest = pending & (0u - pending);
    const unsigned number = 31u - (unsigned)__builtin_clz(lowest);

    WRITE_SPECIAL(SR_INTCLEAR, lowest);
    rtos_xt_call(number);
}

static void end_sleep(uint32_t level)
{
    if (configUSE_TICKLESS_IDLE == 1 && rtos_compare_asleep &&
        level <= configMAX_SYSCALL_INTERRUPT_PRIORITY)
        rtos_compare_wake();
}

static uint32_t pending_of(uint32_t level)
{
    return READ_SPECIAL(SR_INTERRUPT) & READ_SPECIAL(SR_INTENABLE) & level_mask[level];
}

/* The debugger's exceptions use a level that has no interrupts. */
void rtos_xt_serve(uint32_t level, struct xt_exception_frame *frame)
{
    uint32_t pending;

    if (level_mask[level] == 0) {
        frame->exccause = XT_CAUSE_DEBUG;
        frame->excvaddr = level;
        rtos_xt_serve_exception(frame);
    }
    end_sleep(level);
    call_hook(level, level);
    while ((pending = pending_of(level)) != 0)
        serve_lowest(pending);
}

BaseType_t rtos_xt_serve_level1(void)
{
    const struct interrupt *shared = &interrupts[configXT_SOFTWARE_INTERRUPT];
    uint32_t pending;

    end_sleep(1);
    call_hook(1, 1);
    while (((pending = pending_of(1)) & ~portYIELD_INTERRUPT) != 0)
        serve_lowest(pending & ~portYIELD_INTERRUPT);
    if (pending == 0)
        return pdFALSE;
    WRITE_SPECIAL(SR_INTCLEAR, portYIELD_INTERRUPT);
    if (shared->handler != NULL)
        shared->handler(shared->argument);
    return pdTRUE;
}

void rtos_xt_serve_exception(struct xt_exception_frame *frame)
{
    xt_exc_handler handler = frame->exccause < CAUSES ? exception_handlers[frame->exccause] : NULL;

    call_hook(EXCEPTIONS, frame->exccause);
    if (handler == NULL)
        handler = default_handler;
    while (handler == NULL) {
    }
    handler(frame);
}

/* --- naming them -------------------------------------------------------------------------------- */

xt_handler xt_set_interrupt_handler(int number, xt_handler handler, void *argument)
{
    if (number < 0 || number > 31)
        return NULL;
    const uint32_t state = portSET_INTERRUPT_MASK_FROM_ISR();
    struct interrupt *interrupt = &interrupts[number];
    xt_handler before = interrupt->handler;
    interrupt->handler = handler;
    interrupt->argument = argument;
    portCLEAR_INTERRUPT_MASK_FROM_ISR(state);
    return before;
}

/* Above the mask too nobody may come between reading and writing. */
static uint32_t close_all(void)
{
    uint32_t before;

    __asm volatile("rsil %0, 15" : "=a"(before) : : "memory");
    return before;
}

unsigned int xt_ints_on(unsigned int mask)
{
    const uint32_t state = close_all();
    const uint32_t before = READ_SPECIAL(SR_INTENABLE);

    WRITE_SPECIAL(SR_INTENABLE, before | mask);
    rtos_port_unmask(state);
    return before;
}

unsigned int xt_ints_off(unsigned int mask)
{
    const uint32_t state = close_all();
    const uint32_t before = READ_SPECIAL(SR_INTENABLE);

    WRITE_SPECIAL(SR_INTENABLE, before & ~mask);
    rtos_port_unmask(state);
    return before;
}

void xt_set_intset(unsigned int mask)
{
    WRITE_SPECIAL(SR_INTERRUPT, mask);
    __asm volatile("rsync\n\tisync" ::: "memory");
}

void xt_set_intclear(unsigned int mask)
{
    WRITE_SPECIAL(SR_INTCLEAR, mask);
}

void xt_set_level(unsigned level, uint32_t mask)
{
    configASSERT(level >= 1 && level < LEVELS);
    for (unsigned i = 1; i < LEVELS; i++)
        level_mask[i] &= ~mask;
    level_mask[level] |= mask;
}

xt_exc_handler xt_set_exception_handler(int cause, xt_exc_handler handler)
{
    if (cause < 0 || cause >= CAUSES)
        return NULL;
    xt_exc_handler before = exception_handlers[cause];
    exception_handlers[cause] = handler;
    return before;
}

xt_exc_handler xt_set_default_exception_handler(xt_exc_handler handler)
{
    xt_exc_handler before = default_handler;

    default_handler = handler;
    return before;
}
