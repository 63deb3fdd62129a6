/* SPDX-License-Identifier: MIT */
#include "core/inbox.h"
#include "core/os.h"

bool tcpip_stack_post_from_isr(struct tcpip_request *request)
{
    tcpip_stack_put(request);
    return tcpip_os_wake_from_isr();
}

uint32_t tcpip_stack_deepest(void)
{
    return tcpip_inbox.deepest;
}
