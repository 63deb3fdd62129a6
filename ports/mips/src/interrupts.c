/* SPDX-License-Identifier: MIT */
/*
 * Handlers of interrupts and exceptions. The lines have no priority in hardware: while a handler runs,
 * those that are not above it are left out of Status.IM. Of several that are pending the one with the
 * highest priority is served first, and of equals that of the higher number; the switch of tasks last.
 */
#include "switch.h"

#include "../../common/include/compare_tick.h"

#define CAUSES 32

StackType_t rtos_isr_stack[configISR_STACK_SIZE] __attribute__((aligned(8)));

/* For the assembler, which does not read C headers. */
__attribute__((used)) static void name_interrupt_stack(void)
{
    __asm volatile(".globl rtos_isr_stack_top\n"
                   ".set rtos_isr_stack_top, rtos_isr_stack + %0"
                   :
                   : "i"(sizeof rtos_isr_stack));
}

volatile uint32_t rtos_mips_open = STATUS_IE | STATUS_LINE(MIPS_LINE_SWITCH);
volatile uint32_t rtos_mips_serving;

/* One more than the CPU has, for mips_call_handler. */
static struct line {
    mips_handler handler;
    void *argument;
    uint32_t closed; /* bits of Status: which lines stay out while it is served */
    uint8_t priority;
} lines[MIPS_LINES + 1];

static mips_exception_handler exception_handlers[CAUSES];
static mips_exception_handler default_handler;

/* --- serving ------------------------------------------------------------------------------------ */

static void report_unhandled(unsigned line)
{
    struct mips_exception_frame frame = {.badvaddr = line};

    mips_line_disable(line);
    rtos_mips_serve_exception(&frame);
}

void mips_call_handler(unsigned line)
{
    if (lines[line].handler != NULL)
        lines[line].handler(lines[line].argument);
    else
        report_unhandled(line);
}

static unsigned most_urgent(uint32_t pending)
{
    unsigned best = 0;

    for (unsigned line = 1; line < MIPS_LINES; line++)
        if (pending & CAUSE_LINE(line) &&
            (best == 0 || lines[line].priority >= lines[best].priority))
            best = line;
    return best;
}

/* With the lines of `closed` out and the others in, unless the interrupted code kept them out. */
static uint32_t open_above(uint32_t let_in, uint32_t closed)
{
    const uint32_t status = READ_CP0(CP0_STATUS);
    const uint32_t lines_in = let_in & rtos_mips_open & STATUS_LINES & ~closed;

    WRITE_CP0(CP0_STATUS, (status & ~(STATUS_LINES | STATUS_EXL)) | lines_in | STATUS_IE);
    return status;
}

/* A sleeper that was about to stop the CPU must not do so any more. */
static void end_sleep(struct mips_exception_frame *frame)
{
    const uint32_t begin = (uint32_t)(uintptr_t)rtos_mips_sleep;
    const uint32_t end = (uint32_t)(uintptr_t)rtos_mips_sleep_end;

    if (frame->epc - begin < end - begin)
        frame->epc = end;
    rtos_compare_wake();
}

static void serve_line(unsigned line, uint32_t let_in, struct mips_exception_frame *frame)
{
    const uint32_t before = rtos_mips_serving;

    rtos_mips_serving = 1u << line;
    if (rtos_compare_asleep && portMAY_CALL_FROM_ISR())
        end_sleep(frame);
    if (line <= MIPS_LINE_SOFTWARE)
        mips_software_clear(line);
    const uint32_t status = open_above(let_in, lines[line].closed);
    mips_call_handler(line);
    WRITE_CP0(CP0_STATUS, status);
    rtos_mips_serving = before;
}

bool rtos_mips_serve(struct mips_exception_frame *frame)
{
    uint32_t let_in = frame->status, pending;

    if (let_in & STATUS_LINE(MIPS_LINE_SWITCH))
        let_in |= rtos_mips_open;
    while ((pending = READ_CP0(CP0_CAUSE) & let_in & rtos_mips_open & STATUS_LINES) != 0) {
        const unsigned line = most_urgent(pending);
        if (line == MIPS_LINE_SWITCH)
            return true;
        serve_line(line, let_in, frame);
    }
    return false;
}

/* What comes meanwhile runs on the interrupt stack, and may ask for another switch, which then follows. */
StackType_t *rtos_mips_switch(StackType_t *frame)
{
    rtos_mips_serving = 1u << MIPS_LINE_SWITCH;
    mips_software_clear(MIPS_LINE_SWITCH);
    const uint32_t status = open_above(STATUS_LINES, STATUS_LINE(MIPS_LINE_SWITCH));
    StackType_t *next = rtos_switch_stack(frame);
    WRITE_CP0(CP0_STATUS, status);
    rtos_mips_serving = 0;
    return next;
}

