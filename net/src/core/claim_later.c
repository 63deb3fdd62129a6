/* SPDX-License-Identifier: MIT */
#include "core/claim.h"

#include "core/os.h"
#include "core/timer.h"

enum { LATER_MS = 60000 };

void tcpip_claim_later(struct tcpip_claim *claim)
{
    uint32_t random = 0;

    (void)tcpip_os_random(&random); /* without one: after a minute */
    tcpip_timer_start(&claim->timer, LATER_MS + random % LATER_MS);
}
