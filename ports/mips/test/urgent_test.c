/* SPDX-License-Identifier: MIT */
/* A line that is not among the kernel's: software interrupt 1, with configMIPS_KERNEL_LINES=0xfd. */
#include "scenario.h"

#include <mips_api.h>

static volatile unsigned urgent;
static TaskHandle_t waiter;

static void on_urgent(void *argument)
{
    (void)argument;
    urgent++;
}

static void call_kernel(void *argument)
{
    (void)argument;
    vTaskNotifyGiveFromISR(waiter, NULL);
}

static void begin(mips_handler handler)
{
    mips_line_disable(MIPS_LINE_SOFTWARE);
    mips_set_interrupt_handler(MIPS_LINE_SOFTWARE, handler, NULL, 1);
    mips_line_enable(MIPS_LINE_SOFTWARE);
}

TEST(a_line_that_is_not_the_kernels_is_never_masked)
{
    begin(on_urgent);
    taskENTER_CRITICAL();
    mips_software_pend(MIPS_LINE_SOFTWARE);
    CHECK_EQUAL(1, urgent);
    taskEXIT_CRITICAL();
    CHECK_EQUAL(1, urgent);
}

static void pend_urgent(void *argument)
{
    (void)argument;
    mips_software_pend(MIPS_LINE_SOFTWARE);
    CHECK_EQUAL(1, urgent);
}

TEST(a_line_that_is_not_the_kernels_comes_amid_every_handler)
{
    begin(on_urgent);
    CHECK(test_interrupt_in_us(100, pend_urgent, NULL));
    vTaskDelay(2);
    CHECK_EQUAL(1, urgent);
}

TEST(a_handler_of_such_a_line_that_calls_the_kernel_is_named)
{
    test_expect_assertion("vTaskGenericNotifyGiveFromISR: portMAY_CALL_FROM_ISR()");
    waiter = xTaskGetCurrentTaskHandle();
    begin(call_kernel);
    mips_software_pend(MIPS_LINE_SOFTWARE);
}
