/* SPDX-License-Identifier: MIT */
/* Interrupts of tests, by the simulator. */
#include "test_interrupt.h"

#include "linnet_test.h"

#include <sim.h>

bool test_interrupt(test_handler *handler, void *argument)
{
    return sim_raise(handler, argument);
}

bool test_interrupt_in_us(uint32_t microseconds, test_handler *handler, void *argument)
{
    return sim_interrupt_at(sim_time_us() + microseconds, handler, argument);
}

uint64_t test_time_us(void)
{
    return sim_time_us();
}

void test_shake(uint64_t seed)
{
    sim_seed(seed);
}

void test_sweep_preemption(void (*scenario)(void))
{
    uint64_t start = sim_hook_count();
    scenario();
    uint64_t hooks = sim_hook_count() - start;

    CHECK(hooks > 0);
    for (uint64_t hook = 1; hook <= hooks; hook++) {
        (void)sim_preempt_at(sim_hook_count() + hook);
        scenario();
    }
}
