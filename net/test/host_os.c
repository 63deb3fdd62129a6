/* SPDX-License-Identifier: MIT */
#include "host_os.h"

#include <stdlib.h>

#include "core/os.h"
#include "core/stack.h"
#include "tcpip.h"

uint32_t host_now;
size_t host_allocations;
bool host_random_fails;
bool host_allocation_fails;
unsigned host_allocation_to_fail, host_random_to_fail;

static uint64_t random_state = 88172645463325252u;

void host_seed(uint64_t seed)
{
    random_state = seed != 0 ? seed : 1;
}

uint32_t tcpip_os_mask(void)
{
    return 0;
}

void tcpip_os_unmask(uint32_t state)
{
}

uint32_t tcpip_os_now(void)
{
    return host_now;
}

void tcpip_os_wake(void)
{
}

bool tcpip_os_wake_from_isr(void)
{
    return false;
}

bool host_is_due(unsigned *to_fail)
{
    return *to_fail > 0 && --*to_fail == 0;
}

void *tcpip_os_allocate(size_t size)
{
    if (host_allocation_fails || host_is_due(&host_allocation_to_fail))
        return NULL;
    host_allocations++;
    return malloc(size);
}

void tcpip_os_free(void *memory)
{
    if (memory != NULL)
        host_allocations--;
    free(memory);
}

bool tcpip_os_random(uint32_t *value)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    *value = (uint32_t)((random_state * UINT64_C(2685821657736338717)) >> 32);
    return !host_random_fails && !host_is_due(&host_random_to_fail);
}

uint32_t tcpip_os_longest_discover(void)
{
    return 64000;
}

uint32_t tcpip_os_dns_longest_wait(void)
{
    return 5000;
}

uint32_t tcpip_os_dns_send_wait(void)
{
    return 500;
}

void host_run(uint32_t ms)
{
    uint32_t end = host_now + ms;

    for (;;) {
        uint32_t wait = tcpip_stack_step();
        uint32_t left = end - host_now;

        if (wait == 0)
            continue;
        if (wait > left) {
            host_now = end;
            while (tcpip_stack_step() == 0)
                ;
            return;
        }
        host_now += wait;
    }
}