/* Lines that were enabled or disabled since are so for whoever is open; a handler, and what is masked, only
 * loses those that were disabled. */
uint32_t rtos_mips_status_for(const struct mips_exception_frame *frame)
{
    if (frame->status & STATUS_LINE(MIPS_LINE_SWITCH))
        return rtos_mips_open | STATUS_EXL;
    return (frame->status & (rtos_mips_open | ~STATUS_LINES)) | STATUS_EXL;
}

void rtos_mips_serve_exception(struct mips_exception_frame *frame)
{
    const uint32_t before = rtos_mips_serving;
    mips_exception_handler handler = exception_handlers[CAUSE_CODE(frame->cause)];

    rtos_mips_serving |= 1u << MIPS_LINES;
    if (handler == NULL)
        handler = default_handler;
    while (handler == NULL) {
    }
    handler(frame);
    rtos_mips_serving = before;
}

/* --- naming them -------------------------------------------------------------------------------- */

static uint32_t close_all(void)
{
    const uint32_t status = READ_CP0(CP0_STATUS);

    WRITE_CP0(CP0_STATUS, status & ~STATUS_IE);
    return status;
}

/* Also those that the kernel's lines must never hold off stay above them. */
static bool is_above(unsigned line, unsigned other)
{
    const bool urgent = !((configMIPS_KERNEL_LINES) >> line & 1);
    const bool other_urgent = !((configMIPS_KERNEL_LINES) >> other & 1);

    if (urgent != other_urgent)
        return urgent;
    return lines[line].priority > lines[other].priority;
}

static void work_out_order(void)
{
    for (unsigned line = 0; line < MIPS_LINES; line++) {
        lines[line].closed = 0;
        for (unsigned other = 0; other < MIPS_LINES; other++)
            if (!is_above(other, line))
                lines[line].closed |= STATUS_LINE(other);
    }
}

void mips_set_interrupt_handler(unsigned line, mips_handler handler, void *argument,
                                uint8_t priority)
{
    configASSERT(line >= 1 && line <= MIPS_LINES && priority > 0);
    const uint32_t status = close_all();
    lines[line].handler = handler;
    lines[line].argument = argument;
    if (lines[line].priority != priority) {
        lines[line].priority = priority;
        work_out_order();
    }
    WRITE_CP0(CP0_STATUS, status);
}

/* Whoever is open gets it at once, others when they open. */
void mips_line_enable(unsigned line)
{
    uint32_t status = close_all();

    if (line < MIPS_LINES) {
        rtos_mips_open |= STATUS_LINE(line);
        if (status & STATUS_LINE(MIPS_LINE_SWITCH) || !((configMIPS_KERNEL_LINES) >> line & 1))
            status |= STATUS_LINE(line);
    }
    WRITE_CP0(CP0_STATUS, status);
}

void mips_line_disable(unsigned line)
{
    uint32_t status = close_all();

    if (line < MIPS_LINES) {
        rtos_mips_open &= ~STATUS_LINE(line);
        status &= ~STATUS_LINE(line);
    }
    WRITE_CP0(CP0_STATUS, status);
}

void mips_software_pend(unsigned line)
{
    const uint32_t status = close_all();

    WRITE_CP0(CP0_CAUSE, READ_CP0(CP0_CAUSE) | CAUSE_LINE(line));
    WRITE_CP0(CP0_STATUS, status);
}

void mips_software_clear(unsigned line)
{
    const uint32_t status = close_all();

    WRITE_CP0(CP0_CAUSE, READ_CP0(CP0_CAUSE) & ~CAUSE_LINE(line));
    WRITE_CP0(CP0_STATUS, status);
}

uint32_t mips_lines_pending(void)
{
    const uint32_t pending = READ_CP0(CP0_CAUSE) & rtos_mips_open & STATUS_LINES;

    return (pending & ~CAUSE_LINE(MIPS_LINE_SWITCH)) / 0x100u;
}

mips_exception_handler mips_set_exception_handler(unsigned cause, mips_exception_handler handler)
{
    if (cause < 1 || cause >= CAUSES)
        return NULL;
    mips_exception_handler before = exception_handlers[cause];
    exception_handlers[cause] = handler;
    return before;
}

mips_exception_handler mips_set_default_exception_handler(mips_exception_handler handler)
{
    mips_exception_handler before = default_handler;

    default_handler = handler;
    return before;
}
